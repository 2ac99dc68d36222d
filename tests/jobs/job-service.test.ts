import assert from "node:assert/strict";
import { test } from "node:test";
import { type Job, JobState } from "../../gen/herald/jobs/v1/job.ts";
import { collect, newId, rejectsWith, status, until } from "../lib/harness.ts";
import { provesRowSecurity } from "../lib/row-security.ts";
import { aJob, bootJobs, type JobCalls } from "./jobs.ts";

const { JOB_STATE_RUNNING, JOB_STATE_SUCCEEDED, JOB_STATE_FAILED, JOB_STATE_CANCELLED } = JobState;

const stateOf = async (jobs: JobCalls, jobId: string) => (await jobs.getJob({ jobId })).job;

test("a job that was registered is shown, and registering it again changes nothing", async (t) => {
  const { person, doer } = await bootJobs(t);
  const tenantId = newId();
  const [lists, ada] = [doer(tenantId), await person(tenantId)];
  const job = aJob();
  const { job: registered } = await lists.registerJob({ job });
  assert.equal(registered?.state, JOB_STATE_RUNNING);
  await lists.reportProgress({ job: { id: job.id, state: JOB_STATE_RUNNING, doneUnits: 10, totalUnits: 1_000 } });
  await lists.registerJob({ job: { ...job, title: "another title" } });
  const shown = await stateOf(ada, job.id ?? "");
  assert.equal(shown?.title, job.title);
  assert.equal(shown?.doneUnits, 10);
  assert.equal(shown?.objectId, job.objectId);
  assert.equal(shown?.endTime, undefined);
});

test("reports move the units, the rate and the remaining time, and the end is kept", async (t) => {
  const { person, doer, clock } = await bootJobs(t);
  const tenantId = newId();
  const [lists, ada] = [doer(tenantId), await person(tenantId)];
  const job = aJob();
  const id = job.id ?? "";
  await lists.registerJob({ job });
  for (const doneUnits of [100, 200, 300]) {
    clock.advance(1_000);
    await lists.reportProgress({
      job: {
        id,
        state: JOB_STATE_RUNNING,
        doneUnits,
        totalUnits: 1_000,
        counts: { accepted: doneUnits - 1, rejected: 1 },
      },
    });
  }
  const running = await stateOf(ada, id);
  assert.equal(running?.unitsPerSecond, 100);
  assert.equal(running?.remainingSeconds, 7);
  assert.deepEqual(running?.counts, { accepted: 299, rejected: 1 });
  clock.advance(2_000);
  await lists.reportProgress({ job: { id, state: JOB_STATE_SUCCEEDED, doneUnits: 1_000, totalUnits: 1_000 } });
  const ended = await stateOf(ada, id);
  assert.equal(ended?.state, JOB_STATE_SUCCEEDED);
  assert.equal(ended?.unitsPerSecond, 200);
  assert.equal(ended?.remainingSeconds, 0);
  assert.deepEqual(ended?.endTime, clock.now());
});

test("a report after the end changes nothing", async (t) => {
  const { person, doer } = await bootJobs(t);
  const tenantId = newId();
  const [lists, ada] = [doer(tenantId), await person(tenantId)];
  const job = aJob();
  const id = job.id ?? "";
  await lists.registerJob({ job });
  await lists.reportProgress({
    job: { id, state: JOB_STATE_FAILED, doneUnits: 5, errorMessage: "the file broke off in line 6" },
  });
  await lists.reportProgress({ job: { id, state: JOB_STATE_RUNNING, doneUnits: 50 } });
  const shown = await stateOf(ada, id);
  assert.equal(shown?.state, JOB_STATE_FAILED);
  assert.equal(shown?.doneUnits, 5);
  assert.equal(shown?.errorMessage, "the file broke off in line 6");
});

