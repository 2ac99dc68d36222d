import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { Fence } from "../../../svc/lib/async/fence.ts";
import { status } from "../../../svc/lib/errors/errors.ts";
import { until } from "../harness.ts";
import type { HeldJob } from "./held-work.ts";

/** A fence with one process, which is busy with a job of owner `a` until the test releases it. */
async function busyFence(t: TestContext, mostWaitingOfOne?: number) {
  const folder = mkdtempSync(join(tmpdir(), "held-work-"));
  const released = join(folder, "released");
  const fence = new Fence<HeldJob, string>({
    program: new URL("./held-work.ts", import.meta.url),
    processes: 1,
    heapMb: 64,
    limitMs: 30_000,
    ...(mostWaitingOfOne !== undefined && { mostWaitingOfOne }),
  });
  t.after(() => {
    fence.stop();
    rmSync(folder, { recursive: true });
  });
  const done: string[] = [];
  const run = async (name: string, signal?: AbortSignal) => {
    done.push(await fence.run(name.slice(0, 1), { name }, signal));
  };
  const held = fence.run("a", { name: "held", until: released });
  held.catch(() => {});
  await until(() => existsSync(`${released}.begun`));
  return { run, done, held, fence, release: () => writeFileSync(released, "") };
}

test("owners take turns, however much one of them waits for", async (t) => {
  const { run, done, release } = await busyFence(t);
  const runs = ["a1", "a2", "a3", "b1", "c1", "b2"].map((name) => run(name));
  release();
  await Promise.all(runs);
  assert.deepEqual(done, ["a1", "b1", "c1", "a2", "b2", "a3"]);
});

test("one owner may wait for so much and no more; others are not refused for it", async (t) => {
  const { run, done, release } = await busyFence(t, 2);
  const runs = ["a1", "a2"].map((name) => run(name));
  await assert.rejects(run("a3"), { code: status.RESOURCE_EXHAUSTED, message: /^2 .* wait already/ });
  runs.push(run("b1"));
  release();
  await Promise.all(runs);
  await run("a4");
  assert.deepEqual(done, ["a1", "b1", "a2", "a4"]);
});

test("a job that nobody waits for any more is not done, and leaves its place", async (t) => {
  const { run, done, release } = await busyFence(t, 2);
  const leaving = new AbortController();
  const left = run("a1", leaving.signal);
  const stays = run("a2");
  leaving.abort(new Error("The caller has gone."));
  await assert.rejects(left, /The caller has gone/);
  const next = run("a3");
  await assert.rejects(run("b1", leaving.signal), /The caller has gone/, "gone before it came");
  release();
  await Promise.all([stays, next]);
  assert.deepEqual(done, ["a2", "a3"]);
});

test("a signal that comes too late changes nothing", async (t) => {
  const { run, done, release } = await busyFence(t);
  const late = new AbortController();
  release();
  await run("a1", late.signal);
  late.abort();
  await run("a2");
  assert.deepEqual(done, ["a1", "a2"]);
});

test("what waits is rejected when the fence is closed", async (t) => {
  const { run, held, fence } = await busyFence(t);
  const waits = assert.rejects(run("b1"), /closed/);
  const works = assert.rejects(held, /closed/);
  fence.stop();
  await Promise.all([waits, works]);
  await assert.rejects(run("b2"), /closed/);
});
