import assert from "node:assert/strict";
import { test } from "node:test";
import { JobState } from "../../gen/herald/jobs/v1/job.ts";
import { sweeper } from "../../svc/jobs/sweep.ts";
import { fakeClock, newId } from "../lib/harness.ts";
import { databaseOf } from "../lib/servers.ts";
import { aJob, bootJobs } from "./jobs.ts";

const RULES = { silenceMs: 120_000, retentionMs: 1e12 };

test("a job is not called silent for a time in which this service could not hear", async (t) => {
  const { person, doer, env, clock } = await bootJobs(t);
  const tenantId = newId();
  const job = aJob();
  await doer(tenantId).registerJob({ job });
  const stateNow = async () => (await (await person(tenantId)).getJob({ jobId: job.id ?? "" })).job?.state;

  const db = databaseOf(t, "jobs", env["DATABASE_URL"]);
  const later = fakeClock(new Date(clock.now().getTime() + 600_000));
  const counted: number[] = [];
  const events = { jobEnded: () => {}, jobsFellSilent: (count: number) => void counted.push(count) };
  const sweep = sweeper({ db, rules: RULES, events, now: later.now });

  await sweep();
  assert.equal(await stateNow(), JobState.JOB_STATE_RUNNING, "ten minutes passed, but this process has just begun");
  later.advance(121_000);
  await sweep();
  assert.equal(await stateNow(), JobState.JOB_STATE_FAILED);
  assert.deepEqual(counted, [1]);
});

test("after the database was away, services get the whole time again to report", async (t) => {
  const { env } = await bootJobs(t);
  const db = databaseOf(t, "jobs", env["DATABASE_URL"]);
  let isAway = false;
  const sometimesAway = { ...db, everyTenant: () => (isAway ? assert.fail("the database is away") : db.everyTenant()) };
  const later = fakeClock();
  let sweeps = 0;
  const counting = { ...sometimesAway, everyTenant: () => (sweeps++, sometimesAway.everyTenant()) };
  const events = { jobEnded: () => {}, jobsFellSilent: () => {} };
  const sweep = sweeper({ db: counting, rules: RULES, events, now: later.now });
  later.advance(121_000);
  isAway = true;
  await assert.rejects(sweep());
  isAway = false;
  sweeps = 0;
  await sweep();
  assert.equal(sweeps, 1, "only old jobs are looked for");
  later.advance(121_000);
  sweeps = 0;
  await sweep();
  assert.equal(sweeps, 2, "silent ones again");
});
