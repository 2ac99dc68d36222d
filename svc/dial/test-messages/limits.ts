/** How many test messages may be requested: too few to send a whole list with them. Pure, except for reading the settings. */
import type { Env } from "../../lib/service/config.ts";

/** Whose requests a limit counts, and in which time. */
export const LIMIT_NAMES = ["caller_minute", "caller_day", "tenant_minute", "tenant_day"] as const;
export type LimitName = (typeof LIMIT_NAMES)[number];
export type TestLimits = Readonly<Record<LimitName, number>>;

/** How many requests a limit has counted, and when the first of them was. */
export type TestCounts = Readonly<Record<LimitName, { count: number; first: Date | null }>>;

export interface ReachedLimit {
  limit: LimitName;
  most: number;
  retryAfterMs: number;
}

export const WINDOW_MS: Readonly<Record<LimitName, number>> = {
  caller_minute: 60_000,
  caller_day: 86_400_000,
  tenant_minute: 60_000,
  tenant_day: 86_400_000,
};

/** Of the limits that are reached, the one that holds longest; undefined when none is reached. */
export function limitReached(limits: TestLimits, counts: TestCounts, now: Date): ReachedLimit | undefined {
  const reached = LIMIT_NAMES.filter((name) => counts[name].count >= limits[name]).map((limit) => {
    const since = counts[limit].first?.getTime() ?? now.getTime();
    return { limit, most: limits[limit], retryAfterMs: Math.max(1_000, since + WINDOW_MS[limit] - now.getTime()) };
  });
  return reached.toSorted((a, b) => b.retryAfterMs - a.retryAfterMs)[0];
}

export function readTestLimits(env: Env): TestLimits {
  const limit = (name: string, usual: number, what: string) =>
    env.int(name, usual, `test messages that ${what}`, { least: 0, most: 100_000 });
  return {
    caller_minute: limit("DIAL_TESTS_CALLER_MINUTE", 5, "one user or API key may ask for within a minute"),
    caller_day: limit("DIAL_TESTS_CALLER_DAY", 50, "one user or API key may ask for within 24 hours"),
    tenant_minute: limit("DIAL_TESTS_TENANT_MINUTE", 20, "a tenant may ask for within a minute"),
    tenant_day: limit("DIAL_TESTS_TENANT_DAY", 200, "a tenant may ask for within 24 hours"),
  };
}
