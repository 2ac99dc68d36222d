/** Counts what happened in the last sixty seconds, second by second. */
export class LastMinute {
  readonly #counts = Array.from({ length: 60 }, () => 0);
  readonly #seconds = Array.from({ length: 60 }, () => -1);

  add(count: number, now: Date): void {
    const second = Math.floor(now.getTime() / 1_000);
    const at = second % 60;
    if (this.#seconds[at] !== second) this.#counts[at] = 0;
    this.#seconds[at] = second;
    this.#counts[at] = (this.#counts[at] ?? 0) + count;
  }

  count(now: Date): number {
    const second = Math.floor(now.getTime() / 1_000);
    return this.#counts.reduce((sum, count, at) => ((this.#seconds[at] ?? -1) > second - 60 ? sum + count : sum), 0);
  }
}
