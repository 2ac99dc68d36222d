import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from "jose";
import { TenantServiceDefinition } from "../../../gen/herald/identity/v1/tenant_service.ts";
import { TokenServiceDefinition } from "../../../gen/herald/identity/v1/token_service.ts";
import { UserServiceDefinition } from "../../../gen/herald/identity/v1/user_service.ts";
import { makeSecret, REFRESH_TOKEN } from "../../../svc/identity/sign-in/credentials.ts";
import { fakeClock, nobodysClient, rejectsWith, status } from "../../lib/harness.ts";
import { asEveryTenant } from "../database.ts";
import { badFields, bootIdentity, openOffice, PASSWORD } from "../identity.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** A running identity whose clock the test moves, beginning now: tokens are verified by the real one. */
async function boot(t: TestContext) {
  const clock = fakeClock(new Date());
  const identity = await bootIdentity(t, { now: clock.now });
  const tokens = nobodysClient(t, identity.address, TokenServiceDefinition);
  const refresh = (refreshToken: string) =>
    tokens.issueToken({ grant: { $case: "refresh", refresh: { refreshToken } } });
  const asProgram = (clientId: string, clientSecret: string) =>
    tokens.issueToken({ grant: { $case: "clientCredentials", clientCredentials: { clientId, clientSecret } } });
  return { identity, tokens, clock, refresh, asProgram };
}

test("a person signs in and calls with the token, which says who they are and what they may", async (t) => {
  const { identity, tokens } = await boot(t);
  const { slug, adminEmail, tenantId, adminUserId } = await identity.newTenant();
  const token = await identity.signIn(slug, adminEmail.toUpperCase());
  assert.deepEqual([token.tokenType, token.expiresInSeconds], ["Bearer", 900]);
  assert.deepEqual([token.tenantId, token.subjectId], [tenantId, adminUserId]);
  const { tenant } = await identity.client(TenantServiceDefinition, token).getTenant({});
  assert.equal(tenant?.slug, slug);

  const { contentType, data } = await tokens.getJwks({});
  assert.equal(contentType, "application/json");
  const jwks = JSON.parse(data.toString()) as JSONWebKeySet;
  assert.equal(jwks.keys.length, 2, "the current key and the next one");
  assert.ok(
    jwks.keys.every((key) => !("d" in key) && key.kid),
    "public halves only",
  );
  const { payload, protectedHeader } = await jwtVerify(token.accessToken, createLocalJWKSet(jwks), {
    issuer: "herald",
    algorithms: ["EdDSA"],
  });
  assert.deepEqual([payload.sub, payload["tid"], payload["kind"]], [adminUserId, tenantId, "user"]);
  assert.deepEqual(payload["perms"], token.permissions);
  assert.ok(token.permissions.includes("users.write"));
  assert.ok(!token.permissions.some((name) => /^(mesh|platform)\./.test(name) || name === "*"));
  assert.equal((payload.exp ?? 0) - (payload.iat ?? 0), 900);
  assert.equal(protectedHeader.kid, jwks.keys.find(({ kid }) => kid === protectedHeader.kid)?.kid);
});

test("unknown tenant, unknown user, wrong password, disabled user and suspended tenant are answered in the same words", async (t) => {
  const { identity } = await boot(t);
  const office = await openOffice(identity);
  const { user } = await office.users.createUser({
    user: { email: "gone@example.com", roleIds: [await office.roleId("Viewer")], disabled: true },
    password: PASSWORD,
  });
  assert.equal(user?.disabled, true);
  const suspended = await identity.newTenant();
  await asEveryTenant(identity, "update identity.tenants set suspended = true where slug = $1", [suspended.slug]);
  const words = new Set<string>();
  for (const [tenant, email, password] of [
    ["no-such-tenant", office.adminEmail, PASSWORD],
    [office.slug, "nobody@example.com", PASSWORD],
    [office.slug, office.adminEmail, "not the password"],
    [office.slug, "gone@example.com", PASSWORD],
    [suspended.slug, suspended.adminEmail, PASSWORD],
  ] as const) {
    const told = await rejectsWith(
      identity.signIn(tenant, email, password),
      status.UNAUTHENTICATED,
      "ERROR_REASON_CREDENTIALS_INVALID",
    );
    words.add(JSON.stringify([told.message, told.metadata, told.fields]));
  }
  assert.equal(words.size, 1);
});

test("tries made at once count as well, and a right password ends the count", async (t) => {
  const { identity } = await boot(t);
  const { slug, adminEmail } = await identity.newTenant();
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 6; i++)
      await rejectsWith(identity.signIn(slug, adminEmail, "not the password"), status.UNAUTHENTICATED);
    await identity.signIn(slug, adminEmail);
  }
  const tries = Array.from({ length: 30 }, () => identity.signIn(slug, adminEmail, "not the password"));
  const answers = await Promise.allSettled(tries);
  const codes = answers.map((answer) => (answer.status === "rejected" ? (answer.reason as { code: number }).code : 0));
  const count = (code: number) => codes.filter((one) => one === code).length;
  assert.deepEqual([count(status.UNAUTHENTICATED), count(status.RESOURCE_EXHAUSTED)], [10, 20]);
});

