/** Everything that an attempt holds is released, however the attempt ends. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { liveThrough } from "../../../svc/dial/pipeline/attempt-life.ts";
import type { BegunAttempt } from "../../../svc/dial/pipeline/send/intents.ts";
import { TokenBucket } from "../../../svc/dial/pipeline/pace/token-bucket.ts";
import { Turn } from "../../../svc/dial/pipeline/pace/turn.ts";
import type { Work } from "../../../svc/dial/pipeline/source/work-source.ts";
import { ProviderSlots } from "../../../svc/dial/pipeline/send/provider-slots.ts";

const { signal } = new AbortController();

async function given(works: number) {
  const slots = new ProviderSlots({ base: 10, most: 10 }, () => 0);
  const bucket = new TokenBucket(6_000, 0);
  bucket.setRate(6_000, 1_000);
  const turns = (await slots.acquire(4, signal)).map((slot) => new Turn(slot, bucket));
  const ids = Array.from({ length: works }, (_, i) => `attempt-${i}`);
  return {
    slots,
    turns,
    works: ids.map((attemptId) => ({ attemptId }) as Work),
    left: () => bucket.available(1_000),
  };
}

const begunOf = (works: readonly Work[]) =>
  works.map(({ attemptId }) => ({ attempt: { id: attemptId } }) as BegunAttempt);

test("turns without work, and those whose attempt was not begun, are free with their share of the pace", async () => {
  const { slots, turns, works, left } = await given(3);
  const before = left();
  const finished: string[] = [];
  const { over } = liveThrough({
    turns,
    works,
    begin: async (all) => begunOf(all.slice(0, 1)),
    finish: async ({ attempt }) => void finished.push(attempt.id),
  });
  await over;
  assert.deepEqual(finished, ["attempt-0"]);
  assert.equal(slots.held, 0);
  assert.equal(left(), before + 3, "one share is used up");
});

test("a turn is held until the life is over, and free where it ends with an error", async () => {
  const { slots, turns, works } = await given(4);
  const { promise: ending, reject: end } = Promise.withResolvers<void>();
  const { begun, over } = liveThrough({
    turns,
    works,
    begin: async (all) => begunOf(all),
    finish: ({ attempt }) => (attempt.id === "attempt-2" ? ending : Promise.resolve()),
  });
  await begun;
  await new Promise(setImmediate);
  assert.equal(slots.held, 1);
  end(new Error("the provider threw"));
  await assert.rejects(over, /the provider threw/);
  assert.equal(slots.held, 0);
});

test("where nothing could be begun, everything is free again", async () => {
  const { slots, turns, works, left } = await given(4);
  const before = left();
  const { over, begun } = liveThrough({
    turns,
    works,
    begin: () => Promise.reject(new Error("the database was away")),
    finish: async () => {},
  });
  await assert.rejects(begun, /database/);
  await assert.rejects(over, /database/);
  assert.deepEqual([slots.held, left()], [0, before + 4]);
});
