/** SQL that finds the groups for background work, across tenants. */
import type { Database, TenantQueryable } from "../../lib/postgres/db.ts";
import type { GroupKey } from "./group-key.ts";
import { IS_AT_WORK, IS_LOADING, IS_RUNNING } from "./state-sql.ts";

/** Running groups whose chains are all closed, or stale, across tenants. */
export async function finishedGroups(db: Database, limit: number): Promise<GroupKey[]> {
  const { rows } = await db.everyTenant().query<GroupKey>(
    `select tenant_id as "tenantId", id as "groupId" from campaigns.groups g
      where ${IS_AT_WORK} and ${IS_RUNNING} and not exists (
        select from campaigns.counts c
         where c.tenant_id = g.tenant_id and c.campaign_group_id = g.id and c.kind = 'chains' and c.name in ('due', 'finished', 'stale')
        having sum(case c.name when 'due' then c.count else -c.count end) > 0)
      limit $1`,
    [limit],
  );
  return rows;
}

/** Groups in one of the states of work, across tenants, after `after`. */
export async function groupsAtWork(
  db: Database,
  condition: "loading" | "cancelling" | "any",
  after: GroupKey | undefined,
  limit: number,
): Promise<GroupKey[]> {
  const where = { loading: IS_LOADING, cancelling: "cancelling", any: "true" }[condition];
  const { rows } = await db.everyTenant().query<GroupKey>(
    `select tenant_id as "tenantId", id as "groupId" from campaigns.groups
      where ${IS_AT_WORK} and ${where} and ($1::uuid is null or (tenant_id, id) > ($1, $2)) order by tenant_id, id limit $3`,
    [after?.tenantId ?? null, after?.groupId ?? null, limit],
  );
  return rows;
}

/** Deleted groups whose queue is still there. */
export async function removals(db: Database, limit: number): Promise<GroupKey[]> {
  const { rows } = await db
    .everyTenant()
    .query<GroupKey>(
      `select tenant_id as "tenantId", campaign_group_id as "groupId" from campaigns.removals limit $1`,
      [limit],
    );
  return rows;
}

/** Notes that nothing of a deleted group is left. */
export async function noteRemoved(tx: TenantQueryable, groupId: string): Promise<void> {
  await tx.query("delete from campaigns.removals where tenant_id = $1 and campaign_group_id = $2", [
    tx.tenantId,
    groupId,
  ]);
}
