/** Uploads that bring next to nothing, and uploads whose sender is gone: neither keeps others from importing. */
import assert from "node:assert/strict";
import diagnostics from "node:diagnostics_channel";
import { once } from "node:events";
import { test, type TestContext } from "node:test";
import type { Worker } from "node:worker_threads";
import { type Job, JobState } from "../../../gen/herald/jobs/v1/job.ts";
import { ImportState } from "../../../gen/herald/lists/v1/import.ts";
import { pause } from "../../../svc/lib/async/time.ts";
import { rejectsWith, status, until } from "../../lib/harness.ts";
import { bootLists, importEntries, type Office, people } from "../lists.ts";

const SLOW = { LISTS_UPLOAD_LEAST_BYTES_PER_SECOND: "8192", LISTS_UPLOAD_RATE_WINDOW: "6s" };

const waits = ({ counts }: Job) => "imports_ahead" in counts;

/** Begins as given and then brings a row now and then. */
async function* trickle(begin: string, signal: AbortSignal) {
  yield Buffer.from(begin);
  for (let i = 0; !signal.aborted; i += 1) {
    await pause(100, signal);
    yield Buffer.from(`C-x${i},Ada,Slow,+12125559${String(i % 1_000).padStart(3, "0")},,10001,US,1\n`);
  }
}

/** Four of them, in lists of their own. */
async function trickles(t: TestContext, office: Office, begin: string) {
  const over = new AbortController();
  t.after(() => over.abort());
  const lists = await Promise.all([0, 1, 2, 3].map(() => office.newList()));
  let ended = 0;
  const slow = lists.map(async (contactListId) => {
    const upload = office.importFile(contactListId, trickle(begin, over.signal));
    const told = await rejectsWith(upload, status.ABORTED, "ERROR_REASON_UPLOAD_TOO_SLOW");
    ended += 1;
    return told;
  });
  return { slow, haveAllTheirPlaces: () => ended === 0 };
}

test("uploads that trickle from the start hold no place, and are refused with the rate they must have", async (t) => {
  const office = await (await bootLists(t, { more: SLOW })).openOffice();
  const { slow, haveAllTheirPlaces } = await trickles(t, office, people(1));
  assert.equal((await office.importFile(await office.newList(), people(10))).acceptedCount, 10);
  assert.equal((await importEntries(office, await office.newSuppressionList(), "+12125550123\n")).acceptedCount, 1);
  assert.ok(haveAllTheirPlaces(), "nobody waited for a slow upload");
  const [told] = await Promise.all(slow);
  assert.match(told?.message ?? "", /8192 bytes a second, measured over 6 seconds/);
  assert.deepEqual(told?.metadata, { bytesPerSecond: "8192", windowSeconds: "6" });
});

test("uploads that begin well and then trickle leave room for other tenants and for suppression, and are waited for no longer than their window", async (t) => {
  const lists = await bootLists(t, { more: SLOW });
  const [office, other] = [await lists.openOffice(), await lists.openOffice()];
  const { slow, haveAllTheirPlaces } = await trickles(t, office, people(4_000));
  await until(async () => (await office.jobs.listJobs({ pageSize: 10 })).jobs.filter(waits).length === 2);
  assert.equal((await other.importFile(await other.newList(), people(10))).acceptedCount, 10);
  assert.equal((await importEntries(office, await office.newSuppressionList(), "+12125550123\n")).acceptedCount, 1);
  assert.ok(haveAllTheirPlaces(), "neither another tenant nor suppression waited");

  const contactListId = await office.newList();
  const own = office.importFile(contactListId, people(5), { fileName: "own.csv" });
  const waiting = await until(async () =>
    (await office.jobs.listJobs({ pageSize: 10 })).jobs.find((job) => job.title.includes("own.csv") && waits(job)),
  );
  assert.deepEqual([waiting.state, waiting.counts["imports_ahead"]], [JobState.JOB_STATE_RUNNING, 2]);
  await Promise.all(slow);
  assert.equal((await own).state, ImportState.IMPORT_STATE_SUCCEEDED);
});

