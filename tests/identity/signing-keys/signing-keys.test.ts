import { audienceOf } from "../../../svc/lib/auth/mesh-token.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Client, credentials, type Metadata } from "@grpc/grpc-js";
import { decodeProtectedHeader, type JSONWebKeySet } from "jose";
import { TokenServiceDefinition } from "../../../gen/herald/identity/v1/token_service.ts";
import { createAuthenticator } from "../../../svc/lib/auth/auth.ts";
import { grpcMethod } from "../../../svc/lib/rpc/definitions.ts";
import { createLog } from "../../../svc/lib/observe/log.ts";
import { createKeyRing } from "../../../svc/identity/signing-keys/key-ring.ts";
import {
  currentKey,
  makeKey,
  openKey,
  planKeys,
  type StoredKey,
} from "../../../svc/identity/signing-keys/signing-keys.ts";
import { startIdentity } from "../../../svc/identity/service.ts";
import { fakeClock, MESH_KEY, newId, started } from "../../lib/harness.ts";
import { databaseOf } from "../../lib/servers.ts";
import { asEveryTenant } from "../database.ts";
import { bootIdentity, identityEnv } from "../identity.ts";

const HOUR_MS = 3_600_000;
const SECRET = "one key secret, of at least thirty-two bytes";
const OTHER_SECRET = "other key secret, of at least thirty-two bytes";
const schedule = { signsForMs: 24 * HOUR_MS, keptAfterMs: HOUR_MS };
const start = new Date("2026-03-02T00:00:00Z");
const at = (hours: number) => new Date(start.getTime() + hours * HOUR_MS);
const key = (id: string, useHours: number): StoredKey => ({
  id,
  publicKey: {},
  sealedPrivateKey: Buffer.alloc(0),
  createTime: start,
  useTime: at(useHours),
});
const log = createLog("identity", "silent");

test("at the first start two keys are made: one that signs now, one that signs a period later", () => {
  assert.deepEqual(planKeys([], [], start, schedule), { make: [start, at(24)], remove: [] });
});

test("there is always a next key, published for a period before it signs", () => {
  const keys = [key("a", 0), key("b", 24)];
  assert.deepEqual(planKeys(keys, keys, at(23.9), schedule), { make: [], remove: [] });
  assert.equal(currentKey(keys, at(23.9))?.id, "a");
  assert.deepEqual(planKeys(keys, keys, at(24), schedule), { make: [at(48)], remove: [] });
  assert.equal(currentKey(keys, at(24))?.id, "b");
});

test("a key goes once the last token it signed has ended, not before", () => {
  const keys = [key("a", 0), key("b", 24), key("c", 48)];
  assert.deepEqual(planKeys(keys, keys, at(25), schedule).remove, []);
  assert.deepEqual(planKeys(keys, keys, at(25.1), schedule).remove, ["a"]);
});

test("after a long standstill the next key still is published long before it signs", () => {
  const keys = [key("a", 0), key("b", 24)];
  assert.deepEqual(planKeys(keys, keys, at(500), schedule), { make: [at(512)], remove: ["a"] });
});

test("keys sealed with another secret sign no more: new ones are made, and the old stay published", () => {
  const keys = [key("a", 0), key("b", 24)];
  assert.deepEqual(planKeys(keys, [], at(1), schedule), { make: [at(1), at(25)], remove: [] });
});

test("a private half opens with the secret it was sealed with, and with no other, nor for another key", async () => {
  const made = await makeKey(start, start, SECRET);
  assert.ok(await openKey(made, SECRET));
  assert.equal(await openKey(made, OTHER_SECRET), undefined);
  assert.equal(await openKey({ ...made, id: "another" }, SECRET), undefined);
  assert.equal(await openKey({ ...made, sealedPrivateKey: Buffer.alloc(40) }, SECRET), undefined);
  assert.ok(!("d" in made.publicKey) && !made.sealedPrivateKey.includes("OKP"));
});

