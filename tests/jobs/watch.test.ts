import assert from "node:assert/strict";
import { test } from "node:test";
import { type Job, JobState } from "../../gen/herald/jobs/v1/job.ts";
import { createJobFeeds } from "../../svc/jobs/watch.ts";
import { ChangeStream } from "../../svc/lib/watch/change-stream.ts";
import { collect, newId, until } from "../lib/harness.ts";
import { aJob, bootJobs } from "./jobs.ts";

const { JOB_STATE_RUNNING, JOB_STATE_SUCCEEDED } = JobState;

test("WatchJob sends the job at once, again at each change, and ends with it", async (t) => {
  const { person, doer } = await bootJobs(t);
  const tenantId = newId();
  const [lists, ada] = [doer(tenantId), await person(tenantId)];
  const job = aJob();
  const id = job.id ?? "";
  await lists.registerJob({ job });
  const seen: Job[] = [];
  const watched = (async () => {
    for await (const { job: shown } of ada.watchJob({ jobId: id })) if (shown) seen.push(shown);
  })();
  await until(() => seen.length === 1);
  await lists.reportProgress({ job: { id, state: JOB_STATE_RUNNING, doneUnits: 400, totalUnits: 1_000 } });
  await until(() => seen.some(({ doneUnits }) => doneUnits === 400));
  await ada.cancelJob({ jobId: id });
  await until(() => seen.some(({ cancelRequested }) => cancelRequested));
  await lists.reportProgress({ job: { id, state: JOB_STATE_SUCCEEDED, doneUnits: 1_000, totalUnits: 1_000 } });
  await watched;
  assert.equal(seen.at(-1)?.state, JOB_STATE_SUCCEEDED);
  assert.equal(seen.at(-1)?.doneUnits, 1_000);
});

test("watching an ended job gives it once", async (t) => {
  const { person, doer } = await bootJobs(t);
  const tenantId = newId();
  const [lists, ada] = [doer(tenantId), await person(tenantId)];
  const job = aJob();
  await lists.registerJob({ job });
  await lists.reportProgress({ job: { id: job.id, state: JOB_STATE_SUCCEEDED } });
  const messages = await collect(ada.watchJob({ jobId: job.id ?? "" }));
  assert.deepEqual(
    messages.map(({ job: shown }) => shown?.state),
    [JOB_STATE_SUCCEEDED],
  );
});

const running = (id: string, doneUnits: number): Job => ({ id, doneUnits, state: JOB_STATE_RUNNING }) as Job;

test("however many watch a job, it is read once for each change, and not at all while nothing changes", async () => {
  const changes = new ChangeStream();
  let current = running("j", 0);
  let reads = 0;
  const watching = createJobFeeds({ changes, read: async () => (reads++, current), paceMs: 5 });
  const over = new AbortController();
  const last = new Map<number, number>();
  const watchers = Array.from({ length: 50 }, (_, i) =>
    (async () => {
      for await (const job of watching.follow("t", current, over.signal)) last.set(i, job.doneUnits);
    })(),
  );
  await until(() => last.size === 50);
  await until(() => reads > 0);
  const before = reads;
  current = running("j", 7);
  changes.changed("t/j");
  changes.changed("t/other");
  await until(() => [...last.values()].every((units) => units === 7));
  assert.ok(reads - before <= 2, `${reads - before} reads for one change`);
  const settled = reads;
  await new Promise((resolve) => setTimeout(resolve, 60));
  assert.equal(reads, settled, "it polls");
  over.abort();
  await Promise.all(watchers);
});

test("changes come at most as often as the pace allows, and the last one always comes", async () => {
  const changes = new ChangeStream();
  let current = running("j", 0);
  const paceMs = 40;
  const watching = createJobFeeds({ changes, read: async () => current, paceMs });
  const times: number[] = [];
  let last: Job | undefined;
  const watched = (async () => {
    for await (const job of watching.follow("t", current, new AbortController().signal)) {
      times.push(performance.now());
      last = job;
    }
  })();
  for (let i = 1; i <= 100; i++) {
    current = running("j", i);
    changes.changed("t/j");
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  current = { ...running("j", 101), state: JOB_STATE_SUCCEEDED };
  changes.changed("t/j");
  await watched;
  assert.equal(last?.doneUnits, 101);
  const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
  assert.ok(
    gaps.every((gap) => gap >= paceMs - 5),
    `gaps: ${gaps.map(Math.round).join(", ")}`,
  );
});

test("a job that cannot be read ends the watch with the error, and one that is gone ends it quietly", async () => {
  const changes = new ChangeStream();
  const signal = new AbortController().signal;
  const broken = createJobFeeds({ changes, read: () => Promise.reject(new Error("database is away")), paceMs: 1 });
  await assert.rejects(collect(broken.follow("t", running("j", 0), signal)), /database is away/);
  const gone = createJobFeeds({ changes, read: () => Promise.resolve(undefined), paceMs: 1 });
  assert.equal((await collect(gone.follow("t", running("j", 0), signal))).length, 1);
});
