/**
 * The tokens that services send each other: HS256, for one tenant or (`*`) for every tenant, and for a single service. Each service has
 * its own key, made from the mesh key, so a service that receives a token can neither pass it on nor make one for another service.
 */
import { createHmac } from "node:crypto";
import { SignJWT } from "jose";
import { LRUCache } from "lru-cache";

const LIFE_SECONDS = 600;
const RENEW_BEFORE_MS = 120_000;
const REMEMBERED_TENANTS = 5_000;

/** Who tokens are for: the name of the service, and the key with which it verifies them. */
export interface Audience {
  name: string;
  key: string;
}

/** The voice adapter may be anybody's program and is not part of the mesh, so it has its own key and never the mesh's. */
export const VOICE_ADAPTER = "voice-adapter";

/** The audience of one service of the mesh. */
export const audienceOf = (meshKey: string, name: string): Audience => ({
  name,
  key: createHmac("sha256", meshKey).update(`herald-mesh audience ${name}`).digest("base64url"),
});

/** Gives the `authorization` header for calls within a tenant; a promise only when a new token must be signed. */
export type TokenSource = (tenantId: string) => string | Promise<string>;

/** Signs tokens in the name of `service` for one audience, and remembers the one of each tenant until shortly before it ends. */
export function meshTokens(service: string, { name, key }: Audience): TokenSource {
  const secret = new TextEncoder().encode(key);
  const remembered = new LRUCache<string, { header: string; renewAtMs: number }>({ max: REMEMBERED_TENANTS });
  const sign = async (tenantId: string) => {
    const token = await new SignJWT({ tid: tenantId })
      .setProtectedHeader({ alg: "HS256" })
      .setIssuer("herald-mesh")
      .setAudience(name)
      .setSubject(service)
      .setIssuedAt()
      .setExpirationTime(`${LIFE_SECONDS}s`)
      .sign(secret);
    const header = `Bearer ${token}`;
    remembered.set(tenantId, { header, renewAtMs: Date.now() + LIFE_SECONDS * 1_000 - RENEW_BEFORE_MS });
    return header;
  };
  return (tenantId) => {
    const entry = remembered.get(tenantId);
    return entry && entry.renewAtMs > Date.now() ? entry.header : sign(tenantId);
  };
}
