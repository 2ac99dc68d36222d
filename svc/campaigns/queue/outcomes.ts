/** Which outcomes are successes, and which close a chain because somebody asked for it. Pure. */
import { CallResult, DeliveryState, type Outcome } from "../../../gen/herald/common/v1/outcome.ts";

/** True if the person was reached, so that the chain is done. For channels without delivery reports, a message that was accepted is a success. */
export function isSuccess({ result }: Outcome): boolean {
  if (result?.$case === "callResult") return result.callResult === CallResult.CALL_RESULT_ANSWER;
  return (
    result?.deliveryState === DeliveryState.DELIVERY_STATE_SENT ||
    result?.deliveryState === DeliveryState.DELIVERY_STATE_DELIVERED
  );
}

/** True if the contact asked not to be contacted again. */
export const isDoNotCall = ({ result }: Outcome): boolean =>
  result?.$case === "callResult" && result.callResult === CallResult.CALL_RESULT_DO_NOT_CALL;

/** True if a person or program cancelled the record. */
export const isCancelled = ({ result }: Outcome): boolean =>
  result?.$case === "callResult" && result.callResult === CallResult.CALL_RESULT_CANCEL_RECORD;
