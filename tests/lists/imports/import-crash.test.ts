import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { test, type TestContext } from "node:test";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { JobState } from "../../../gen/herald/jobs/v1/job.ts";
import { ImportMode, ImportState, KnownRecords } from "../../../gen/herald/lists/v1/import.ts";
import { pause } from "../../../svc/lib/async/time.ts";
import { endImport, insertImport } from "../../../svc/lists/imports/import-store.ts";
import { noCounts } from "../../../svc/lists/reader/result.ts";
import { newId, until } from "../../lib/harness.ts";
import { databaseOf } from "../../lib/servers.ts";
import { bootLists, officeOf, people, secondLists } from "../lists.ts";

test("an import whose process is killed is rolled back, and the next process says so", async (t) => {
  const lists = await bootLists(t);
  const { tenantId } = await lists.identity.newTenant();
  await lists.stop();
  const child = await spawnLists(t, lists.env, lists.identity.address);
  const doomed = await officeOf(t, tenantId, child.address, lists.jobsAddress, "service");
  const contactListId = await doomed.newList();
  await doomed.importFile(contactListId, people(10));
  async function* endless() {
    for (let i = 0; ; i += 5_000)
      yield Buffer.from(i === 0 ? people(5_000, { from: 100 }) : withoutHeader(people(5_000, { from: 100 + i })));
  }
  const upload = assert.rejects(doomed.importFile(contactListId, endless()));
  await until(async () => ((await doomed.records.listImports({ contactListId })).imports[0]?.rowCount ?? 0) > 10_000);
  child.process.kill("SIGKILL");
  await upload;

  const next = await secondLists(t, lists);
  const office = await officeOf(t, tenantId, next.address, lists.jobsAddress);
  // The database notices at its own pace that the process is gone.
  const abandoned = await until(
    async () => {
      const [latest] = (await office.records.listImports({ contactListId })).imports;
      return latest?.state === ImportState.IMPORT_STATE_FAILED ? latest : undefined;
    },
    { timeoutMs: 60_000 },
  );
  assert.equal(abandoned?.acceptedCount, 0);
  assert.match(abandoned?.errorMessage ?? "", /The service stopped/);
  assert.equal((await office.lists.getContactList({ contactListId })).contactList?.recordCount, 10);
  assert.equal((await office.records.searchRecords({ contactListId })).records.length, 10);
  await until(
    async () => (await office.jobs.getJob({ jobId: abandoned?.jobId })).job?.state === JobState.JOB_STATE_FAILED,
  );
  assert.equal((await office.importFile(contactListId, people(5, { from: 50 }))).acceptedCount, 5);
});

test("an import that has rolled back, and is about to say why, is not taken for one whose process is gone", async (t) => {
  const lists = await bootLists(t);
  const office = await lists.openOffice();
  const contactListId = await office.newList();
  await lists.stop();
  const { tenantId } = office;
  const tenant = databaseOf(t, "lists", lists.env["DATABASE_URL"]).tenant(tenantId);
  const id = newId();
  const mode = ImportMode.IMPORT_MODE_APPEND;
  await insertImport(
    tenant,
    { id, contactListId, jobId: newId(), fileName: "", mode, known: KnownRecords.KNOWN_RECORDS_SKIP },
    new Date(),
  );
  const next = secondLists(t, lists);
  // By now the next process has seen, before it serves, that nobody holds this import.
  await pause(1_000);
  const state = ImportState.IMPORT_STATE_CANCELLED;
  const end = { state, errorMessage: "Cancelled.", counts: noCounts(), understood: NOTHING_UNDERSTOOD };
  await endImport(tenant, id, end, new Date());
  const { records } = await officeOf(t, tenantId, (await next).address, lists.jobsAddress);
  const { import: ended } = await records.getImport({ importId: id });
  assert.deepEqual([ended?.state, ended?.errorMessage], [state, "Cancelled."]);
});

const NOTHING_UNDERSTOOD = { mapping: {}, encoding: "", delimiter: "", headerLine: 0, isEncodingGuessed: false };
const withoutHeader = (csv: string) => csv.slice(csv.indexOf("\n") + 1);

/** The real service as a process of its own. */
async function spawnLists(
  t: TestContext,
  env: Record<string, string>,
  identity: string,
): Promise<{ process: ChildProcess; address: string }> {
  const main = fileURLToPath(new URL("../../../svc/lists/main.ts", import.meta.url));
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, ...env, LOG_LEVEL: "info", HERALD_MESH_IDENTITY: identity },
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.after(() => child.kill("SIGKILL"));
  for await (const line of createInterface({ input: child.stdout })) {
    const { msg, listensAt } = JSON.parse(line) as { msg?: string; listensAt?: string };
    if (msg === "ready" && listensAt) {
      child.stdout.resume();
      return { process: child, address: listensAt };
    }
  }
  throw new Error("lists ended before it was ready");
}
