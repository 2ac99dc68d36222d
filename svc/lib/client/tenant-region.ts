/** The region by which a tenant's numbers are read, asked of `identity` and remembered for a while. */
import { LRUCache } from "lru-cache";
import type { TenantServiceDefinition } from "../../../gen/herald/identity/v1/tenant_service.ts";
import type { Calls } from "./client.ts";
import type { Ctx } from "../rpc/context.ts";
import { dependencyUnavailable } from "../errors/errors.ts";
import type { RegionOf } from "../devices/written.ts";

/** The call, or the background work, that needs to know. */
type RegionScope = Pick<Ctx, "tenantId" | "requestId">;

const REMEMBERED_TENANTS = 5_000;
const DEADLINE_MS = 3_000;
const USUAL_FRESH_MS = 30_000;

/** Gives, for a call, what asks for its tenant's region. While `identity` is away the region known last still serves. */
export function tenantRegions(
  tenants: Calls<typeof TenantServiceDefinition>,
  freshMs = USUAL_FRESH_MS,
): (ctx: RegionScope) => RegionOf {
  const regions = new LRUCache<string, string, { ctx: RegionScope }>({
    max: REMEMBERED_TENANTS,
    ttl: freshMs,
    allowStaleOnFetchRejection: true,
    noDeleteOnFetchRejection: true,
    async fetchMethod(tenantId, _stale, { context: { ctx } }) {
      const { tenant } = await tenants.getTenant({}, { tenantId, requestId: ctx.requestId, timeoutMs: DEADLINE_MS });
      return tenant?.defaultRegion ?? "";
    },
  });
  return (ctx) => async () => {
    const region = await regions.fetch(ctx.tenantId, { context: { ctx } });
    if (region === undefined) throw dependencyUnavailable("identity");
    return region;
  };
}
