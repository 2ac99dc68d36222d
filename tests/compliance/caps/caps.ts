/** What tests of caps share. */
import type { TestContext } from "node:test";
import { Redis } from "ioredis";
import { CallResult, type Outcome } from "../../../gen/herald/common/v1/outcome.ts";
import type { AttemptCheck } from "../../../gen/herald/compliance/v1/attempt_check.ts";
import { RefusalReason } from "../../../gen/herald/compliance/v1/decision.ts";
import { CapScope, CapSubject, type Rule } from "../../../gen/herald/compliance/v1/rule.ts";
import { errorDetails } from "../../../svc/lib/errors/error-details.ts";
import { newId, until } from "../../lib/harness.ts";
import { type Booted, cap, decided } from "../boot.ts";

export const CAP = RefusalReason.REFUSAL_REASON_ATTEMPT_CAP;
export const HOUR_MS = 3_600_000;
export const DAY_SECONDS = 86_400;
export const ANSWERED: Outcome = { result: { $case: "callResult", callResult: CallResult.CALL_RESULT_ANSWER } };

export type Attempts = Booted["attempts"];

/** Checks an attempt. Gives the reason of its refusal, or 0 if it is allowed. */
export const attempt = async (attempts: Attempts, check: Partial<AttemptCheck> = {}) =>
  (await decided(attempts, { attemptId: newId(), ...check })).reason;
export const make = async (attempts: Attempts, count: number, check: Partial<AttemptCheck> = {}) => {
  const reasons: RefusalReason[] = [];
  for (let i = 0; i < count; i++) reasons.push(await attempt(attempts, check));
  return reasons;
};
export const capOf = (
  limit: number,
  more: { subject?: CapSubject; scope?: CapScope; places?: string[]; periodSeconds?: number },
  rule: Partial<Rule> = {},
): Partial<Rule> => ({
  ...cap(limit),
  body: {
    $case: "attemptCap",
    attemptCap: {
      limit,
      periodSeconds: DAY_SECONDS,
      subject: CapSubject.CAP_SUBJECT_DEVICE,
      scope: CapScope.CAP_SCOPE_TENANT,
      places: [],
      ...more,
    },
  },
  ...rule,
});

/** Deletes all that Redis has. */
export async function wipe(t: TestContext, env: Record<string, string>): Promise<void> {
  const redis = new Redis(env["REDIS_URL"] as string);
  t.after(() => redis.disconnect());
  await redis.flushdb();
}

/** The reason of a "what if" check, as soon as there is an answer. */
export const reasonOnceReady = async (attempts: Attempts): Promise<RefusalReason> => {
  const answer = await until(async () => {
    try {
      return { reason: (await decided(attempts)).reason };
    } catch (error) {
      if (errorDetails(error)?.reason === "ERROR_REASON_NOT_READY") return false;
      throw error;
    }
  });
  return answer.reason;
};
