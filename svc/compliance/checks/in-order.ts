/** Works on several items of a stream at the same time, and gives the results in the order of the items. */

/** At most `atOnce` results are under way or waiting; the next item is taken only when there is room. The first failure ends it. */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void> {
  const iterator = items[Symbol.asyncIterator]();
  const underWay: Promise<Result>[] = [];
  let taking: Promise<IteratorResult<Item>> | undefined;
  let ended = false;
  try {
    while (!ended || underWay.length > 0) {
      if (!ended && underWay.length < atOnce) taking ??= quiet(iterator.next());
      const first = underWay[0];
      const turn = await Promise.race([
        ...(taking ? [taking.then((taken) => ({ taken }))] : []),
        ...(first ? [first.then((result) => ({ result }))] : []),
      ]);
      if ("result" in turn) {
        void underWay.shift();
        yield turn.result;
      } else {
        taking = undefined;
        if (turn.taken.done) ended = true;
        else underWay.push(quiet(work(turn.taken.value)));
      }
    }
  } finally {
    await iterator.return?.();
  }
}

/** A failure is thrown when its result is due. Until then it must not count as unhandled. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
