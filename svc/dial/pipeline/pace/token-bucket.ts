/** Keeps a rate: tokens come in over time, and attempts take them. The clock is an argument. */
export class TokenBucket {
  #perMs: number;
  #most: number;
  #tokens: number;
  #at: number;

  /** Begins with one token, and never holds more than those of one second, so that no burst follows a stop. */
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

  /** The number of whole tokens now. */
  available(nowMs: number): number {
    this.#drip(nowMs);
    return Math.floor(this.#tokens);
  }

  take(count: number): void {
    this.#tokens -= count;
  }

  /** Takes back the tokens of attempts that were not made. */
  giveBack(count: number): void {
    this.#tokens = Math.min(this.#most, this.#tokens + count);
  }

  /** Milliseconds until there is a whole token. */
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
