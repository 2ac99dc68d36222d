/**
 * What `identity` knows of a tenant and other services need: region and zone, for numbers and contacts that have none of their own, and how
 * people outside meet it. It is remembered for a while.
 */
import { LRUCache } from "lru-cache";
import type { TenantServiceDefinition } from "../../../gen/herald/identity/v1/tenant_service.ts";
import type { Calls } from "./client.ts";
import type { Ctx } from "../rpc/context.ts";
import { dependencyUnavailable } from "../errors/errors.ts";
import type { RegionLookup } from "../devices/written.ts";

/** Every tenant has them in `identity`; no other service invents them. */
export interface TenantDefaults {
  /** ISO 3166-1 alpha-2: the country of numbers without a country code. */
  region: string;
  /** IANA zone. */
  zone: string;
  /** Shown to people. */
  displayName: string;
  /** BCP 47 language of messages and pages. */
  locale: string;
  /** Host name of links in messages; empty for the platform's own. */
  linkHost: string;
  /** `#1a5fb4`; empty for the platform's own. */
  accentColor: string;
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
      if (!tenant) return undefined;
      const { defaultRegion: region, defaultZone: zone, displayName, locale, linkHost, accentColor } = tenant;
      return { region, zone, displayName, locale, linkHost, accentColor };
    },
  });
  return async ({ tenantId, requestId = "" }) => {
    const defaults = await remembered.fetch(tenantId, { context: { requestId } });
    if (!defaults) throw dependencyUnavailable("identity");
    return defaults;
  };
}

/** Makes, for a call, the function that asks for its tenant's region. */
export const tenantRegions = (
  tenants: Calls<typeof TenantServiceDefinition>,
  freshMs?: number,
): ((ctx: Pick<Ctx, "tenantId" | "requestId">) => RegionLookup) => regionsOf(tenantDefaults(tenants, freshMs));

/** The same, where the defaults are looked up anyway. */
export const regionsOf =
  (defaultsOf: TenantDefaultsLookup): ((ctx: Pick<Ctx, "tenantId" | "requestId">) => RegionLookup) =>
  (ctx) =>
  async () =>
    (await defaultsOf(ctx)).region;
