/** SQL of contacts and their numbers and addresses. */
import type { Contact, ContactIdentity, IdentityKind } from "../../../gen/herald/contacts/v1/contact.ts";
import type { TenantQueryable, TenantTransaction } from "../../lib/postgres/db.ts";
import { plainArray, textArray, timeArray } from "../../lib/postgres/array-literals.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";
import { searchKey } from "./comparable-forms.ts";
import type { ContactChanges, KnownContacts, KnownContact, PersonDetails } from "./resolve.ts";
import { contactNotFound } from "../errors.ts";

interface ContactRow {
  id: string;
  client_id: string | null;
  first_name: string;
  last_name: string;
  create_time: Date;
  update_time: Date;
  last_interaction_time: Date | null;
  heard_time: Date;
  identities: { value: string; kind: number; create_time: string }[] | null;
}

const COLUMNS = `c.id, client_id, first_name, last_name, c.create_time, update_time, last_interaction_time, heard_time,
  (select json_agg(json_build_object('value', value, 'kind', kind, 'create_time', i.create_time) order by i.create_time, value)
     from contacts.identities i where i.tenant_id = c.tenant_id and i.contact_id = c.id) as identities`;
const TABLES = "contacts.contacts c join contacts.heard h on h.tenant_id = c.tenant_id and h.contact_id = c.id";

/** Throws NOT_FOUND. */
export async function getContact(db: TenantQueryable, contactId: string): Promise<Contact> {
  const text = `select ${COLUMNS} from ${TABLES} where c.tenant_id = $1 and c.id = $2`;
  const { rows } = await db.query<ContactRow>({ name: "get_contact", text }, [db.tenantId, contactId]);
  if (!rows[0]) throw contactNotFound(contactId);
  return toContact(rows[0]);
}

/** All contacts; the one with the latest interaction first. */
export async function listContacts(
  db: TenantQueryable,
  page: Page,
): Promise<{ items: Contact[]; nextPageToken: string }> {
  const [time = null, id = null] = page.after ?? [];
  const { rows } = await db.query<ContactRow>(
    `select ${COLUMNS} from ${TABLES}
      where h.tenant_id = $1 and ($2::timestamptz is null or (heard_time, h.contact_id) < ($2::timestamptz, $3::uuid))
      order by heard_time desc, h.contact_id desc limit $4`,
    [db.tenantId, time, id, page.limit],
  );
  return pageOf(page, rows, keyOf, toContact);
}

/** A search: an exact client id, exact numbers or addresses, or the beginning of a name. */
export interface ContactQuery {
  clientId: string;
  values: readonly string[];
  /** Without it names are not searched. */
  namePrefix: string | undefined;
}

/** Contacts that match one of these; the one with the latest interaction first. */
export async function searchContacts(
  db: TenantQueryable,
  sought: ContactQuery,
  page: Page,
): Promise<{ items: Contact[]; nextPageToken: string }> {
  const [time = null, id = null] = page.after ?? [];
  const { rows } = await db.query<ContactRow>(
    `with found (contact_id) as (
       select id from contacts.contacts where tenant_id = $1 and client_id = $2
       union select contact_id from contacts.identities where tenant_id = $1 and value = any($3::text[])
       union select id from contacts.contacts where tenant_id = $1 and by_first >= $4 and by_first < $5
       union select id from contacts.contacts where tenant_id = $1 and by_last >= $4 and by_last < $5)
     select ${COLUMNS} from found join contacts.contacts c on c.tenant_id = $1 and c.id = found.contact_id
       join contacts.heard h on h.tenant_id = $1 and h.contact_id = c.id
      where $6::timestamptz is null or (heard_time, h.contact_id) < ($6::timestamptz, $7::uuid)
      order by heard_time desc, h.contact_id desc limit $8`,
    [
      db.tenantId,
      sought.clientId,
      sought.values,
      sought.namePrefix ?? null,
      sought.namePrefix === undefined ? null : `${sought.namePrefix}\u{10ffff}`,
      time,
      id,
      page.limit,
    ],
  );
  return pageOf(page, rows, keyOf, toContact);
}

