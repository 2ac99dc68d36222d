/** Which outcomes count as attempts, and which a person may set. Pure. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { CallResult, type Outcome } from "../../../gen/herald/common/v1/outcome.ts";
import { isOutcome, isUnknownFate } from "../../lib/outcomes/outcomes.ts";

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

/** Whether a person may set this outcome for an attempt of this channel: it must be known, final and of the channel's kind. */
export const isFinal = (outcome: Outcome, channel: Channel): boolean =>
  outcome.result?.$case === (channel === Channel.CHANNEL_VOICE ? "callResult" : "deliveryState") &&
  isOutcome(outcome) &&
  !isUnknownFate(outcome);
