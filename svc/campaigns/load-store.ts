/** SQL of loading: from the lists' records into the dial queue, in the database. */
import { Channel } from "../../gen/herald/common/v1/outcome.ts";
import type { Database, Queryable, Transaction } from "../lib/db.ts";
import { Lane } from "./chain.ts";
import type { Group } from "./group-store.ts";
import type { GroupKey } from "./tell-store.ts";

/** What one list gave. */
export interface LoadedList {
  /** Chains put into the queue. */
  chains: number;
  /** Records without a device for the channel. */
  noDevice: number;
  /** Records that another list of the group gave already. */
  duplicates: number;
}

/** The code of an email address among contact info types; every other device is a phone. */
const EMAIL = 10;

/** A record's devices that meet a condition, in their order. Dear: only for records that the quicker ways do not fit. */
const devicesWhere = (condition: string) =>
  `array(select index from unnest(r.device_indexes, r.device_types) with ordinality as d (index, type, place) where ${condition} order by place)`;

/** A record's devices for the channel. Nearly all have one email address or none, which is cut out, or taken, by its place. */
const DEVICES = {
  phone: `case
      when ${EMAIL} <> all(r.device_types) then r.device_indexes
      when cardinality(array_positions(r.device_types, ${EMAIL}::smallint)) = 1
      then r.device_indexes[:array_position(r.device_types, ${EMAIL}::smallint) - 1] || r.device_indexes[array_position(r.device_types, ${EMAIL}::smallint) + 1:]
      else ${devicesWhere(`type <> ${EMAIL}`)} end`,
  email: `case
      when cardinality(array_positions(r.device_types, ${EMAIL}::smallint)) = 1
      then array[r.device_indexes[array_position(r.device_types, ${EMAIL}::smallint)]]
      else ${devicesWhere(`type = ${EMAIL}`)} end`,
};

/** Whether a record has a device for the channel. */
const HAS_DEVICE = { phone: `${EMAIL} <> any(r.device_types)`, email: `${EMAIL} = any(r.device_types)` };

/**
 * Puts the records of one list into the queue of a group, in their order: one statement, however many they are. Records of
 * a further list may be there already; into an empty queue they go without looking, which is a third quicker.
 */
export async function loadList(tx: Queryable, group: Group, contactListId: string, now: Date): Promise<LoadedList> {
  const kind = group.shown.channel === Channel.CHANNEL_EMAIL ? "email" : "phone";
  const records = "from lists.preload_v1 r where r.tenant_id = $1 and r.contact_list_id = $3";
  const { rows } = await tx.query<{ chains: number; total: number; with_device: number }>(
    `with kept as (
       insert into campaigns.chains (tenant_id, campaign_group_id, record_id, contact_list_id, lane, due, update_time, device_indexes, client_id)
       select $1, $2, r.record_id, $3, ${Lane.FRESH}, $4::timestamptz, $4::timestamptz, ${DEVICES[kind]}, r.client_id
       ${records} and ${HAS_DEVICE[kind]} order by r.record_id
       ${group.continuing || group.loadedListIds.length > 0 ? "on conflict do nothing" : ""}
       returning 1)
     select (select count(*) from kept)::float8 as chains, count(*)::float8 as total, count(*) filter (where ${HAS_DEVICE[kind]})::float8 as with_device
     ${records}`,
    [group.tenantId, group.shown.id, contactListId, now],
  );
  const { chains = 0, total = 0, with_device: withDevice = 0 } = rows[0] ?? {};
  return { chains, noDevice: total - withDevice, duplicates: withDevice - chains };
}

/** Lets one process at a time load a group; false when another does. */
export async function lockLoading(tx: Transaction, groupId: string): Promise<boolean> {
  const { rows } = await tx.query<{ got: boolean }>(
    "select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as got",
    [`campaigns load ${groupId}`],
  );
  return rows[0]?.got ?? false;
}

/** Running groups whose chains are all closed, or stale, across tenants. */
export async function finishedGroups(db: Database, limit: number): Promise<GroupKey[]> {
  const { rows } = await db.everyTenant().query<GroupKey>(
    `select tenant_id as "tenantId", id as "groupId" from campaigns.groups g
      where (state between 2 and 5 or cancelling) and state = 4 and not exists (
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
  const where = { loading: "state = 2", cancelling: "cancelling", any: "true" }[condition];
  const { rows } = await db.everyTenant().query<GroupKey>(
    `select tenant_id as "tenantId", id as "groupId" from campaigns.groups
      where (state between 2 and 5 or cancelling) and ${where} and ($1::uuid is null or (tenant_id, id) > ($1, $2)) order by tenant_id, id limit $3`,
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
export async function noteRemoved(tx: Queryable, { tenantId, groupId }: GroupKey): Promise<void> {
  await tx.query("delete from campaigns.removals where tenant_id = $1 and campaign_group_id = $2", [tenantId, groupId]);
}