test("CancelJob notes the wish, the next report tells it, and an ended job cannot be cancelled", async (t) => {
  const { person, doer } = await bootJobs(t);
  const tenantId = newId();
  const [lists, ada] = [doer(tenantId), await person(tenantId)];
  const job = aJob();
  const id = job.id ?? "";
  await lists.registerJob({ job });
  const report = { id, state: JOB_STATE_RUNNING, doneUnits: 1 };
  assert.equal((await lists.reportProgress({ job: report })).cancelRequested, false);
  assert.equal((await ada.cancelJob({ jobId: id })).job?.cancelRequested, true);
  assert.equal((await ada.cancelJob({ jobId: id })).job?.cancelRequested, true, "asking twice is harmless");
  assert.equal((await lists.reportProgress({ job: report })).cancelRequested, true);
  await lists.reportProgress({ job: { ...report, state: JOB_STATE_CANCELLED } });
  await rejectsWith(ada.cancelJob({ jobId: id }), status.FAILED_PRECONDITION, "ERROR_REASON_JOB_ENDED");
});

test("a job that does not exist is NOT_FOUND for every RPC that names one", async (t) => {
  const { person, doer } = await bootJobs(t);
  const tenantId = newId();
  const [lists, ada] = [doer(tenantId), await person(tenantId)];
  const jobId = newId();
  const refused = [
    () => ada.getJob({ jobId }),
    () => ada.watchJob({ jobId }),
    () => ada.cancelJob({ jobId }),
    () => lists.reportProgress({ job: { id: jobId, state: JOB_STATE_RUNNING } }),
  ];
  for (const call of refused) await rejectsWith(call(), status.NOT_FOUND, "ERROR_REASON_JOB_NOT_FOUND");
});

test("another tenant sees nothing of a job and cannot touch it", async (t) => {
  const { person, doer, env } = await bootJobs(t);
  const [tenantId, otherId] = [newId(), newId()];
  const job = aJob();
  await doer(tenantId).registerJob({ job });
  const [stranger, strangersDoer] = [await person(otherId), doer(otherId)];
  const jobId = job.id ?? "";
  const refused = [
    () => stranger.getJob({ jobId }),
    () => stranger.watchJob({ jobId }),
    () => stranger.cancelJob({ jobId }),
    () => strangersDoer.reportProgress({ job: { id: jobId, state: JOB_STATE_CANCELLED } }),
  ];
  for (const call of refused) await rejectsWith(call(), status.NOT_FOUND, "ERROR_REASON_JOB_NOT_FOUND");
  assert.deepEqual((await stranger.listJobs({})).jobs, []);
  await (await person(tenantId)).cancelJob({ jobId });
  await provesRowSecurity(env["DATABASE_URL"] ?? "", "jobs", tenantId, ["jobs"]);
});

test("pages of jobs meet without gap or repeat, newest first, also when times are equal", async (t) => {
  const { person, doer, clock } = await bootJobs(t);
  const tenantId = newId();
  const [lists, ada] = [doer(tenantId), await person(tenantId)];
  const made: string[] = [];
  for (let i = 0; i < 11; i++) {
    if (i % 3 === 0) clock.advance(1_000);
    const job = aJob();
    made.push(job.id ?? "");
    await lists.registerJob({ job });
  }
  const seen: Job[] = [];
  let pageToken = "";
  do {
    const page = await ada.listJobs({ pageSize: 4, pageToken });
    assert.ok(page.jobs.length <= 4);
    seen.push(...page.jobs);
    pageToken = page.nextPageToken;
  } while (pageToken);
  assert.equal(new Set(seen.map(({ id }) => id)).size, 11);
  assert.deepEqual(seen.map(({ id }) => id).sort(), made.sort());
  const times = seen.map(({ createTime }) => createTime?.getTime() ?? 0);
  assert.deepEqual(
    times,
    times.toSorted((a, b) => b - a),
  );
});

