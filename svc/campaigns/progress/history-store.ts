/** SQL of runs, and of how their counts moved. */
import type { ProgressPoint, Run } from "../../../gen/herald/campaigns/v1/progress.ts";
import type { Database, Queryable, TenantQueryable } from "../../lib/postgres/db.ts";
import type { GroupKey } from "../groups/group-key.ts";

/** Points of one run at the most, beside its first. */
const MOST_POINTS = 300;
/** Runs of a group that are kept. */
const MOST_RUNS = 10;

/** Counts of kind `chains` that a point holds. */
const NAMES = ["due", "attempted", "refused", "waiting", "in_flight", "finished", "attempts"] as const;
const COUNTS = NAMES.join(", ");
const OF_RUN = "tenant_id = $1 and campaign_group_id = $2 and run = $3";

/** Begins a run with the current counts as its first point, and removes the oldest run. */
export async function beginRun(tx: TenantQueryable, groupId: string, now: Date): Promise<void> {
  const { rows } = await tx.query<{ number: number }>(
    `insert into campaigns.runs (tenant_id, campaign_group_id, number, start_time)
     select $1, $2, coalesce(max(number), 0) + 1, $3 from campaigns.runs where tenant_id = $1 and campaign_group_id = $2 returning number`,
    [tx.tenantId, groupId, now],
  );
  const oldest = (rows[0]?.number ?? 0) - MOST_RUNS;
  if (oldest > 0) await removeRuns(tx, groupId, oldest);
  await notePoints(tx, [{ tenantId: tx.tenantId, groupId }], now);
}

/** The newest run ends; results that come later are in its last point. */
export async function endRun(tx: TenantQueryable, groupId: string, now: Date): Promise<void> {
  await tx.query(
    "update campaigns.runs set end_time = $3 where tenant_id = $1 and campaign_group_id = $2 and end_time is null",
    [tx.tenantId, groupId, now],
  );
  await notePoints(tx, [{ tenantId: tx.tenantId, groupId }], now);
}

/** The group's counts are about to be those of another run. */
export async function closeRuns(tx: TenantQueryable, groupId: string): Promise<void> {
  await tx.query(
    "update campaigns.runs set closed = true where tenant_id = $1 and campaign_group_id = $2 and not closed",
    [tx.tenantId, groupId],
  );
}

/** Forgets the group's runs up to a number. */
export async function removeRuns(tx: TenantQueryable, groupId: string, upTo = 2_147_483_647): Promise<void> {
  const key = [tx.tenantId, groupId, upTo];
  await tx.query("delete from campaigns.run_points where tenant_id = $1 and campaign_group_id = $2 and run <= $3", key);
  await tx.query("delete from campaigns.runs where tenant_id = $1 and campaign_group_id = $2 and number <= $3", key);
}

/** A run that has a new point, and how many it has now, more or less. */
export interface NotedRun extends GroupKey {
  number: number;
  points: number;
}

/**
 * Notes the counts of the newest runs of these groups, of any tenants, in one statement; those that have not moved are left alone. A point in the same
 * interval as the one before takes its place, but the first of a run stays.
 */