test("a refresh token works once and brings the next; used twice it ends its session and no other", async (t) => {
  const { identity, refresh } = await boot(t);
  const { slug, adminEmail, adminUserId } = await identity.newTenant();
  const [first, other] = [await identity.signIn(slug, adminEmail), await identity.signIn(slug, adminEmail)];
  const second = await refresh(first.refreshToken);
  assert.equal(second.subjectId, adminUserId);
  const third = await refresh(second.refreshToken);
  await rejectsWith(refresh(first.refreshToken), status.UNAUTHENTICATED, "ERROR_REASON_REFRESH_TOKEN_INVALID");
  await rejectsWith(refresh(third.refreshToken), status.UNAUTHENTICATED, "ERROR_REASON_REFRESH_TOKEN_INVALID");
  await refresh(other.refreshToken);
});

test("who knows a session by its id alone, as every access token says it, can neither use nor end it", async (t) => {
  const { identity, tokens, refresh } = await boot(t);
  const { slug, adminEmail, tenantId } = await identity.newTenant();
  const token = await identity.signIn(slug, adminEmail);
  const madeUp = makeSecret(REFRESH_TOKEN, { tenantId, id: String(decodeJwt(token.accessToken)["sid"]) });
  assert.equal(madeUp.slice(0, 40), token.refreshToken.slice(0, 40), "of this session but for the secret");
  await tokens.revokeToken({ refreshToken: madeUp });
  await rejectsWith(refresh(madeUp), status.UNAUTHENTICATED, "ERROR_REASON_REFRESH_TOKEN_INVALID");
  await identity.client(TenantServiceDefinition, token).getTenant({});
  let { refreshToken } = token;
  for (let i = 0; i < 21; i++) ({ refreshToken } = await refresh(refreshToken));
  await rejectsWith(refresh(token.refreshToken), status.UNAUTHENTICATED, "ERROR_REASON_REFRESH_TOKEN_INVALID");
  const next = await refresh(refreshToken);
  await tokens.revokeToken({ refreshToken });
  await rejectsWith(refresh(next.refreshToken), status.UNAUTHENTICATED, "ERROR_REASON_REFRESH_TOKEN_INVALID");
});

test("of two who refresh with the same token at once, one gets the next token at most, and the session ends", async (t) => {
  const { identity, refresh } = await boot(t);
  const { slug, adminEmail } = await identity.newTenant();
  const { refreshToken } = await identity.signIn(slug, adminEmail);
  const answers = await Promise.allSettled([refresh(refreshToken), refresh(refreshToken)]);
  const good = answers.filter((answer) => answer.status === "fulfilled");
  assert.equal(good.length, 1);
  await rejectsWith(refresh(good[0]?.value.refreshToken ?? ""), status.UNAUTHENTICATED);
});

test("refresh tokens end after thirty days of rest, with their user, and by RevokeToken; strange ones are refused alike", async (t) => {
  const { identity, clock, refresh, tokens } = await boot(t);
  const office = await openOffice(identity);
  const ada = await office.hire("ada@example.com", ["lists.read"]);
  const signIn = () => identity.signIn(office.slug, "ada@example.com");
  const refused = (token: string) =>
    rejectsWith(refresh(token), status.UNAUTHENTICATED, "ERROR_REASON_REFRESH_TOKEN_INVALID");

  let { refreshToken } = await signIn();
  for (let i = 0; i < 3; i++) {
    clock.advance(29 * DAY_MS);
    ({ refreshToken } = await refresh(refreshToken));
  }
  clock.advance(30 * DAY_MS);
  await refused(refreshToken);

  const revoked = await signIn();
  const renewed = await refresh(revoked.refreshToken);
  await tokens.revokeToken({ refreshToken: revoked.refreshToken });
  await refused(renewed.refreshToken);

  const users = identity.client(UserServiceDefinition, await identity.signIn(office.slug, office.adminEmail));
  const before = await signIn();
  await users.setPassword({ userId: ada.userId, password: "another password" });
  await refused(before.refreshToken);

  const disabled = await identity.signIn(office.slug, "ada@example.com", "another password");
  await users.updateUser({ user: { id: ada.userId, disabled: true }, updateMask: ["disabled"] });
  await refused(disabled.refreshToken);

  for (const strange of ["hr_x", "nonsense", `hr_${"A".repeat(86)}`, revoked.refreshToken.replace("hr_", "hk_")])
    await refused(strange);
  await tokens.revokeToken({ refreshToken: "nonsense" });
  await tokens.revokeToken({ refreshToken: `hr_${"A".repeat(86)}` });
});

