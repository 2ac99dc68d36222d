/** SQL of messages of people, as those who handle them get them. */
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { InboundMessage } from "../../../gen/herald/dial/v1/inbound_message.ts";
import type { KeywordKind } from "../../../gen/herald/dial/v1/keyword.ts";
import type { Queryable, TenantQueryable } from "../../lib/postgres/db.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";

/** The channel on which listeners are woken. */
export const INBOUND_CHANNEL = "dial_inbound";

interface InboundRow {
  id: string;
  sequence: number;
  channel: Channel;
  contact_info: string;
  client_id: string;
  own_address: string;
  program_id: string;
  text: string;
  kind: KeywordKind;
  uncertain: boolean;
  receive_time: Date;
}

const COLUMNS =
  "id, sequence::float8, channel, contact_info, client_id, own_address, program_id, text, kind, uncertain, receive_time";

/** Stores a message under the tenant's next number. Others of the tenant wait until the transaction ends, so that numbers are seen in their order. */
export async function putInbound(
  tx: TenantQueryable,
  message: Omit<InboundMessage, "sequence" | "receiveTime">,
  now: Date,
): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended('dial.inbound ' || $1, 0))", [tx.tenantId]);
  await tx.query(
    `with numbered as (
       insert into dial.inbound_sequences as s (tenant_id, last_sequence) values ($1, 1)
       on conflict (tenant_id) do update set last_sequence = s.last_sequence + 1 returning last_sequence)
     insert into dial.inbound_messages (tenant_id, sequence, id, channel, contact_info, client_id, own_address, program_id, text, kind, uncertain, receive_time)
     select $1, last_sequence, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 from numbered`,
    [
      tx.tenantId,
      message.id,
      message.channel,
      message.contactInfo,
      message.clientId,
      message.ownAddress,
      message.programId || tx.tenantId,
      message.text,
      message.kind,
      message.uncertain,
      now,
    ],
  );
  await tx.query("select pg_notify($1, $2)", [INBOUND_CHANNEL, tx.tenantId]);
}

/** The next messages after a number, in order. */
export async function inboundAfter(db: TenantQueryable, sequence: number, limit: number): Promise<InboundMessage[]> {
  const { rows } = await db.query<InboundRow>(
    `select ${COLUMNS} from dial.inbound_messages where tenant_id = $1 and sequence > $2 order by sequence limit $3`,
    [db.tenantId, sequence, limit],
  );
  return rows.map(toInbound);
}

/** The number of the latest message; 0 before the first. */
export async function lastInbound(db: TenantQueryable): Promise<number> {
  const { rows } = await db.query<{ last: number }>(
    "select last_sequence::float8 as last from dial.inbound_sequences where tenant_id = $1",
    [db.tenantId],
  );
  return rows[0]?.last ?? 0;
}

/** Newest first. */
export async function listInbound(
  db: TenantQueryable,
  contactInfo: string,
  page: Page,
): Promise<{ items: InboundMessage[]; nextPageToken: string }> {
  const { rows } = await db.query<InboundRow>(
    `select ${COLUMNS} from dial.inbound_messages
      where tenant_id = $1 and ($2::bigint is null or sequence < $2) and ($3 = '' or contact_info = $3) order by sequence desc limit $4`,
    [db.tenantId, page.after?.[0] ?? null, contactInfo, page.limit],
  );
  return pageOf(page, rows, (row) => [String(row.sequence)], toInbound);
}

const KEPT_DAYS = 30;
const FORGOTTEN_AT_ONCE = 5_000;

/** Removes messages that are older than 30 days; they stay in the history of their contacts. True when there may be more. */
export async function forgetOldInbound(db: Queryable, now: Date): Promise<boolean> {
  const { rowCount } = await db.query(
    `delete from dial.inbound_messages where (tenant_id, sequence) in (
       select tenant_id, sequence from dial.inbound_messages where receive_time < $1::timestamptz - $2 * interval '1 day' limit $3)`,
    [now, KEPT_DAYS, FORGOTTEN_AT_ONCE],
  );
  return rowCount === FORGOTTEN_AT_ONCE;
}

const toInbound = (row: InboundRow): InboundMessage => ({
  id: row.id,
  sequence: row.sequence,
  channel: row.channel,
  contactInfo: row.contact_info,
  clientId: row.client_id,
  ownAddress: row.own_address,
  programId: row.program_id,
  text: row.text,
  kind: row.kind,
  uncertain: row.uncertain,
  receiveTime: row.receive_time,
});
