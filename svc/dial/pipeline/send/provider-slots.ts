/**
 * Slots for attempts between their intent and their stored result. A crash leaves the attempts in these slots uncertain, so there are few.
 * With a slow provider there are fewer, so that no attempt waits long after its check.
 */
export interface SlotLimits {
  /** Attempts that the provider handles at once. */
  base: number;
  /** Most slots that there may ever be. */
  most: number;
}

interface Waiter {
  wanted: number;
  /** Ends the wait and hands over these slots. */
  end: (slots: ProviderSlot[]) => void;
}

/** So many seconds of the provider's present rate may wait in front of it. */
const AHEAD_SECONDS = 0.3;
const LEAST_AHEAD = 8;
const WINDOW_MS = 500;

/** Room for one attempt; disposing of it frees it. */
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

  /** Takes up to `wanted` slots, in turn with others; several at a time where possible, and none when `signal` aborts. */
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
