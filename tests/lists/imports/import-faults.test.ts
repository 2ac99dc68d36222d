import assert from "node:assert/strict";
import { test } from "node:test";
import { JobState } from "../../../gen/herald/jobs/v1/job.ts";
import { ImportState } from "../../../gen/herald/lists/v1/import.ts";
import { rejectsWith, status, until } from "../../lib/harness.ts";
import { bootLists, type FileContent, type Office, people } from "../lists.ts";

const columns = (count: number) => `phone,${Array.from({ length: count - 1 }, (_, i) => `c${i}`).join(",")}`;

test("a file that is no list is refused with the problem's name, and nothing of it is kept", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const contactListId = await office.newList();
  const random = Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * 7_919) % 256));
  for (const [about, file, problem, line] of [
    ["empty", "", "empty", undefined],
    ["nothing but line ends", "\r\n\r\n  \n", "empty", undefined],
    ["a header only", "phone,name\n", "header_only", undefined],
    ["a header without a line end", "phone,name", "header_only", undefined],
    ["bytes of any kind", random, "not_text", undefined],
    ["a workbook", Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0, 8, 0]), "not_text", undefined],
    ["1,001 columns", `${columns(1_001)}\n+12125550100\n`, "too_many_columns", "1"],
  ] as const) {
    const told = await rejectsWith(
      office.importFile(contactListId, file),
      status.INVALID_ARGUMENT,
      "ERROR_REASON_FILE_UNREADABLE",
    );
    assert.deepEqual([told.metadata["problem"], told.metadata["line"]], [problem, line], about);
    assert.ok(told.message.length > 20, about);
    const { imports } = await office.records.listImports({ contactListId, pageSize: 1 });
    assert.deepEqual(
      [imports[0]?.state, imports[0]?.errorMessage],
      [ImportState.IMPORT_STATE_FAILED, told.message],
      about,
    );
  }
  await isEmpty(office, contactListId);
});

test("a line of 50 MB is refused as soon as it is longer than a line may be", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const contactListId = await office.newList();
  let sent = 0;
  async function* endless() {
    yield Buffer.from("phone,name\n+12125550100,");
    for (; sent < 50; sent += 1) yield Buffer.alloc(1_000_000, "x");
  }
  const told = await rejectsWith(
    office.importFile(contactListId, endless()),
    status.INVALID_ARGUMENT,
    "ERROR_REASON_FILE_UNREADABLE",
  );
  assert.deepEqual([told.metadata["problem"], told.metadata["line"]], ["line_too_long", "2"]);
  await isEmpty(office, contactListId);
});

test("a megabyte without a line end keeps nobody waiting, in an import or a preview", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const contactListId = await office.newList();
  const endless = Buffer.from(`phone ${"x y".repeat(330_000)}`);
  const begun = performance.now();
  await assert.rejects(office.importFile(contactListId, endless), /longer than 64 KiB/);
  await assert.rejects(office.records.previewImport({ file: { contentType: "text/csv", data: endless } }), /64 KiB/);
  assert.ok(performance.now() - begun < 10_000, `${performance.now() - begun} ms`);
});

test("1,000 columns are read; own fields beyond a hundred are left out", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const contactListId = await office.newList();
  const done = await office.importFile(contactListId, `${columns(1_000)}\n+12125550100,${"v,".repeat(998)}v\n`);
  assert.equal(done.acceptedCount, 1);
  assert.equal(Object.keys(done.mapping).length, 101);
});

test("rows that are not in the file's encoding are rejected, and the others taken", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const contactListId = await office.newList();
  const file = Buffer.concat([
    Buffer.from("phone,name\n+12125550100,Zoë\n+12125550101,Zo"),
    Buffer.from([0xeb]),
    Buffer.from("\n+12125550102,Zo\n"),
  ]);
  const done = await office.importFile(contactListId, file, { encoding: "utf-8" });
  assert.deepEqual([done.acceptedCount, done.rejectedByReason], [2, { encoding: 1 }]);
  const western = Buffer.from("phone,name\n+12125550104,Zoë\n", "latin1");
  const found = await office.importFile(contactListId, western);
  assert.equal(found.encoding, "windows-1252");
  const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("phone,name\n+12125550105,Zoë\n", "utf16le")]);
  assert.equal((await office.importFile(contactListId, wide)).encoding, "utf-16le");
  const { records } = await office.records.searchRecords({ contactListId });
  assert.deepEqual(
    records.map(({ fields }) => fields["name"]),
    ["Zoë", "Zo", "Zoë", "Zoë"],
  );
});

test("a mapping that does not fit is refused with the column's name", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const contactListId = await office.newList();
  for (const [mapping, file, words] of [
    [["Colour=device1"], "phone\n1\n", /"Colour", which the file does not have/],
    [["phone=device11"], "phone\n1\n", /no field device11/],
    [["phone=first-name"], "phone\n1\n", /is no field/],
    [["phone"], "phone\n1\n", /must be written <header>=<field>/],
    [["a=device1", "b=device1"], "a,b\n1,2\n", /both map to device1/],
    [["a=device1"], "a,a\n1,2\n", /2 columns named "a"/],
    [["phone="], "phone\n1\n", /No column maps/],
    [[], "212-555-0100,Ada\n212-555-0101,Ben\n", /The first line must name the columns/],
  ] as const) {
    const told = await rejectsWith(
      office.importFile(contactListId, file, { mapping: [...mapping] }),
      status.INVALID_ARGUMENT,
      "ERROR_REASON_MAPPING_INVALID",
    );
    assert.match(told.message, words);
  }
  for (const wrong of [{ encoding: "klingon" }, { delimiter: "x" }, { defaultRegion: "XX" }, { totalBytes: -1 }]) {
    await rejectsWith(
      office.importFile(contactListId, "phone\n", wrong),
      status.INVALID_ARGUMENT,
      "ERROR_REASON_FIELDS_INVALID",
    );
  }
  await isEmpty(office, contactListId);
});

