/** Parts of service tests: settings, tokens, clients, waiting, a clock. */
import assert from "node:assert/strict";
import { status } from "@grpc/grpc-js";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import type { KeySource } from "../../svc/lib/auth/auth.ts";
import { bindScope, type BoundCalls, connect } from "../../svc/lib/client/client.ts";
import { type GenericDefinition, serviceOf } from "../../svc/lib/rpc/definitions.ts";
import { type ErrorDetails, errorDetails } from "../../svc/lib/errors/error-details.ts";
import type { RunningService } from "../../svc/lib/service/run.ts";
import { audienceOf, meshTokens, VOICE_ADAPTER } from "../../svc/lib/auth/mesh-token.ts";
import { newId } from "../../svc/lib/request/ids.ts";
import { cleanup, type Owner } from "./cleanup.ts";
import { testDatabase, testRedis } from "./servers.ts";

export { status } from "@grpc/grpc-js";
export { newId } from "../../svc/lib/request/ids.ts";

/** The mesh key of all services in a test. */
export const MESH_KEY = "a mesh key for tests, of at least thirty-two bytes";
/** The audience and key by which voice adapters in a test verify the dialer. */
export const VOICE_AUDIENCE = audienceOf(MESH_KEY, VOICE_ADAPTER);

const KEY_ID = "test-key";
const keyPair = await generateKeyPair("EdDSA", { extractable: true });

/** The keys that verify tokens of `tokenFor`: give them to a service as `keys`. */
export const testKeys: KeySource = {
  key: (keyId) => Promise.resolve(keyId === KEY_ID ? keyPair.publicKey : undefined),
};

/** The same keys as identity publishes them, for an edge in front of a test. */
export const publicKeySet = async (): Promise<string> =>
  JSON.stringify({ keys: [{ ...(await exportJWK(keyPair.publicKey)), kid: KEY_ID, alg: "EdDSA", use: "sig" }] });

/** Settings of one service, with a database and a Redis of the test's own, free ports and the mesh key. */
export async function testEnv(
  t: Owner,
  service: string,
  more: Record<string, string> = {},
): Promise<Record<string, string>> {
  const [urls, redisUrl] = await Promise.all([testDatabase(t, service), testRedis(t)]);
  return {
    DATABASE_URL: urls[service] as string,
    REDIS_URL: redisUrl,
    HERALD_MESH_KEY: MESH_KEY,
    PORT: "0",
    LOG_LEVEL: process.env["LOG_LEVEL"] ?? "silent",
    DRAIN: "500ms",
    ...more,
  };
}

/** Waits until a service has started, and stops it after the test. */
export async function started<Service extends RunningService>(t: Owner, starting: Promise<Service>): Promise<Service> {
  const service = await starting;
  cleanup(t, () => service.stop());
  return service;
}

/** A caller in tests. */
export interface TestCaller {
  tenantId?: string;
  userId?: string;
  permissions?: readonly string[];
  /** Seconds until the token expires; negative for an expired token. */
  endsIn?: number;
  kind?: "user" | "api_key";
}

/** A token as `identity` would issue it, signed with the test's key. */
export async function tokenFor({
  tenantId = newId(),
  userId = newId(),
  permissions = [],
  endsIn = 900,
  kind = "user",
}: TestCaller): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  return new SignJWT({ tid: tenantId, perms: permissions, kind })
    .setProtectedHeader({ alg: "EdDSA", kid: KEY_ID })
    .setIssuer("herald")
    .setSubject(userId)
    .setIssuedAt(now)
    .setExpirationTime(now + endsIn)
    .sign(keyPair.privateKey);
}

/** A client of a person or program with these permissions. */
export async function userClient<Definition extends GenericDefinition>(
  t: Owner,
  address: string,
  definition: Definition,
  who: TestCaller,
): Promise<BoundCalls<Definition>> {
  const header = `Bearer ${await tokenFor(who)}`;
  return clientWith(t, address, definition, () => header, who.tenantId ?? "");
}

/** A client of another service, acting for a tenant or (`*`) for every tenant. */
export function meshClient<Definition extends GenericDefinition>(
  t: Owner,
  address: string,
  definition: Definition,
  tenantId: string,
  service = "tests",
  audience = audienceOf(MESH_KEY, serviceOf(definition)),
): BoundCalls<Definition> {
  return clientWith(t, address, definition, meshTokens(service, audience), tenantId);
}

/** A client without a token. */
export function nobodysClient<Definition extends GenericDefinition>(
  t: Owner,
  address: string,
  definition: Definition,
): BoundCalls<Definition> {
  return clientWith(t, address, definition, () => "", "");
}

function clientWith<Definition extends GenericDefinition>(
  t: Owner,
  address: string,
  definition: Definition,
  token: (tenantId: string) => string | Promise<string>,
  tenantId: string,
) {
  const connection = connect({ address, token, deadlineMs: 20_000 });
  cleanup(t, () => connection.close());
  return bindScope(connection.client(definition), { tenantId });
}

/** Asserts that a call (or a stream, read to its end) fails with this code and reason. Gives the details of the error. */
export async function rejectsWith(
  call: Promise<unknown> | AsyncIterable<unknown>,
  code: status,
  reason?: string,
): Promise<ErrorDetails> {
  let told: ErrorDetails | undefined;
  try {
    if (Symbol.asyncIterator in call) for await (const message of call) void message;
    else await call;
  } catch (error) {
    told = errorDetails(error);
    if (!told) throw error;
  }
  assert.ok(told, `expected ${status[code]}, but the call went well`);
  assert.equal(status[told.code], status[code], `${told.message} (${told.reason})`);
  if (reason !== undefined) assert.equal(told.reason, reason);
  return told;
}

type Truthy<T> = Exclude<T, undefined | null | false | 0 | "">;

/** Waits until `condition` gives something truthy, and gives that. */
export async function until<T>(
  condition: () => T | Promise<T>,
  { timeoutMs = 30_000, everyMs = 20, what = condition.toString() } = {},
): Promise<Truthy<T>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value) return value as Truthy<T>;
    if (performance.now() > deadline) throw new Error(`Not true within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

/** A clock that moves only when the test moves it. */
export function fakeClock(start: Date | string = "2026-03-02T15:00:00Z") {
  let ms = new Date(start).getTime();
  return {
    now: () => new Date(ms),
    advance: (by: number) => void (ms += by),
    set: (to: Date | string) => void (ms = new Date(to).getTime()),
  };
}

/** Reads a stream to its end. */
export async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  return Array.fromAsync(stream);
}
