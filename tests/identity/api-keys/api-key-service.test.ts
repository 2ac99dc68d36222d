import assert from "node:assert/strict";
import { test } from "node:test";
import { newId, rejectsWith, status } from "../../lib/harness.ts";
import { asEveryTenant } from "../database.ts";
import { allPages, badFields, bootIdentity, openOffice } from "../identity.ts";

test("an API key's secret is shown once, and what is stored cannot be turned back into it", async (t) => {
  const identity = await bootIdentity(t);
  const office = await openOffice(identity);
  const roleIds = [await office.roleId("Integration")];
  const expireTime = new Date(Date.now() + 86_400_000);
  const { apiKey, secret } = await office.apiKeys.createApiKey({ apiKey: { name: "CRM", roleIds, expireTime } });
  assert.match(secret, /^hk_[\w-]{86}$/);
  assert.deepEqual(
    [apiKey?.name, apiKey?.roleIds, apiKey?.expireTime, apiKey?.lastUseTime],
    ["CRM", roleIds, expireTime, undefined],
  );
  const { apiKey: read } = await office.apiKeys.getApiKey({ apiKeyId: apiKey?.id ?? "" });
  assert.deepEqual(read, apiKey);
  const [row] = await asEveryTenant(identity, "select * from identity.api_keys where id = $1", [apiKey?.id]);
  const stored = JSON.stringify(row, (_, value: unknown) =>
    Buffer.isBuffer(value) ? value.toString("base64url") : value,
  );
  assert.ok(!stored.includes(secret.slice(3)) && !stored.includes(secret.slice(-43)));
});

test("bad keys are refused by name", async (t) => {
  const office = await openOffice(await bootIdentity(t));
  const roleIds = [await office.roleId("Viewer")];
  assert.deepEqual(await badFields(office.apiKeys.createApiKey({})), ["api_key.name", "api_key.role_ids"]);
  const past = { name: "CRM", roleIds, expireTime: new Date(Date.now() - 1_000) };
  assert.deepEqual(await badFields(office.apiKeys.createApiKey({ apiKey: past })), ["api_key.expire_time"]);
  assert.deepEqual(await badFields(office.apiKeys.createApiKey({ apiKey: { name: "CRM", roleIds: ["x"] } })), [
    "api_key.role_ids[0]",
  ]);
  const unknown = office.apiKeys.createApiKey({ apiKey: { name: "CRM", roleIds: [newId()] } });
  await rejectsWith(unknown, status.NOT_FOUND, "ERROR_REASON_ROLE_NOT_FOUND");
});

test("a key that is not there, or is another tenant's, is NOT_FOUND", async (t) => {
  const identity = await bootIdentity(t);
  const [office, other] = [await openOffice(identity), await openOffice(identity)];
  const { apiKey } = await other.apiKeys.createApiKey({
    apiKey: { name: "Theirs", roleIds: [await other.roleId("Viewer")] },
  });
  for (const apiKeyId of [newId(), apiKey?.id ?? ""]) {
    await rejectsWith(office.apiKeys.getApiKey({ apiKeyId }), status.NOT_FOUND, "ERROR_REASON_API_KEY_NOT_FOUND");
    await rejectsWith(office.apiKeys.deleteApiKey({ apiKeyId }), status.NOT_FOUND, "ERROR_REASON_API_KEY_NOT_FOUND");
  }
  assert.deepEqual((await office.apiKeys.listApiKeys({})).apiKeys, []);
  assert.equal((await other.apiKeys.listApiKeys({})).apiKeys.length, 1);
});

test("pages of keys meet without gap or repeat, newest first", async (t) => {
  const office = await openOffice(await bootIdentity(t));
  const roleIds = [await office.roleId("Viewer")];
  const made: string[] = [];
  for (let i = 0; i < 7; i++) {
    const { apiKey } = await office.apiKeys.createApiKey({ apiKey: { name: `Key ${i}`, roleIds } });
    made.unshift(apiKey?.id ?? "");
  }
  const keys = await allPages(async (pageToken) => {
    const page = await office.apiKeys.listApiKeys({ pageSize: 3, pageToken });
    return { items: page.apiKeys, nextPageToken: page.nextPageToken };
  });
  assert.deepEqual(
    keys.map(({ id }) => id),
    made,
  );
});
