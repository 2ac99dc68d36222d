/** Takes attempts that are not allowed after all out of Redis: their counts and their holds. */
import type { ComplianceRedis, Count } from "../redis/redis-store.ts";
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
  const counted = decided.filter(({ found }) => found.isNewlyCounted);
  const untilMs = basis.now.getTime();
  await redis.refund(
    basis.lists.prefix,
    counted.flatMap(({ asked }) => countsOf(asked)).map((count) => ({ ...count, untilMs })),
  );
  await releaseHolds(
    redis,
    basis,
    decided.map(({ asked }) => asked),
  );
}

/** The counters that an attempt feeds. */
export const countsOf = (asked: PreparedCheck): Count[] =>
  asked.plan.feeds.flatMap((counter) => {
    const key = counterKey(counter, asked);
    return key === undefined ? [] : [{ key, attemptId: asked.attemptId }];
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
