/** What a tenant's settings say about numbers and contacts of which nothing else is known. Asked of `identity`, and remembered for a while. */
import type { TenantServiceDefinition } from "../../../gen/herald/identity/v1/tenant_service.ts";
import { LRUCache } from "lru-cache";
import type { Calls } from "../../lib/client/client.ts";

export interface TenantDefaults {
  /** ISO 3166-1 alpha-2. */
  region: string;
  /** IANA zone. */
  zone: string;
}

export interface DefaultsOfTenants {
  /** UNAVAILABLE while `identity` is away and the answer is not remembered. */
  of(tenantId: string): Promise<TenantDefaults>;
}

const FRESH_MS = 30_000;
const REMEMBERED_TENANTS = 5_000;

export function defaultsOfTenants(tenants: Calls<typeof TenantServiceDefinition>): DefaultsOfTenants {
  const remembered = new LRUCache<string, { defaults: TenantDefaults; askedAt: number }>({ max: REMEMBERED_TENANTS });
  return {
    async of(tenantId) {
      const known = remembered.get(tenantId);
      if (known && performance.now() - known.askedAt < FRESH_MS) return known.defaults;
      try {
        const { tenant } = await tenants.getTenant({}, { tenantId, timeoutMs: 3_000 });
        const defaults = { region: tenant?.defaultRegion || "US", zone: tenant?.defaultZone || "UTC" };
        remembered.set(tenantId, { defaults, askedAt: performance.now() });
        return defaults;
      } catch (error) {
        // Settings change seldom: old ones serve better than none.
        if (known) return known.defaults;
        throw error;
      }
    },
  };
}