test("an import that waits is cancelled by its job, and nothing of it is left", async (t) => {
  const office = await (await bootLists(t, { more: { ...SLOW, LISTS_UPLOAD_RATE_WINDOW: "20s" } })).openOffice();
  const over = new AbortController();
  const lists = await Promise.all([0, 1].map(() => office.newList()));
  const held = lists.map((id) => office.importFile(id, trickle(people(4_000), over.signal)));
  for (const contactListId of lists)
    await until(async () => ((await office.records.listImports({ contactListId })).imports[0]?.rowCount ?? 0) > 0);
  const contactListId = await office.newList();
  const waiting = rejectsWith(
    office.importFile(contactListId, people(5), { fileName: "own.csv" }),
    status.ABORTED,
    "ERROR_REASON_IMPORT_CANCELLED",
  );
  const job = await until(async () =>
    (await office.jobs.listJobs({ pageSize: 10 })).jobs.find(({ title }) => title.includes("own.csv")),
  );
  await office.jobs.cancelJob({ jobId: job.id });
  await waiting;
  const [cancelled] = (await office.records.listImports({ contactListId })).imports;
  assert.equal(cancelled?.state, ImportState.IMPORT_STATE_CANCELLED);
  await office.lists.deleteContactList({ contactListId });
  over.abort();
  for (const done of await Promise.all(held)) assert.ok(done.acceptedCount >= 4_000);
});

/** The thread that the next file is read in; kept busy with far more than a piece, as a file that is slow to read would. */
function busyThread(t: TestContext): Promise<{ exited: Promise<unknown> }> {
  return new Promise((resolve) => {
    const seen = (message: unknown) => {
      const { worker } = message as { worker: Worker };
      worker.postMessage({ bytes: Buffer.alloc(150_000_000, "\n") });
      resolve({ exited: once(worker, "exit") });
    };
    diagnostics.subscribe("worker_threads", seen);
    t.after(() => diagnostics.unsubscribe("worker_threads", seen));
  });
}

for (const [what, leave] of [
  ["whose sender is gone", (office, jobId, client) => client.abort()],
  ["that is cancelled", async (office, jobId) => office.jobs.cancelJob({ jobId })],
] as [string, (office: Office, jobId: string, client: AbortController) => unknown][]) {
  test(`the thread of an import ${what} ends at once, in the middle of what it reads`, async (t) => {
    const office = await (await bootLists(t)).openOffice();
    const contactListId = await office.newList();
    const thread = busyThread(t);
    const client = new AbortController();
    const upload = office.importFile(contactListId, people(20_000), {}, client.signal);
    const ended = assert.rejects(upload);
    const { exited } = await thread;
    const { imports } = await until(async () => {
      const answer = await office.records.listImports({ contactListId });
      return answer.imports[0] ? answer : undefined;
    });
    const job = async () => (await office.jobs.getJob({ jobId: imports[0]?.jobId })).job;
    await until(() => job().catch(() => undefined));
    const leftAt = performance.now();
    await leave(office, imports[0]?.jobId ?? "", client);
    await exited;
    assert.ok(performance.now() - leftAt < 2_500, `the thread lived ${performance.now() - leftAt} ms longer`);
    await ended;
  });
}

test("a long beginning is previewed in a thread, as a short one is at once", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const show = (text: string) =>
    office.records.previewImport({ file: { contentType: "text/csv", data: Buffer.from(text) } });
  const [short, long] = [await show(people(20)), await show(people(14_000))];
  assert.deepEqual([short.rowsRead, long.rowsRead], [20, 1_000]);
  assert.deepEqual({ ...long, rowsRead: 20 }, short);
});

test("the thread of a preview ends with its caller", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const client = new AbortController();
  const thread = new Promise<Worker>((resolve) => {
    const seen = (message: unknown) => resolve((message as { worker: Worker }).worker);
    diagnostics.subscribe("worker_threads", seen);
    t.after(() => diagnostics.unsubscribe("worker_threads", seen));
  });
  const file = { contentType: "text/csv", data: Buffer.from(people(14_000)) };
  const preview = assert.rejects(office.records.previewImport({ file }, { signal: client.signal }));
  const worker = await thread;
  const exited = once(worker, "exit");
  client.abort();
  await exited;
  await preview;
});
