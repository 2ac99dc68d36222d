/**
 * Room for attempts between their intent and the moment their result is written. What stands in it is what a crash leaves
 * uncertain, so it is small; and it shrinks with a slow provider, so that nothing waits long after it was checked.
 */
export interface SlotLimits {
  /** Attempts that the provider works on at once. */
  base: number;
  /** The most there may ever be. */
  most: number;
}

interface Waiter {
  wanted: number;
  /** Ends the waiting with these slots. */
  end: (slots: ProviderSlot[]) => void;
}

/** Of what the provider did in the last second, this much may wait in front of it: a third of a second's worth. */
const AHEAD_SECONDS = 0.3;
const LEAST_AHEAD = 8;
const WINDOW_MS = 500;

/** Room for one attempt. Free again when it is disposed of. */
export class ProviderSlot implements Disposable {
  #free: (() => void) | undefined;

  constructor(free: () => void) {
    this.#free = free;
  }

  [Symbol.dispose](): void {
    this.#free?.();
    this.#free = undefined;
  }
}

export class ProviderSlots {
  readonly #limits: SlotLimits;
  readonly #waiters: Waiter[] = [];
  readonly #nowMs: () => number;
  #held = 0;
  #window: { since: number; done: number };
  #perSecond = 0;

  constructor(limits: SlotLimits, nowMs: () => number = () => performance.now()) {
    this.#limits = limits;
    this.#nowMs = nowMs;
    this.#window = { since: nowMs(), done: 0 };
  }

  get held(): number {
    return this.#held;
  }

  get capacity(): number {
    const { base, most } = this.#limits;
    return Math.min(most, Math.round(base + Math.max(LEAST_AHEAD, this.#perSecond * AHEAD_SECONDS)));
  }

  /** Takes up to `wanted` slots in turn with others, a handful at a time rather than one; none when `signal` aborts. */
  acquire(wanted: number, signal: AbortSignal): Promise<ProviderSlot[]> {
    if (signal.aborted) return Promise.resolve([]);
    return new Promise((resolve) => {
      const giveUp = () => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
        resolve([]);
      };
      const end = (slots: ProviderSlot[]) => {
        signal.removeEventListener("abort", giveUp);
        resolve(slots);
      };
      const waiter: Waiter = { wanted, end };
      signal.addEventListener("abort", giveUp, { once: true });
      this.#waiters.push(waiter);
      this.#grant();
    });
  }

  #free(): void {
    this.#held -= 1;
    this.#measure();
    this.#grant();
  }

  #grant(): void {
    for (let first = this.#waiters[0]; first; first = this.#waiters[0]) {
      const free = this.capacity - this.#held;
      const enough = Math.min(first.wanted, Math.max(1, Math.floor(this.capacity / 4)));
      if (free < enough && this.#held > 0) return;
      const count = Math.max(1, Math.min(first.wanted, free));
      this.#waiters.shift();
      this.#held += count;
      first.end(Array.from({ length: count }, () => new ProviderSlot(() => this.#free())));
    }
  }

  #measure(): void {
    const now = this.#nowMs();
    this.#window.done += 1;
    const ms = now - this.#window.since;
    if (ms < WINDOW_MS) return;
    this.#perSecond = (this.#window.done / ms) * 1_000;
    this.#window = { since: now, done: 0 };
  }
}
