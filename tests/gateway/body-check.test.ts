/** A JSON body that says what the contract does not know is refused at the edge, and what is refused never reaches a service. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { HttpBody } from "../../gen/google/api/httpbody.ts";
import { startBodyCheck } from "../../gateway/body-check/server.ts";
import { readCallRules } from "../../gateway/body-check/shapes.ts";
import type { ApiError } from "../../gen/rest.ts";
import { newId, publicKeySet, tokenFor, until } from "../lib/harness.ts";
import { bootEdge } from "./edge.ts";
import { startRecorder } from "./recorder.ts";

const JWKS = "/herald.identity.v1.TokenService/GetJwks";
const id = newId();

interface Case {
  what: string;
  verb?: string;
  path: string;
  body: string | Uint8Array<ArrayBuffer>;
  type?: string;
  http?: number;
  /** Of each violation the field and what its description must hold; of a body that is refused as a whole, the message. */
  fields?: [field: string, says: RegExp][];
  says?: RegExp;
}

const rules = "/v1/compliance-rules";
const groups = "/v1/campaign-groups";
const suppression = `/v1/suppression-lists`;

const refused: Case[] = [
  {
    what: "a misspelt yes or no",
    path: suppression,
    body: '{"suppressionList":{"name":"Regulator","isRequired":true,"channel":["CHANNEL_SMS"]}}',
    fields: [
      ["suppressionList.isRequired", /Did you mean required\?/],
      ["suppressionList.channel", /Did you mean channels\?/],
    ],
  },
  {
    what: "misspelt protections",
    path: groups,
    body: '{"campaignGroup":{"suppressionListsIds":["a"],"ruleIDs":["b"],"treatments":[{},{"intervallSeconds":1}]}}',
    fields: [
      ["campaignGroup.suppressionListsIds", /suppressionListIds/],
      ["campaignGroup.ruleIDs", /ruleIds/],
      ["campaignGroup.treatments[1].intervallSeconds", /intervalSeconds/],
    ],
  },
  {
    what: "a name that is near to none",
    path: "/v1/tokens:revoke",
    body: '{"colour":1}',
    fields: [["colour", /Known here: \w+/]],
  },
  {
    what: "any name where nothing can be given",
    path: `${groups}/${id}:start`,
    body: '{"now":true}',
    fields: [["now", /no such field/]],
  },
  {
    what: "a name given twice",
    path: rules,
    body: '{"rule":{"name":"a",\n"name":"b"}}',
    fields: [["rule.name", /twice.*line 2, column 1/]],
  },
  {
    what: "a name given in both notations",
    verb: "PATCH",
    path: `${suppression}/${id}`,
    body: '{"suppressionList":{"required":true},"suppression_list":{"required":false}}',
    fields: [["suppression_list", /twice/]],
  },
  {
    what: "two alternatives",
    path: rules,
    body: '{"rule":{"attemptCap":{"limit":1},"location":{}}}',
    fields: [["rule.location", /Only one of contactWindow, attemptCap, location/]],
  },
  {
    what: "another id than that of the path",
    verb: "PATCH",
    path: `/v1/contact-lists/${id}`,
    body: `{"contactList":{"id":"${newId()}","name":"x"}}`,
    fields: [["contactList.id", /The path says/]],
  },
  {
    what: "lists and objects where one value stands, and lists in lists",
    path: suppression,
    body: '{"suppressionList":{"name":["a"],"description":{},"channels":[["CHANNEL_SMS"],null]}}',
    fields: [
      ["suppressionList.name", /no list/],
      ["suppressionList.description", /no object/],
      ["suppressionList.channels[0]", /no list/],
      ["suppressionList.channels[1]", /null/],
    ],
  },
  { what: "a text that ends too early", path: rules, body: '{"rule"', says: /no JSON.*line 1, column 8/ },
  { what: "a comma too many", path: rules, body: '{"rule":{"name":"x",}}', says: /double quotes.*column 21/ },
  { what: "a line end within a text", path: rules, body: '{"rule":{"name":"x\ny"}}', says: /column 19/ },
  { what: "something after the end", path: rules, body: "{} {}", says: /the end.*column 4/ },
  { what: "blanks alone", path: `${groups}/${id}:start`, body: " \n", says: /not a JSON object/ },
  { what: "no object", path: rules, body: "[]", says: /not a JSON object/ },
  {
    what: "a text that is no UTF-8",
    path: rules,
    body: Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
    says: /UTF-8/,
  },
  { what: "arrays without end", path: rules, body: '{"rule":' + "[".repeat(100_000), says: /64 deep/ },
  { what: "another kind of text", path: rules, body: "name,x", type: "text/csv", http: 415, says: /application\/json/ },
  {
    what: "another character set",
    path: rules,
    body: "{}",
    type: "application/json; charset=iso-8859-1",
    http: 415,
    says: /UTF-8/,
  },
  {
    what: "a body where none is taken",
    verb: "DELETE",
    path: `/v1/contact-lists/${id}`,
    body: '{"etag":"v1"}',
    says: /no body/,
  },
];

const taken: Omit<Case, "fields">[] = [
  { what: "no body", path: `${groups}/${id}:start`, body: "" },
  { what: "snake_case", path: groups, body: '{"campaign_group":{"suppression_list_ids":["a"],"name":"x"}}' },
  { what: "a name written with escapes", path: suppression, body: '{"suppressionList":{"na\\u006de":"x"}}' },
  {
    what: "the id of the path",
    verb: "PATCH",
    path: `/v1/contact-lists/${id}`,
    body: `{"contactList":{"id":"${id}","name":"x"}}`,
  },
  { what: "null for an alternative", path: rules, body: '{"rule":{"attemptCap":{"limit":1},"location":null}}' },
  { what: "what curl sends by itself", path: rules, body: "{}", type: "application/x-www-form-urlencoded" },
  {
    what: "a mask and times, each in its own form",
    verb: "PATCH",
    path: "/v1/tenant",
    body: '{"tenant":{"displayName":"x"},"updateMask":"displayName"}',
  },
];

/** Nothing but the keys that tokens are verified with. */
async function emptyAnswers(): Promise<(path: string) => Uint8Array> {
  const data = Buffer.from(await publicKeySet());
  const jwks = HttpBody.encode({ contentType: "application/json", data, extensions: [] }).finish();
  return (path) => (path === JWKS ? jwks : new Uint8Array());
}

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
  const send = ({ verb = "POST", path, body, type = "application/json" }: Omit<Case, "what">) =>
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
