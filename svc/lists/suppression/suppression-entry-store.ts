/** SQL of the entries of suppression lists. */
import type { SuppressionEntry, SuppressionHit } from "../../../gen/herald/lists/v1/suppression_entry.ts";
import type { Queryable, TenantQueryable } from "../../lib/postgres/db.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";
import { SUPPRESSION_LIST_COLUMNS, type SuppressionListRow, toSuppressionList } from "./suppression-list-store.ts";

interface EntryRow {
  value: string;
  from_time: Date | null;
  until_time: Date | null;
  reason: string;
  create_time: Date;
}

/** Adds or replaces entries, each value once. Gives how many are new. */
export async function putEntries(
  tx: TenantQueryable,
  suppressionListId: string,
  entries: readonly SuppressionEntry[],
  now: Date,
): Promise<number> {
  // Sorted by value, so that two calls cannot deadlock.
  const text = `with put as (
      insert into lists.suppression_entries (tenant_id, suppression_list_id, value, from_time, until_time, reason, create_time)
      select $1, $2, value, from_time, until_time, reason, $7
        from unnest($3::text[], $4::timestamptz[], $5::timestamptz[], $6::text[]) as new (value, from_time, until_time, reason) order by value
      on conflict (tenant_id, suppression_list_id, value)
      do update set from_time = excluded.from_time, until_time = excluded.until_time, reason = excluded.reason
      returning old.value is null as fresh)
    select count(*) filter (where fresh)::int as added from put`;
  const { rows } = await tx.query<{ added: number }>({ name: "put_entries", text }, [
    tx.tenantId,
    suppressionListId,
    entries.map((entry) => entry.value),
    entries.map((entry) => entry.fromTime),
    entries.map((entry) => entry.untilTime),
    entries.map((entry) => entry.reason),
    now,
  ]);
  return rows[0]?.added ?? 0;
}

/** A temporary table for the rows of a file. */
export async function createStaging(tx: Queryable): Promise<void> {
  await tx.query(
    `create temporary table staged_entries
       (line bigint not null, value text collate "C" not null, from_time timestamptz, until_time timestamptz, reason text not null) on commit drop`,
  );
}

/** Adds or replaces the staged entries. If a value is there twice, the later one counts. Gives how many are new. */
export async function putStaged(tx: TenantQueryable, suppressionListId: string, now: Date): Promise<number> {
  const { rows } = await tx.query<{ added: number }>(
    `with put as (
       insert into lists.suppression_entries (tenant_id, suppression_list_id, value, from_time, until_time, reason, create_time)
       select distinct on (value) $1::uuid, $2::uuid, value, from_time, until_time, reason, $3::timestamptz
         from staged_entries order by value, line desc
       on conflict (tenant_id, suppression_list_id, value)
       do update set from_time = excluded.from_time, until_time = excluded.until_time, reason = excluded.reason
       returning old.value is null as fresh)
     select count(*) filter (where fresh)::float8 as added from put`,
    [tx.tenantId, suppressionListId, now],
  );
  return rows[0]?.added ?? 0;
}

/** Removes entries; gives the values that were there. */
export async function removeEntries(
  tx: TenantQueryable,
  suppressionListId: string,
  values: readonly string[],
): Promise<string[]> {
  const { rows } = await tx.query<{ value: string }>(
    `delete from lists.suppression_entries where (tenant_id, suppression_list_id, value) in (
       select tenant_id, suppression_list_id, value from lists.suppression_entries
        where tenant_id = $1 and suppression_list_id = $2 and value = any($3::text[]) order by value for update)
     returning value`,
    [tx.tenantId, suppressionListId, values],
  );
  return rows.map((row) => row.value);
}

/** In the order of their values. */
export async function listEntries(
  db: TenantQueryable,
  suppressionListId: string,
  valuePrefix: string,
  page: Page,
): Promise<{ items: SuppressionEntry[]; nextPageToken: string }> {
  // The last possible character: all values with the prefix sort before this.
  const end = valuePrefix === "" ? null : `${valuePrefix}\u{10ffff}`;
  const { rows } = await db.query<EntryRow>(
    `select value, from_time, until_time, reason, create_time from lists.suppression_entries
      where tenant_id = $1 and suppression_list_id = $2 and value > $3 and value >= $4 and ($5::text is null or value < $5)
      order by value limit $6`,
    [db.tenantId, suppressionListId, page.after?.[0] ?? "", valuePrefix, end, page.limit],
  );
  return pageOf(page, rows, (row) => [row.value], toEntry);
}

/** Which lists have an entry: device lists for one of these numbers or addresses, client lists for this id. */
export async function lookUpEntries(
  db: TenantQueryable,
  { devices, clientId }: { devices: readonly string[]; clientId: string },
  now: Date,
): Promise<SuppressionHit[]> {
  const { rows } = await db.query<
    SuppressionListRow & { value: string; from_time: Date | null; until_time: Date | null; reason: string; added: Date }
  >(
    `select ${SUPPRESSION_LIST_COLUMNS}, e.value, e.from_time, e.until_time, e.reason, e.create_time as added
       from lists.suppression_lists l
       join lists.suppression_entries e on e.tenant_id = l.tenant_id and e.suppression_list_id = l.id
        and e.value = any(case when l.kind = 1 then $2::text[] else array[$3] end)
      where l.tenant_id = $1 order by l.id desc`,
    [db.tenantId, devices, clientId],
  );
  return rows.map((row) => {
    const entry = toEntry({ ...row, create_time: row.added });
    return { suppressionList: toSuppressionList(row), entry, holdsNow: holds(entry, now) };
  });
}

/** Whether an entry holds at an instant. */
const holds = ({ fromTime, untilTime }: SuppressionEntry, now: Date): boolean =>
  (!fromTime || fromTime <= now) && (!untilTime || now < untilTime);

const toEntry = (row: EntryRow): SuppressionEntry => ({
  value: row.value,
  fromTime: row.from_time ?? undefined,
  untilTime: row.until_time ?? undefined,
  reason: row.reason,
  createTime: row.create_time,
});
