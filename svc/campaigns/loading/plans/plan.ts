/** Decides when chains are due, given when their places open. Pure. */
import { CountChanges } from "../../progress/counts.ts";
import { Lane } from "../../queue/chain.ts";
import type { ChainMove, OpenChain } from "./plan-store.ts";

/** Why a chain waits for contact hours: the reason that a refused check would give. */
export const CLOSED = "outside_window";

/**
 * The new due time of a chain, if it needs one. No chain is due before its place opens. With `mayComeForward`, a chain that waits only for contact hours becomes due when
 * they begin, even if that is earlier than before.
 */
export function moveOf(
  chain: OpenChain,
  openTime: Date | undefined,
  now: Date,
  mayComeForward: boolean,
): ChainMove | undefined {
  // It never opens, or this is not known. The check at the attempt decides.
  if (!openTime) return undefined;
  if (openTime > now && openTime > chain.due) return { chain, due: openTime, waitsFor: CLOSED };
  const comesForward = mayComeForward && chain.waitsFor === CLOSED && openTime < chain.due;
  return comesForward ? { chain, due: openTime, waitsFor: openTime > now ? CLOSED : "" } : undefined;
}

/** How changed due times change the counts. */
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
