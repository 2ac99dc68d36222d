/** Answers checks of attempts that were decided before. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { type Decision, RefusalReason } from "../../../gen/herald/compliance/v1/decision.ts";
import { type BatchOf, CountState, type DecisionRow, type NewIds } from "../decisions/decision-rows.ts";
import type { DecisionStore } from "../decisions/decision-store.ts";
import { toDecision } from "../decisions/kept-facts.ts";
import { notReady } from "../errors.ts";
import type { ComplianceRedis } from "../redis/redis-store.ts";
import type { Basis } from "./basis.ts";
import { type DecidedCheck, newAnswer } from "./decided-check.ts";
import { release, releaseHolds } from "./release.ts";

interface Deps {
  decisions: DecisionStore;
  redis: ComplianceRedis;
}

/** A batch of decisions, of which some were not stored, since their attempts have an earlier one. */
interface StoredBatch {
  batch: BatchOf;
  decided: readonly DecidedCheck[];
  kept: NewIds;
}

/** The answers by attempt id, for a batch in which some attempts have been decided before. */
export async function answersById(
  deps: Deps,
  basis: Basis,
  { batch, decided, kept }: StoredBatch,
): Promise<Map<string, Decision>> {
  const answers = new Map<string, Decision>();
  const repeated = new Map<string, DecidedCheck>();
  for (const one of decided) {
    if (kept === "all" || kept.has(one.row.attempt_id)) answers.set(one.row.attempt_id, newAnswer(one, basis.now));
    else repeated.set(one.row.attempt_id, one);
  }
  for (const earlier of await deps.decisions.find(basis.tenantId, [...repeated.keys()])) {
    const one = repeated.get(earlier.attempt_id) as DecidedCheck;
    answers.set(earlier.attempt_id, await answerAgain(deps, basis, batch, one, earlier));
  }
  if (answers.size < decided.length) throw notReady("a decision was removed while it was asked for");
  return answers;
}

/**
 * An attempt that is asked about again gets the same answer, with one exception: it was allowed before and would be refused now. Then it is
 * refused, so that an opt-out between the two checks holds for an attempt that has not been made yet.
 */
async function answerAgain(
  { decisions, redis }: Deps,
  basis: Basis,
  batch: BatchOf,
  one: DecidedCheck,
  earlier: DecisionRow,
): Promise<Decision> {
  const wasAllowed = earlier.reason === RefusalReason.REFUSAL_REASON_UNSPECIFIED;
  const isAllowed = one.verdict.reason === RefusalReason.REFUSAL_REASON_UNSPECIFIED;
  if (wasAllowed && !isAllowed) {
    await decisions.supersede(basis.tenantId, batch, one.row);
    await releaseHolds(redis, basis, [one.asked]);
    return newAnswer(one, basis.now);
  }
  if (!wasAllowed) await release(redis, basis, [one]);
  else if (earlier.count_state === CountState.REFUNDED) await decisions.recount(basis.tenantId, [earlier.attempt_id]);
  else if (isOver(earlier)) await releaseHolds(redis, basis, [one.asked]);
  return toDecision(earlier);
}

/** True for a call that has ended. It must not hold its number again because somebody asks about it once more. */
const isOver = ({ channel, end_time, call_result }: DecisionRow): boolean =>
  channel === Channel.CHANNEL_VOICE && (end_time !== null || call_result !== null);
