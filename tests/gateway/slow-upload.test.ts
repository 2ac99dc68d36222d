/** Uploads through the edge that bring next to nothing: refused in words, and in nobody's way meanwhile. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { pause } from "../../svc/lib/async/time.ts";
import type { ApiError } from "../../gen/rest.ts";
import { bootPlatform, ok } from "../lib/platform.ts";

test("four uploads that trickle through the edge keep nobody from importing, and are told how fast they must be", async (t) => {
  const { platform, rest, token } = await bootPlatform(t);
  const over = new AbortController();
  t.after(() => over.abort());
  async function* trickle() {
    const row = "Ada,+12125550123\n";
    yield Buffer.from(`name,phone\n${row.repeat(12_000)}`);
    while (!over.signal.aborted) {
      await pause(100, over.signal);
      yield Buffer.from(row);
    }
  }
  const newList = async (name: string) =>
    ok(await rest.POST("/v1/contact-lists", { body: { contactList: { name } } })).contactList?.id ?? "";
  const upload = async (name: string, body: NonNullable<RequestInit["body"]>) =>
    fetch(`${platform.edgeUrl}/v1/contact-lists/${await newList(name)}/records:import`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "text/csv" },
      body,
      duplex: "half",
    });
  const slow = [1, 2, 3, 4].map((i) => upload(`Slow ${i}`, trickle()));
  const suppression = ok(
    await rest.POST("/v1/suppression-lists", { body: { suppressionList: { name: "Told us no" } } }),
  ).suppressionList;
  const begunAt = performance.now();
  const held = await fetch(`${platform.edgeUrl}/v1/suppression-lists/${suppression?.id}/entries:import`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "text/csv" },
    body: "+12125550124\n",
  });
  assert.equal(held.status, 200);
  assert.ok(performance.now() - begunAt < 10_000, "suppression waited for no slow upload");
  assert.equal((await upload("Quick", "name,phone\nBen,+12125550125\n")).status, 200);
  for (const answer of await Promise.all(slow)) {
    const error = (await answer.json()) as ApiError;
    assert.equal(answer.status, 409, JSON.stringify(error));
    assert.match(error.message, /too slow: an upload must bring 8192 bytes a second, measured over 30 seconds/);
    assert.ok(error.details.some((detail) => "reason" in detail && detail.reason === "ERROR_REASON_UPLOAD_TOO_SLOW"));
  }
});
