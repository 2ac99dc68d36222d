/** Helpers that give the results of checks. */
import type { AttemptCheck } from "../../../gen/herald/compliance/v1/attempt_check.ts";
import type { RefusalReason } from "../../../gen/herald/compliance/v1/decision.ts";
import { errorDetails } from "../../../svc/lib/errors/error-details.ts";
import { until } from "../../lib/harness.ts";
import { type Booted, decided } from "../boot.ts";

/** The reason for which a check is refused. */
export const reasonOf = async (attempts: Booted["attempts"], check: Partial<AttemptCheck> = {}) =>
  (await decided(attempts, check)).reason;
/** Waits until a check is refused for this reason. */
export const untilReason = (attempts: Booted["attempts"], reason: RefusalReason, check: Partial<AttemptCheck> = {}) =>
  until(async () => (await outcome(attempts, check)) === reason);
/** NOT_READY, or the reason of the decision. */
export async function outcome(
  attempts: Booted["attempts"],
  check: Partial<AttemptCheck> = {},
): Promise<RefusalReason | "not ready"> {
  try {
    return await reasonOf(attempts, check);
  } catch (error) {
    if (errorDetails(error)?.reason === "ERROR_REASON_NOT_READY") return "not ready";
    throw error;
  }
}
