/** SQL of what opt-outs of a tenant mean. */
import { type OptOutPolicy, OptOutScope } from "../../../gen/herald/dial/v1/opt_out.ts";
import type { TenantQueryable } from "../../lib/postgres/db.ts";
import { etagOf } from "../../lib/request/etag.ts";

interface PolicyRow {
  scope: OptOutScope;
  version: number;
  update_time: Date | null;
}

const USUAL: PolicyRow = { scope: OptOutScope.OPT_OUT_SCOPE_EVERYTHING, version: 0, update_time: null };

export async function readPolicy(db: TenantQueryable): Promise<OptOutPolicy> {
  const { rows } = await db.query<PolicyRow>(
    "select scope, version, update_time from dial.opt_out_policies where tenant_id = $1",
    [db.tenantId],
  );
  return toPolicy(rows[0] ?? USUAL);
}

/** Changes the policy if it still has this version (undefined: any); undefined when it has not. */
export async function updatePolicy(
  db: TenantQueryable,
  version: number | undefined,
  scope: OptOutScope,
  now: Date,
): Promise<OptOutPolicy | undefined> {
  const { rows } = await db.query<PolicyRow>(
    `insert into dial.opt_out_policies as kept (tenant_id, scope, version, update_time)
     select $1, $3::smallint, 1, $4::timestamptz
      where $2::int is null or $2 = coalesce((select version from dial.opt_out_policies where tenant_id = $1), 0)
     on conflict (tenant_id) do update set scope = excluded.scope, version = kept.version + 1, update_time = excluded.update_time
       where $2::int is null or kept.version = $2
     returning scope, version, update_time`,
    [db.tenantId, version ?? null, scope, now],
  );
  return rows[0] && toPolicy(rows[0]);
}

const toPolicy = ({ scope, version, update_time }: PolicyRow): OptOutPolicy => ({
  scope,
  updateTime: update_time ?? undefined,
  etag: etagOf(version),
});
