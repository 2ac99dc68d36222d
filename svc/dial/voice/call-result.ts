/** Decides how a call ended, from what the adapter says and what only the dialer knows. Pure. */
import { DialingMode } from "../../../gen/herald/campaigns/v1/voice_settings.ts";
import { CallResult } from "../../../gen/herald/common/v1/outcome.ts";

/**
 * The stage of a call. `dialing`: nobody has answered yet. `waiting`: a person waits for an agent. `dropping`: no agent was ready in time,
 * and we release the person. `connected`: the person hears an agent or the announcement. `adopted`: begun before our last start.
 */
export type CallStage = "dialing" | "waiting" | "dropping" | "connected" | "adopted";

const LEFT_ALONE: ReadonlySet<CallResult> = new Set<CallResult>([
  CallResult.CALL_RESULT_ABANDONED,
  CallResult.CALL_RESULT_DROPPED,
]);

/** The result of a call that ended in this stage. */
export function resultOfCall(mode: DialingMode, phase: CallStage, reported: CallResult): CallResult {
  // Whoever answered may have said so.
  if (reported === CallResult.CALL_RESULT_DO_NOT_CALL) return reported;
  if (phase === "connected") return CallResult.CALL_RESULT_ANSWER;
  if (phase === "dropping") return CallResult.CALL_RESULT_DROPPED;
  if (phase === "waiting") return CallResult.CALL_RESULT_ABANDONED;
  // An announcement needs no agent: whoever answered has heard it, or hung up.
  if (mode === DialingMode.DIALING_MODE_POWER && LEFT_ALONE.has(reported)) return CallResult.CALL_RESULT_ANSWER;
  return reported > 0 ? reported : CallResult.CALL_RESULT_GENERAL_ERROR;
}

/** What it means when the adapter does not know a call: it forgets calls an hour after their end. */
export function fateOfUnknown(ageMs: number): "wait" | "not_placed" | "stale" {
  // The command may still be on its way.
  if (ageMs < 5_000) return "wait";
  return ageMs < 3_000_000 ? "not_placed" : "stale";
}
