import type { CallResult, DeliveryState, Outcome } from "../api/contract.ts";
import { enumLabel } from "../components/words.ts";

/** How an attempt ended, in words for people; undefined while it goes on. */
export function outcomeLabel(outcome: Outcome | undefined): string {
  if (outcome?.callResult) return enumLabel(outcome.callResult, "CALL_RESULT_");
  if (outcome?.deliveryState) return enumLabel(outcome.deliveryState, "DELIVERY_STATE_");
  return "";
}

/** The label of a result or refusal, by its name in the counts of a campaign: `no_answer`, `outside_window`. */
export const resultLabel = (result: string): string => enumLabel(result, "");

/** Delivery states with which an attempt can end. */
export const deliveryStates: readonly DeliveryState[] = [
  "DELIVERY_STATE_DELIVERED",
  "DELIVERY_STATE_SENT",
  "DELIVERY_STATE_DEFERRED",
  "DELIVERY_STATE_EXPIRED",
  "DELIVERY_STATE_UNDELIVERABLE",
  "DELIVERY_STATE_REJECTED",
  "DELIVERY_STATE_FAILED",
  "DELIVERY_STATE_SOFT_BOUNCE",
  "DELIVERY_STATE_HARD_BOUNCE",
];

/** Call results with which an attempt usually ends. */
export const callResults: readonly CallResult[] = [
  "CALL_RESULT_ANSWER",
  "CALL_RESULT_NO_ANSWER",
  "CALL_RESULT_BUSY",
  "CALL_RESULT_ANSWERING_MACHINE_DETECTED",
  "CALL_RESULT_ABANDONED",
  "CALL_RESULT_DROPPED",
  "CALL_RESULT_SILENCE",
  "CALL_RESULT_FAX_DETECTED",
  "CALL_RESULT_REMOTE_RELEASE",
  "CALL_RESULT_SIT_INVALID_NUMBER",
  "CALL_RESULT_SIT_VACANT_CODE",
  "CALL_RESULT_SIT_NO_CIRCUIT",
  "CALL_RESULT_SIT_REORDER",
  "CALL_RESULT_GENERAL_ERROR",
  "CALL_RESULT_DIAL_ERROR",
  "CALL_RESULT_WRONG_NUMBER",
  "CALL_RESULT_WRONG_PARTY",
];

/** True if the person was reached, so that the chain can only be finished. */
export const isReached = (result: CallResult | DeliveryState): boolean =>
  result === "CALL_RESULT_ANSWER" || result === "DELIVERY_STATE_SENT" || result === "DELIVERY_STATE_DELIVERED";
