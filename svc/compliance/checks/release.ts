/** Takes attempts that are not allowed after all out of Redis: their counts and their holds. */
import type { ComplianceRedis, Refund } from "../redis/redis-store.ts";
import { counterKey } from "../rules/engine/counters.ts";
import { holdKeys } from "../rules/engine/hold.ts";
import type { Basis } from "./basis.ts";
import type { DecidedCheck, PreparedCheck } from "./decided-check.ts";

/** Removes the counts and holds of attempts that are not allowed after all. */
export async function release(
  redis: ComplianceRedis,
  basis: Basis,
  decided: readonly Pick<DecidedCheck, "asked" | "found">[],
): Promise<void> {
  const counted = decided.filter(({ found }) => found.isNewlyCounted).map(({ asked }) => asked);
  await redis.refund(
    basis.lists.prefix,
    counted.flatMap((one) => refundsOf(one, basis.now)),
  );
  await releaseHolds(
    redis,
    basis,
    decided.map(({ asked }) => asked),
  );
}

/** What takes an attempt out of the counters that it feeds, if it was counted until then. */
export const refundsOf = (asked: PreparedCheck, until: Date): Refund[] =>
  asked.plan.feeds.flatMap((counter) => {
    const key = counterKey(counter, asked);
    return key === undefined ? [] : [{ key, attemptId: asked.attemptId, untilMs: until.getTime() }];
  });

/** Ends the holds of these attempts. */
export async function releaseHolds(
  redis: ComplianceRedis,
  { book, lists, now }: Basis,
  asked: readonly PreparedCheck[],
): Promise<void> {
  const { policy } = book.ruleSet;
  if (!policy) return;
  const holding = asked.filter(({ check }) => check.attemptId !== "");
  const holds = holding.flatMap((one) =>
    holdKeys(one).map((key) => ({ key, attemptId: one.attemptId, leaseNumber: one.leaseNumber })),
  );
  await redis.release(lists.prefix, holds, policy, now.getTime());
}
