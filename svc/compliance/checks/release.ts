/** Takes attempts that are not allowed after all out of Redis: their counts and their holds. */
import type { ComplianceRedis } from "../redis/redis-store.ts";
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
  const removals = counted.flatMap((one) =>
    one.plan.feeds.flatMap((counter) => {
      const key = counterKey(counter, one);
      return key === undefined ? [] : [{ key: basis.lists.prefix + key, attemptId: one.attemptId }];
    }),
  );
  if (removals.length > 0) await redis.refund(removals);
  await releaseHolds(
    redis,
    basis,
    decided.map(({ asked }) => asked),
  );
}

/** Ends the holds of these attempts. */
export async function releaseHolds(
  redis: ComplianceRedis,
  { book, lists, now }: Basis,
  asked: readonly PreparedCheck[],
): Promise<void> {
  const { policy } = book.ruleSet;
  if (!policy) return;
  const holding = asked.filter(({ check }) => check.attemptId !== "");
  const holds = holding.flatMap((one) => holdKeys(one).map((key) => ({ key, attemptId: one.attemptId })));
  await redis.release(lists.prefix, holds, policy, now.getTime());
}