/** The known contacts that have one of these client ids, numbers or addresses. */
export async function findKnown(db: TenantQueryable, all: readonly PersonDetails[]): Promise<KnownContacts> {
  const clientIds = [...new Set(all.map(({ clientId }) => clientId).filter(Boolean))];
  const values = [...new Set(all.flatMap((details) => details.values.map(({ value }) => value)))];
  const { rows } = await db.query<{ value: string | null; id: string; client_id: string | null; is_named: boolean }>(
    {
      name: "find_known",
      // Looks up each key by itself: a plain join reads all rows of the tenant when the planner expects few, as it does before the first
      // ANALYZE.
      text: `select null::text as value, known.* from unnest($2::text[]) as sought (client_id) cross join lateral
               (select id, c.client_id, by_last <> '' as is_named from contacts.contacts c
                 where c.tenant_id = $1 and c.client_id = sought.client_id limit 1) as known
              union all
             select sought.value, known.* from unnest($3::text[]) as sought (value)
              cross join lateral (select contact_id from contacts.identities i where i.tenant_id = $1 and i.value = sought.value limit 1) as owner
              cross join lateral (select id, c.client_id, by_last <> '' from contacts.contacts c where c.tenant_id = $1 and c.id = contact_id limit 1) as known`,
    },
    [db.tenantId, textArray(clientIds), textArray(values)],
  );
  const byId = new Map<string, KnownContact>();
  const byClientId = new Map<string, KnownContact>();
  const byValue = new Map<string, KnownContact>();
  for (const row of rows) {
    const contact = byId.get(row.id) ?? { id: row.id, clientId: row.client_id ?? "", isNamed: row.is_named };
    byId.set(row.id, contact);
    if (row.value === null) byClientId.set(contact.clientId, contact);
    else byValue.set(row.value, contact);
  }
  return { byClientId, byValue };
}

/**
 * Until it ends, lets only this transaction complete contacts of the tenant. There is one lock for all contacts, so that two batches neither
 * complete the same contact in two ways nor deadlock. New people may be made beside it.
 */
export async function lockContacts(tx: TenantTransaction): Promise<void> {
  await tx.query({ name: "lock_contacts", text: "select pg_advisory_xact_lock(hashtextextended($1, 0))" }, [
    `contacts of ${tx.tenantId}`,
  ]);
}

/**
 * Writes the changes of a resolution; `heard` has the latest interaction of new contacts, if there is one. Contacts must be locked unless all are new.
 * Keys are written in order, so that two batches with the same new people wait for each other and do not deadlock.
 */
export async function keepChanges(
  tx: TenantTransaction,
  changes: ContactChanges,
  now: Date,
  heard: ReadonlyMap<string, Date>,
): Promise<void> {
  const { adopted, named } = changes;
  const made = changes.made.toSorted(byText((one) => one.clientId));
  const learned = changes.learned.toSorted(byText((one) => one.value));
  if (made.length > 0) await insertContacts(tx, made, now, heard);
  if (learned.length > 0) {
    await tx.query(
      {
        name: "learn_identities",
        text: `insert into contacts.identities (tenant_id, value, kind, contact_id, create_time)
               select $1, value, kind, contact_id, $5 from unnest($2::text[], $3::smallint[], $4::uuid[]) as new (value, kind, contact_id)`,
      },
      [
        tx.tenantId,
        textArray(learned.map((one) => one.value)),
        plainArray(learned.map((one) => one.kind)),
        plainArray(learned.map((one) => one.contactId)),
        now,
      ],
    );
  }
  if (adopted.length > 0) {
    await tx.query(
      `update contacts.contacts c set client_id = new.client_id, update_time = $4
         from unnest($2::uuid[], $3::text[]) as new (id, client_id) where c.tenant_id = $1 and c.id = new.id`,
      [tx.tenantId, adopted.map((one) => one.contactId), adopted.map((one) => one.clientId), now],
    );
  }
  if (named.length > 0) await nameContacts(tx, named, now);
  await touchLearners(tx, learnersOf({ made, learned }), now);
}

