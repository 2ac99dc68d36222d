/** SQL of the log of suppression changes: dense sequence numbers in the order of the commits, for all tenants together. */
import { StreamEntriesResponse } from "../../../gen/herald/lists/v1/suppression_list_service.ts";
import type { Queryable, TenantQueryable } from "../../lib/postgres/db.ts";
import { newId } from "../../lib/request/ids.ts";
import { type ChangePart, encodePart } from "../reader/suppression/change-part.ts";
import {
  SUPPRESSION_LIST_COLUMNS,
  type SuppressionListRow,
  toSuppressionList,
} from "../suppression/suppression-list-store.ts";

/** The channel on which listeners are woken. */
export const CHANGES_CHANNEL = "lists_suppression";

/** Logs a change of one part. The last statements of a transaction: the next writer waits from here to the commit. */
export async function logChange(
  tx: TenantQueryable,
  suppressionListId: string,
  part: ChangePart,
  now: Date,
): Promise<void> {
  const changeId = newId();
  await insertParts(tx, changeId, 0, [encodePart(tx.tenantId, part)]);
  await sequenceChange(tx, { changeId, suppressionListId, parts: 1 }, now);
}

/** Keeps parts of a change before the change has a sequence number. A change that fails never gets one. */
export async function insertParts(
  db: TenantQueryable,
  changeId: string,
  firstPart: number,
  messages: readonly Uint8Array[],
): Promise<void> {
  const text = `insert into lists.suppression_change_parts (tenant_id, change_id, part, message)
    select $1, $2, $3 + ordinality - 1, message from unnest($4::bytea[]) with ordinality as new (message, ordinality)`;
  const buffers = messages.map((message) => Buffer.from(message.buffer, message.byteOffset, message.byteLength));
  await db.query({ name: "insert_change_parts", text }, [db.tenantId, changeId, firstPart, buffers]);
}

/**
 * Gives a change its sequence number. The counter's row stays locked until the commit, so numbers become visible in order: a
 * listener that has read up to a number has read everything before it.
 */
export async function sequenceChange(
  tx: TenantQueryable,
  { changeId, suppressionListId, parts }: { changeId: string; suppressionListId: string; parts: number },
  now: Date,
): Promise<void> {
  if (parts === 0) return;
  const text = `with moved as (update lists.suppression_sequence set last_sequence = last_sequence + $4 returning last_sequence),
      logged as (insert into lists.suppression_changes (tenant_id, change_id, suppression_list_id, first_sequence, last_sequence, accept_time)
                 select $1, $2, $3, last_sequence - $4 + 1, last_sequence, $5 from moved returning 1)
    select pg_notify('${CHANGES_CHANNEL}', '') from logged`;
  await tx.query({ name: "sequence_change", text }, [tx.tenantId, changeId, suppressionListId, parts, now]);
}

/** How far the log goes, and how far back it is kept. */
export async function logEnds(db: Queryable): Promise<{ last: number; forgotten: number }> {
  const text =
    "select last_sequence::float8 as last, forgotten_sequence::float8 as forgotten from lists.suppression_sequence";
  const { rows } = await db.query<{ last: number; forgotten: number }>({ name: "log_ends", text });
  return rows[0] ?? { last: 0, forgotten: 0 };
}

/**
 * The next messages after a sequence number, in order. Each has its own number and the present settings of its list. Where the
 * list has been deleted since, only the number is left: the deletion is a later message.
 */
export async function changesAfter(db: Queryable, sequence: number, limit: number): Promise<StreamEntriesResponse[]> {
  const text = `select p.message, (c.first_sequence + p.part)::float8 as sequence, c.accept_time, l.*
      from lists.suppression_changes c
      join lists.suppression_change_parts p on p.tenant_id = c.tenant_id and p.change_id = c.change_id
      left join lateral (select ${SUPPRESSION_LIST_COLUMNS} from lists.suppression_lists l
                          where l.tenant_id = c.tenant_id and l.id = c.suppression_list_id) l on true
     where c.last_sequence > $1 and c.first_sequence + p.part > $1
     order by c.last_sequence, p.part limit $2`;
  type ChangeRow = { message: Buffer; sequence: number; accept_time: Date } & (SuppressionListRow | { id: null });
  const { rows } = await db.query<ChangeRow>({ name: "changes_after", text }, [sequence, limit]);
  return rows.map((row) => {
    const part = StreamEntriesResponse.decode(row.message);
    const message = { ...part, sequence: row.sequence, acceptTime: row.accept_time };
    if (row.id !== null) return { ...message, suppressionList: toSuppressionList(row) };
    return message.removedListId === "" ? { ...message, added: [], removed: [] } : message;
  });
}

/** Forgets up to `limit` changes older than `before`, with parts that never got a sequence. True when there may be more. */
export async function forgetChanges(tx: Queryable, before: Date, limit: number): Promise<boolean> {
  const { rows } = await tx.query<{ last: number; count: number }>(
    `with old as (select tenant_id, change_id, last_sequence from lists.suppression_changes where accept_time < $1 order by last_sequence limit $2 for update skip locked),
          parts as (delete from lists.suppression_change_parts p using old where p.tenant_id = old.tenant_id and p.change_id = old.change_id),
          gone as (delete from lists.suppression_changes c using old where c.last_sequence = old.last_sequence returning c.last_sequence)
     select coalesce(max(last_sequence), 0)::float8 as last, count(*)::int as count from gone`,
    [before, limit],
  );
  const { last = 0, count = 0 } = rows[0] ?? {};
  if (count > 0) {
    await tx.query("update lists.suppression_sequence set forgotten_sequence = greatest(forgotten_sequence, $1)", [
      last,
    ]);
  }
  return count === limit;
}

/** Removes parts of changes that failed before they got a sequence number, if they began before `before`. */
export async function forgetOrphans(db: Queryable, before: Date, limit: number): Promise<boolean> {
  const time = before.getTime().toString(16).padStart(12, "0");
  const { rowCount } = await db.query(
    `delete from lists.suppression_change_parts where (tenant_id, change_id, part) in (
       select tenant_id, change_id, part from lists.suppression_change_parts p
        where change_id < $1 and not exists (select from lists.suppression_changes c where c.tenant_id = p.tenant_id and c.change_id = p.change_id)
        limit $2)`,
    [`${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`, limit],
  );
  return rowCount === limit;
}