test("an upload that is cut off imports nothing, and its import says so", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const contactListId = await office.newList();
  const cut = new AbortController();
  async function* half() {
    yield Buffer.from(people(2_000));
    await until(() => importing(office, contactListId));
    cut.abort();
    yield Buffer.from("C-1");
    throw new Error("never sent");
  }
  await assert.rejects(office.importFile(contactListId, half()));
  await until(async () => (await lastImport(office, contactListId))?.state === ImportState.IMPORT_STATE_FAILED);
  const { errorMessage = "" } = (await lastImport(office, contactListId)) ?? {};
  assert.match(errorMessage, /upload ended before the file did/);
  await isEmpty(office, contactListId);
  const short = office.importFile(contactListId, people(3), { totalBytes: 100_000 });
  await rejectsWith(short, status.ABORTED, "ERROR_REASON_UPLOAD_INCOMPLETE");
  await isEmpty(office, contactListId);
});

test("the same upload twice at once: one is imported, the other refused by the first one's id", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const contactListId = await office.newList();
  const { file, goOn } = held(people(100));
  const first = office.importFile(contactListId, file);
  await until(() => importing(office, contactListId));
  const told = await rejectsWith(
    office.importFile(contactListId, people(100)),
    status.FAILED_PRECONDITION,
    "ERROR_REASON_IMPORT_IN_PROGRESS",
  );
  const { imports } = await office.records.listImports({ contactListId });
  assert.deepEqual([imports.length, told.metadata["importId"]], [1, imports[0]?.id]);
  await rejectsWith(
    office.lists.deleteContactList({ contactListId }),
    status.FAILED_PRECONDITION,
    "ERROR_REASON_IMPORT_IN_PROGRESS",
  );
  await isEmpty(office, contactListId);
  goOn();
  assert.equal((await first).acceptedCount, 100);
  assert.equal((await office.importFile(contactListId, people(50))).acceptedCount, 50);
});

test("an import is cancelled through CancelImport or its job, and nothing of it stays", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const contactListId = await office.newList();
  for (const cancel of [
    (id: string) => office.records.cancelImport({ importId: id }),
    async (_: string, jobId: string) => {
      await until(() => office.jobs.getJob({ jobId }).catch(() => undefined));
      await office.jobs.cancelJob({ jobId });
    },
  ]) {
    const { file } = held(people(1_000));
    const refused = rejectsWith(
      office.importFile(contactListId, file),
      status.ABORTED,
      "ERROR_REASON_IMPORT_CANCELLED",
    );
    await until(() => importing(office, contactListId));
    const { id = "", jobId = "" } = (await lastImport(office, contactListId)) ?? {};
    await cancel(id, jobId);
    await refused;
    assert.equal((await lastImport(office, contactListId))?.state, ImportState.IMPORT_STATE_CANCELLED);
    await until(async () => (await office.jobs.getJob({ jobId })).job?.state === JobState.JOB_STATE_CANCELLED);
    await isEmpty(office, contactListId);
  }
});

test("a job shows the progress of an import while it runs, and its end", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const contactListId = await office.newList("Spring");
  const { file, goOn } = held(people(20_000));
  const importingFile = office.importFile(contactListId, file, {
    fileName: "spring.csv",
    totalBytes: Buffer.byteLength(people(20_000)),
  });
  const running = await until(async () => {
    const { jobs } = await office.jobs.listJobs({ kind: "lists.import" });
    return (jobs[0]?.counts["rows"] ?? 0) > 0 && jobs[0];
  });
  assert.equal(running.title, "Import spring.csv into Spring");
  assert.deepEqual(
    [running.objectId, running.unit, running.state],
    [contactListId, "bytes", JobState.JOB_STATE_RUNNING],
  );
  assert.ok(running.doneUnits > 0 && running.doneUnits < running.totalUnits);
  goOn();
  const { jobId } = await importingFile;
  const ended = await until(async () => {
    const { job } = await office.jobs.getJob({ jobId });
    return job?.state === JobState.JOB_STATE_SUCCEEDED && job;
  });
  assert.deepEqual(ended.counts, { rows: 20_000, accepted: 20_000, rejected: 0 });
});

/** A file whose last piece waits for a word. */
function held(text: string): { file: FileContent; goOn: () => void } {
  let goOn = () => {};
  const gate = new Promise<void>((resolve) => (goOn = resolve));
  const middle = Math.floor(text.length * 0.9);
  async function* file() {
    yield Buffer.from(text.slice(0, middle));
    await gate;
    yield Buffer.from(text.slice(middle));
  }
  return { file: file(), goOn };
}

const lastImport = async ({ records }: Office, contactListId: string) =>
  (await records.listImports({ contactListId, pageSize: 1 })).imports[0];

const importing = async (office: Office, contactListId: string) =>
  (await lastImport(office, contactListId))?.state === ImportState.IMPORT_STATE_RUNNING;

async function isEmpty({ lists, records }: Office, contactListId: string): Promise<void> {
  assert.deepEqual((await records.searchRecords({ contactListId })).records, []);
  assert.equal((await lists.getContactList({ contactListId })).contactList?.recordCount, 0);
}
