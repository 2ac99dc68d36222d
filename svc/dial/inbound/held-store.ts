/** SQL of messages that wait for a person, and of parts of messages. If they belong to no tenant, their tenant is the nil UUID. */
import type { HeldMessage, HeldReason } from "../../../gen/herald/dial/v1/held_message.ts";
import type { Queryable } from "../../lib/postgres/db.ts";
import { newId } from "../../lib/request/ids.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";
import type { InboundSms } from "../sms/smpp-provider.ts";
import type { SmsPart } from "../sms/sms-parts.ts";

const NOBODY = "00000000-0000-0000-0000-000000000000";

export async function holdMessage(
  tx: Queryable,
  { from, to, text }: InboundSms,
  { reason, optedOutTenants }: { reason: HeldReason; optedOutTenants: number },
  now: Date,
): Promise<void> {
  await tx.query(
    `insert into dial.held_messages (tenant_id, id, reason, from_address, to_address, text, opted_out_tenants, receive_time)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [NOBODY, newId(), reason, from.address, to.address, text, optedOutTenants, now],
  );
}

/** Newest first. */
export async function listHeldMessages(
  db: Queryable,
  page: Page,
): Promise<{ items: HeldMessage[]; nextPageToken: string }> {
  const { rows } = await db.query<HeldRow>(
    `select id, reason, from_address, to_address, text, opted_out_tenants, receive_time from dial.held_messages
      where tenant_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
    [NOBODY, page.after?.[0] ?? null, page.limit],
  );
  return pageOf(page, rows, (row) => [row.id], toHeldMessage);
}

/** False when there is none of that id. */
export async function deleteHeldMessage(db: Queryable, id: string): Promise<boolean> {
  const { rowCount } = await db.query("delete from dial.held_messages where tenant_id = $1 and id = $2", [NOBODY, id]);
  return rowCount === 1;
}

interface HeldRow {
  id: string;
  reason: HeldReason;
  from_address: string;
  to_address: string;
  text: string;
  opted_out_tenants: number;
  receive_time: Date;
}

const toHeldMessage = (row: HeldRow): HeldMessage => ({
  id: row.id,
  reason: row.reason,
  fromAddress: row.from_address,
  toAddress: row.to_address,
  text: row.text,
  optedOutTenants: row.opted_out_tenants,
  receiveTime: row.receive_time,
});

const OF_ONE_MESSAGE = "tenant_id = $1 and from_address = $2 and to_address = $3 and reference = $4 and parts = $5";

/** Stores one part. Once all are there, gives the whole text and removes the parts. Parts of one message are stored one after another. */
export async function putPart(
  tx: Queryable,
  { from, to, text, owner }: InboundSms,
  { reference, part, parts }: SmsPart,
  now: Date,
): Promise<string | undefined> {
  const message = [owner?.tenantId ?? NOBODY, from.address, to.address, reference, parts];
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`dial.message_parts ${message.join(" ")}`]);
  await tx.query(
    `insert into dial.message_parts (tenant_id, from_address, to_address, reference, parts, part, from_type, to_type, text, receive_time)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (tenant_id, from_address, to_address, reference, parts, part)
     do update set text = excluded.text, receive_time = excluded.receive_time`,
    [...message, part, from.type, to.type, text, now],
  );
  const { rows } = await tx.query<{ text: string }>(
    `select text from dial.message_parts where ${OF_ONE_MESSAGE} order by part`,
    message,
  );
  if (rows.length < parts) return undefined;
  await tx.query(`delete from dial.message_parts where ${OF_ONE_MESSAGE}`, message);
  return rows.map((row) => row.text).join("");
}

/** Takes messages whose missing parts have been awaited since before `before`, with the parts there are. Other dialers skip them. */
export async function takeIncomplete(tx: Queryable, before: Date, limit: number): Promise<InboundSms[]> {
  const { rows } = await tx.query<PartRow>(
    `with late as (
       select distinct tenant_id, from_address, to_address, reference, parts from dial.message_parts
        where receive_time < $1 limit $2),
     gone as (
       delete from dial.message_parts p using late
        where p.tenant_id = late.tenant_id and p.from_address = late.from_address and p.to_address = late.to_address
          and p.reference = late.reference and p.parts = late.parts
       returning p.*)
     select tenant_id, from_address, to_address, min(from_type)::int as from_type, min(to_type)::int as to_type, string_agg(text, ' … ' order by part) as text
       from gone group by tenant_id, from_address, to_address, reference, parts`,
    [before, limit],
  );
  return rows.map((row) => ({
    from: { address: row.from_address, type: row.from_type },
    to: { address: row.to_address, type: row.to_type },
    text: row.text,
    part: undefined,
    owner: row.tenant_id === NOBODY ? undefined : { tenantId: row.tenant_id, region: "" },
  }));
}

interface PartRow {
  tenant_id: string;
  from_address: string;
  to_address: string;
  from_type: number;
  to_type: number;
  text: string;
}