async function insertContacts(
  tx: TenantTransaction,
  made: ContactChanges["made"],
  now: Date,
  heard: ReadonlyMap<string, Date>,
): Promise<void> {
  const names = made.map(nameKeys);
  await tx.query(
    {
      name: "insert_contacts",
      text: `with fresh as (
        insert into contacts.contacts (tenant_id, id, client_id, first_name, last_name, by_first, by_last, create_time, update_time)
        select $1, id, nullif(client_id, ''), first_name, last_name, by_first, by_last, $8, $8
          from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) as new (id, client_id, first_name, last_name, by_first, by_last))
      insert into contacts.heard (tenant_id, contact_id, last_interaction_time, heard_time)
      select $1, id, heard, coalesce(heard, $8) from unnest($2::uuid[], $9::timestamptz[]) as new (id, heard)`,
    },
    [
      tx.tenantId,
      plainArray(made.map((one) => one.id)),
      textArray(made.map((one) => one.clientId)),
      textArray(made.map((one) => one.firstName)),
      textArray(made.map((one) => one.lastName)),
      textArray(names.map((name) => name.byFirst)),
      textArray(names.map((name) => name.byLast)),
      now,
      timeArray(made.map((one) => heard.get(one.id))),
    ],
  );
}

async function nameContacts(tx: TenantTransaction, named: ContactChanges["named"], now: Date): Promise<void> {
  const names = named.map(nameKeys);
  await tx.query(
    `update contacts.contacts c set first_name = new.first_name, last_name = new.last_name, by_first = new.by_first, by_last = new.by_last, update_time = $7
       from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[]) as new (id, first_name, last_name, by_first, by_last)
      where c.tenant_id = $1 and c.id = new.id`,
    [
      tx.tenantId,
      named.map((one) => one.contactId),
      named.map((one) => one.firstName),
      named.map((one) => one.lastName),
      names.map((name) => name.byFirst),
      names.map((name) => name.byLast),
      now,
    ],
  );
}

/** Contacts that got a new number or address, except those just created. */
function learnersOf({ made, learned }: Pick<ContactChanges, "made" | "learned">): string[] {
  const fresh = new Set(made.map(({ id }) => id));
  return [...new Set(learned.map(({ contactId }) => contactId))].filter((id) => !fresh.has(id));
}

async function touchLearners(tx: TenantTransaction, contactIds: readonly string[], now: Date): Promise<void> {
  if (contactIds.length === 0) return;
  await tx.query("update contacts.contacts set update_time = $3 where tenant_id = $1 and id = any($2::uuid[])", [
    tx.tenantId,
    contactIds,
    now,
  ]);
}

/** Orders by a text, in the same way in every process. */
const byText =
  <Item>(textOf: (item: Item) => string) =>
  (a: Item, b: Item): number =>
    textOf(a) < textOf(b) ? -1 : textOf(a) > textOf(b) ? 1 : 0;

const nameKeys = ({ firstName, lastName }: { firstName: string; lastName: string }) => ({
  byFirst: searchKey(`${firstName} ${lastName}`),
  byLast: searchKey(`${lastName} ${firstName}`),
});

const keyOf = (row: ContactRow) => [row.heard_time.toISOString(), row.id];

const toContact = (row: ContactRow): Contact => ({
  id: row.id,
  clientId: row.client_id ?? "",
  firstName: row.first_name,
  lastName: row.last_name,
  identities: (row.identities ?? []).map(toIdentity),
  createTime: row.create_time,
  updateTime: row.update_time,
  lastInteractionTime: row.last_interaction_time ?? undefined,
});

const toIdentity = ({
  value,
  kind,
  create_time: createTime,
}: {
  value: string;
  kind: number;
  create_time: string;
}): ContactIdentity => ({
  value,
  kind: kind as IdentityKind,
  createTime: new Date(createTime),
});
