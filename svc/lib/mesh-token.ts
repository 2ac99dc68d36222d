/** The tokens that services show each other: HS256 with the mesh key, for one tenant or (`*`) for every tenant. */
import { SignJWT } from "jose";
import { LRUCache } from "lru-cache";

const LIFE_SECONDS = 600;
const RENEW_BEFORE_MS = 120_000;
const REMEMBERED_TENANTS = 5_000;

/** Gives the `authorization` header for calls within a tenant; a promise only when it has to be signed anew. */
export type TokenSource = (tenantId: string) => string | Promise<string>;

/** Signs tokens in the name of `service` and remembers the one of each tenant until shortly before it ends. */
export function meshTokens(service: string, meshKey: string): TokenSource {
  const secret = new TextEncoder().encode(meshKey);
  const remembered = new LRUCache<string, { header: string; renewAtMs: number }>({ max: REMEMBERED_TENANTS });
  const sign = async (tenantId: string) => {
    const token = await new SignJWT({ tid: tenantId })
      .setProtectedHeader({ alg: "HS256" })
      .setIssuer("herald-mesh")
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
