/** A tenant's region and zone, for numbers and contacts that have none of their own. `identity` knows them; they are remembered for a while. */
import { LRUCache } from "lru-cache";
import type { TenantServiceDefinition } from "../../../gen/herald/identity/v1/tenant_service.ts";
import type { Calls } from "./client.ts";
import type { Ctx } from "../rpc/context.ts";
import { dependencyUnavailable } from "../errors/errors.ts";
import type { RegionLookup } from "../devices/written.ts";

/** Every tenant has both in `identity`; no other service invents them. */
export interface TenantDefaults {
  /** ISO 3166-1 alpha-2: the country of numbers without a country code. */
  region: string;
  /** IANA zone. */
  zone: string;
}

/** Gives a tenant's defaults; UNAVAILABLE while `identity` is away and nothing is remembered. */
export type TenantDefaultsLookup = (scope: { tenantId: string; requestId?: string }) => Promise<TenantDefaults>;

const REMEMBERED_TENANTS = 5_000;
const DEADLINE_MS = 3_000;
const USUAL_FRESH_MS = 30_000;

/** Settings change seldom: while `identity` is away, the last known ones are better than none. */
export function tenantDefaults(
  tenants: Calls<typeof TenantServiceDefinition>,
  freshMs: number = USUAL_FRESH_MS,
): TenantDefaultsLookup {
  const remembered = new LRUCache<string, TenantDefaults, { requestId: string }>({
    max: REMEMBERED_TENANTS,
    ttl: freshMs,
    allowStaleOnFetchRejection: true,
    noDeleteOnFetchRejection: true,
    async fetchMethod(tenantId, _stale, { context: { requestId } }) {
      const { tenant } = await tenants.getTenant({}, { tenantId, requestId, timeoutMs: DEADLINE_MS });
      return tenant && { region: tenant.defaultRegion, zone: tenant.defaultZone };
    },
  });
  return async ({ tenantId, requestId = "" }) => {
    const defaults = await remembered.fetch(tenantId, { context: { requestId } });
    if (!defaults) throw dependencyUnavailable("identity");
    return defaults;
  };
}

/** Makes, for a call, the function that asks for its tenant's region. */
export function tenantRegions(
  tenants: Calls<typeof TenantServiceDefinition>,
  freshMs?: number,
): (ctx: Pick<Ctx, "tenantId" | "requestId">) => RegionLookup {
  const defaultsOf = tenantDefaults(tenants, freshMs);
  return (ctx) => async () => (await defaultsOf(ctx)).region;
}
