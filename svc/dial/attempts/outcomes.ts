/** Outcomes: their names, their codes in the database, and whether they count as attempts. Pure. */
import { CallResult, DeliveryState, type Outcome } from "../../../gen/herald/common/v1/outcome.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";

const CALL_RESULTS = namesOf(CallResult, "CALL_RESULT_");
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

/** Call results of calls that never reached the network. */
const NOT_COUNTED: ReadonlySet<CallResult> = new Set<CallResult>([
  CallResult.CALL_RESULT_SYSTEM_ERROR,
  CallResult.CALL_RESULT_ALL_TRUNKS_BUSY,
  CallResult.CALL_RESULT_SWITCH_ERROR,
  CallResult.CALL_RESULT_NO_FREE_PORT,
]);

/** Whether an attempt with this outcome counts as an attempt. */
export const counts = ({ result }: Outcome): boolean =>
  result?.$case !== "callResult" || !NOT_COUNTED.has(result.callResult);

/** The name of an outcome for people, filters and metrics: `no_answer`, `delivered`. */
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

/** Codes that no attempt ends with: those of the telephony layer alone, "unknown" (28) and "stale" (46). */
const NEVER_FINAL = new Set<number>([1, 2, 18, 19, 20, 22, 23, 24, 25, 28, 29, 30, 31, 46, 49, 50]);

/** Whether a person may set this outcome for an attempt of this channel: it must be known, final and of the channel's kind. */
export function isFinal({ result }: Outcome, channel: Channel): boolean {
  if (channel === Channel.CHANNEL_VOICE) {
    return result?.$case === "callResult" && CALL_RESULTS.has(result.callResult) && !NEVER_FINAL.has(result.callResult);
  }
  return (
    result?.$case === "deliveryState" &&
    DELIVERY_STATES.has(result.deliveryState) &&
    result.deliveryState !== DeliveryState.DELIVERY_STATE_UNKNOWN
  );
}

function namesOf<Code extends number>(
  codes: Readonly<Record<string, Code>>,
  prefix: string,
): ReadonlyMap<Code, string> {
  const named = Object.entries(codes).filter(([name, code]) => code > 0 && name.startsWith(prefix));
  return new Map(named.map(([name, code]) => [code, name.slice(prefix.length).toLowerCase()]));
}
