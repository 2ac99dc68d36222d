/** Rows of `dial.attempts`, and their translation into messages of the contract. */
import { type Attempt, AttemptOrigin, AttemptState } from "../../../gen/herald/dial/v1/attempt.ts";
import type { CallResult, DeliveryState, Outcome } from "../../../gen/herald/common/v1/outcome.ts";
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { zonesTold } from "../../lib/place/place.ts";
import { NO_ID, originOf } from "./origin.ts";
import { callOutcome, deliveryOutcome } from "../../lib/outcomes/outcomes.ts";
import type { InteractionFacts, KnownAttempt } from "../publishing/reports.ts";

export interface AttemptRow {
  tenant_id: string;
  id: string;
  campaign_group_id: string;
  contact_list_id: string;
  record_id: string;
  create_time: Date;
  send_time: Date | null;
  end_time: Date | null;
  earliest_time: Date | null;
  attempt_number: number;
  device_index: number;
  channel: Channel;
  state: AttemptState;
  call_result: CallResult | null;
  delivery_state: DeliveryState | null;
  counts: boolean;
  client_id: string;
  contact_info: string;
  own_address: string;
  refusal_reason: string;
  rule_id: string;
  provider_status: string;
  provider_message_id: string;
  origin: AttemptOrigin;
  provider_id: string | null;
}

/** The columns of a row that reports to other services need, whatever the result of the attempt. */
export type FactsRow = Pick<AttemptRow, (typeof FACTS_COLUMNS)[number]>;

export const FACTS_COLUMNS = [
  "tenant_id",
  "id",
  "campaign_group_id",
  "record_id",
  "create_time",
  "channel",
  "client_id",
  "contact_info",
  "own_address",
  "origin",
] as const satisfies (keyof AttemptRow)[];

/** The columns of an outcome. */
export const outcomeColumns = (
  outcome: Outcome | undefined,
): { callResult: CallResult | null; deliveryState: DeliveryState | null } => ({
  callResult: outcome?.result?.$case === "callResult" ? outcome.result.callResult : null,
  deliveryState: outcome?.result?.$case === "deliveryState" ? outcome.result.deliveryState : null,
});

const outcomeOf = (row: AttemptRow): Outcome | undefined =>
  row.call_result !== null
    ? callOutcome(row.call_result)
    : row.delivery_state !== null
      ? deliveryOutcome(row.delivery_state)
      : undefined;

const shownId = (id: string) => (id === NO_ID ? "" : id);

export const toAttempt = (row: AttemptRow): Attempt => ({
  id: row.id,
  campaignGroupId: shownId(row.campaign_group_id),
  contactListId: shownId(row.contact_list_id),
  recordId: shownId(row.record_id),
  clientId: row.client_id,
  deviceIndex: row.device_index,
  channel: row.channel,
  contactInfo: row.contact_info,
  ownAddress: row.own_address,
  attemptNumber: row.attempt_number,
  state: row.state,
  outcome: outcomeOf(row),
  refusalReason: row.refusal_reason,
  ruleId: row.rule_id,
  providerStatus: row.provider_status,
  providerMessageId: row.provider_message_id,
  createTime: row.create_time,
  sendTime: row.send_time ?? undefined,
  endTime: row.end_time ?? undefined,
  origin: row.origin,
  providerId: row.provider_id ?? "",
  test: row.origin === AttemptOrigin.ATTEMPT_ORIGIN_TEST,
  zones: [...zonesTold(row.contact_info)],
});

export const toFacts = (row: FactsRow): InteractionFacts => ({
  tenantId: row.tenant_id,
  id: row.id,
  origin: originOf(row.origin, row.campaign_group_id, row.record_id),
  channel: row.channel,
  contactInfo: row.contact_info,
  ownAddress: row.own_address,
  clientId: row.client_id,
  createTime: row.create_time,
});

export function toKnown(row: AttemptRow): KnownAttempt {
  const { tenantId, id, origin, channel } = toFacts(row);
  return {
    tenantId,
    id,
    origin,
    channel,
    state: KNOWN[row.state] ?? "open",
    outcome: outcomeOf(row),
    counts: row.counts,
    refusal: { reason: row.refusal_reason, ruleId: row.rule_id, earliestTime: row.earliest_time ?? undefined },
    at: row.end_time ?? row.send_time ?? row.create_time,
  };
}

const KNOWN: Readonly<Partial<Record<AttemptState, KnownAttempt["state"]>>> = {
  [AttemptState.ATTEMPT_STATE_ENDED]: "ended",
  [AttemptState.ATTEMPT_STATE_REFUSED]: "refused",
  [AttemptState.ATTEMPT_STATE_STALE]: "stale",
};
