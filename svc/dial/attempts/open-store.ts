/**
 * SQL of open attempts, across tenants: receipts and inbound messages name no tenant, and any dialer takes over the attempts of a dead
 * one.
 */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { Queryable, TenantQueryable } from "../../lib/postgres/db.ts";
import { storable } from "../../lib/postgres/storable.ts";
import type { AttemptOrigin } from "../../../gen/herald/dial/v1/attempt.ts";
import type { AttemptKey } from "./attempt.ts";
import type { ProviderRoute } from "../providers/provider-route.ts";
import { NO_ID, originOf } from "./origin.ts";
import type { Conversation } from "../inbound/inbound-match.ts";
import { senderOf } from "../senders/senders.ts";

interface OpenRow {
  tenant_id: string;
  attempt_id: string;
  campaign_group_id: string;
  record_id: string;
  origin: AttemptOrigin;
  channel: Channel;
}

const KEY = "o.tenant_id, o.attempt_id, o.channel, a.origin, a.campaign_group_id, a.record_id";
const WITH_RECORD = "join dial.attempts a on a.tenant_id = o.tenant_id and a.id = o.attempt_id";
/** Every index begins with the tenant. Only tenants with a session or a test message can have attempts. */
const TENANTS = "(select tenant_id from dial.sessions union select tenant_id from dial.test_tenants) as t";

/** A message that the message centre took, and its recipient. */
export interface SentMessage {
  key: AttemptKey;
  recipient: string;
}

/** The open attempts with these message ids of a provider; of the operator's if its id is empty. */
export async function findByMessage(
  db: Queryable,
  providerId: string,
  messageIds: readonly string[],
): Promise<Map<string, SentMessage>> {
  const text = `select o.message_id, a.contact_info, ${KEY} from ${TENANTS} cross join lateral (
      select *, provider_message_id as message_id from dial.open_attempts
       where tenant_id = t.tenant_id and provider_message_id = any($1) and provider_message_id <> '' and provider_id is not distinct from $2::uuid) as o ${WITH_RECORD}`;
  const { rows } = await db.query<OpenRow & { message_id: string; contact_info: string }>(
    { name: "find_by_message", text },
    [messageIds.map(storable), providerId || null],
  );
  return new Map(rows.map((row) => [row.message_id, { key: toKey(row), recipient: row.contact_info }]));
}

/** A provider message id that a message may have, and the number of its recipient. */
export interface NamedMessage {
  name: string;
  recipient: string;
}

/** Those of these messages that exist, open or ended. */
export async function findSent(
  db: Queryable,
  providerId: string,
  messages: readonly NamedMessage[],
): Promise<NamedMessage[]> {
  const text = `select g.name, g.recipient from ${TENANTS}
      cross join unnest($1::text[], $2::text[]) as g (name, recipient)
      where exists (select from dial.attempts a where a.tenant_id = t.tenant_id and a.contact_info = g.recipient and a.provider_message_id = g.name
                       and a.provider_id is not distinct from $3::uuid)`;
  const { rows } = await db.query<NamedMessage>({ name: "find_sent", text }, [
    messages.map(({ name }) => storable(name)),
    messages.map(({ recipient }) => recipient),
    providerId || null,
  ]);
  return rows;
}

/** Attempts whose receipt should have come before `now`. */
export async function findReceiptsOverdue(db: Queryable, now: Date, limit: number): Promise<AttemptKey[]> {
  const text = `select ${KEY} from ${TENANTS} cross join lateral (
      select * from dial.open_attempts where tenant_id = t.tenant_id and receipt_until < $1 order by receipt_until limit $2) as o ${WITH_RECORD} limit $2`;
  return (await db.query<OpenRow>(text, [now, limit])).rows.map(toKey);
}

/**
 * Attempts without a session that began before `before` and that the provider has not taken. As no session holds them, no dialer takes
 * them over with one.
 */
