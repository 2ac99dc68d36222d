import assert from "node:assert/strict";
import { test } from "node:test";
import { inOrder } from "../../../svc/compliance/checks/in-order.ts";
import { collect } from "../../lib/harness.ts";

async function* numbers(count: number, taken: number[] = []) {
  for (let i = 0; i < count; i++) {
    taken.push(i);
    yield i;
  }
}

test("results come in the order of the items, however long each takes, and never more than so many at once", async () => {
  let underWay = 0;
  let most = 0;
  const results = await collect(
    inOrder(numbers(50), 4, async (i) => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setTimeout(resolve, (i * 7) % 11));
      underWay -= 1;
      return i * 2;
    }),
  );
  assert.deepEqual(
    results,
    Array.from({ length: 50 }, (_, i) => i * 2),
  );
  assert.equal(most, 4);
});

test("the next item is only taken when there is room", async () => {
  const taken: number[] = [];
  const results = inOrder(numbers(50, taken), 3, async (i) => i);
  await results.next();
  await results.next();
  assert.ok(taken.length <= 6, `${taken.length} taken for two that were read`);
  await results.return();
});

test("the first failure ends it, after the results before it", async () => {
  const seen: number[] = [];
  await assert.rejects(async () => {
    for await (const result of inOrder(numbers(20), 4, async (i) =>
      i >= 5 ? Promise.reject(new Error(`no ${i}`)) : i,
    ))
      seen.push(result);
  }, /no 5/);
  assert.deepEqual(seen, [0, 1, 2, 3, 4]);
});
