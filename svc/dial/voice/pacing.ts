/** Decides how many calls to place now. Pure. */

/** The state of a progressive session at one moment. */
export interface ProgressiveState {
  /** Lines dialed for each ready agent. */
  linesPerAgent: number;
  /** Agents who wait for a call. */
  ready: number;
  /** People who answered and wait for an agent. */
  queued: number;
  /** Calls that are placed, or about to be, and that nobody has answered yet. */
  dialed: number;
  /** Ports left. */
  freePorts: number;
}

/** Calls to place for the ready agents: floor(M × (ready − queued − dialed ÷ M)), but no more than there are ports. */
export function progressiveCalls({ linesPerAgent: m, ready, queued, dialed, freePorts }: ProgressiveState): number {
  // The sum is rounded first: 0.7 × 10 must be 7 and not 6.999….
  const calls = Math.floor(Number((m * (ready - queued) - dialed).toFixed(9)));
  return Math.max(0, Math.min(calls, freePorts));
}

/** Seconds of a simulated agent's talk and after-call work: lognormal with this mean and a coefficient of variation of 0.8. */
export function handlingSeconds(meanSeconds: number, chance: () => number): number {
  const variance = Math.log(1 + 0.8 ** 2);
  const normal = Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
  return Math.exp(Math.log(meanSeconds) - variance / 2 + Math.sqrt(variance) * normal);
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function seededChance(seed: string): () => number {
  let state = [...seed].reduce((hash, char) => Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16_777_619), 2_166_136_261);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
