/** Background work: loops, waits, jobs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { pino } from "pino";
import { JobState } from "../../../gen/herald/jobs/v1/job.ts";
import { JobServiceDefinition } from "../../../gen/herald/jobs/v1/job_service.ts";
import { connect } from "../../../svc/lib/client/client.ts";
import { jobReporter } from "../../../svc/lib/client/jobs.ts";
import { startLoop } from "../../../svc/lib/async/loop.ts";
import { audienceOf, meshTokens } from "../../../svc/lib/auth/mesh-token.ts";
import { backoffMs, pause } from "../../../svc/lib/async/time.ts";
import { startJobs } from "../../../svc/jobs/service.ts";
import { cleanup } from "../cleanup.ts";
import { MESH_KEY, newId, started, testEnv, testKeys, until, userClient } from "../harness.ts";

const log = pino({ level: "silent" });

test("waits double up to the most, with jitter in their upper half", () => {
  const wait = (attempt: number, random: number) => backoffMs(attempt, { baseMs: 100, mostMs: 1_000 }, () => random);
  assert.deepEqual(
    [1, 2, 3, 4, 5, 50].map((attempt) => wait(attempt, 1)),
    [100, 200, 400, 800, 1_000, 1_000],
  );
  assert.deepEqual(
    [1, 5].map((attempt) => wait(attempt, 0)),
    [50, 500],
  );
});

test("a pause ends early when its signal aborts", async () => {
  const begun = performance.now();
  await pause(60_000, AbortSignal.timeout(20));
  await pause(60_000, AbortSignal.abort());
  assert.ok(performance.now() - begun < 5_000);
});

test("a loop runs on while there is more, at once when nudged, and ends after its current run", async (t) => {
  let runs = 0;
  let more = 3;
  let working = false;
  const loop = startLoop({
    name: "test",
    everyMs: 60_000,
    log,
    work: async () => {
      working = true;
      await new Promise((resolve) => setTimeout(resolve, 5));
      runs += 1;
      working = false;
      return --more > 0;
    },
  });
  cleanup(t, () => loop.stop());
  await until(() => runs === 3);
  loop.nudge();
  await until(() => runs === 4);
  loop.nudge();
  await loop.stop();
  assert.equal(working, false);
  const before = runs;
  loop.nudge();
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(runs, before);
});

test("a nudge during a run is not lost", async (t) => {
  let runs = 0;
  const go = Promise.withResolvers<void>();
  const loop = startLoop({
    name: "test",
    everyMs: 60_000,
    log,
    work: async () => void (++runs === 1 && (await go.promise)),
  });
  cleanup(t, () => loop.stop());
  await until(() => runs === 1);
  loop.nudge();
  go.resolve();
  await until(() => runs === 2);
});

test("a loop that fails goes on, slower", async (t) => {
  const at: number[] = [];
  const loop = startLoop({
    name: "test",
    everyMs: 1,
    log,
    work: async () => {
      at.push(performance.now());
      if (at.length < 4) throw new Error("not yet");
    },
  });
  cleanup(t, () => loop.stop());
  await until(() => at.length >= 5);
  const waits = at.slice(1, 4).map((time, i) => time - (at[i] as number));
  assert.ok(
    (waits[0] as number) >= 90 && (waits[2] as number) > (waits[0] as number),
    waits.map(Math.round).join(", "),
  );
});

test("a job shows its progress and end in jobs, learns that somebody wants it stopped, and goes on while jobs is away", async (t) => {
  const env = await testEnv(t, "jobs");
  const service = await started(t, startJobs({ env, keys: testKeys }));
  const tenantId = newId();
  const connection = connect({
    address: service.address,
    token: meshTokens("lists", audienceOf(MESH_KEY, "jobs")),
    deadlineMs: 2_000,
  });
  cleanup(t, () => connection.close());
  const jobs = jobReporter("lists", connection.client(JobServiceDefinition), log);
  const person = await userClient(t, service.address, JobServiceDefinition, {
    tenantId,
    permissions: ["jobs.read", "jobs.cancel"],
  });
  const jobOf = async (jobId: string) => (await person.getJob({ jobId }).catch(() => undefined))?.job;

  const job = jobs.start({
    tenantId,
    kind: "lists.import",
    title: "Import spring.csv",
    objectId: newId(),
    unit: "rows",
    totalUnits: 100,
  });
  job.progress(40, { counts: { accepted: 39 } });
  const shown = await until(async () => ((await jobOf(job.id))?.doneUnits === 40 ? jobOf(job.id) : undefined));
  assert.deepEqual([shown.state, shown.totalUnits, shown.counts], [JobState.JOB_STATE_RUNNING, 100, { accepted: 39 }]);
  await person.cancelJob({ jobId: job.id });
  await until(() => job.signal.aborted);
  await job.cancelled({ accepted: 40 });
  const ended = await jobOf(job.id);
  assert.deepEqual([ended?.state, ended?.counts], [JobState.JOB_STATE_CANCELLED, { accepted: 40 }]);

  await service.stop();
  const unseen = jobs.start({ tenantId, kind: "lists.import", title: "Import", objectId: newId(), unit: "rows" });
  unseen.progress(10);
  const back = startJobs({ env: { ...env, PORT: new URL(`http://${service.address}`).port }, keys: testKeys });
  await unseen.succeed({ accepted: 10 });
  await started(t, back);
  assert.equal((await jobOf(unseen.id))?.state, JobState.JOB_STATE_SUCCEEDED);
});
