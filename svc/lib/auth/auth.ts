/** Verifies tokens of people (EdDSA, keys of `identity`) and of services (HS256, the mesh key). A verified token is remembered until it expires. */
import { type CryptoKey, decodeProtectedHeader, errors, importJWK, type JWK, type JWTPayload, jwtVerify } from "jose";
import { LRUCache } from "lru-cache";
import type { Caller, Identity } from "../rpc/context.ts";
import { dependencyUnavailable, notAuthenticated } from "../errors/errors.ts";
import type { Audience } from "./mesh-token.ts";

/** The public keys that people's tokens are verified with. */
export interface KeySource {
  /** The key with this id, or undefined when there is none. */
  key(keyId: string): Promise<CryptoKey | undefined>;
}

/** Verifies the `authorization` header of calls. */
export interface Authenticator {
  /** The identity of a header that was verified before: the fast path, without a promise. */
  known(header: string): Identity | undefined;
  /** Verifies a header; throws UNAUTHENTICATED with the reason. */
  verify(header: string): Promise<Identity>;
}

const REMEMBERED_TOKENS = 5_000;
const CLOCK_TOLERANCE_SECONDS = 5;

/** Takes the tokens of people that `keys` verify, and those of services that are meant for `audience`. */
export function createAuthenticator({ keys, audience }: { keys: KeySource; audience: Audience }): Authenticator {
  const mesh = { name: audience.name, secret: new TextEncoder().encode(audience.key) };
  const remembered = new LRUCache<string, { identity: Identity; endsAtMs: number }>({ max: REMEMBERED_TOKENS });
  return {
    known(header) {
      const entry = remembered.get(header);
      if (entry === undefined || entry.endsAtMs > Date.now()) return entry?.identity;
      remembered.delete(header);
      return undefined;
    },
    async verify(header) {
      const { identity, endsAtMs } = await verifyToken(bearerToken(header), keys, mesh);
      remembered.set(header, { identity, endsAtMs });
      return identity;
    },
  };
}

/**
 * Keys fetched from `identity`, kept for ten minutes, and fetched again at most every five seconds when a token
 * names one we do not have (a rotation).
 */
export function jwksKeySource(fetchJwks: () => Promise<{ keys: JWK[] }>, now: () => number = Date.now): KeySource {
  const FRESH_MS = 600_000;
  const COOL_DOWN_MS = 5_000;
  let keys = new Map<string, CryptoKey>();
  let fetchedAt = -Infinity;
  let fetching: Promise<void> | undefined;

  const refresh = () =>
    (fetching ??= (async () => {
      try {
        keys = await importKeys(await fetchJwks());
        fetchedAt = now();
      } finally {
        fetching = undefined;
      }
    })());

  return {
    async key(keyId) {
      const age = now() - fetchedAt;
      const held = keys.get(keyId);
      if (held && age < FRESH_MS) return held;
      if (held || age >= COOL_DOWN_MS) {
        // A key that we hold stays good while `identity` is away.
        await refresh().catch((error: unknown) => {
          if (!held) throw dependencyUnavailable("identity", error);
        });
      }
      return keys.get(keyId) ?? held;
    },
  };
}

async function importKeys(jwks: { keys: JWK[] }): Promise<Map<string, CryptoKey>> {
  const usable = jwks.keys.filter((jwk) => jwk.kid !== undefined);
  return new Map(
    await Promise.all(
      usable.map(async (jwk) => [jwk.kid as string, (await importJWK(jwk, "EdDSA")) as CryptoKey] as const),
    ),
  );
}

function bearerToken(header: string): string {
  const match = /^bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(header);
  if (match?.[1]) return match[1];
  throw notAuthenticated("The authorization header must be `Bearer <token>`, with a token of ours.");
}

async function verifyToken(
  token: string,
  keys: KeySource,
  mesh: MeshSecret,
): Promise<{ identity: Identity; endsAtMs: number }> {
  try {
    const { alg, kid } = decodeProtectedHeader(token);
    const payload = alg === "HS256" ? await verifyMesh(token, mesh) : await verifyUser(token, kid, keys);
    const identity = alg === "HS256" ? serviceIdentity(payload) : userIdentity(payload);
    return { identity, endsAtMs: (payload.exp ?? 0) * 1_000 };
  } catch (error) {
    if (error instanceof errors.JWTExpired)
      throw notAuthenticated("The token has expired. Sign in again or refresh it.");
    if (error instanceof errors.JOSEError || error instanceof TypeError)
      throw notAuthenticated("The token is not one of ours, or it was changed.", error);
    throw error;
  }
}

const REQUIRED = ["sub", "tid", "exp"];

interface MeshSecret {
  name: string;
  secret: Uint8Array;
}

async function verifyMesh(token: string, { name, secret }: MeshSecret): Promise<JWTPayload> {
  const { payload } = await jwtVerify(token, secret, {
    issuer: "herald-mesh",
    audience: name,
    algorithms: ["HS256"],
    requiredClaims: REQUIRED,
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
  });
  return payload;
}

async function verifyUser(token: string, keyId: string | undefined, keys: KeySource): Promise<JWTPayload> {
  const key = keyId === undefined ? undefined : await keys.key(keyId);
  if (!key) throw notAuthenticated("The token is signed with a key that is not ours, or no longer ours.");
  const { payload } = await jwtVerify(token, key, {
    issuer: "herald",
    algorithms: ["EdDSA"],
    requiredClaims: REQUIRED,
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
  });
  return payload;
}

const EVERYTHING: ReadonlySet<string> = new Set();

function serviceIdentity({ sub = "", tid }: JWTPayload): Identity {
  const caller = { kind: "service", id: sub, permissions: EVERYTHING } as const;
  return { caller, tenantId: String(tid), sessionId: "", version: 0, issuedAtMs: 0 };
}

function userIdentity({ sub = "", tid, perms, kind, sid, rev, iat }: JWTPayload): Identity {
  const named = Array.isArray(perms) ? perms.filter((name): name is string => typeof name === "string") : [];
  // A person's token never has mesh permissions and never acts for every tenant, whatever it claims.
  const permissions = new Set(named.filter((name) => !name.startsWith("mesh.")));
  if (tid === "*") throw notAuthenticated("The token names no tenant.");
  return {
    caller: { kind: kind === "api_key" ? "api_key" : "user", id: sub, permissions },
    tenantId: String(tid),
    sessionId: typeof sid === "string" ? sid : "",
    version: typeof rev === "number" ? rev : 0,
    issuedAtMs: (iat ?? 0) * 1_000,
  };
}

/** Tells whether a caller may make calls that require this permission. Services may, within their token's tenant. */
export const mayCall = (caller: Caller, permission: string): boolean =>
  caller.kind === "service" || caller.permissions.has(permission);
