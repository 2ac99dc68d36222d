/**
 * The pace that a message centre allows: unlimited until it answers ESME_RTHROTTLED, then halved at each such answer and raised a little
 * each second without one (additive increase, multiplicative decrease). The clock is an argument.
 */
export class Throttle {
  #perSecond = Infinity;
  #allowance = 1;
  #at: number;
  #slowedAt = -Infinity;
  /** Submits in the present second: the rate from which the first throttling starts. */
  #counted = { since: 0, count: 0, lastSecond: 0 };

  constructor(nowMs: number) {
    this.#at = nowMs;
    this.#counted.since = nowMs;
  }

  get perSecond(): number {
    return this.#perSecond;
  }

  /** Gives 0 when one may be submitted now, or else the milliseconds to wait before asking again. */
  ask(nowMs: number): number {
    this.#grow(nowMs);
    if (this.#allowance < 1) return Math.max(1, Math.ceil(((1 - this.#allowance) / this.#perSecond) * 1_000));
    if (this.#perSecond !== Infinity) this.#allowance -= 1;
    this.#count(nowMs);
    return 0;
  }

  /** The centre answered that we are too fast. Several such answers to one burst slow us down once. */
  slowDown(nowMs: number): void {
    if (nowMs - this.#slowedAt < SLOW_DOWN_EVERY_MS) return;
    this.#slowedAt = nowMs;
    const pace = Math.min(this.#perSecond, Math.max(this.#counted.lastSecond, this.#counted.count));
    this.#perSecond = Math.max(LEAST_PER_SECOND, pace * DECREASE);
    this.#allowance = 0;
    this.#at = nowMs;
  }

  #grow(nowMs: number): void {
    if (this.#perSecond === Infinity) return;
    const seconds = Math.max(0, nowMs - this.#at) / 1_000;
    this.#at = nowMs;
    this.#allowance = Math.min(Math.max(1, this.#perSecond / 10), this.#allowance + seconds * this.#perSecond);
    this.#perSecond += seconds * Math.max(LEAST_INCREASE, this.#perSecond * INCREASE);
  }

  #count(nowMs: number): void {
    if (nowMs - this.#counted.since >= 1_000)
      this.#counted = { since: nowMs, count: 0, lastSecond: this.#counted.count };
    this.#counted.count += 1;
  }
}

const DECREASE = 0.5;
/** The growth each second: a share of the pace, and at least so much. */
const INCREASE = 0.05;
const LEAST_INCREASE = 5;
const LEAST_PER_SECOND = 1;
const SLOW_DOWN_EVERY_MS = 500;
