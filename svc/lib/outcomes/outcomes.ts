/** Outcomes of attempts: their names, and what an attempt can end with. Pure. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { CallResult, DeliveryState, type Outcome } from "../../../gen/herald/common/v1/outcome.ts";

/** Names by code: `no_answer`. */
const CALL_RESULTS = namesOf(CallResult, "CALL_RESULT_");
/** Names by code: `delivered`. */
const DELIVERY_STATES = namesOf(DeliveryState, "DELIVERY_STATE_");

export const callOutcome = (callResult: CallResult): Outcome => ({ result: { $case: "callResult", callResult } });
export const deliveryOutcome = (deliveryState: DeliveryState): Outcome => ({
  result: { $case: "deliveryState", deliveryState },
});

/** The outcome when nobody knows whether the attempt reached the person. */
export const unknownOutcome = (channel: Channel): Outcome =>
  channel === Channel.CHANNEL_VOICE
    ? callOutcome(CallResult.CALL_RESULT_STALE)
    : deliveryOutcome(DeliveryState.DELIVERY_STATE_UNKNOWN);

/** The name of an outcome for people, filters, counts and metrics: `no_answer`, `delivered`. */
export function outcomeName({ result }: Outcome): string {
  const name =
    result?.$case === "callResult"
      ? CALL_RESULTS.get(result.callResult)
      : DELIVERY_STATES.get(result?.deliveryState ?? 0);
  return name ?? "unspecified";
}

/** Every name that `outcomeNamed` knows. */
export const outcomeNames = (): string[] => [...new Set([...CALL_RESULTS.values(), ...DELIVERY_STATES.values()])];

/** The outcome with this name; undefined when there is none. */
export function outcomeNamed(name: string): Outcome | undefined {
  for (const [code, known] of CALL_RESULTS) if (known === name) return callOutcome(code);
  for (const [code, known] of DELIVERY_STATES) if (known === name) return deliveryOutcome(code);
  return undefined;
}

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

/** True for an outcome of the contract that an attempt can end with. */
export function isOutcome(outcome: Outcome | undefined): outcome is Outcome {
  const { result } = outcome ?? {};
  if (result?.$case === "callResult")
    return CALL_RESULTS.has(result.callResult) && !TRANSIENT_CALL_RESULTS.has(result.callResult);
  return result?.$case === "deliveryState" && DELIVERY_STATES.has(result.deliveryState);
}

/** True when nobody knows whether the attempt reached the person. */
export function isUnknownFate({ result }: Outcome): boolean {
  if (result?.$case === "callResult") return result.callResult === CallResult.CALL_RESULT_STALE;
  return result?.deliveryState === DeliveryState.DELIVERY_STATE_UNKNOWN;
}

function namesOf<Code extends number>(
  codes: Readonly<Record<string, Code>>,
  prefix: string,
): ReadonlyMap<Code, string> {
  const named = Object.entries(codes).filter(([name, code]) => code > 0 && name.startsWith(prefix));
  return new Map(named.map(([name, code]) => [code, name.slice(prefix.length).toLowerCase()]));
}
