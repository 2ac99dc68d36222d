/** The lowest rate allowed for an upload: a slower sender would hold a place that others wait for. */
import { uploadTooSlow } from "../../errors.ts";

export interface LeastRate {
  bytesPerSecond: number;
  /** The time over which it is measured. */
  windowMs: number;
}

/** Passes the pieces on; throws UPLOAD_TOO_SLOW. Only the time we wait for the sender counts, not the time in which we are busy. */
export async function* atLeastRate(
  pieces: AsyncIterable<Uint8Array, void>,
  rate: LeastRate,
): AsyncGenerator<Uint8Array, void> {
  const iterator = pieces[Symbol.asyncIterator]();
  const least = (rate.bytesPerSecond * rate.windowMs) / 1_000;
  let bytes = 0;
  let waitedMs = 0;
  const arrival = async (next: Promise<unknown>) => {
    for (;;) {
      const askedAt = performance.now();
      const hasCome = await within(next, rate.windowMs - waitedMs);
      waitedMs += performance.now() - askedAt;
      if (hasCome) return;
      if (bytes < least) throw uploadTooSlow(rate);
      [bytes, waitedMs] = [0, 0];
    }
  };
  for (;;) {
    const next = iterator.next();
    await arrival(next);
    const come = await next;
    if (come.done) return;
    bytes += come.value.length;
    yield come.value;
  }
}

/** Whether a promise settles in time. */
async function within(promise: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), Math.max(ms, 1))));
  const settled = promise.then(
    () => true as const,
    () => true as const,
  );
  try {
    return await Promise.race([settled, late]);
  } finally {
    clearTimeout(timer);
  }
}
