/** SQL of interactions. */
import type { Interaction, InteractionDirection } from "../../../gen/herald/contacts/v1/interaction.ts";
import type { CallResult, DeliveryState } from "../../../gen/herald/common/v1/outcome.ts";
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { TenantQueryable, TenantTransaction } from "../../lib/postgres/db.ts";
import { plainArray, textArray, timeArray } from "../../lib/postgres/array-literals.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";
import { zonesTold } from "../../lib/place/place.ts";
import { interactionNotFound } from "../errors.ts";

/** An interaction as it is stored: it has a start time and a contact. Its zones are not stored but computed for each answer. */
export type KeptInteraction = Omit<Interaction, "startTime" | "zones"> & { startTime: Date };

/** Conditions for a search of interactions. An empty one does not apply. */
export interface InteractionFilter {
  contactInfos: readonly string[];
  campaignGroupId: string;
  channel: Channel;
  direction: InteractionDirection;
  startTime: Date | undefined;
  endTime: Date | undefined;
}

interface InteractionRow {
  id: string;
  contact_id: string;
  direction: number;
  channel: number;
  contact_info: string;
  own_address: string;
  campaign_group_id: string;
  campaign_group_name: string;
  record_id: string;
  call_result: number | null;
  delivery_state: number | null;
  refusal_reason: string;
  subject: string;
  text: string;
  start_time: Date;
  end_time: Date | null;
}

const COLUMNS = `id, contact_id, direction, channel, contact_info, own_address, campaign_group_id, campaign_group_name, record_id,
  call_result, delivery_state, refusal_reason, subject, text, start_time, end_time`;

/** Throws NOT_FOUND. */
export async function getInteraction(db: TenantQueryable, interactionId: string): Promise<Interaction> {
  const text = `select ${COLUMNS} from contacts.interactions where tenant_id = $1 and id = $2`;
  const { rows } = await db.query<InteractionRow>({ name: "get_interaction", text }, [db.tenantId, interactionId]);
  if (!rows[0]) throw interactionNotFound(interactionId);
  return toInteraction(rows[0]);
}

/** The interactions of one contact, newest first. */
export async function listHistory(
  db: TenantQueryable,
  contactId: string,
  page: Page,
): Promise<{ items: Interaction[]; nextPageToken: string }> {
  return pageWhere(db, page, [["contact_id = ?", contactId]]);
}

/** Newest first. */
export async function searchInteractions(
  db: TenantQueryable,
  filter: InteractionFilter,
  page: Page,
): Promise<{ items: Interaction[]; nextPageToken: string }> {
  const { contactInfos, campaignGroupId, channel, direction, startTime, endTime } = filter;
  const conditions: [string, unknown][] = [];
  if (contactInfos.length === 1) conditions.push(["contact_info = ?", contactInfos[0]]);
  if (contactInfos.length > 1) conditions.push(["contact_info = any(?::text[])", contactInfos]);
  if (campaignGroupId) conditions.push(["campaign_group_id = ?", campaignGroupId]);
  if (channel > 0) conditions.push(["channel = ?", channel]);
  if (direction > 0) conditions.push(["direction = ?", direction]);
  if (startTime) conditions.push(["start_time >= ?", startTime]);
  if (endTime) conditions.push(["start_time < ?", endTime]);
  return pageWhere(db, page, conditions);
}

async function pageWhere(
  db: TenantQueryable,
  page: Page,
  conditions: readonly (readonly [string, unknown])[],
): Promise<{ items: Interaction[]; nextPageToken: string }> {
  const values: unknown[] = [db.tenantId, page.limit];
  const texts = conditions.map(([text, value]) => text.replace("?", `$${values.push(value)}`));
  if (page.after) {
    const [time, id] = page.after;
    texts.push(`(start_time, id) < ($${values.push(time)}::timestamptz, $${values.push(id)}::uuid)`);
  }
  const { rows } = await db.query<InteractionRow>(
    `select ${COLUMNS} from contacts.interactions where ${["tenant_id = $1", ...texts].join(" and ")} order by start_time desc, id desc limit $2`,
    values,
  );
  return pageOf(page, rows, (row) => [row.start_time.toISOString(), row.id], toInteraction);
}

/** Whether the outcome of a report says at least as much as the stored one. */
const SAYS_MORE = `(contacts.outcome_weight(excluded.call_result, excluded.delivery_state)
  >= greatest(contacts.outcome_weight(kept.call_result, kept.delivery_state), 1))`;

/**
 * Stores interactions; no id may be there twice. A stored interaction stays with its contact and gets what is new: an outcome that says at
 * least as much as its own, an end, texts that it lacked. Rows are written in the order of their ids, so that two calls cannot deadlock.
 */
