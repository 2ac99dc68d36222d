/** What outcomes mean for a chain: which of them succeed, and which end it at somebody's wish. Pure. */
import { CallResult, DeliveryState, type Outcome } from "../../../gen/herald/common/v1/outcome.ts";

/** True when the person was reached, so that the chain is done. A message that was accepted for good has done all it can. */
export function isSuccess({ result }: Outcome): boolean {
  if (result?.$case === "callResult") return result.callResult === CallResult.CALL_RESULT_ANSWER;
  return (
    result?.deliveryState === DeliveryState.DELIVERY_STATE_SENT ||
    result?.deliveryState === DeliveryState.DELIVERY_STATE_DELIVERED
  );
}

/** True when the contact asked not to be contacted again. */
export const isDoNotCall = ({ result }: Outcome): boolean =>
  result?.$case === "callResult" && result.callResult === CallResult.CALL_RESULT_DO_NOT_CALL;

/** True when a person or program cancelled the record. */
export const isCancelled = ({ result }: Outcome): boolean =>
  result?.$case === "callResult" && result.callResult === CallResult.CALL_RESULT_CANCEL_RECORD;
