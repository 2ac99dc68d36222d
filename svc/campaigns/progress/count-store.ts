/** SQL of a group's counts. */
import type { TenantQueryable } from "../../lib/postgres/db.ts";
import { beganName, type CountChanges } from "./counts.ts";

/** Counts by kind and name. */
export type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Chains that wait for a time that has not come. */
export interface WaitSum {
  reason: string;
  attempted: boolean;
  count: number;
  /** When the first of them is due, to the minute, rounded up. */
  next: Date;
}

/** Adds the changes of a batch in one group, in the batch's transaction. Call it last: other batches wait for these rows. */
export async function addToCounts(tx: TenantQueryable, groupId: string, changed: CountChanges): Promise<void> {
  const counts = changed.changes();
  if (counts.length > 0) {
    const text = `insert into campaigns.counts as c (tenant_id, campaign_group_id, kind, name, count)
      select $1, $2, kind, name, by from unnest($3::text[], $4::text[], $5::bigint[]) as n (kind, name, by)
      on conflict (tenant_id, campaign_group_id, kind, name) do update set count = c.count + excluded.count`;
    await tx.query({ name: "add_counts", text }, [
      tx.tenantId,
      groupId,
      counts.map((n) => n.kind),
      counts.map((n) => n.name),
      counts.map((n) => n.by),
    ]);
  }
  const waits = changed.waits();
  if (waits.length > 0) {
    const text = `insert into campaigns.waits as w (tenant_id, campaign_group_id, minute, attempted, reason, count)
      select $1, $2, minute, attempted, reason, by from unnest($3::integer[], $4::boolean[], $5::text[], $6::integer[]) as n (minute, attempted, reason, by)
      on conflict (tenant_id, campaign_group_id, minute, attempted, reason) do update set count = w.count + excluded.count`;
    await tx.query({ name: "add_waits", text }, [
      tx.tenantId,
      groupId,
      waits.map((n) => n.minute),
      waits.map((n) => n.attempted),
      waits.map((n) => n.reason),
      waits.map((n) => n.by),
    ]);
  }
}

/** A group's counts; of those by time, the last minute. */
export async function readCounts(db: TenantQueryable, groupId: string, now: Date): Promise<Counts> {
  const minuteAgo = beganName(new Date(now.getTime() - 60_000));
  const text = `select kind, name, count::float8 as count from campaigns.counts
    where tenant_id = $1 and campaign_group_id = $2 and (kind <> 'began' or name > $3) and count <> 0`;
  const { rows } = await db.query<{ kind: string; name: string; count: number }>({ name: "read_counts", text }, [
    db.tenantId,
    groupId,
    minuteAgo,
  ]);
  const counts: Record<string, Record<string, number>> = {};
  for (const { kind, name, count } of rows) (counts[kind] ??= {})[name] = count;
  return counts;
}

/** Chains that wait for a time that has not come yet, by reason. */
export async function readWaits(db: TenantQueryable, groupId: string, now: Date): Promise<WaitSum[]> {
  const text = `select reason, attempted, sum(count)::float8 as count, to_timestamp(min(minute) filter (where count > 0) * 60.0) as next from campaigns.waits
    where tenant_id = $1 and campaign_group_id = $2 and minute > $3
    group by reason, attempted having sum(count) > 0 order by sum(count) desc`;
  const { rows } = await db.query<WaitSum>({ name: "read_waits", text }, [
    db.tenantId,
    groupId,
    Math.floor(now.getTime() / 60_000),
  ]);
  return rows;
}

/** Forgets all counts of a group: it is loaded anew, or gone. */
export async function clearCounts(tx: TenantQueryable, groupId: string): Promise<void> {
  await tx.query("delete from campaigns.counts where tenant_id = $1 and campaign_group_id = $2", [
    tx.tenantId,
    groupId,
  ]);
  await tx.query("delete from campaigns.waits where tenant_id = $1 and campaign_group_id = $2", [tx.tenantId, groupId]);
}

/** Forgets whom a group's lists left out. */
export async function clearLeftOut(tx: TenantQueryable, groupId: string): Promise<void> {
  await tx.query(
    "delete from campaigns.counts where tenant_id = $1 and campaign_group_id = $2 and kind in ('left_out', 'cut')",
    [tx.tenantId, groupId],
  );
}

/** Removes counts of the past: waits that are over, and attempts begun more than two minutes ago. */
export async function forgetOldCounts(db: TenantQueryable, groupId: string, now: Date): Promise<void> {
  await db.query("delete from campaigns.waits where tenant_id = $1 and campaign_group_id = $2 and count = 0", [
    db.tenantId,
    groupId,
  ]);
  await db.query(
    "delete from campaigns.counts where tenant_id = $1 and campaign_group_id = $2 and kind = 'began' and name < $3",
    [db.tenantId, groupId, beganName(new Date(now.getTime() - 120_000))],
  );
}
