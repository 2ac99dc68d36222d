/** Work in the background: how often it looks, and what makes it look sooner. */
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { type LoopOptions, startLoop } from "../../../svc/lib/async/loop.ts";
import { createLog } from "../../../svc/lib/observe/log.ts";
import { until } from "../harness.ts";

const log = createLog("lists", "silent");

/** A loop that notes when it ran, and finds as much as the test leaves it to find. */
function looking(t: TestContext, more: Partial<LoopOptions> = {}) {
  const ranAt: number[] = [];
  const found = { more: 0 };
  const loop = startLoop({
    name: "look",
    everyMs: 10,
    log,
    async work() {
      ranAt.push(performance.now());
      return found.more-- > 0;
    },
    ...more,
  });
  t.after(() => loop.stop());
  const longest = () => Math.max(...ranAt.slice(1).map((at, i) => at - (ranAt[i] ?? 0)));
  return { loop, ranAt, found, longest };
}

test("a loop that finds nothing looks less and less often, down to its limit", async (t) => {
  const { ranAt, longest } = looking(t, { idleMs: 200 });
  await until(() => longest() >= 190);
  assert.ok(ranAt.length >= 10, "not before it has looked several times");
});

test("a loop that was quickened looks at once, and goes on as at first; one that is nudged does as well", async (t) => {
  for (const wake of ["quicken", "nudge"] as const) {
    const { loop, ranAt, longest } = looking(t, { idleMs: 60_000, everyMs: 50 });
    await until(() => longest() >= 390);
    const before = ranAt.length;
    loop[wake]();
    await until(() => ranAt.length >= before + 5, { what: wake });
  }
});

test("to quicken a loop that looks often changes nothing", async (t) => {
  const { loop, ranAt } = looking(t, { everyMs: 60_000, idleMs: 120_000 });
  await until(() => ranAt.length === 1);
  for (let i = 0; i < 100; i++) loop.quicken();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(ranAt.length, 1);
});

test("without a limit for idle times a loop looks as often as ever", async (t) => {
  const { ranAt, longest } = looking(t);
  await until(() => ranAt.length > 30);
  assert.ok(longest() < 1_000);
});

test("what finds more goes on at once", async (t) => {
  const { loop, ranAt, found } = looking(t, { everyMs: 60_000 });
  await until(() => ranAt.length === 1);
  found.more = 3;
  loop.nudge();
  await until(() => ranAt.length === 5);
});