export async function upsertInteractions(
  tx: TenantTransaction,
  interactions: readonly KeptInteraction[],
): Promise<void> {
  const column = <T>(value: (one: KeptInteraction) => T) => interactions.map(value);
  await tx.query({ name: "upsert_interactions", text: UPSERT }, [
    tx.tenantId,
    plainArray(column((one) => one.id)),
    plainArray(column((one) => one.contactId)),
    plainArray(column((one) => one.direction)),
    plainArray(column((one) => one.channel)),
    textArray(column((one) => one.contactInfo)),
    textArray(column((one) => one.ownAddress)),
    textArray(column((one) => one.campaignGroupId)),
    textArray(column((one) => one.campaignGroupName)),
    textArray(column((one) => one.recordId)),
    plainArray(column(callResultOf)),
    plainArray(column(deliveryStateOf)),
    textArray(column((one) => one.refusalReason)),
    textArray(column((one) => one.subject)),
    textArray(column((one) => one.text)),
    timeArray(column((one) => one.startTime)),
    timeArray(column((one) => one.endTime)),
  ]);
}

const UPSERT = `insert into contacts.interactions as kept (tenant_id, ${COLUMNS})
  select $1, new.* from unnest($2::uuid[], $3::uuid[], $4::smallint[], $5::smallint[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
    $11::smallint[], $12::smallint[], $13::text[], $14::text[], $15::text[], $16::timestamptz[], $17::timestamptz[]) as new (${COLUMNS})
  order by id
  on conflict (tenant_id, id) do update set
    call_result = case when ${SAYS_MORE} then excluded.call_result else kept.call_result end,
    delivery_state = case when ${SAYS_MORE} then excluded.delivery_state else kept.delivery_state end,
    end_time = case when ${SAYS_MORE} then coalesce(excluded.end_time, kept.end_time) else coalesce(kept.end_time, excluded.end_time) end,
    refusal_reason = coalesce(nullif(kept.refusal_reason, ''), excluded.refusal_reason),
    own_address = coalesce(nullif(kept.own_address, ''), excluded.own_address),
    subject = coalesce(nullif(kept.subject, ''), excluded.subject),
    text = coalesce(nullif(kept.text, ''), excluded.text)
  where (${SAYS_MORE} and (kept.call_result, kept.delivery_state, kept.end_time)
           is distinct from (excluded.call_result, excluded.delivery_state, coalesce(excluded.end_time, kept.end_time)))
     or (kept.end_time is null and excluded.end_time is not null)
     or (kept.refusal_reason = '' and excluded.refusal_reason <> '') or (kept.own_address = '' and excluded.own_address <> '')
     or (kept.subject = '' and excluded.subject <> '') or (kept.text = '' and excluded.text <> '')`;

/** Stores the time of contacts' latest interaction, unless a later one is stored. In the order of their ids, as above. */
export async function hear(tx: TenantTransaction, times: ReadonlyMap<string, Date>): Promise<void> {
  await tx.query(
    {
      name: "hear",
      text: `insert into contacts.heard as h (tenant_id, contact_id, last_interaction_time, heard_time)
             select $1, contact_id, time, time from unnest($2::uuid[], $3::timestamptz[]) as new (contact_id, time) order by contact_id
             on conflict (tenant_id, contact_id) do update
                set last_interaction_time = excluded.last_interaction_time, heard_time = excluded.heard_time
              where h.last_interaction_time is null or h.last_interaction_time < excluded.last_interaction_time`,
    },
    [tx.tenantId, plainArray([...times.keys()]), timeArray([...times.values()])],
  );
}

const callResultOf = ({ outcome }: KeptInteraction) =>
  outcome?.result?.$case === "callResult" ? outcome.result.callResult : null;
const deliveryStateOf = ({ outcome }: KeptInteraction) =>
  outcome?.result?.$case === "deliveryState" ? outcome.result.deliveryState : null;

const toInteraction = (row: InteractionRow): Interaction => ({
  id: row.id,
  contactId: row.contact_id,
  direction: row.direction as InteractionDirection,
  channel: row.channel as Channel,
  contactInfo: row.contact_info,
  ownAddress: row.own_address,
  campaignGroupId: row.campaign_group_id,
  campaignGroupName: row.campaign_group_name,
  recordId: row.record_id,
  outcome: outcomeOf(row),
  refusalReason: row.refusal_reason,
  subject: row.subject,
  text: row.text,
  startTime: row.start_time,
  endTime: row.end_time ?? undefined,
  zones: [...zonesTold(row.contact_info)],
});

function outcomeOf({ call_result: callResult, delivery_state: deliveryState }: InteractionRow): Interaction["outcome"] {
  if (callResult !== null) return { result: { $case: "callResult", callResult: callResult as CallResult } };
  if (deliveryState !== null)
    return { result: { $case: "deliveryState", deliveryState: deliveryState as DeliveryState } };
  return undefined;
}