test("ListJobs narrows by state, kind and object", async (t) => {
  const { person, doer } = await bootJobs(t);
  const tenantId = newId();
  const [lists, ada] = [doer(tenantId), await person(tenantId)];
  const [done, running] = [aJob(), aJob({ kind: "campaigns.load" })];
  for (const job of [done, running]) await lists.registerJob({ job });
  await lists.reportProgress({ job: { id: done.id, state: JOB_STATE_SUCCEEDED } });
  const idsOf = async (filter: object) => (await ada.listJobs(filter)).jobs.map(({ id }) => id);
  assert.deepEqual(await idsOf({ state: JOB_STATE_RUNNING }), [running.id]);
  assert.deepEqual(await idsOf({ state: JOB_STATE_SUCCEEDED }), [done.id]);
  assert.deepEqual(await idsOf({ kind: "campaigns.load" }), [running.id]);
  assert.deepEqual(await idsOf({ objectId: done.objectId }), [done.id]);
  assert.deepEqual(await idsOf({ objectId: done.objectId, state: JOB_STATE_RUNNING }), []);
});

test("bad requests are refused naming the field", async (t) => {
  const { person, doer } = await bootJobs(t);
  const tenantId = newId();
  const [lists, ada] = [doer(tenantId), await person(tenantId)];
  const fieldsOf = async (call: Promise<unknown>) =>
    (await rejectsWith(call, status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID")).fields.map(({ field }) => field);
  assert.deepEqual(await fieldsOf(ada.getJob({ jobId: "12" })), ["job_id"]);
  assert.deepEqual(await fieldsOf(ada.listJobs({ pageSize: -1 })), ["page_size"]);
  assert.deepEqual(await fieldsOf(lists.registerJob({})), ["job.id", "job.kind", "job.service"]);
  assert.deepEqual(await fieldsOf(lists.registerJob({ job: aJob({ totalUnits: -1 }) })), ["job.total_units"]);
  assert.deepEqual(await fieldsOf(lists.reportProgress({ job: { id: newId() } })), ["job.state"]);
  await rejectsWith(ada.listJobs({ pageToken: "x" }), status.INVALID_ARGUMENT, "ERROR_REASON_PAGE_TOKEN_INVALID");
});

test("what other services tell is closed to people", async (t) => {
  const { person } = await bootJobs(t);
  const ada = await person(newId());
  await rejectsWith(ada.registerJob({ job: aJob() }), status.PERMISSION_DENIED);
  await rejectsWith(ada.reportProgress({ job: aJob() }), status.PERMISSION_DENIED);
});

test("a job whose service fell silent is shown as failed, and lives on when the service reports again", async (t) => {
  const { person, doer, clock } = await bootJobs(t);
  const tenantId = newId();
  const [lists, ada] = [doer(tenantId), await person(tenantId)];
  const job = aJob();
  const id = job.id ?? "";
  await lists.registerJob({ job });
  clock.advance(119_000);
  await lists.reportProgress({ job: { id, state: JOB_STATE_RUNNING, doneUnits: 1 } });
  const watched = collect(ada.watchJob({ jobId: id }));
  clock.advance(121_000);
  const silent = await until(async () => {
    const shown = await stateOf(ada, id);
    return shown?.state === JOB_STATE_FAILED ? shown : undefined;
  });
  assert.equal(silent?.errorMessage, "the service stopped reporting");
  assert.equal((await watched).at(-1)?.job?.state, JOB_STATE_FAILED, "who watches hears of it, and the watch ends");
  await lists.reportProgress({ job: { id, state: JOB_STATE_RUNNING, doneUnits: 700 } });
  const back = await stateOf(ada, id);
  assert.equal(back?.state, JOB_STATE_RUNNING);
  assert.equal(back?.errorMessage, "");
  assert.equal(back?.endTime, undefined);
});

test("ended jobs go after the time of retention, running ones stay", async (t) => {
  const { person, doer, clock } = await bootJobs(t, { JOBS_RETENTION: "1h" });
  const tenantId = newId();
  const [lists, ada] = [doer(tenantId), await person(tenantId)];
  const [ended, running] = [aJob(), aJob()];
  for (const job of [ended, running]) await lists.registerJob({ job });
  await lists.reportProgress({ job: { id: ended.id, state: JOB_STATE_SUCCEEDED } });
  clock.advance(3_601_000);
  await until(async () => (await ada.listJobs({})).jobs.every(({ id }) => id === running.id));
  assert.equal((await ada.listJobs({})).jobs.length, 1);
});
