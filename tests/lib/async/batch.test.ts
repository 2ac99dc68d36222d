import assert from "node:assert/strict";
import { test } from "node:test";
import { BoundedQueue, forEachConcurrently, inBatches } from "../../../svc/lib/async/batch.ts";

test("batches are full but for the last, and items are taken only as batches are", async () => {
  let taken = 0;
  const items = (async function* () {
    for (let i = 0; i < 7; i++) yield taken++;
  })();
  const batches = inBatches(items, 3);
  assert.deepEqual((await batches.next()).value, [0, 1, 2]);
  assert.equal(taken, 3);
  assert.deepEqual(await Array.fromAsync(batches), [[3, 4, 5], [6]]);
});

test("work runs at most so many at a time, and the first failure stops the taking", async () => {
  let running = 0;
  let most = 0;
  const seen: number[] = [];
  const work = async (item: number) => {
    most = Math.max(most, ++running);
    await new Promise(setImmediate);
    running -= 1;
    seen.push(item);
    if (item === 5) throw new Error("five");
  };
  await assert.rejects(
    forEachConcurrently(
      Array.from({ length: 100 }, (_, i) => i),
      3,
      work,
    ),
    /five/,
  );
  assert.equal(most, 3);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.ok(seen.length < 12, `${seen.length} items were taken after the failure`);
});

test("a bounded queue makes its producer wait, keeps the order, and ends with what it holds", async () => {
  const queue = new BoundedQueue<number>(2);
  let pushed = 0;
  const producer = (async () => {
    for (let i = 0; i < 5; i++) if (await queue.push(i)) pushed += 1;
    queue.end();
  })();
  await new Promise(setImmediate);
  assert.equal(pushed, 2);
  assert.equal(queue.offer(99), false);
  assert.deepEqual(await Array.fromAsync(queue), [0, 1, 2, 3, 4]);
  await producer;
  assert.equal(await queue.push(6), false);
});

test("a reader who leaves lets the producer go, and an error comes after the items", async () => {
  const left = new BoundedQueue<number>(1);
  await left.push(1);
  const waiting = Promise.all([left.push(2), left.push(3)]);
  for await (const item of left) {
    assert.equal(item, 1);
    break;
  }
  assert.deepEqual(await waiting, [true, false]);

  const failed = new BoundedQueue<number>(4);
  failed.offer(1);
  failed.end(new Error("cut off"));
  const got: number[] = [];
  await assert.rejects(async () => {
    for await (const item of failed) got.push(item);
  }, /cut off/);
  assert.deepEqual(got, [1]);
});
