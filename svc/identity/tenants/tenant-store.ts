/** SQL of tenants. */
import { TenantState, type Tenant } from "../../../gen/herald/identity/v1/tenant.ts";
import type { Queryable, TenantQueryable } from "../../lib/postgres/db.ts";
import { etagOf } from "../../lib/request/etag.ts";
import { assignments } from "../../lib/request/mask.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";
import { tenantNotFound } from "../errors.ts";

/** The settings of a tenant that people choose. */
export type TenantSettings = Pick<
  Tenant,
  "displayName" | "defaultRegion" | "defaultZone" | "locale" | "linkHost" | "accentColor"
>;

export interface NewTenant extends TenantSettings {
  id: string;
  slug: string;
  requestId: string | undefined;
}

interface TenantRow {
  tenant_id: string;
  slug: string;
  display_name: string;
  default_region: string;
  default_zone: string;
  locale: string;
  link_host: string;
  accent_color: string;
  suspended: boolean;
  create_time: Date;
  update_time: Date;
  version: number;
}

const COLUMNS =
  "tenant_id, slug, display_name, default_region, default_zone, locale, link_host, accent_color, suspended, create_time, update_time, version";

/** Throws NOT_FOUND. */
export async function getTenant(db: TenantQueryable): Promise<Tenant> {
  const tenant = await findTenant(db);
  if (!tenant) throw tenantNotFound(db.tenantId);
  return tenant;
}

export async function findTenant(db: TenantQueryable): Promise<Tenant | undefined> {
  const { rows } = await db.query<TenantRow>(
    { name: "get_tenant", text: `select ${COLUMNS} from identity.tenants where tenant_id = $1` },
    [db.tenantId],
  );
  return rows[0] && toTenant(rows[0]);
}

/** All tenants of the platform, newest first. */
export async function listTenants(db: Queryable, page: Page): Promise<{ items: Tenant[]; nextPageToken: string }> {
  const [after = null] = page.after ?? [];
  const { rows } = await db.query<TenantRow>(
    `select ${COLUMNS} from identity.tenants where $1::uuid is null or tenant_id < $1 order by tenant_id desc limit $2`,
    [after, page.limit],
  );
  return pageOf(page, rows, (row) => [row.tenant_id], toTenant);
}

/** Makes a tenant; undefined when its slug is taken or the same request made it before. */
export async function insertTenant(tx: Queryable, tenant: NewTenant, now: Date): Promise<Tenant | undefined> {
  const { rows } = await tx.query<TenantRow>(
    `insert into identity.tenants (tenant_id, slug, display_name, default_region, default_zone, locale, link_host, accent_color, request_id, create_time, update_time)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) on conflict do nothing returning ${COLUMNS}`,
    [
      tenant.id,
      tenant.slug,
      tenant.displayName,
      tenant.defaultRegion,
      tenant.defaultZone,
      tenant.locale,
      tenant.linkHost,
      tenant.accentColor,
      tenant.requestId,
      now,
    ],
  );
  return rows[0] && toTenant(rows[0]);
}

/** The tenant that an earlier CreateTenant with this request id made. */
export async function tenantOfRequest(
  db: Queryable,
  requestId: string,
): Promise<{ tenant: Tenant; adminUserId: string } | undefined> {
  const { rows } = await db.query<TenantRow & { admin_user_id: string }>(
    `select ${COLUMNS}, (select u.id from identity.users u where u.tenant_id = t.tenant_id and u.request_id = $1) as admin_user_id
       from identity.tenants t where request_id = $1`,
    [requestId],
  );
  return rows[0] && { tenant: toTenant(rows[0]), adminUserId: rows[0].admin_user_id ?? "" };
}

/** Changes settings; undefined when `version` is given and is no longer the row's. */
export async function updateTenant(
  tx: TenantQueryable,
  version: number | undefined,
  set: Partial<TenantSettings>,
  now: Date,
): Promise<Tenant | undefined> {
  const changed = assignments({ ...set, updateTime: now }, 3);
  const { rows } = await tx.query<TenantRow>(
    `update identity.tenants set ${changed.sql}, version = version + 1
      where tenant_id = $1 and ($2::integer is null or version = $2) returning ${COLUMNS}`,
    [tx.tenantId, version, ...changed.values],
  );
  return rows[0] && toTenant(rows[0]);
}

export async function hasTenants(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>("select exists (select from identity.tenants) as found");
  return rows[0]?.found ?? false;
}

/** Lets one change at a time decide who administers a tenant, so that two administrators cannot remove each other. */
export async function lockTenant(tx: TenantQueryable): Promise<void> {
  await tx.query("select from identity.tenants where tenant_id = $1 for update", [tx.tenantId]);
}

const toTenant = (row: TenantRow): Tenant => ({
  id: row.tenant_id,
  slug: row.slug,
  displayName: row.display_name,
  defaultRegion: row.default_region,
  defaultZone: row.default_zone,
  locale: row.locale,
  linkHost: row.link_host,
  accentColor: row.accent_color,
  state: row.suspended ? TenantState.TENANT_STATE_SUSPENDED : TenantState.TENANT_STATE_ACTIVE,
  createTime: row.create_time,
  updateTime: row.update_time,
  etag: etagOf(row.version),
});