export async function findLost(db: Queryable, before: Date, limit: number): Promise<AttemptKey[]> {
  const text = `select ${KEY} from ${TENANTS}
      join dial.open_attempts o on o.tenant_id = t.tenant_id and o.campaign_group_id = '${NO_ID}' ${WITH_RECORD}
     where o.provider_message_id = '' and o.begin_time < $1 limit $2`;
  return (await db.query<OpenRow>(text, [before, limit])).rows.map(toKey);
}

/** An attempt that another dialer, or an earlier start of this one, left open. */
export interface Orphan extends AttemptKey {
  beginTime: Date;
  /** Whether the provider took it. */
  sent: boolean;
  route: ProviderRoute;
}

/** Takes over open attempts of a session that other dialers, or earlier starts of this one, began. */
export async function adoptOrphans(
  db: TenantQueryable,
  groupId: string,
  owner: string,
  limit: number,
): Promise<Orphan[]> {
  const text = `
    with orphan as (
      select attempt_id from dial.open_attempts where tenant_id = $1 and campaign_group_id = $2 and owner <> $3 limit $4 for update skip locked)
    update dial.open_attempts o set owner = $3
      from orphan, dial.attempts a
     where o.tenant_id = $1 and o.attempt_id = orphan.attempt_id and a.tenant_id = $1 and a.id = o.attempt_id
    returning ${KEY}, o.begin_time, o.provider_id, o.account_version, a.state = 2 as sent`;
  const { rows } = await db.query<OrphanRow>(text, [db.tenantId, groupId, owner, limit]);
  return rows.map((row) => ({
    ...toKey(row),
    beginTime: row.begin_time,
    sent: row.sent,
    route: { providerId: row.provider_id ?? "", accountVersion: row.account_version },
  }));
}

interface OrphanRow extends OpenRow {
  begin_time: Date;
  sent: boolean;
  provider_id: string | null;
  account_version: number;
}

/** Tenants that have ever dialed, or have a sender; up to `limit`. */
export async function findDialingTenants(db: Queryable, limit: number): Promise<string[]> {
  const text = `select distinct tenant_id from (select * from ${TENANTS} union all select tenant_id from dial.senders) as known limit $1`;
  return (await db.query<{ tenant_id: string }>(text, [limit])).rows.map((row) => row.tenant_id);
}

/** Who sent SMS to these numbers: the last attempt for each tenant, number and own address. */
export async function findConversations(db: Queryable, contactInfos: readonly string[]): Promise<Conversation[]> {
  const text = `select last.*, s.settings->>'programId' as program_id from ${TENANTS} cross join lateral (
      select distinct on (contact_info, own_address) tenant_id, id, contact_info, own_address, client_id, create_time, campaign_group_id from dial.attempts
       where tenant_id = t.tenant_id and contact_info = any($1) and channel = 2 and state <> 4
       order by contact_info, own_address, id desc) as last
      left join dial.sessions s on s.tenant_id = last.tenant_id and s.campaign_group_id = last.campaign_group_id`;
  const { rows } = await db.query<ConversationRow>({ name: "find_conversations", text }, [contactInfos]);
  return rows.map((row) => ({
    tenantId: row.tenant_id,
    contactInfo: row.contact_info,
    ownAddress: row.own_address,
    sender: senderOf(Channel.CHANNEL_SMS, row.own_address),
    clientId: row.client_id,
    time: row.create_time,
    attemptId: row.id,
    programId: row.program_id ?? "",
  }));
}

interface ConversationRow {
  id: string;
  program_id: string | null;
  tenant_id: string;
  contact_info: string;
  own_address: string;
  client_id: string;
  create_time: Date;
}

const toKey = (row: OpenRow): AttemptKey => ({
  tenantId: row.tenant_id,
  id: row.attempt_id,
  origin: originOf(row.origin, row.campaign_group_id, row.record_id),
  channel: row.channel,
});
