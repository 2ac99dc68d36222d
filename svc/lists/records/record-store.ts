/** SQL of records. A record is visible while its list exists and no REPLACE has put it aside; every query checks that. */
import type { Device, Record as ContactRecord, RecordKey } from "../../../gen/herald/lists/v1/record.ts";
import type { ContactInfoType } from "../../../gen/herald/common/v1/channel.ts";
import type { TenantQueryable } from "../../lib/postgres/db.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";
import { looksLikeEmail } from "../../lib/devices/email.ts";
import { placeOf } from "../../lib/place/place.ts";
import { isStandardField } from "../reader/columns/header-names.ts";
import { recordNotFound } from "../errors.ts";
import { ImportState } from "../../../gen/herald/lists/v1/import.ts";

interface RecordRow {
  id: string;
  contact_list_id: string;
  client_id: string;
  first_name: string;
  last_name: string;
  company: string;
  postal_code: string;
  state: string;
  country: string;
  zone: string;
  fields: Record<string, string> | null;
  device_indexes: number[];
  device_types: number[];
  device_infos: string[];
  device_zones: string[];
  source_line: number;
  import_id: string | null;
}

/** What SearchRecords looks for. An empty value does not narrow the search. */
export interface RecordFilter {
  clientId: string;
  contactInfo: string;
  /** In lower case. */
  namePrefix: string;
}

const COLUMNS = `r.id, r.contact_list_id, r.client_id, r.first_name, r.last_name, r.company, r.postal_code, r.state, r.country, r.zone,
  r.fields, r.device_indexes, r.device_types, r.device_infos, r.device_zones, r.source_line, i.id as import_id`;
const FROM = `lists.records r
  join lists.contact_lists l on l.tenant_id = r.tenant_id and l.id = r.contact_list_id and r.import_number >= l.first_import_number
  left join lists.imports i on i.tenant_id = r.tenant_id and i.contact_list_id = r.contact_list_id and i.number = r.import_number`;

/** Throws NOT_FOUND. */
export async function getRecord(db: TenantQueryable, contactListId: string, recordId: string): Promise<ContactRecord> {
  const { rows } = await db.query<RecordRow>(
    `select ${COLUMNS} from ${FROM} where r.tenant_id = $1 and r.contact_list_id = $2 and r.id = $3`,
    [db.tenantId, contactListId, recordId],
  );
  if (!rows[0]) throw recordNotFound(contactListId, recordId);
  return toRecord(rows[0]);
}

/** Records of any lists, in any order. Records that no longer exist are left out. */
export async function getRecords(db: TenantQueryable, keys: readonly RecordKey[]): Promise<ContactRecord[]> {
  const text = `select ${COLUMNS} from unnest($2::uuid[], $3::uuid[]) as key (contact_list_id, id), ${FROM}
    where r.tenant_id = $1 and r.contact_list_id = key.contact_list_id and r.id = key.id`;
  const { rows } = await db.query<RecordRow>({ name: "get_records", text }, [
    db.tenantId,
    keys.map((key) => key.contactListId),
    keys.map((key) => key.recordId),
  ]);
  return rows.map(toRecord);
}

/** Records of some lists that have a device in one of the forms that compliance treats as the same. There is no index: every row is read. */
export async function findHolders(
  db: TenantQueryable,
  contactListIds: readonly string[],
  contactInfo: string,
  limit: number,
): Promise<ContactRecord[]> {
  const alike = "r.client_id, r.country, r.state, r.zone, r.device_zones";
  const { rows } = await db.query<RecordRow>(
    `select distinct on (${alike}) ${COLUMNS} from ${FROM}
      where r.tenant_id = $1 and r.contact_list_id = any($2::uuid[]) and $3 = any(r.device_infos)
      order by ${alike} limit $4`,
    [db.tenantId, contactListIds, contactInfo, limit],
  );
  return rows.map(toRecord);
}

/** The devices and client ids of a person's records, in all lists. Client ids have an index; for devices every row is read. */
export async function findKin(
  db: TenantQueryable,
  { contactInfos, clientIds }: { contactInfos: readonly string[]; clientIds: readonly string[] },
): Promise<{ contactInfos: string[]; clientIds: string[] }> {
  const { rows } = await db.query<{ infos: string[] | null; clients: string[] | null }>(
    `with kin as (
       select r.client_id, r.device_infos from ${FROM} where r.tenant_id = $1 and r.client_id = any($3::text[]) and r.client_id <> ''
       union all
       select r.client_id, r.device_infos from ${FROM} where r.tenant_id = $1 and r.device_infos && $2::text[])
     select (select array_agg(info) from (select distinct unnest(device_infos) as info from kin order by info limit ${MOST_KIN}) as device) as infos,
            (select array_agg(client_id) from (select distinct client_id from kin where client_id <> '' order by client_id limit ${MOST_KIN}) as client) as clients`,
    [db.tenantId, contactInfos, clientIds],
  );
  return { contactInfos: rows[0]?.infos ?? [], clientIds: rows[0]?.clients ?? [] };
}

