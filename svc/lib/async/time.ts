/** Small things about time. Rules get `now` as an argument; only these helpers wait. */
import { setTimeout as wait } from "node:timers/promises";

/** A clock; tests bring their own. */
export type Now = () => Date;

/** Waits, or ends early without error when `signal` aborts. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal, ref: true }).catch(() => {});
}

/** How long to wait before try number `attempt` (from 1): doubling from `baseMs` up to `mostMs`, with full jitter in the upper half. */
export function backoffMs(
  attempt: number,
  { baseMs, mostMs }: { baseMs: number; mostMs: number },
  random = Math.random,
): number {
  const full = Math.min(mostMs, baseMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(full / 2 + (full / 2) * random());
}
