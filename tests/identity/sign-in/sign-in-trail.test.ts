import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { AuditEntry } from "../../../gen/herald/identity/v1/audit_entry.ts";
import { TokenServiceDefinition } from "../../../gen/herald/identity/v1/token_service.ts";
import { AuditAction } from "../../../gen/herald/options/v1/options.ts";
import { forEachConcurrently } from "../../../svc/lib/async/batch.ts";
import { nobodysClient, newId, rejectsWith, status, until } from "../../lib/harness.ts";
import { asEveryTenant } from "../database.ts";
import { tokensFrom } from "../from-address.ts";
import { bootIdentity, openOffice } from "../identity.ts";

const { AUDIT_ACTION_SIGN_IN, AUDIT_ACTION_REFRESH, AUDIT_ACTION_SIGN_OUT } = AuditAction;

async function boot(t: TestContext) {
  const identity = await bootIdentity(t);
  const office = await openOffice(identity);
  const tokens = tokensFrom(t, identity);
  /** The entries from one address, first things first, once there are so many calls of them. */
  const told = (clientAddress: string, calls: number): Promise<AuditEntry[]> =>
    until(async () => {
      const { auditEntries } = await office.audit.listAuditEntries({ clientAddress });
      const sum = auditEntries.reduce((all, { count }) => all + count, 0);
      return sum >= calls && auditEntries.toReversed();
    });
  return { identity, office, tokens, told };
}

const inShort = ({ action, callerKind, callerId, callerName, status: end, count }: AuditEntry) => [
  action,
  callerKind,
  callerId,
  callerName,
  end,
  count,
];

test("the trail tells sign-ins, refreshes, sign-outs, and those that were refused: whose, from where, how often, when", async (t) => {
  const { identity, office, tokens, told } = await boot(t);
  const { slug, adminEmail, adminUserId } = office;
  const first = await tokens.signIn("203.0.113.1", slug, adminEmail);
  const [entry] = await told("203.0.113.1", 1);
  assert.ok(entry?.startTime && entry.lastTime && entry.requestId);
  assert.deepEqual(inShort(entry), [AUDIT_ACTION_SIGN_IN, "user", adminUserId, adminEmail, "OK", 1]);

  for (let i = 0; i < 3; i++)
    await rejectsWith(tokens.signIn("203.0.113.2", slug, adminEmail, "wrong"), status.UNAUTHENTICATED);
  const [wrong, ...none] = await told("203.0.113.2", 3);
  assert.deepEqual(wrong && inShort(wrong), [
    AUDIT_ACTION_SIGN_IN,
    "user",
    adminUserId,
    adminEmail,
    "UNAUTHENTICATED",
    3,
  ]);
  assert.deepEqual(none, []);
  assert.ok(wrong?.startTime && wrong.lastTime && wrong.startTime < wrong.lastTime);

  const refresh = (address: string, refreshToken: string) =>
    tokens.issue(address, { $case: "refresh", refresh: { refreshToken } });
  await refresh("203.0.113.3", first.refreshToken);
  await rejectsWith(refresh("203.0.113.4", first.refreshToken), status.UNAUTHENTICATED);
  await rejectsWith(refresh("203.0.113.5", first.refreshToken), status.UNAUTHENTICATED);
  const whose = ["user", adminUserId, adminEmail];
  assert.deepEqual((await told("203.0.113.3", 1)).map(inShort), [[AUDIT_ACTION_REFRESH, ...whose, "OK", 1]]);
  assert.deepEqual(
    new Set((await told("203.0.113.4", 2)).map((one) => JSON.stringify(inShort(one)))),
    new Set([
      JSON.stringify([AUDIT_ACTION_SIGN_OUT, ...whose, "OK", 1]),
      JSON.stringify([AUDIT_ACTION_REFRESH, ...whose, "UNAUTHENTICATED", 1]),
    ]),
  );
  const [stale] = await told("203.0.113.5", 1);
  assert.deepEqual(stale && inShort(stale), [AUDIT_ACTION_REFRESH, "none", "", "", "UNAUTHENTICATED", 1]);

  const second = await identity.signIn(slug, adminEmail);
  await nobodysClient(t, identity.address, TokenServiceDefinition).revokeToken({ refreshToken: second.refreshToken });
  const outs = await office.audit.listAuditEntries({ action: AUDIT_ACTION_SIGN_OUT });
  assert.equal(outs.auditEntries[0]?.rpc, "herald.identity.v1.TokenService/RevokeToken");
  assert.ok((await office.audit.listAuditEntries({ refused: true })).auditEntries.every((one) => one.status !== "OK"));
});

