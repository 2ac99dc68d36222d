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
import { countsOf, release, releaseHolds } from "./release.ts";

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

/** An attempt that was decided before. */
interface Repeated {
  one: DecidedCheck;
  earlier: DecisionRow;
}

/**
 * The answers by attempt id, for a batch in which some attempts have been decided before. Undefined when reports or other checks of them came in between, so
 * that the batch has to be decided again.
 */
export async function answersById(
  deps: Deps,
  basis: Basis,
  { batch, decided, kept }: StoredBatch,
): Promise<Map<string, Decision> | undefined> {
  const answers = new Map<string, Decision>();
  const repeated = new Map<string, DecidedCheck>();
  for (const one of decided) {
    if (kept === "all" || kept.has(one.row.attempt_id)) answers.set(one.row.attempt_id, newAnswer(one, basis.now));
    else repeated.set(one.row.attempt_id, one);
  }
  const permitted: Repeated[] = [];
  for (const earlier of await deps.decisions.find(basis.tenantId, [...repeated.keys()])) {
    const one = repeated.get(earlier.attempt_id) as DecidedCheck;
    if (isAllowed(earlier) && isAllowed(one.row) && !hasEnded(earlier)) permitted.push({ one, earlier });
    else answers.set(earlier.attempt_id, await answerAgain(deps, basis, batch, one, earlier));
  }
  if (answers.size + permitted.length < decided.length) throw notReady("a decision was removed while it was asked for");
  return (await permitAgain(deps, basis, batch, permitted, answers)) ? answers : undefined;
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
  if (isAllowed(earlier) && !isAllowed(one.row)) {
    await decisions.supersede(basis.tenantId, batch, one.row);
    await releaseHolds(redis, basis, [one.asked]);
    return newAnswer(one, basis.now);
  }
  if (isAllowed(earlier)) await releaseHolds(redis, basis, [one.asked]);
  else await release(redis, basis, [one]);
  return toDecision(earlier);
}

/**
 * Attempts that were allowed, are allowed still, and have not ended. One that was refunded, since it was not made, gets a new permission in place of
 * the old one, and counts from now on. One that was leased again is refunded no more by reports of earlier leases. False when reports or other checks
 * of these attempts came in between.
 */
async function permitAgain(
  { decisions, redis }: Deps,
  basis: Basis,
  batch: BatchOf,
  permitted: readonly Repeated[],
  answers: Map<string, Decision>,
): Promise<boolean> {
  const { tenantId, now, lists } = basis;
  const refunded = permitted.filter(({ earlier }) => earlier.count_state === CountState.REFUNDED);
  // Redis may count one already: its refund is late, or a check before this one ended between Redis and here. It counts from now on, so that no late refund
  // takes it out. It is replaced by one check alone, since only its decision says whether it is refunded.
  const counts = refunded.flatMap(({ one }) => countsOf(one.asked));
  if (!(await redis.recount(lists.prefix, counts, now.getTime()))) return false;
  const leased = permitted.filter(({ one, earlier }) => one.row.lease_number > earlier.lease_number);
  const raised = leased.filter(({ earlier }) => earlier.count_state !== CountState.REFUNDED);
  const isReplaced = await decisions.replaceRefunded(
    tenantId,
    batch,
    refunded.map(({ one }) => one.row),
  );
  const isRaised = await decisions.raiseLeases(
    tenantId,
    raised.map(({ one }) => one.row),
  );
  for (const { one, earlier } of permitted)
    answers.set(
      earlier.attempt_id,
      earlier.count_state === CountState.REFUNDED ? newAnswer(one, now) : toDecision(earlier),
    );
  return isReplaced && isRaised;
}

const isAllowed = ({ reason }: Pick<DecisionRow, "reason">): boolean =>
  reason === RefusalReason.REFUSAL_REASON_UNSPECIFIED;

/** True for a call that has ended. It must not hold its number again because somebody asks about it once more. */
const hasEnded = ({ channel, count_state, end_time, call_result }: DecisionRow): boolean =>
  channel === Channel.CHANNEL_VOICE &&
  count_state !== CountState.REFUNDED &&
  (end_time !== null || call_result !== null);