export async function notePoints(db: Queryable, groups: readonly GroupKey[], now: Date): Promise<NotedRun[]> {
  const text = `
    with given as (select distinct * from unnest($1::uuid[], $2::uuid[]) as k (tenant_id, group_id)),
    fresh as (
      select r.tenant_id, r.campaign_group_id, r.number, r.start_time, r.interval_seconds, least($3::timestamptz, r.end_time) as at, sums.*
        from given k
        cross join lateral (
          select * from campaigns.runs where tenant_id = k.tenant_id and campaign_group_id = k.group_id and not closed order by number desc limit 1) as r
        cross join lateral (
          select ${NAMES.map((name) => `coalesce(sum(count) filter (where name = '${name}'), 0)::bigint as ${name}`).join(", ")}
            from campaigns.counts where tenant_id = k.tenant_id and campaign_group_id = k.group_id and kind = 'chains') as sums),
    changed as (
      select fresh.*, newest.time as newest_time,
             newest.time > start_time and floor(extract(epoch from newest.time) / interval_seconds) >= floor(extract(epoch from at) / interval_seconds) as replaces
        from fresh left join lateral (
          select * from campaigns.run_points p
           where p.tenant_id = fresh.tenant_id and p.campaign_group_id = fresh.campaign_group_id and p.run = fresh.number order by time desc limit 1) as newest on true
       where newest.time is null or (${list("newest.")}) is distinct from (${list("fresh.")})),
    replaced as (
      update campaigns.run_points p set time = greatest(c.at, c.newest_time), ${NAMES.map((name) => `${name} = c.${name}`).join(", ")}
        from changed c
       where c.replaces and p.tenant_id = c.tenant_id and p.campaign_group_id = c.campaign_group_id and p.run = c.number and p.time = c.newest_time),
    added as (
      insert into campaigns.run_points (tenant_id, campaign_group_id, run, time, ${COUNTS})
      select tenant_id, campaign_group_id, number, greatest(at, newest_time), ${COUNTS} from changed where replaces is not true
      on conflict (tenant_id, campaign_group_id, run, time) do update set ${NAMES.map((name) => `${name} = excluded.${name}`).join(", ")})
    select tenant_id as "tenantId", campaign_group_id as "groupId", number,
           (select count(*)::int from campaigns.run_points p where p.tenant_id = c.tenant_id and p.campaign_group_id = c.campaign_group_id and p.run = c.number) as points
      from changed c`;
  const { rows } = await db.query<NotedRun>({ name: "note_points", text }, [
    groups.map(({ tenantId }) => tenantId),
    groups.map(({ groupId }) => groupId),
    now,
  ]);
  return rows;
}

const list = (prefix: string) => NAMES.map((name) => prefix + name).join(", ");

/** Doubles the interval of a run until it has few enough points. Of the points in one interval the newest stays. */
export function thin(db: Database, { tenantId, groupId, number }: NotedRun): Promise<void> {
  return db.transaction(tenantId, async (tx) => {
    const key = [tenantId, groupId, number];
    await tx.query(
      "select from campaigns.runs where tenant_id = $1 and campaign_group_id = $2 and number = $3 for update",
      key,
    );
    for (;;) {
      const { rows } = await tx.query<{ points: number }>(
        `select count(*)::int as points from campaigns.run_points where ${OF_RUN}`,
        key,
      );
      if ((rows[0]?.points ?? 0) <= MOST_POINTS + 1) return;
      await tx.query(
        `with run as (
           update campaigns.runs set interval_seconds = interval_seconds * 2
            where tenant_id = $1 and campaign_group_id = $2 and number = $3 returning interval_seconds, start_time),
         pair as (
           select time, lead(time) over (order by time) as next from campaigns.run_points where ${OF_RUN})
         delete from campaigns.run_points p using pair, run
          where ${OF_RUN} and p.time = pair.time and p.time > run.start_time
            and floor(extract(epoch from pair.time) / run.interval_seconds) = floor(extract(epoch from pair.next) / run.interval_seconds)`,
        key,
      );
    }
  });
}

export const isTooLong = ({ points }: NotedRun): boolean => points > MOST_POINTS + 1;

/** Groups of any tenant whose run continues, or ended after `since`. */
export async function recentlyRun(db: Queryable, since: Date): Promise<GroupKey[]> {
  const { rows } = await db.query<GroupKey>(
    `select distinct tenant_id as "tenantId", campaign_group_id as "groupId" from campaigns.runs
      where not closed and (end_time is null or end_time > $1)`,
    [since],
  );
  return rows;
}

/** Every run of a group that is kept, the newest first. */
export async function listRuns(db: TenantQueryable, groupId: string): Promise<Run[]> {
  const { rows } = await db.query<RunRow>(
    "select number, start_time, end_time, interval_seconds from campaigns.runs where tenant_id = $1 and campaign_group_id = $2 order by number desc",
    [db.tenantId, groupId],
  );
  return rows.map((row) => ({
    number: row.number,
    startTime: row.start_time,
    endTime: row.end_time ?? undefined,
    intervalSeconds: row.interval_seconds,
  }));
}

interface RunRow {
  number: number;
  start_time: Date;
  end_time: Date | null;
  interval_seconds: number;
}

/** The points of a run, the oldest first. */
export async function listPoints(db: TenantQueryable, groupId: string, run: number): Promise<ProgressPoint[]> {
  const { rows } = await db.query<ProgressPoint>(
    `select time, ${NAMES.map((name) => `${name}::float8 as "${name === "in_flight" ? "inFlight" : name}"`).join(", ")}
       from campaigns.run_points where ${OF_RUN} order by time`,
    [db.tenantId, groupId, run],
  );
  return rows;
}
