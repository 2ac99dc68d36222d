/** A JSON body that says what the contract does not know is refused at the edge, and what is refused never reaches a service. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { startBodyCheck } from "../../gateway/body-check/server.ts";
import { readCallRules } from "../../gateway/body-check/shapes.ts";
import type { ApiError } from "../../gen/rest.ts";
import { tokenFor, until } from "../lib/harness.ts";
import { bootEdge } from "./edge.ts";
import { startRecorder } from "./recorder.ts";
import { emptyAnswers, JWKS } from "./empty-answers.ts";
import { type BodyCase, id, refused, suppression, taken } from "./body-cases.ts";

test("JSON bodies at the edge", async (t) => {
  const recorder = await startRecorder(t, await emptyAnswers());
  const contract = readFileSync(new URL("../../gen/herald.binpb", import.meta.url));
  let check = await startBodyCheck("127.0.0.1", 0, readCallRules(contract));
  t.after(() => check.stop());
  const edge = await bootEdge(t, recorder.address, { bodyCheck: `127.0.0.1:${check.port}` });
  const permissions = [
    "campaigns.write",
    "lists.write",
    "lists.import",
    "suppression.write",
    "compliance.write",
    "tenant.write",
  ];
  const authorization = `Bearer ${await tokenFor({ permissions })}`;
  const send = ({ verb = "POST", path, body, type = "application/json" }: Omit<BodyCase, "what">) =>
    fetch(`${edge}${path}`, {
      method: verb,
      headers: { authorization, "content-type": type, "x-request-id": "a-request" },
      ...(body.length > 0 && { body }),
      signal: AbortSignal.timeout(10_000),
    });
  const heard = () => recorder.take().filter(({ path }) => path !== JWKS);
  heard();

  for (const each of refused) {
    await t.test(`refused: ${each.what}`, async () => {
      const response = await send(each);
      const answer = await response.text();
      assert.equal(response.status, each.http ?? 400, answer);
      const error = JSON.parse(answer) as ApiError;
      assert.equal(error.code, 3);
      assert.match(response.headers.get("content-type") ?? "", /application\/json/);
      assert.match(JSON.stringify(error.details), /ERROR_REASON_FIELDS_INVALID/);
      assert.match(JSON.stringify(error.details), /a-request/);
      if (each.says) assert.match(error.message, each.says);
      const told = error.details.flatMap((detail) => ("fieldViolations" in detail ? detail.fieldViolations : []));
      assert.deepEqual(
        told.map(({ field }) => field),
        (each.fields ?? []).map(([field]) => field),
      );
      for (const [i, [, says]] of (each.fields ?? []).entries()) assert.match(told[i]?.description ?? "", says);
      assert.deepEqual(heard(), []);
    });
  }

  for (const each of taken) {
    await t.test(`taken: ${each.what}`, async () => {
      const response = await send(each);
      assert.equal(response.status, 200, await response.text());
      assert.equal(heard().length, 1);
    });
  }

  await t.test(
    "a body of nearly a megabyte is read; one that is larger than its call takes is refused with the limit",
    async () => {
      const of = (bytes: number) => JSON.stringify({ suppressionList: { name: "x".repeat(bytes) } });
      assert.equal((await send({ path: suppression, body: of((1 << 20) - 40) })).status, 200);
      const tooLarge = async (path: string, body: string, limit: RegExp) => {
        const answer = await send({ path, body });
        assert.equal(answer.status, 413);
        assert.match(((await answer.json()) as ApiError).message, limit);
      };
      await tooLarge(suppression, of(1 << 20), /1 MiB at most/);
      const longest = JSON.stringify("\u00e9".repeat(1_000)).replaceAll("\u00e9", "\\u00e9");
      const signIn = `{"password":{"tenant":${longest},"email":${longest},"password":${longest},"deviceToken":${longest}}}`;
      assert.equal((await send({ path: "/v1/tokens", body: signIn })).status, 200);
      await tooLarge(
        "/v1/tokens",
        JSON.stringify({ refresh: { refreshToken: "x".repeat(33 << 10) } }),
        /32 KiB at most/,
      );
      heard();
    },
  );

  await t.test("unknown query parameters are refused, with an upload and without", async () => {
    const upload = `/v1/contact-lists/${id}/records:import?filename=x.csv`;
    assert.equal((await send({ path: upload, body: "a,b\n", type: "text/csv" })).status, 400);
    assert.equal((await send({ verb: "DELETE", path: `/v1/contact-lists/${id}?force=1`, body: "" })).status, 400);
    assert.deepEqual(heard(), []);
  });

  await t.test("while the check is away nothing with a body passes; uploads and reads go on", async () => {
    const { port } = check;
    await check.stop();
    const away = await send({ path: suppression, body: '{"suppressionList":{}}' });
    const error = (await away.json()) as ApiError;
    assert.equal(away.status, 503, JSON.stringify(error));
    assert.equal(error.code, 14);
    assert.match(JSON.stringify(error.details), /ERROR_REASON_DEPENDENCY_UNAVAILABLE/);
    assert.deepEqual(heard(), []);
    const upload = await send({ path: `/v1/contact-lists/${id}/records:import`, body: "a,b\n", type: "text/csv" });
    assert.equal(upload.status, 200);
    assert.equal((await send({ verb: "GET", path: "/v1/tenant", body: "" })).status, 200);
    await until(async () => (await fetch(`${edge}/healthz`)).status === 503);
    check = await startBodyCheck("127.0.0.1", port, readCallRules(contract));
    await until(async () => (await fetch(`${edge}/healthz`)).status === 200);
    assert.equal((await send({ path: suppression, body: '{"suppressionList":{}}' })).status, 200);
  });
});

test("who sends more at once than there is room for is told to wait", async (t) => {
  const recorder = await startRecorder(t, await emptyAnswers());
  const contract = readFileSync(new URL("../../gen/herald.binpb", import.meta.url));
  const check = await startBodyCheck("127.0.0.1", 0, readCallRules(contract), 10_000);
  t.after(() => check.stop());
  const edge = await bootEdge(t, recorder.address, { bodyCheck: `127.0.0.1:${check.port}` });
  const headers = { authorization: `Bearer ${await tokenFor({})}`, "content-type": "application/json" };
  const send = (bytes: number) =>
    fetch(`${edge}${suppression}`, {
      method: "POST",
      headers,
      body: `{"suppressionList":{"name":"${"x".repeat(bytes)}"}}`,
    });
  const refused = await send(500_000);
  const error = (await refused.json()) as ApiError;
  assert.deepEqual([refused.status, refused.headers.get("retry-after"), error.code], [429, "1", 8], error.message);
  assert.match(error.message, /wait to be read; try again/);
  assert.match(JSON.stringify(error.details), /ERROR_REASON_RATE_LIMITED/);
  assert.equal((await send(5_000)).status, 200, "what there is room for goes on");
});
