/** What outcomes mean: their names in counts, which of them succeed, which leave an attempt's fate unknown. Pure. */
import { CallResult, DeliveryState, type Outcome } from "../../../gen/herald/common/v1/outcome.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";

const CALL_RESULT_NAMES = namesOf(CallResult, "CALL_RESULT_");
const DELIVERY_STATE_NAMES = namesOf(DeliveryState, "DELIVERY_STATE_");

/** Results that only the telephony layer of other systems produces; an attempt never ends with one. */
export const TRANSIENT_CALL_RESULTS: ReadonlySet<CallResult> = new Set<CallResult>([
  CallResult.CALL_RESULT_TRANSFERRED,
  CallResult.CALL_RESULT_CONFERENCED,
  CallResult.CALL_RESULT_QUEUE_FULL,
  CallResult.CALL_RESULT_CLEARED,
  CallResult.CALL_RESULT_OVERFLOWED,
  CallResult.CALL_RESULT_REDIRECTED,
  CallResult.CALL_RESULT_FORWARDED,
  CallResult.CALL_RESULT_CONSULT,
  CallResult.CALL_RESULT_PICKED_UP,
  CallResult.CALL_RESULT_UNKNOWN_CALL_RESULT,
  CallResult.CALL_RESULT_COVERED,
  CallResult.CALL_RESULT_CONVERSE_ON,
  CallResult.CALL_RESULT_BRIDGED,
  CallResult.CALL_RESULT_DEAFENED,
  CallResult.CALL_RESULT_HELD,
]);

/** The outcome's name in counts and for people: `no_answer`, `delivered`. */
export function outcomeName({ result }: Outcome): string {
  const name =
    result?.$case === "callResult"
      ? CALL_RESULT_NAMES.get(result.callResult)
      : DELIVERY_STATE_NAMES.get(result?.deliveryState ?? 0);
  return name ?? "unspecified";
}

/** True for a result that an attempt can end with. */
export function isOutcome(outcome: Outcome | undefined): outcome is Outcome {
  const { result } = outcome ?? {};
  if (result?.$case === "callResult")
    return CALL_RESULT_NAMES.has(result.callResult) && !TRANSIENT_CALL_RESULTS.has(result.callResult);
  return result?.$case === "deliveryState" && DELIVERY_STATE_NAMES.has(result.deliveryState);
}

/** True when the person was reached, so that the chain is done. A message that was accepted for good has done all it can. */
export function isSuccess({ result }: Outcome): boolean {
  if (result?.$case === "callResult") return result.callResult === CallResult.CALL_RESULT_ANSWER;
  return (
    result?.deliveryState === DeliveryState.DELIVERY_STATE_SENT ||
    result?.deliveryState === DeliveryState.DELIVERY_STATE_DELIVERED
  );
}

/** True when nobody knows whether the attempt reached the person. */
export function isUnknownFate({ result }: Outcome): boolean {
  if (result?.$case === "callResult") return result.callResult === CallResult.CALL_RESULT_STALE;
  return result?.deliveryState === DeliveryState.DELIVERY_STATE_UNKNOWN;
}

/** True when the contact asked not to be contacted again. */
export const isDoNotCall = ({ result }: Outcome): boolean =>
  result?.$case === "callResult" && result.callResult === CallResult.CALL_RESULT_DO_NOT_CALL;

/** True when a person or program cancelled the record. */
export const isCancelled = ({ result }: Outcome): boolean =>
  result?.$case === "callResult" && result.callResult === CallResult.CALL_RESULT_CANCEL_RECORD;

/** What is kept for an attempt whose result never came. */
export const unknownFate = (channel: Channel): Outcome =>
  channel === Channel.CHANNEL_VOICE
    ? { result: { $case: "callResult", callResult: CallResult.CALL_RESULT_STALE } }
    : { result: { $case: "deliveryState", deliveryState: DeliveryState.DELIVERY_STATE_UNKNOWN } };

function namesOf<Code extends number>(
  codes: Readonly<Record<string, Code>>,
  prefix: string,
): ReadonlyMap<Code, string> {
  const named = Object.entries(codes).filter(([name, code]) => code > 0 && name.startsWith(prefix));
  return new Map(named.map(([name, code]) => [code, name.slice(prefix.length).toLowerCase()]));
}
