/** Streams in batches, so that memory stays flat however long they are. */

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

/** Runs `work` for every item, at most `limit` at a time; the first failure stops the taking of new items and is thrown. */
export async function forEachConcurrently<T>(
  items: Iterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  let failed = false;
  const worker = async () => {
    for (let next = iterator.next(); !failed && !next.done; next = iterator.next()) {
      await work(next.value).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
}

/** A queue between a producer and one consumer: holds at most `most` items; `push` tells by waiting that it is full. */
export class BoundedQueue<T> implements AsyncIterable<T> {
  readonly #items: T[] = [];
  readonly #most: number;
  #ended = false;
  #error: unknown;
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

  /** Adds an item if there is room now: for producers that may drop. */
  offer(item: T): boolean {
    if (this.#ended || this.#items.length >= this.#most) return false;
    this.#items.push(item);
    this.#wakeReader();
    return true;
  }

  /** No more items come; those held are still read. With an error, the reader gets it after them. */
  end(error?: unknown): void {
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
          if (this.#error !== undefined) throw this.#error;
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