test("tokens outlive rotations and restarts: verified as long as they live, signed by the next key from its time on", async (t) => {
  const clock = fakeClock(new Date());
  const identity = await bootIdentity(t, { now: clock.now });
  const db = databaseOf(t, "identity", identity.env["DATABASE_URL"]);
  const ring = createKeyRing({ keySecret: identity.env["IDENTITY_KEY_SECRET"] ?? "", schedule, now: clock.now });
  const other = createKeyRing({ keySecret: identity.env["IDENTITY_KEY_SECRET"] ?? "", schedule, now: clock.now });
  await Promise.all([ring.rotate(db, log), other.rotate(db, log)]);
  assert.deepEqual(ring.jwks(), other.jwks());
  const kids = () => (JSON.parse(ring.jwks().toString()) as JSONWebKeySet).keys.map(({ kid }) => kid);
  const claims = {
    subject: newId(),
    tenantId: newId(),
    kind: "user",
    permissions: ["lists.read"],
    sessionId: "",
    version: 0,
  } as const;
  const sign = () => ring.sign(claims, 10 * 365 * 86_400);
  const verify = async (token: string) =>
    (await createAuthenticator({ keys: other, audience: audienceOf(MESH_KEY, "identity") }).verify(`Bearer ${token}`))
      .caller.id;

  const [first, second] = [await sign(), kids()[1]];
  assert.equal(await verify(first), claims.subject);
  clock.advance(30 * 24 * HOUR_MS);
  await ring.rotate(db, log);
  const later = await sign();
  assert.equal(decodeProtectedHeader(later).kid, second, "the key that was published as the next one");
  assert.equal(await verify(later), claims.subject, "by a process that has not looked since");
  assert.equal(kids().length, 3);
  clock.advance(2 * HOUR_MS);
  await ring.rotate(db, log);
  await other.rotate(db, log);
  assert.equal(kids().length, 2);
  await assert.rejects(verify(first), /no longer ours/);
});

test("with another secret the service starts, signs with new keys, and what was signed before still verifies", async (t) => {
  const first = await bootIdentity(t);
  const { slug, adminEmail } = await first.newTenant();
  const before = await first.signIn(slug, adminEmail);
  await first.stop();
  const second = await bootIdentity(t, { env: { ...first.env, IDENTITY_KEY_SECRET: OTHER_SECRET } });
  const { TenantServiceDefinition } = await import("../../../gen/herald/identity/v1/tenant_service.ts");
  assert.ok((await second.client(TenantServiceDefinition, before).getTenant({})).tenant);
  const after = await second.signIn(slug, adminEmail);
  assert.notEqual(decodeProtectedHeader(after.accessToken).kid, decodeProtectedHeader(before.accessToken).kid);
});

test("the key set may be cached for a while, as its answer says", async (t) => {
  const { address } = await bootIdentity(t);
  const client = new Client(address, credentials.createInsecure());
  t.after(() => client.close());
  const { path, requestSerialize, responseDeserialize } = grpcMethod(
    TokenServiceDefinition,
    TokenServiceDefinition.methods.getJwks,
  );
  const headers = await new Promise<Metadata>((resolve, reject) => {
    const call = client.makeUnaryRequest(
      path,
      requestSerialize,
      responseDeserialize,
      {},
      (error) => error && reject(error),
    );
    call.once("metadata", resolve);
  });
  assert.deepEqual(headers.get("cache-control"), ["public, max-age=300"]);
});

test("two processes that start at the same moment on an empty database share two keys and one platform", async (t) => {
  const env = await identityEnv(t);
  const [one, two] = await Promise.all([started(t, startIdentity({ env })), started(t, startIdentity({ env }))]);
  assert.notEqual(one.address, two.address);
  const [keys] = await asEveryTenant<{ count: number }>(
    { env },
    "select count(*)::int as count from identity.signing_keys",
  );
  const [tenants] = await asEveryTenant<{ count: number }>(
    { env },
    "select count(*)::int as count from identity.tenants",
  );
  assert.deepEqual([keys?.count, tenants?.count], [2, 1]);
});
