/** Works through streams in batches, so that memory stays flat however long they are. */

/** Groups items into arrays of at most `size`; the last may be smaller. */
export async function* inBatches<T>(items: AsyncIterable<T> | Iterable<T>, size: number): AsyncGenerator<T[], void> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length >= size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** Runs `work` for every item, at most `limit` at a time; after the first failure no new items are taken, and it is thrown. */
export async function forEachConcurrently<T>(
  items: Iterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items[Symbol.iterator]();
  const failed = new AbortController();
  const worker = async () => {
    while (!failed.signal.aborted) {
      const next = waiting.next();
      if (next.done) return;
      await work(next.value).catch((error: unknown) => {
        failed.abort();
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
}

/** A queue between a producer and one consumer. It holds at most `most` items; `push` waits while it is full. */
export class BoundedQueue<T> implements AsyncIterable<T> {
  readonly #items: T[] = [];
  readonly #most: number;
  #ended = false;
  #error: Error | undefined;
  #wakeReader = () => {};
  #wakeWriters: (() => void)[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** Adds an item once there is room. Returns false when the queue has ended. */
  async push(item: T): Promise<boolean> {
    while (this.#items.length >= this.#most && !this.#ended)
      await new Promise<void>((resolve) => this.#wakeWriters.push(resolve));
    return this.offer(item);
  }

  /** Adds an item if there is room now: for producers that may drop items. */
  offer(item: T): boolean {
    if (this.#ended || this.#items.length >= this.#most) return false;
    this.#items.push(item);
    this.#wakeReader();
    return true;
  }

  /** No more items come. Items in the queue are still read; then the reader gets the error, if there is one. */
  end(error?: Error): void {
    this.#ended = true;
    this.#error ??= error;
    this.#wakeReader();
    this.#wake();
  }

  get size(): number {
    return this.#items.length;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    try {
      for (;;) {
        if (this.#items.length > 0) {
          const item = this.#items.shift() as T;
          this.#wake();
          yield item;
        } else if (this.#ended) {
          if (this.#error) throw this.#error;
          return;
        } else {
          await new Promise<void>((resolve) => (this.#wakeReader = resolve));
        }
      }
    } finally {
      this.end();
    }
  }

  #wake(): void {
    for (const wake of this.#wakeWriters.splice(0)) wake();
  }
}
