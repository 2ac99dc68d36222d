/** A rate over time: tokens drip in, attempts take them. The clock is an argument. */
export class TokenBucket {
  #perMs: number;
  #most: number;
  #tokens: number;
  #at: number;

  /** Begins with one token, and never holds more than a second's worth: a stop is not made up for by a burst. */
  constructor(perMinute: number, nowMs: number) {
    this.#perMs = perMinute / 60_000;
    this.#most = mostOf(perMinute);
    this.#tokens = 1;
    this.#at = nowMs;
  }

  setRate(perMinute: number, nowMs: number): void {
    this.#drip(nowMs);
    this.#perMs = perMinute / 60_000;
    this.#most = mostOf(perMinute);
    this.#tokens = Math.min(this.#tokens, this.#most);
  }

  /** Whole tokens there are now. */
  available(nowMs: number): number {
    this.#drip(nowMs);
    return Math.floor(this.#tokens);
  }

  take(count: number): void {
    this.#tokens -= count;
  }

  /** Gives back tokens of attempts that were not made. */
  giveBack(count: number): void {
    this.#tokens = Math.min(this.#most, this.#tokens + count);
  }

  /** How long until there is a whole token. */
  waitMs(nowMs: number): number {
    this.#drip(nowMs);
    return this.#tokens >= 1 ? 0 : Math.ceil((1 - this.#tokens) / this.#perMs);
  }

  #drip(nowMs: number): void {
    this.#tokens = Math.min(this.#most, this.#tokens + Math.max(0, nowMs - this.#at) * this.#perMs);
    this.#at = nowMs;
  }
}

const mostOf = (perMinute: number) => Math.max(1, perMinute / 60);
