/** SQL of contact lists. */
import { type ContactList, ContactListState } from "../../../gen/herald/lists/v1/contact_list.ts";
import type { TenantQueryable } from "../../lib/postgres/db.ts";
import { etagOf } from "../../lib/request/etag.ts";
import { newId } from "../../lib/request/ids.ts";
import { assignments } from "../../lib/request/mask.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";
import { listNotFound } from "../errors.ts";
import { ImportState } from "../../../gen/herald/lists/v1/import.ts";

export type ContactListFields = Pick<ContactList, "name" | "description" | "defaultRegion">;

interface ContactListRow {
  id: string;
  name: string;
  description: string;
  default_region: string;
  record_count: number;
  create_time: Date;
  update_time: Date;
  version: number;
  importing: boolean;
}

const IS_IMPORTING = `exists (select from lists.imports i
  where i.tenant_id = l.tenant_id and i.contact_list_id = l.id and i.state = ${ImportState.IMPORT_STATE_RUNNING})`;
const COLUMNS = `l.id, l.name, l.description, l.default_region, l.record_count::float8, l.create_time, l.update_time, l.version, ${IS_IMPORTING} as importing`;

/** Throws NOT_FOUND. */
export async function getContactList(db: TenantQueryable, contactListId: string): Promise<ContactList> {
  const { rows } = await db.query<ContactListRow>(
    { name: "get_contact_list", text: `select ${COLUMNS} from lists.contact_lists l where tenant_id = $1 and id = $2` },
    [db.tenantId, contactListId],
  );
  if (!rows[0]) throw listNotFound(contactListId);
  return toContactList(rows[0]);
}

/** Newest first; `query` is part of the name, without case. */
export async function listContactLists(
  db: TenantQueryable,
  query: string,
  page: Page,
): Promise<{ items: ContactList[]; nextPageToken: string }> {
  const { rows } = await db.query<ContactListRow>(
    `select ${COLUMNS} from lists.contact_lists l
      where tenant_id = $1 and ($2::uuid is null or id < $2) and ($3 = '' or strpos(lower(name), lower($3)) > 0)
      order by id desc limit $4`,
    [db.tenantId, page.after?.[0] ?? null, query, page.limit],
  );
  return pageOf(page, rows, (row) => [row.id], toContactList);
}

/** Makes an empty list. Gives its id, or the id of the list that the same request made before; undefined when the name is taken. */
export async function insertContactList(
  db: TenantQueryable,
  { name, description, defaultRegion }: ContactListFields,
  requestId: string | undefined,
  now: Date,
): Promise<string | undefined> {
  const { rows } = await db.query<{ id: string }>(
    `insert into lists.contact_lists (tenant_id, id, name, description, default_region, request_id, create_time, update_time)
     values ($1, $2, $3, $4, $5, $6, $7, $7) on conflict do nothing returning id`,
    [db.tenantId, newId(), name, description, defaultRegion, requestId, now],
  );
  return rows[0]?.id ?? (requestId && (await contactListOfRequest(db, requestId)));
}

async function contactListOfRequest(db: TenantQueryable, requestId: string): Promise<string | undefined> {
  const { rows } = await db.query<{ id: string }>(
    "select id from lists.contact_lists where tenant_id = $1 and request_id = $2",
    [db.tenantId, requestId],
  );
  return rows[0]?.id;
}

/** Changes a list's settings; false when it is gone, or `version` is given and no longer the row's. */
export async function updateContactList(
  db: TenantQueryable,
  contactListId: string,
  version: number | undefined,
  set: Partial<ContactListFields>,
  now: Date,
): Promise<boolean> {
  const changed = assignments({ ...set, updateTime: now }, 4);
  const { rowCount } = await db.query(
    `update lists.contact_lists set ${changed.sql}, version = version + 1
      where tenant_id = $1 and id = $2 and ($3::integer is null or version = $3)`,
    [db.tenantId, contactListId, version, ...changed.values],
  );
  return rowCount === 1;
}

/** Keeps others from deleting a list, or from beginning an import into it, until the transaction ends. False when it is gone. */
export async function lockContactList(tx: TenantQueryable, contactListId: string): Promise<boolean> {
  const { rowCount } = await tx.query("select from lists.contact_lists where tenant_id = $1 and id = $2 for update", [
    tx.tenantId,
    contactListId,
  ]);
  return rowCount === 1;
}

/** Removes a list and its imports at once. Nobody can reach its records and rejected rows any more; they are removed in the background. */
export async function deleteContactList(tx: TenantQueryable, contactListId: string): Promise<void> {
  const values = [tx.tenantId, contactListId];
  await tx.query("delete from lists.contact_lists where tenant_id = $1 and id = $2", values);
  await tx.query(
    `insert into lists.removals (tenant_id, kind, id) values ($1, 'records', $2)
     on conflict (tenant_id, kind, id) do update set before_number = null`,
    values,
  );
  await tx.query(
    `with gone as (delete from lists.imports where tenant_id = $1 and contact_list_id = $2 returning id, rejected_count)
     insert into lists.removals (tenant_id, kind, id) select $1, 'rejected_rows', id from gone where rejected_count > 0
     on conflict do nothing`,
    values,
  );
}

const toContactList = (row: ContactListRow): ContactList => ({
  id: row.id,
  name: row.name,
  description: row.description,
  state: stateOf(row),
  defaultRegion: row.default_region,
  recordCount: row.record_count,
  createTime: row.create_time,
  updateTime: row.update_time,
  etag: etagOf(row.version),
});

function stateOf({ importing, record_count: records }: ContactListRow): ContactListState {
  if (importing) return ContactListState.CONTACT_LIST_STATE_IMPORTING;
  return records > 0 ? ContactListState.CONTACT_LIST_STATE_READY : ContactListState.CONTACT_LIST_STATE_EMPTY;
}