test("programs are told alike, by the name of their key", async (t) => {
  const { office, tokens, told } = await boot(t);
  const made = await office.apiKeys.createApiKey({
    apiKey: { name: "nightly", roleIds: [await office.roleId("Viewer")] },
  });
  const clientId = made.apiKey?.id ?? "";
  const enter = (address: string, clientSecret: string) =>
    tokens.issue(address, { $case: "clientCredentials", clientCredentials: { clientId, clientSecret } });
  for (let i = 0; i < 4; i++) await enter("203.0.113.1", made.secret);
  await rejectsWith(enter("203.0.113.2", `${made.secret.slice(0, -4)}AAAA`), status.UNAUTHENTICATED);
  const whose = ["api_key", clientId, "nightly"];
  assert.deepEqual((await told("203.0.113.1", 4)).map(inShort), [[AUDIT_ACTION_SIGN_IN, ...whose, "OK", 4]]);
  assert.deepEqual((await told("203.0.113.2", 1)).map(inShort), [
    [AUDIT_ACTION_SIGN_IN, ...whose, "UNAUTHENTICATED", 1],
  ]);
});

test("what is typed in place of an account's name is nowhere in the trail, and an unknown tenant has none", async (t) => {
  const { identity, office, tokens, told } = await boot(t);
  const secret = "my-Pa55word-in-the-wrong-field";
  await rejectsWith(tokens.signIn("203.0.113.1", office.slug, secret, "x"), status.UNAUTHENTICATED);
  await rejectsWith(tokens.signIn("203.0.113.1", "no-such-tenant", secret, secret), status.UNAUTHENTICATED);
  const foreign = `hr_${Buffer.from(`${newId()}${newId()}`.replaceAll("-", ""), "hex").toString("base64url")}`;
  const refreshToken = foreign.padEnd(89, "A");
  await rejectsWith(
    tokens.issue("203.0.113.1", { $case: "refresh", refresh: { refreshToken } }),
    status.UNAUTHENTICATED,
  );
  assert.deepEqual((await told("203.0.113.1", 1)).map(inShort), [
    [AUDIT_ACTION_SIGN_IN, "none", "", "", "UNAUTHENTICATED", 1],
  ]);
  const rows = await asEveryTenant(identity, "select e::text as line from identity.audit_entries e");
  assert.ok(!JSON.stringify(rows).includes(secret));
  const tenants = await asEveryTenant(
    identity,
    "select from identity.audit_entries where tenant_id not in (select tenant_id from identity.tenants)",
  );
  assert.equal(tenants.length, 0);
});

test("a flood of wrong passwords, of an account and of accounts that do not exist, from one address and from many, is a handful of rows", async (t) => {
  const { identity, office, tokens } = await boot(t);
  const { slug, adminEmail } = office;
  const rows = async (table: string) => (await asEveryTenant(identity, `select from identity.${table}`)).length;
  const before = await rows("audit_entries");
  let refused = 0;
  const tries = Array.from({ length: 3_000 }, (_, i) => i);
  await forEachConcurrently(tries, 50, async (i) => {
    const address = i < 2_000 ? "203.0.113.1" : `10.0.${i >> 8}.${i & 255}`;
    const email = i % 2 === 0 ? adminEmail : `nobody${i % 7}@example.com`;
    await tokens.signIn(address, slug, email, `wrong ${i}`).catch(() => (refused += 1));
  });
  assert.equal(refused, tries.length);
  const counted = await until(async () => {
    const [row] = await asEveryTenant<{ calls: number }>(
      identity,
      "select coalesce(sum(count), 0)::integer as calls from identity.audit_entries where status <> 'OK'",
    );
    return row?.calls === refused && row;
  });
  assert.equal(counted.calls, refused, "each of them is in a count");
  const grown = (await rows("audit_entries")) - before;
  assert.ok(grown <= 210, `${grown} rows for ${refused} tries`);
});
