/** What planning makes of chains: when each is tried, now that it is known when its place opens. Pure. */
import { CountChanges } from "../progress/counts.ts";
import { Lane } from "../queue/chain.ts";
import type { ChainMove, OpenChain } from "./plan-store.ts";

/** What a chain that waits for hours waits for, as a refusal would say. */
const CLOSED = "outside_window";

/**
 * The other time of a chain, if it needs one: nobody is tried before the place opens, whatever else is waited for. With `mayComeForward` who waits for hours alone is
 * tried when they begin, should that be earlier than it was.
 */
export function moveOf(
  chain: OpenChain,
  openTime: Date | undefined,
  now: Date,
  mayComeForward: boolean,
): ChainMove | undefined {
  // Never, or not known: the check at the attempt says what becomes of it.
  if (!openTime) return undefined;
  if (openTime > now && openTime > chain.due) return { chain, due: openTime, waitsFor: CLOSED };
  const comesForward = mayComeForward && chain.waitsFor === CLOSED && openTime < chain.due;
  return comesForward ? { chain, due: openTime, waitsFor: openTime > now ? CLOSED : "" } : undefined;
}

/** What moves change in the counts. */
export function movedCounts(moves: readonly ChainMove[]): CountChanges {
  const counts = new CountChanges();
  for (const { chain, due, waitsFor } of moves) {
    const { attempted } = chain;
    if (chain.lane === Lane.AGAIN && chain.waitsFor !== "")
      counts.waiting({ due: chain.due, reason: chain.waitsFor, attempted }, -1);
    if (waitsFor !== "") counts.waiting({ due, reason: waitsFor, attempted }, 1);
  }
  return counts;
}
