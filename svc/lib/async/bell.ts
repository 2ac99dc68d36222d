/** Wakes a single waiter. A ring that comes before the wait counts too. */

/** Remembers a ring until somebody has heard it. */
export class Bell {
  #hasRung = false;
  #wake = () => {};

  ring(): void {
    this.#hasRung = true;
    this.#wake();
  }

  /** Resolves at once if it rang since it was last heard, else when it rings, and at the latest after `mostMs`. */
  async heard(mostMs = Infinity): Promise<void> {
    if (!this.#hasRung && mostMs > 0) {
      await new Promise<void>((resolve) => {
        const timer = mostMs === Infinity ? undefined : setTimeout(resolve, mostMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#hasRung = false;
  }
}
