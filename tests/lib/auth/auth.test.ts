import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { createAuthenticator, jwksKeySource, type KeySource, mayCall } from "../../../svc/lib/auth/auth.ts";
import { RpcError, status } from "../../../svc/lib/errors/errors.ts";
import { audienceOf, meshTokens, VOICE_ADAPTER } from "../../../svc/lib/auth/mesh-token.ts";
import { MESH_KEY, newId, testKeys, tokenFor } from "../harness.ts";

const authenticator = () => createAuthenticator({ keys: testKeys, audience: audienceOf(MESH_KEY, "lists") });
const tenantId = newId();

async function refuses(header: string, keys: KeySource = testKeys): Promise<RpcError> {
  try {
    await createAuthenticator({ keys, audience: audienceOf(MESH_KEY, "lists") }).verify(header);
  } catch (error) {
    assert.ok(error instanceof RpcError, String(error));
    assert.equal(error.code, status.UNAUTHENTICATED);
    return error;
  }
  return assert.fail("it was accepted");
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const inAnHour = () => Math.floor(Date.now() / 1_000) + 3_600;

test("a person's token says who calls, for which tenant, and what they may do", async () => {
  const userId = newId();
  const header = `Bearer ${await tokenFor({ tenantId, userId, permissions: ["lists.read", "mesh.lists"] })}`;
  const identity = await authenticator().verify(header);
  assert.equal(identity.tenantId, tenantId);
  assert.equal(identity.caller.kind, "user");
  assert.equal(identity.caller.id, userId);
  assert.ok(mayCall(identity.caller, "lists.read"));
  assert.ok(!mayCall(identity.caller, "lists.write"));
  assert.ok(!mayCall(identity.caller, "mesh.lists"), "a person's token must never open what is between services");
});

test("an API key's token says so", async () => {
  const { caller } = await authenticator().verify(`Bearer ${await tokenFor({ kind: "api_key" })}`);
  assert.equal(caller.kind, "api_key");
});

test("a service's token opens every permission within its tenant", async () => {
  const { caller, tenantId: of } = await authenticator().verify(
    await meshTokens("campaigns", audienceOf(MESH_KEY, "lists"))(tenantId),
  );
  assert.deepEqual([caller.kind, caller.id, of], ["service", "campaigns", tenantId]);
  assert.ok(mayCall(caller, "mesh.anything") && mayCall(caller, "lists.write"));
});

test("a service's token opens the service that it is meant for alone, and who receives it cannot make one for another", async () => {
  const forJobs = await meshTokens("dial", audienceOf(MESH_KEY, "jobs"))("*");
  await createAuthenticator({ keys: testKeys, audience: audienceOf(MESH_KEY, "jobs") }).verify(forJobs);
  await refuses(forJobs);
  // Signed with the voice adapter's key, for its own audience and for another one.
  for (const name of ["voice-adapter", "lists"])
    await refuses(await meshTokens("dial", { name, key: audienceOf(MESH_KEY, VOICE_ADAPTER).key })("*"));
  // The right key with another service's name, and the right name with the mesh key: both name and key are checked.
  await refuses(await meshTokens("dial", { name: "jobs", key: audienceOf(MESH_KEY, "lists").key })("*"));
  await refuses(await meshTokens("dial", { name: "lists", key: MESH_KEY })("*"));
});

test("tokens that are expired, foreign, changed or malformed are refused", async () => {
  const good = await tokenFor({ tenantId });
  const [head = "", body = "", signature = ""] = good.split(".");
  const otherKeys = await generateKeyPair("EdDSA");
  const foreign = await new SignJWT({ tid: tenantId })
    .setProtectedHeader({ alg: "EdDSA", kid: "test-key" })
    .setIssuer("herald")
    .setSubject("x")
    .setExpirationTime("1h")
    .sign(otherKeys.privateKey);
  const changed = [
    head,
    part({ ...(JSON.parse(Buffer.from(body, "base64url").toString()) as object), tid: newId() }),
    signature,
  ].join(".");
  for (const header of [
    "",
    "Bearer",
    "Basic eDp5",
    `Bearer ${good} x`,
    "Bearer a.b.c",
    `Bearer ${foreign}`,
    `Bearer ${changed}`,
    `Bearer ${head}.${body}.`,
  ])
    await refuses(header);
  assert.match((await refuses(`Bearer ${await tokenFor({ tenantId, endsIn: -60 })}`)).message, /expired/);
  assert.match(
    (
      await refuses(
        await meshTokens("lists", audienceOf("another key that is long enough to be a key", "lists"))(tenantId),
      )
    ).message,
    /not one of ours/,
  );
});

test("a token cannot choose how it is verified: no algorithm, or our public key as if it were the mesh secret", async () => {
  const { publicKey } = await generateKeyPair("EdDSA", { extractable: true });
  const claims = { iss: "herald-mesh", sub: "lists", tid: tenantId, exp: inAnHour() };
  const none = `${part({ alg: "none", kid: "test-key" })}.${part({ ...claims, iss: "herald" })}.`;
  await refuses(`Bearer ${none}`);
  const input = `${part({ alg: "HS256" })}.${part(claims)}`;
  const confused = createHmac("sha256", await exportSPKI(publicKey))
    .update(input)
    .digest("base64url");
  await refuses(`Bearer ${input}.${confused}`, { key: () => Promise.resolve(publicKey) });
});

test("a token without tenant, subject or end is refused, and no person acts for every tenant", async () => {
  const { publicKey, privateKey } = await generateKeyPair("EdDSA");
  const keys: KeySource = { key: () => Promise.resolve(publicKey) };
  const sign = (payload: JWTPayload) =>
    new SignJWT(payload).setProtectedHeader({ alg: "EdDSA", kid: "k" }).sign(privateKey);
  const whole = { iss: "herald", sub: "u", tid: tenantId, exp: inAnHour() };
  for (const missing of ["sub", "tid", "exp", "iss"] as const)
    await refuses(`Bearer ${await sign({ ...whole, [missing]: undefined })}`, keys);
  await refuses(`Bearer ${await sign({ ...whole, tid: "*" })}`, keys);
});

test("a verified token is known without asking again, until it ends", async (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
  let asked = 0;
  const keys: KeySource = { key: (id) => (asked++, testKeys.key(id)) };
  const auth = createAuthenticator({ keys, audience: audienceOf(MESH_KEY, "lists") });
  const header = `Bearer ${await tokenFor({ tenantId, endsIn: 60 })}`;
  assert.equal(auth.known(header), undefined);
  const identity = await auth.verify(header);
  assert.equal(auth.known(header), identity);
  assert.equal(asked, 1);
  t.mock.timers.tick(61_000);
  assert.equal(auth.known(header), undefined);
});

test("an unknown key id makes the keys be fetched again, but not for every bad token", async () => {
  const [first, second] = await Promise.all([keyWithId("first"), keyWithId("second")]);
  let ms = 0;
  let fetched = 0;
  let published = [first.jwk];
  const source = jwksKeySource(
    async () => (fetched++, { keys: published }),
    () => ms,
  );
  assert.ok(await source.key("first"));
  assert.equal(await source.key("second"), undefined);
  assert.equal(fetched, 1, "a key asked for right after a fetch is not there");
  published = [first.jwk, second.jwk];
  ms += 5_000;
  assert.ok(await source.key("second"));
  assert.equal(fetched, 2);
  await Promise.all(Array.from({ length: 50 }, (_, i) => source.key(`made-up-${i}`)));
  assert.equal(fetched, 2);
});

test("keys that we hold stay good while identity is away; one that we do not have is UNAVAILABLE, not a refusal", async () => {
  const first = await keyWithId("first");
  let ms = 0;
  let away = false;
  const source = jwksKeySource(
    async () => {
      if (away) throw new Error("connection refused");
      return { keys: [first.jwk] };
    },
    () => ms,
  );
  assert.ok(await source.key("first"));
  away = true;
  ms += 3_600_000;
  assert.ok(await source.key("first"));
  await assert.rejects(
    source.key("new"),
    (error: unknown) => error instanceof RpcError && error.code === status.UNAVAILABLE,
  );
});

test("a mesh token is signed once per tenant and renewed before it ends", async (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
  const token = meshTokens("lists", audienceOf(MESH_KEY, "lists"));
  const first = await token(tenantId);
  assert.equal(token(tenantId), first, "the second time it is there at once, not a promise");
  assert.notEqual(await token("*"), first);
  t.mock.timers.tick(481_000);
  assert.notEqual(await token(tenantId), first);
});

async function keyWithId(kid: string): Promise<{ jwk: { kid: string; kty?: string }; key: CryptoKey }> {
  const { publicKey } = await generateKeyPair("EdDSA", { extractable: true });
  return { jwk: { ...(await exportJWK(publicKey)), kid }, key: publicKey };
}
