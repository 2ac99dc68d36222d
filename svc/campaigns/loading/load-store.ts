/** SQL of loading: from the lists' records into the dial queue, in the database. */
import type { LeftOut } from "../../../gen/herald/campaigns/v1/chain.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { Database, Queryable, Transaction } from "../../lib/postgres/db.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";
import type { Group } from "../groups/group-store.ts";
import { countQuery, type LoadQuestion, loadQuery, lookQuery, plainQuery } from "./load-query.ts";
import type { GroupKey } from "../groups/group-key.ts";

/** What lists gave, or would give. */
export interface LoadedList {
  /** Chains put into the queue. */
  chains: number;
  /** Records without a device for the channel. */
  noDevice: number;
  /** Records all of whose devices are reached by way of others. */
  duplicates: number;
  /** Devices that others are reached by, of records that keep some of their own. */
  cutDevices: number;
}

/**
 * Hashing a million devices stays in memory with this. Of tables that were just filled the planner knows nothing, expects a
 * row or two, and would compare every device with every other.
 */
const FOR_MANY_ROWS = "set local work_mem = '64MB'; set local enable_nestloop = off";

/** Puts the records of one list into the queue of a group, in their order: one statement, however many they are. */
export async function loadList(tx: Queryable, group: Group, contactListId: string, now: Date): Promise<LoadedList> {
  await tx.query(FOR_MANY_ROWS);
  const question = { ...questionOf(group), hasQueue: group.continuing || group.loadedListIds.length > 0 };
  const text = (await isPlain(tx, group, question, contactListId)) ? plainQuery(question) : loadQuery(question);
  const { rows } = await tx.query<LoadedList>(text, [group.tenantId, group.shown.id, [contactListId], now]);
  return rows[0] as LoadedList;
}

/** Whether every record of a list goes into an empty queue with all its devices. */
async function isPlain(tx: Queryable, group: Group, question: LoadQuestion, contactListId: string): Promise<boolean> {
  if (question.hasQueue) return false;
  const { rows } = await tx.query<{ doubles: boolean; without: boolean }>(lookQuery(question), [
    group.tenantId,
    null,
    [contactListId],
  ]);
  return rows[0]?.doubles === false && !rows[0].without;
}

/** What loading would put into the queue, or into that of the run before, without doing it. */
export async function countLists(tx: Queryable, group: Group, hasQueue: boolean): Promise<LoadedList> {
  await tx.query(FOR_MANY_ROWS);
  const text = countQuery({ ...questionOf(group), hasQueue });
  const { rows } = await tx.query<LoadedList>(text, [group.tenantId, group.shown.id, group.shown.contactListIds]);
  return rows[0] as LoadedList;
}

/** What of its lists a group asks for. */
export const questionOf = ({ shown }: Group) => ({
  kind: shown.channel === Channel.CHANNEL_EMAIL ? ("email" as const) : ("phone" as const),
  allowDuplicates: shown.allowDuplicates,
});

/** Removes up to `limit` notes of whom a group's lists left out; gives how many. */
export async function removeLeftOut(db: Queryable, tenantId: string, groupId: string, limit: number): Promise<number> {
  const { rowCount } = await db.query(
    `delete from campaigns.left_out where tenant_id = $1 and campaign_group_id = $2 and record_id = any(array(
       select record_id from campaigns.left_out where tenant_id = $1 and campaign_group_id = $2 limit $3))`,
    [tenantId, groupId, limit],
  );
  return rowCount;
}

/** One page of the records that a group's lists left out, in the order of their ids. */
export async function listLeftOut(db: Queryable, tenantId: string, groupId: string, reason: string, page: Page) {
  const { rows } = await db.query<LeftOutRow>(
    `select record_id, contact_list_id, client_id, reason from campaigns.left_out
      where tenant_id = $1 and campaign_group_id = $2 and ($3::uuid is null or record_id > $3) and ($4 = '' or reason = $4)
      order by record_id limit $5`,
    [tenantId, groupId, page.after?.[0] ?? null, reason, page.limit],
  );
  return pageOf(
    page,
    rows,
    (row) => [row.record_id],
    (row): LeftOut => ({
      recordId: row.record_id,
      contactListId: row.contact_list_id,
      clientId: row.client_id,
      reason: row.reason,
      contactName: "",
      contactInfos: [],
    }),
  );
}

interface LeftOutRow {
  record_id: string;
  contact_list_id: string;
  client_id: string;
  reason: string;
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