test("what a role allows is read anew at each refresh", async (t) => {
  const { identity, refresh } = await boot(t);
  const office = await openOffice(identity);
  const ada = await office.hire("ada@example.com", ["lists.read"]);
  const token = await identity.signIn(office.slug, "ada@example.com");
  assert.deepEqual(token.permissions, ["lists.read"]);
  const { user } = await office.users.getUser({ userId: ada.userId });
  await office.roles.updateRole({ role: { id: user?.roleIds[0] ?? "", permissions: ["lists.write", "jobs.read"] } });
  assert.deepEqual((await refresh(token.refreshToken)).permissions, ["jobs.read", "lists.write"]);
});

test("beyond the most sessions of a user the oldest ends", async (t) => {
  const clock = fakeClock(new Date());
  const identity = await bootIdentity(t, { now: clock.now, more: { IDENTITY_SESSIONS_PER_USER: "2" } });
  const tokens = nobodysClient(t, identity.address, TokenServiceDefinition);
  const { slug, adminEmail } = await identity.newTenant();
  const sessions: string[] = [];
  for (let i = 0; i < 3; i++) {
    sessions.push((await identity.signIn(slug, adminEmail)).refreshToken);
    clock.advance(1_000);
  }
  const [first = "", second = "", third = ""] = sessions;
  const refresh = (refreshToken: string) =>
    tokens.issueToken({ grant: { $case: "refresh", refresh: { refreshToken } } });
  await rejectsWith(refresh(first), status.UNAUTHENTICATED);
  await refresh(second);
  await refresh(third);
});

test("a program signs in with an API key until the key ends or is removed; wrong secrets are refused in the same words", async (t) => {
  const { identity, clock, asProgram } = await boot(t);
  const office = await openOffice(identity);
  const roleIds = [await office.roleId("Integration")];
  const expireTime = new Date(clock.now().getTime() + DAY_MS);
  const { apiKey, secret } = await office.apiKeys.createApiKey({ apiKey: { name: "CRM", roleIds, expireTime } });
  const other = await office.apiKeys.createApiKey({ apiKey: { name: "Other", roleIds } });
  const clientId = apiKey?.id ?? "";

  const token = await asProgram(clientId, secret);
  assert.equal(token.refreshToken, "");
  assert.equal(token.subjectId, clientId);
  assert.ok(token.permissions.includes("lists.import") && !token.permissions.includes("users.write"));
  const client = identity.client(TenantServiceDefinition, token);
  assert.equal((await client.getTenant({})).tenant?.id, office.tenantId);
  assert.equal(decodeProtectedHeader(token.accessToken).alg, "EdDSA");

  const refused = (id: string, proof: string) =>
    rejectsWith(asProgram(id, proof), status.UNAUTHENTICATED, "ERROR_REASON_CREDENTIALS_INVALID");
  await refused(clientId, other.secret);
  await refused(other.apiKey?.id ?? "", secret);
  await refused(clientId, secret.slice(0, 60) + (secret[60] === "A" ? "B" : "A") + secret.slice(61));
  await refused(clientId, "nonsense");
  clock.advance(DAY_MS);
  await refused(clientId, secret);
  await office.apiKeys.deleteApiKey({ apiKeyId: other.apiKey?.id ?? "" });
  await refused(other.apiKey?.id ?? "", other.secret);
});

test("a suspended tenant's programs and sessions get no tokens", async (t) => {
  const { identity, refresh, asProgram } = await boot(t);
  const office = await openOffice(identity);
  const { apiKey, secret } = await office.apiKeys.createApiKey({
    apiKey: { name: "CRM", roleIds: [await office.roleId("Viewer")] },
  });
  const { refreshToken } = await identity.signIn(office.slug, office.adminEmail);
  await asEveryTenant(identity, "update identity.tenants set suspended = true where slug = $1", [office.slug]);
  await rejectsWith(asProgram(apiKey?.id ?? "", secret), status.UNAUTHENTICATED, "ERROR_REASON_CREDENTIALS_INVALID");
  await rejectsWith(refresh(refreshToken), status.UNAUTHENTICATED, "ERROR_REASON_REFRESH_TOKEN_INVALID");
});

test("a request without grant or with empty fields is refused naming them", async (t) => {
  const { tokens } = await boot(t);
  const issue = (grant: object) => badFields(tokens.issueToken({ grant: grant as never }));
  assert.deepEqual(await badFields(tokens.issueToken({})), ["grant"]);
  assert.deepEqual(await issue({ $case: "password", password: { tenant: "x" } }), [
    "password.email",
    "password.password",
  ]);
  assert.deepEqual(await issue({ $case: "clientCredentials", clientCredentials: {} }), [
    "client_credentials.client_id",
    "client_credentials.client_secret",
  ]);
  assert.deepEqual(await issue({ $case: "refresh", refresh: {} }), ["refresh.refresh_token"]);
  assert.deepEqual(
    await issue({ $case: "password", password: { tenant: "x", email: "y", password: "z".repeat(2_000) } }),
    ["password.password"],
  );
});