const MOST_KIN = 1_000;

/** In the order of the import. Client ids have an index; for devices and names the rows of the list are read. */
export async function searchRecords(
  db: TenantQueryable,
  contactListId: string,
  filter: RecordFilter,
  page: Page,
): Promise<{ items: ContactRecord[]; nextPageToken: string }> {
  const values: unknown[] = [db.tenantId, contactListId, page.limit];
  const conditions: string[] = [];
  const where = (condition: (parameter: string) => string, value: unknown) => {
    if (value === "" || value === undefined || value === null) return;
    values.push(value);
    conditions.push(`and ${condition(`$${values.length}`)}`);
  };
  where((id) => `r.id > ${id}`, page.after?.[0]);
  where((clientId) => `r.client_id = ${clientId} and r.client_id <> ''`, filter.clientId);
  where((contactInfo) => `${contactInfo} = any(r.device_infos)`, filter.contactInfo);
  where(
    (
      name,
    ) => `(starts_with(lower(r.first_name || ' ' || r.last_name), ${name}) or starts_with(lower(r.last_name || ' ' || r.first_name), ${name})
      or starts_with(lower(r.last_name || ', ' || r.first_name), ${name}) or starts_with(lower(r.first_name), ${name}) or starts_with(lower(r.last_name), ${name}))`,
    filter.namePrefix,
  );
  const { rows } = await db.query<RecordRow>(
    `select ${COLUMNS} from ${FROM}
      where r.tenant_id = $1 and r.contact_list_id = $2 ${conditions.join(" ")}
      order by r.id limit $3`,
    values,
  );
  return pageOf(page, rows, (row) => [row.id], toRecord);
}

/** Comes before every id. With null instead, PostgreSQL would use one plan for both cases and read every page from the start. */
const FIRST_ID = "00000000-0000-0000-0000-000000000000";

/** The next visible records of a list after one, in the order of the import. */
export async function nextRecords(
  db: TenantQueryable,
  contactListId: string,
  afterId: string,
  limit: number,
): Promise<ContactRecord[]> {
  const text = `select ${COLUMNS} from ${FROM}
    where r.tenant_id = $1 and r.contact_list_id = $2 and r.id > $3 order by r.id limit $4`;
  const { rows } = await db.query<RecordRow>({ name: "next_records", text }, [
    db.tenantId,
    contactListId,
    afterId || FIRST_ID,
    limit,
  ]);
  return rows.map(toRecord);
}

/** The names of a list's own fields, as its imports mapped them. */
export async function ownFieldNames(db: TenantQueryable, contactListId: string): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    `select mapped.value as name
       from lists.contact_lists l
       join lists.imports i on i.tenant_id = l.tenant_id and i.contact_list_id = l.id and i.number >= greatest(l.first_import_number, l.first_field_import) and i.state = ${ImportState.IMPORT_STATE_SUCCEEDED},
            jsonb_each_text(i.mapping) as mapped
      where l.tenant_id = $1 and l.id = $2
      group by mapped.value order by min(i.number), mapped.value`,
    [db.tenantId, contactListId],
  );
  return rows.map(({ name }) => name).filter((name) => !isStandardField(name));
}

function toRecord(row: RecordRow): ContactRecord {
  return {
    id: row.id,
    contactListId: row.contact_list_id,
    clientId: row.client_id,
    firstName: row.first_name,
    lastName: row.last_name,
    company: row.company,
    fields: row.fields ?? {},
    devices: row.device_infos.map((contactInfo, i) =>
      toDevice(row.device_indexes[i] ?? 0, row.device_types[i] ?? 0, contactInfo, row.device_zones[i] ?? ""),
    ),
    postalCode: row.postal_code,
    state: row.state,
    country: row.country,
    zone: row.zone,
    sourceLine: row.source_line,
    importId: row.import_id ?? "",
    createTime: timeOfId(row.id),
  };
}

/** A device with what its number shows, which is computed and not stored. `zones` are separated by spaces. */
export function toDevice(index: number, type: number, contactInfo: string, zones: string): Device {
  const place = looksLikeEmail(contactInfo) ? undefined : placeOf(contactInfo);
  return {
    index,
    type: type as ContactInfoType,
    contactInfo,
    country: place?.country ?? "",
    areaCode: place?.areaCode ?? "",
    state: place?.state ?? "",
    zones: zones.split(" "),
  };
}

/** The time at which a UUIDv7 was made. */
const timeOfId = (id: string): Date => new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
