/** SQL of the states of groups that compliance and dial know; `told_version` is the version of a group that both have heard of. */
import type { Queryable, TenantQueryable } from "../../lib/postgres/db.ts";
import type { GroupKey } from "../groups/group-key.ts";
import type { Group } from "../groups/group-rows.ts";
import { IS_AT_WORK, IS_RUNNING } from "../groups/state-sql.ts";

/** Who syncs the state of a group, and for how long nobody else does. */
export interface SyncLease {
  holder: string;
  leaseMs: number;
}

/**
 * Takes the group's state for syncing: `taken`; `held` while another does it; `known` when there is nothing to sync. The times are the
 * database's, so that processes whose clocks differ agree.
 */
export async function takeSync(
  db: TenantQueryable,
  groupId: string,
  { holder, leaseMs }: SyncLease,
): Promise<"taken" | "held" | "known"> {
  const { rows } = await db.query<{ taken: boolean; waits: boolean }>(
    `with taken as (
       update campaigns.groups set sync_holder = $3, sync_until = clock_timestamp() + $4 * interval '1 millisecond'
        where tenant_id = $1 and id = $2 and told_version < version and may_dial and sync_until <= clock_timestamp()
       returning id)
     select exists (select from taken) as taken,
       exists (select from campaigns.groups where tenant_id = $1 and id = $2 and told_version < version and may_dial) as waits`,
    [db.tenantId, groupId, holder, leaseMs],
  );
  if (rows[0]?.taken) return "taken";
  return rows[0]?.waits ? "held" : "known";
}

/** Groups whose state compliance and dial have to hear of now, and that nobody syncs. */
export async function groupsToSync(db: Queryable, now: Date, limit: number): Promise<GroupKey[]> {
  const { rows } = await db.query<GroupKey>(
    `select tenant_id as "tenantId", id as "groupId" from campaigns.groups
      where told_version < version and may_dial and tell_after <= $1 and sync_until <= clock_timestamp() order by tell_after limit $2`,
    [now, limit],
  );
  return rows;
}

/** Records that both services know this version, unless another holder has taken over. A group that does not run may no longer dial. */
export async function noteSynced(db: TenantQueryable, group: Group, holder: string, running: boolean): Promise<void> {
  await db.query(
    `update campaigns.groups set told_version = greatest(told_version, $3), may_dial = may_dial and ($4 or version <> $3), tell_tries = 0, tell_problem = '',
        sync_holder = '', sync_until = '-infinity'
      where tenant_id = $1 and id = $2 and sync_holder = $5`,
    [db.tenantId, group.shown.id, group.version, running, holder],
  );
}

/** Records that a service could not be reached, and when to try again. Returns the number of tries. */
export async function noteNotSynced(
  db: TenantQueryable,
  groupId: string,
  { holder, problem }: { holder: string; problem: string },
  waitMs: (tries: number) => number,
  now: Date,
): Promise<number> {
  const { rows } = await db.query<{ tries: number }>(
    `update campaigns.groups set tell_tries = tell_tries + 1, tell_problem = $3 where tenant_id = $1 and id = $2 and sync_holder = $4 returning tell_tries as tries`,
    [db.tenantId, groupId, problem, holder],
  );
  const tries = rows[0]?.tries ?? 1;
  await db.query(
    `update campaigns.groups set tell_after = $3, sync_holder = '', sync_until = '-infinity' where tenant_id = $1 and id = $2 and sync_holder = $4`,
    [db.tenantId, groupId, new Date(now.getTime() + waitMs(tries)), holder],
  );
  return tries;
}

/** Has the states of groups synced again, whatever is known of them. */
export async function syncAgain(db: TenantQueryable, groupIds: readonly string[]): Promise<void> {
  await db.query(
    `update campaigns.groups set told_version = 0, may_dial = true, tell_after = '-infinity' where tenant_id = $1 and id = any($2::uuid[])`,
    [db.tenantId, groupIds],
  );
}

/** Tenants with a group that dials or may, after `after`, in order. */
export async function tenantsAtWork(db: Queryable, after: string | undefined, limit: number): Promise<string[]> {
  const { rows } = await db.query<{ tenant_id: string }>(
    `select distinct tenant_id from campaigns.groups
      where ${IS_AT_WORK} and ($1::uuid is null or tenant_id > $1) order by tenant_id limit $2`,
    [after ?? null, limit],
  );
  return rows.map((row) => row.tenant_id);
}

/** The groups of a tenant that are running, with their version. */
export async function runningGroups(
  db: TenantQueryable,
): Promise<{ id: string; version: number; isSynced: boolean }[]> {
  const { rows } = await db.query<{ id: string; version: number; isSynced: boolean }>(
    `select id, version, told_version = version as "isSynced" from campaigns.groups where tenant_id = $1 and ${IS_RUNNING}`,
    [db.tenantId],
  );
  return rows;
}
