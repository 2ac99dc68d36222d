import assert from "node:assert/strict";
import { test } from "node:test";
import { JobState } from "../../gen/herald/jobs/v1/job.ts";
import { advance, type JobProgress, remainingSeconds, type ProgressReport } from "../../svc/jobs/progress.ts";

const start = new Date("2026-03-02T15:00:00Z");
const after = (ms: number) => new Date(start.getTime() + ms);

const fresh: JobProgress = {
  state: JobState.JOB_STATE_RUNNING,
  doneUnits: 0,
  totalUnits: 1_000,
  unitsPerSecond: 0,
  sampleUnits: 0,
  sampleTime: start,
  counts: {},
  errorMessage: "",
  silent: false,
  createTime: start,
  endTime: undefined,
};

const report = (doneUnits: number, more: Partial<ProgressReport> = {}): ProgressReport => ({
  state: JobState.JOB_STATE_RUNNING,
  doneUnits,
  totalUnits: 1_000,
  counts: {},
  errorMessage: "",
  ...more,
});

/** Reports at a steady rate, then gives the job. */
function steady(before: JobProgress, from: number, seconds: number, perSecond: number): JobProgress {
  let job = before;
  for (let s = 1; s <= seconds; s++) {
    job = advance(job, report(job.doneUnits + perSecond), after((from + s) * 1_000)) as JobProgress;
  }
  return job;
}

test("the rate follows what was done lately, within seconds and without jumping", () => {
  const slow = steady(fresh, 0, 30, 10);
  assert.equal(slow.unitsPerSecond, 10);
  const once = steady(slow, 30, 1, 100);
  assert.ok(once.unitsPerSecond > 10 && once.unitsPerSecond < 40, `jumped to ${once.unitsPerSecond}`);
  const fast = steady(slow, 30, 30, 100);
  assert.ok(Math.abs(fast.unitsPerSecond - 100) < 2, `still at ${fast.unitsPerSecond}`);
});

test("reports that follow within a second are measured together", () => {
  const early = advance(fresh, report(50), after(300)) as JobProgress;
  assert.equal(early.unitsPerSecond, 0);
  const later = advance(early, report(200), after(2_000)) as JobProgress;
  assert.equal(later.unitsPerSecond, 100);
});

test("work that began again from an earlier point has no rate until it is measured anew", () => {
  const job = steady(fresh, 0, 5, 100);
  const again = advance(job, report(100), after(6_000)) as JobProgress;
  assert.equal(again.unitsPerSecond, 0);
  assert.equal(remainingSeconds(again), 0);
});

test("the remaining time is known only with a rate and a total", () => {
  const job = { state: JobState.JOB_STATE_RUNNING, doneUnits: 900, totalUnits: 1_000, unitsPerSecond: 30 };
  assert.equal(remainingSeconds(job), 4);
  assert.equal(remainingSeconds({ ...job, totalUnits: 0 }), 0);
  assert.equal(remainingSeconds({ ...job, unitsPerSecond: 0 }), 0);
  assert.equal(remainingSeconds({ ...job, state: JobState.JOB_STATE_SUCCEEDED }), 0);
});

test("an ended job takes no report, one that was only silent does", () => {
  const ended = advance(fresh, report(1_000, { state: JobState.JOB_STATE_SUCCEEDED }), after(10_000)) as JobProgress;
  assert.equal(ended.unitsPerSecond, 100);
  assert.deepEqual(ended.endTime, after(10_000));
  assert.equal(advance(ended, report(1), after(11_000)), undefined);
  const silent = {
    ...ended,
    state: JobState.JOB_STATE_FAILED,
    silent: true,
    errorMessage: "the service stopped reporting",
  };
  const back = advance(silent, report(500), after(12_000));
  assert.equal(back?.state, JobState.JOB_STATE_RUNNING);
  assert.equal(back?.silent, false);
  assert.equal(back?.errorMessage, "");
});
