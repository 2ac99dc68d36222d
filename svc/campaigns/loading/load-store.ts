/** SQL of loading: from the lists' records into the dial queue, in the database. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { Queryable, TenantQueryable, Transaction } from "../../lib/postgres/db.ts";
import type { Group } from "../groups/group-rows.ts";
import { CountChanges } from "../progress/counts.ts";
import { countStatement, loadStatement } from "./queries/load-query.ts";
import { hasBarred, type LoadQuestion, type Statement } from "./queries/load-question.ts";
import { lookStatement, plainStatement } from "./queries/plain-query.ts";
import type { DeviceKind } from "./queries/record-query.ts";

/** What lists gave. */
export interface LoadedList {
  /** Chains put into the queue. */
  chains: number;
  /** Of them, those that wait for a time. */
  waits: { due: Date; reason: string; count: number }[];
  /** Records that gave none, by reason. */
  leftOut: Readonly<Record<string, number>>;
  /** Devices left out of records that keep some of their own, by reason. */
  cut: Readonly<Record<string, number>>;
}

/** What lists would give. */
export interface CountedLists extends Pick<LoadedList, "chains" | "leftOut"> {
  dueNow: number;
  nextDue: Date | null;
}

/** What loading goes by, beside the lists. */
export type LoadBasis = Pick<LoadQuestion, "closed" | "suppression">;

/** Does something in a transaction of its own, on another connection than the one that loads. */
export type BesideLoading = <T>(work: (other: Queryable) => Promise<T>) => Promise<T>;

/**
 * Hashing a million devices stays in memory with this. Of tables that were just filled the planner knows nothing, expects a
 * row or two, and would compare every device with every other.
 */
const FOR_MANY_ROWS = "set local work_mem = '64MB'; set local enable_nestloop = off";

/** Puts the records of one list into the queue of a group, in their order: one statement, however many they are. */
export async function loadList(
  tx: TenantQueryable,
  beside: BesideLoading,
  group: Group,
  contactListId: string,
  basis: LoadBasis,
  now: Date,
): Promise<LoadedList> {
  await tx.query(FOR_MANY_ROWS);
  const hasQueue = group.continuing || group.loadedListIds.length > 0;
  const question: LoadQuestion = { ...questionOf(tx, group), ...basis, contactListIds: [contactListId], hasQueue };
  const mayBePlain = !hasQueue && !hasBarred(question);
  const loaded = mayBePlain ? await loadPlain(tx, beside, question, now) : undefined;
  return loaded ?? runLoad(tx, loadStatement(question, now));
}

/**
 * Inserts a list on the assumption that no device occurs twice and every record has a device, which holds for nearly all lists. A second connection checks that at
 * the same time. If it does not hold, the insert is cancelled and rolled back, and the result is undefined.
 */
async function loadPlain(
  tx: Queryable,
  beside: BesideLoading,
  question: LoadQuestion,
  now: Date,
): Promise<LoadedList | undefined> {
  await tx.query("savepoint plain");
  const { rows } = await tx.query<{ pid: number }>("select pg_backend_pid() as pid");
  let isLoading = true;
  const looked = beside((other) => isPlain(other, question)).then(async (plain) => {
    if (!plain && isLoading) await beside((other) => other.query("select pg_cancel_backend($1)", [rows[0]?.pid]));
    return plain;
  });
  const loaded = runLoad(tx, plainStatement(question, now)).finally(() => (isLoading = false));
  // Both must have ended before the transaction continues: otherwise the cancellation could hit its next statement.
  const [, looking] = await Promise.allSettled([loaded, looked]);
  if (looking.status === "rejected") throw looking.reason;
  if (looking.value) return loaded;
  await tx.query("rollback to savepoint plain");
  return undefined;
}

/** Runs a statement that puts records into the queue. */
export async function runLoad(tx: Queryable, { text, values }: Statement): Promise<LoadedList> {
  const { rows } = await tx.query<LoadedList>(text, values);
  const [loaded] = rows as [LoadedList];
  return { ...loaded, waits: loaded.waits.map((wait) => ({ ...wait, due: new Date(wait.due) })) };
}

/** Whether every record of a list goes into an empty queue with all its devices. */
async function isPlain(db: Queryable, question: LoadQuestion): Promise<boolean> {
  await db.query(FOR_MANY_ROWS);
  const { text, values } = lookStatement(question);
  const { rows } = await db.query<{ doubles: boolean; without: boolean }>(text, values);
  return rows[0]?.doubles === false && !rows[0].without;
}

/** What loading would put into the queue, or into that of the run before, without doing it. */
export async function countLists(
  tx: TenantQueryable,
  group: Group,
  basis: LoadBasis,
  hasQueue: boolean,
): Promise<CountedLists> {
  await tx.query(FOR_MANY_ROWS);
  const { text, values } = countStatement({ ...questionOf(tx, group), ...basis, hasQueue });
  const { rows } = await tx.query<CountedLists>(text, values);
  return rows[0] as CountedLists;
}

/** What of its lists a group of the tenant asks for. */
export const questionOf = ({ tenantId }: TenantQueryable, { shown }: Group) => ({
  tenantId,
  groupId: shown.id,
  contactListIds: shown.contactListIds,
  kind: kindOf(shown.channel),
  allowDuplicates: shown.allowDuplicates,
});

/** What the devices of a channel are. */
export const kindOf = (channel: Channel): DeviceKind => (channel === Channel.CHANNEL_EMAIL ? "email" : "phone");

/** What loading adds to a group's counts. */
export function loadedCounts({ chains, waits, leftOut, cut }: LoadedList): CountChanges {
  const changes = new CountChanges();
  changes.add("chains", "due", chains);
  changes.add("chains", "waiting", chains);
  for (const { due, reason, count } of waits) changes.waiting({ due, reason, attempted: false }, count);
  for (const [reason, count] of Object.entries(leftOut)) changes.add("left_out", reason, count);
  for (const [reason, count] of Object.entries(cut)) changes.add("cut", reason, count);
  return changes;
}

/** Lets one process at a time load a group; false when another does. */
export async function lockLoading(tx: Transaction, groupId: string): Promise<boolean> {
  const { rows } = await tx.query<{ got: boolean }>(
    "select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as got",
    [`campaigns load ${groupId}`],
  );
  return rows[0]?.got ?? false;
}
