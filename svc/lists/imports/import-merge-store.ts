/**
 * SQL that merges a file into a list that has records already. Each step is one statement over the whole file, which
 * PostgreSQL joins by hash or index. It runs as the owner of the schema, so every statement must name the tenant.
 */
import type { Queryable } from "../../lib/postgres/db.ts";
import { COPY_COLUMNS } from "../reader/records/record-copy.ts";

export interface MergeTarget {
  tenantId: string;
  contactListId: string;
  /** Number of the import within the list. */
  number: number;
}

/** A temporary table for the rows of a file, with the columns of records. */
export async function createStagedRecords(tx: Queryable): Promise<void> {
  await tx.query("create temporary table staged_records (like lists.records) on commit drop");
  await tx.query(
    `create temporary table known_records (staged_id uuid not null, record_id uuid not null, keeps boolean not null) on commit drop`,
  );
}

/**
 * Finds the record that each staged row is about. The best match has the same client id; the next best the same first device,
 * where not both have a client id; then any of the devices. Two different client ids are two people, whatever they share.
 * Of several rows about one record, the best match (then the first row) `keeps` its id. Gives how many rows keep one.
 */
export async function findKnownRecords(tx: Queryable, { tenantId, contactListId }: MergeTarget): Promise<number> {
  await tx.query("analyze staged_records");
  // PostgreSQL may have no statistics of the list's rows yet. If it believes that they are few, a nested loop takes hours.
  await tx.query("set local enable_nestloop = off");
  const { rows } = await tx.query<{ kept: number }>(
    `with records as materialized (
       select r.id, r.client_id, r.device_infos from lists.records r
         join lists.contact_lists l on l.tenant_id = r.tenant_id and l.id = r.contact_list_id
        where r.tenant_id = $1 and r.contact_list_id = $2 and r.import_number >= l.first_import_number),
     pairs as (
       select s.id as staged_id, r.id as record_id, 1 as rank
         from staged_records s join records r on r.client_id = s.client_id where s.client_id <> ''
       union all
       select s.id, r.id, case when s.place + r.place > 2 then 4 when s.client_id = r.client_id then 2 else 3 end
         from (select id, client_id, device, place from staged_records, unnest(device_infos) with ordinality as one (device, place)) s
         join (select id, client_id, device, place from records, unnest(device_infos) with ordinality as one (device, place)) r
           on r.device = s.device and (s.client_id = '' or r.client_id = '')),
     best as (select distinct on (staged_id) staged_id, record_id, rank from pairs order by staged_id, rank, record_id),
     known as (
       insert into known_records (staged_id, record_id, keeps)
       select staged_id, record_id, row_number() over (partition by record_id order by rank, staged_id) = 1 from best
       returning keeps)
     select count(*) filter (where keeps)::float8 as kept from known`,
    [tenantId, contactListId],
  );
  await tx.query("set local enable_nestloop = on");
  await tx.query("analyze known_records");
  return rows[0]?.kept ?? 0;
}

/** Adds the rows that match no record. With `everyRow` also rows that match a record whose id another row keeps. Gives how many were added. */
export async function addStaged(tx: Queryable, { everyRow }: { everyRow: boolean }): Promise<number> {
  const { rowCount } = await tx.query(
    `insert into lists.records (${COPY_COLUMNS})
     select ${COPY_COLUMNS} from staged_records s
      where not exists (select from known_records k where k.staged_id = s.id and (k.keeps or not $1)) order by s.id`,
    [everyRow],
  );
  return rowCount;
}

/** What a row changes in its record: everything, or only the fields for which the file has columns. */
export interface MergeColumns {
  everything: boolean;
  /** Fields that the file has. */
  standard: ReadonlySet<string>;
  own: readonly string[];
}

const TEXTS = ["client_id", "first_name", "last_name", "company", "postal_code", "state", "country", "zone"] as const;
const PLACE = ["postal_code", "state", "country", "zone"];
const CHANGEABLE = [...TEXTS, "fields", "device_indexes", "device_types", "device_infos", "device_zones"];

/** Updates each record from the row that keeps its id, where they differ. Gives how many differed. */
export async function updateKnown(
  tx: Queryable,
  { tenantId, contactListId, number }: MergeTarget,
  columns: MergeColumns,
): Promise<number> {
  const list = (of: string) => CHANGEABLE.map((column) => `${of}.${column}`).join(", ");
  const { rowCount } = await tx.query(
    `with changed as (
       select r.id, s.source_line, v.*
         from known_records k
         join staged_records s on s.id = k.staged_id
         join lists.records r on r.tenant_id = $1 and r.contact_list_id = $2 and r.id = k.record_id
        cross join lateral (select ${valuesOf(columns)}) v
        where k.keeps and (${list("r")}) is distinct from (${list("v")}))
     update lists.records r
        set import_number = $3, source_line = c.source_line, ${CHANGEABLE.map((column) => `${column} = c.${column}`).join(", ")}
       from changed c where r.tenant_id = $1 and r.contact_list_id = $2 and r.id = c.id`,
    [tenantId, contactListId, number, ...(columns.everything ? [] : [columns.own])],
  );
  return rowCount;
}

/** SQL of the new values; `s` is the row and `r` the record, and `$4` lists the tenant's own fields that the file has. */
function valuesOf({ everything, standard }: MergeColumns): string {
  if (everything) return CHANGEABLE.map((column) => `s.${column}`).join(", ");
  const hasPlace = PLACE.some((field) => standard.has(field));
  const has = (field: string) => (PLACE.includes(field) ? hasPlace : standard.has(field));
  const texts = TEXTS.map((field) =>
    field === "client_id"
      ? "case when s.client_id <> '' then s.client_id else r.client_id end as client_id"
      : `${has(field) ? "s" : "r"}.${field}`,
  );
  const fields =
    "nullif((coalesce(r.fields, '{}') - $4::text[]) || coalesce(s.fields, '{}'), '{}') as fields, s.device_indexes, s.device_types, s.device_infos";
  // A place that the file does not mention still holds: otherwise the number's zone alone would decide when somebody is called.
  const zones = `case when r.device_infos = s.device_infos then r.device_zones
    when r.zone <> '' then array_fill(r.zone, array[cardinality(s.device_infos)])
    else lists.joined_zones(s.device_zones, r.device_zones) end as device_zones`;
  return [...texts, fields, hasPlace ? "s.device_zones" : zones].join(", ");
}

/** Removes the records whose id no row of the file keeps. Gives how many there were. */
export async function removeUnkept(tx: Queryable, { tenantId, contactListId, number }: MergeTarget): Promise<number> {
  const { rowCount } = await tx.query(
    `delete from lists.records r using lists.contact_lists l
      where l.tenant_id = $1 and l.id = $2 and r.tenant_id = $1 and r.contact_list_id = $2
        and r.import_number >= l.first_import_number and r.import_number < $3
        and not exists (select from known_records k where k.record_id = r.id and k.keeps)`,
    [tenantId, contactListId, number],
  );
  return rowCount;
}
