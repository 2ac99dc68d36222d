/** A path of the REST API says which methods it has. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ApiError } from "../../gen/rest.ts";
import { tokenFor } from "../lib/harness.ts";
import { bootEdge } from "./edge.ts";
import { startRecorder } from "./recorder.ts";
import { emptyAnswers } from "./empty-answers.ts";
import { id } from "./body-cases.ts";

test("a path says which methods it has", async (t) => {
  const recorder = await startRecorder(t, await emptyAnswers());
  const edge = await bootEdge(t, recorder.address);
  const authorization = `Bearer ${await tokenFor({})}`;
  const allowed: [path: string, allow: string][] = [
    [`/v1/contact-lists/${id}`, "DELETE, GET, PATCH, OPTIONS"],
    [`/v1/campaign-groups/${id}:pause`, "POST, OPTIONS"],
    [`/v1/contact-lists/${id}/records:import`, "POST, PUT, OPTIONS"],
    ["/v1/tokens", "POST, OPTIONS"],
    ["/.well-known/jwks.json", "GET, OPTIONS"],
  ];
  for (const [path, allow] of allowed) {
    await t.test(path, async () => {
      const wrong = await fetch(`${edge}${path}`, { method: "HEAD", headers: { authorization } });
      assert.deepEqual([wrong.status, wrong.headers.get("allow")], [405, allow]);
      const options = await fetch(`${edge}${path}`, { method: "OPTIONS" });
      assert.deepEqual([options.status, options.headers.get("allow")], [204, allow]);
      const preflight = await fetch(`${edge}${path}`, {
        method: "OPTIONS",
        headers: { origin: "https://crm.example.com", "access-control-request-method": "POST" },
      });
      assert.equal(preflight.status, 200);
      assert.equal(preflight.headers.get("access-control-allow-origin"), "https://crm.example.com");
    });
  }
  await t.test("the answer has the shape of every error", async () => {
    const wrong = await fetch(`${edge}/v1/contact-lists/${id}`, { method: "PUT", headers: { authorization } });
    assert.equal(wrong.status, 405);
    const error = (await wrong.json()) as ApiError;
    assert.equal(error.code, 12);
    assert.match(error.message, /This path takes DELETE, GET, PATCH\./);
  });
  await t.test("a path that is not there has none", async () => {
    assert.equal((await fetch(`${edge}/v1/nothing`, { headers: { authorization } })).status, 404);
  });
});
