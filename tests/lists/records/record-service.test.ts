import assert from "node:assert/strict";
import { test } from "node:test";
import { AuditServiceDefinition } from "../../../gen/herald/identity/v1/audit_service.ts";
import { AuditAction } from "../../../gen/herald/options/v1/options.ts";
import { ImportMode, ImportState } from "../../../gen/herald/lists/v1/import.ts";
import { RecordServiceDefinition } from "../../../gen/herald/lists/v1/record_service.ts";
import { collect, meshClient, newId, rejectsWith, status, until } from "../../lib/harness.ts";
import { bootLists, type Office, people } from "../lists.ts";

const FILE = [
  "Customer No,First Name,Last Name,Company,Cell,Home Phone,E-Mail,ZIP,State,Country,Time Zone,Balance,Note",
  'C-1,Ada,Novak,"Acme, Inc.",(212) 555-0113,,Ada@Example.com,90210,,US,,12.50,"said ""hi"""',
  "C-2,Ben,Okafor,,+44 7700 900123,020 7946 0000,,SW1A 1AA,,United Kingdom,,,",
  "C-3,Cleo,Rossi,,+1 423 555 0100,,,,tennessee,usa,,,",
  "C-4,Dan,Smith,,,,dan@example.org,,,,america/denver,,",
  "C-5,Eve,Jones,,nobody,,,,,,,,",
  "C-6,Fay,Kim,,nobody,,fay@example.org,,,,,,",
  "C-7,Gus,Lee,,,,,,,,,,",
  "C-1,Ada,Again,,2125550114,,,,,,,,",
  "C-8,Hal,May,,2125550115,,,,,,Mars/Base,,",
  `C-9,${"x".repeat(65)},Nys,,2125550116,,,,,,,,`,
  "C-10,Ivy,Orr,,2125550117",
  "",
].join("\r\n");

test("an import maps, normalises, places and rejects, and says what it did", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const contactListId = await office.newList();
  const done = await office.importFile(contactListId, FILE, {
    fileName: "people.csv",
    totalBytes: Buffer.byteLength(FILE),
  });
  assert.deepEqual(
    [done.state, done.mode, done.fileName, done.encoding, done.delimiter, done.errorMessage],
    [ImportState.IMPORT_STATE_SUCCEEDED, ImportMode.IMPORT_MODE_APPEND, "people.csv", "utf-8", ",", ""],
  );
  assert.deepEqual([done.rowCount, done.acceptedCount, done.rejectedCount], [11, 6, 5]);
  assert.deepEqual(done.rejectedByReason, {
    device_invalid: 1,
    no_device: 1,
    duplicate_in_file: 1,
    value_too_long: 1,
    column_count: 1,
  });
  assert.deepEqual(done.droppedDevicesByReason, { device_invalid: 1, zone_unknown: 1 });
  assert.equal(done.mapping["Cell"], "device1");
  assert.equal(done.mapping["Note"], "note");
  const { import: read } = await office.records.getImport({ importId: done.id });
  assert.deepEqual(read, done);

  const { records } = await office.records.searchRecords({ contactListId });
  const [ada, ben, cleo, dan] = records;
  assert.deepEqual(
    records.map(({ clientId, sourceLine }) => [clientId, sourceLine]),
    [
      ["C-1", 2],
      ["C-2", 3],
      ["C-3", 4],
      ["C-4", 5],
      ["C-6", 7],
      ["C-8", 10],
    ],
  );
  assert.deepEqual(
    [ada?.company, ada?.state, ada?.country, ada?.fields, ada?.importId],
    ["Acme, Inc.", "CA", "US", { balance: "12.50", note: 'said "hi"' }, done.id],
  );
  assert.deepEqual(
    ada?.devices.map(({ index, type, contactInfo, areaCode, state, zones }) => [
      index,
      type,
      contactInfo,
      areaCode,
      state,
      zones,
    ]),
    [
      [1, 4, "+12125550113", "212", "NY", ["America/Los_Angeles", "America/New_York"]],
      [3, 10, "ada@example.com", "", "", ["America/Los_Angeles"]],
    ],
  );
  assert.deepEqual(
    ben?.devices.map(({ contactInfo, country, zones }) => [contactInfo, country, zones]),
    [
      ["+447700900123", "GB", ["Europe/London"]],
      ["+442079460000", "GB", ["Europe/London"]],
    ],
  );
  assert.deepEqual(
    [cleo?.state, cleo?.country, cleo?.devices[0]?.zones],
    ["TN", "US", ["America/Chicago", "America/New_York"]],
  );
  assert.deepEqual([dan?.zone, dan?.devices[0]?.zones], ["America/Denver", ["America/Denver"]]);
  assert.deepEqual(records[4]?.devices[0]?.zones, ["America/New_York"]);
});

test("rejected rows are kept with line, reason, column and the row as it was", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const { id: importId } = await office.importFile(await office.newList(), FILE);
  const csv = await download(office.records.downloadRejectedRows({ importId }));
  const [header, ...rows] = csv.trim().split("\r\n");
  assert.equal(header, "line,reason,column,detail,row");
  assert.deepEqual(
    rows.map((row) => row.split(",").slice(0, 3)),
    [
      ["6", "device_invalid", "Cell"],
      ["8", "no_device", ""],
      ["9", "duplicate_in_file", ""],
      ["11", "value_too_long", "First Name"],
      ["12", "column_count", ""],
    ],
  );
  assert.ok(rows[0]?.includes('"C-5,Eve,Jones,,nobody,,,,,,,,"'));
  assert.ok(rows[2]?.includes("The same client id stands on line 2."));
});

test("APPEND adds, REPLACE takes the place of everything, at once", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const contactListId = await office.newList();
  const count = async () => (await office.lists.getContactList({ contactListId })).contactList?.recordCount;
  await office.importFile(contactListId, people(3));
  await office.importFile(contactListId, people(2, { from: 10 }));
  assert.equal(await count(), 5);
  const { records: before } = await office.records.searchRecords({ contactListId });
  await office.importFile(contactListId, people(4, { from: 20 }), { mode: ImportMode.IMPORT_MODE_REPLACE });
  assert.equal(await count(), 4);
  const { records } = await office.records.searchRecords({ contactListId });
  assert.deepEqual(
    records.map(({ clientId }) => clientId),
    ["C-20", "C-21", "C-22", "C-23"],
  );
  const gone = office.records.getRecord({ contactListId, recordId: before[0]?.id ?? "" });
  await rejectsWith(gone, status.NOT_FOUND, "ERROR_REASON_RECORD_NOT_FOUND");
  const { imports } = await office.records.listImports({ contactListId });
  assert.deepEqual(
    imports.map(({ acceptedCount }) => acceptedCount),
    [4, 2, 3],
  );
});

test("the caller's mapping, separator, encoding and region are followed", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const contactListId = await office.newList();
  const file = Buffer.from("Kürzel|Name|Nr|Weg\nK-1|Jürgen|030 23125123|x\n", "latin1");
  const done = await office.importFile(contactListId, file, {
    mapping: ["Kürzel=client_id", "Name=last_name", "Nr=device2", "Weg="],
    encoding: "ISO-8859-1",
    delimiter: "|",
    defaultRegion: "de",
  });
  assert.deepEqual(
    [done.encoding, done.delimiter, done.mapping],
    ["iso-8859-1", "|", { Kürzel: "client_id", Name: "last_name", Nr: "device2" }],
  );
  const { records } = await office.records.searchRecords({ contactListId });
  assert.deepEqual(
    [records[0]?.lastName, records[0]?.devices[0]?.index, records[0]?.devices[0]?.contactInfo],
    ["Jürgen", 2, "+493023125123"],
  );
});

test("a list's region explains numbers before the tenant's does", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const { contactList } = await office.lists.createContactList({
    contactList: { name: "London", defaultRegion: "GB" },
  });
  const contactListId = contactList?.id ?? "";
  await office.importFile(contactListId, "phone\n020 7946 0001\n");
  const { records } = await office.records.searchRecords({ contactListId, contactInfo: "020 7946 0001" });
  assert.equal(records[0]?.devices[0]?.contactInfo, "+442079460001");
});

test("records are found by client id, device and name, and pages meet without gap or repeat", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const contactListId = await office.newList();
  await office.importFile(contactListId, people(30));
  const ids = async (query: object) =>
    (await office.records.searchRecords({ contactListId, ...query })).records.map(({ clientId }) => clientId);
  assert.deepEqual(await ids({ clientId: "C-7" }), ["C-7"]);
  assert.deepEqual(await ids({ contactInfo: "(212) 200-0009" }), ["C-9"]);
  assert.deepEqual(await ids({ contactInfo: "ADA.11@example.com" }), ["C-11"]);
  assert.deepEqual(await ids({ contactInfo: "nobody" }), []);
  assert.equal((await ids({ name: "ADA" })).length, 30);
  assert.deepEqual(await ids({ name: "novak 29" }), ["C-29"]);
  const seen: string[] = [];
  let pageToken = "";
  do {
    const page = await office.records.searchRecords({ contactListId, pageSize: 7, pageToken });
    seen.push(...page.records.map(({ clientId }) => clientId));
    pageToken = page.nextPageToken;
  } while (pageToken !== "");
  assert.deepEqual(
    seen,
    Array.from({ length: 30 }, (_, i) => `C-${i}`),
  );
});

test("pages of imports meet without gap or repeat, newest first", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const contactListId = await office.newList();
  const made: string[] = [];
  for (let i = 0; i < 5; i++) made.unshift((await office.importFile(contactListId, people(1, { from: i }))).id);
  const first = await office.records.listImports({ contactListId, pageSize: 3 });
  const second = await office.records.listImports({ contactListId, pageSize: 3, pageToken: first.nextPageToken });
  assert.deepEqual(
    [...first.imports, ...second.imports].map(({ id }) => id),
    made,
  );
  assert.equal(second.nextPageToken, "");
});

test("an exported list is imported again as it was", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const contactListId = await office.newList();
  await office.importFile(contactListId, FILE);
  const csv = await download(office.records.exportRecords({ contactListId }));
  const copy = await office.newList();
  const done = await office.importFile(copy, csv);
  assert.deepEqual([done.acceptedCount, done.rejectedCount], [6, 0]);
  assert.deepEqual(await kept(office, copy), await kept(office, contactListId));
});

test("exports and downloads are in the audit trail, with who had them and what they were of; reads are not", async (t) => {
  const service = await bootLists(t);
  const office = await service.openOffice();
  const contactListId = await office.newList();
  const { id: importId } = await office.importFile(contactListId, "phone\n+12125550123\nno number\n");
  const suppressionListId = await office.newSuppressionList();
  await office.records.searchRecords({ contactListId });
  await download(office.records.exportRecords({ contactListId }));
  await download(office.records.downloadRejectedRows({ importId }));
  await download(office.suppression.exportEntries({ suppressionListId }));
  const trail = meshClient(t, service.identity.address, AuditServiceDefinition, office.tenantId);
  const exported = { action: AuditAction.AUDIT_ACTION_EXPORT };
  const entries = await until(async () => {
    const { auditEntries } = await trail.listAuditEntries(exported);
    return auditEntries.length === 3 && auditEntries;
  });
  const named = entries.map(({ rpc, objectIds }) => [rpc.split("/")[1], Object.values(objectIds)[0]]);
  assert.deepEqual(
    new Map(named as [string, string][]),
    new Map([
      ["ExportRecords", contactListId],
      ["DownloadRejectedRows", importId],
      ["ExportEntries", suppressionListId],
    ]),
  );
  assert.ok(entries.every(({ callerKind, status: end }) => callerKind === "user" && end === "OK"));
});

test("an export runs nothing in a spreadsheet, and is imported again as it was", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const contactListId = await office.newList();
  const odd = ["'=1+1", "'+1 house", "'-2", "'@SUM(A1)", "''quoted'", "'t Hart", "＝1", "plain", "''=x", "'  indented"];
  const rows = odd.map((text, i) => `C-${i},"${text}",${text},+1504555${String(1000 + i)}`);
  const done = await office.importFile(contactListId, ["client_id,last_name,'=own,phone", ...rows].join("\n"));
  assert.deepEqual([done.acceptedCount, done.rejectedCount], [odd.length, 0]);
  const csv = await download(office.records.exportRecords({ contactListId }));
  for (const cell of csv.split(/\r\n|,/)) assert.doesNotMatch(cell, /^"?[=+\-@\t＝]/, cell);
  const copy = await office.newList();
  await office.importFile(copy, csv);
  const [again, before] = [await kept(office, copy), await kept(office, contactListId)];
  assert.deepEqual(again, before);
  assert.match(JSON.stringify(before), /"=1\+1"/);
});

test("BatchGetRecords gives many records of any lists, without those that are gone", async (t) => {
  const service = await bootLists(t);
  const office = await service.openOffice();
  const mesh = meshClient(t, service.address, RecordServiceDefinition, office.tenantId);
  const lists = [await office.newList(), await office.newList()];
  const keys: { contactListId: string; recordId: string }[] = [];
  for (const contactListId of lists) {
    await office.importFile(contactListId, people(3));
    const { records } = await office.records.searchRecords({ contactListId });
    keys.push(...records.map(({ id }) => ({ contactListId, recordId: id })));
  }
  await office.lists.deleteContactList({ contactListId: lists[1] });
  const asked = [...keys, { contactListId: lists[0] ?? "", recordId: newId() }];
  const { records } = await mesh.batchGetRecords({ keys: asked });
  assert.deepEqual(
    records.map(({ id }) => id).sort(),
    keys.slice(0, 3).map(({ recordId }) => recordId),
  );
  assert.deepEqual(records.find(({ clientId }) => clientId === "C-1")?.devices.length, 2);
  assert.deepEqual((await mesh.batchGetRecords({ keys: [] })).records, []);
  await rejectsWith(
    mesh.batchGetRecords({ keys: [{ contactListId: "x", recordId: "" }] }),
    status.INVALID_ARGUMENT,
    "ERROR_REASON_FIELDS_INVALID",
  );
  const many = Array.from({ length: 1_001 }, () => keys[0] ?? { contactListId: "", recordId: "" });
  await rejectsWith(mesh.batchGetRecords({ keys: many }), status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
  await rejectsWith(
    office.records.batchGetRecords({ keys: [] }),
    status.PERMISSION_DENIED,
    "ERROR_REASON_PERMISSION_MISSING",
  );
});

test("PreviewImport shows how the beginning of a file would be read, and keeps nothing", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const data = Buffer.from(FILE.slice(0, FILE.lastIndexOf("C-10") + 12));
  const preview = await office.records.previewImport({ file: { data } });
  assert.deepEqual([preview.encoding, preview.delimiter], ["utf-8", ","]);
  assert.deepEqual(preview.columns[4], {
    header: "Cell",
    field: "device1",
    samples: ["(212) 555-0113", "+44 7700 900123", "+1 423 555 0100"],
  });
  assert.deepEqual(preview.records[0]?.devices[0]?.contactInfo, "+12125550113");
  assert.deepEqual(
    preview.rejectedRows.map(({ line, reason }) => [line, reason]),
    [
      [6, "device_invalid"],
      [8, "no_device"],
      [11, "value_too_long"],
    ],
  );
  const header = await office.records.previewImport({
    file: { data: Buffer.from("Phone,Colour\n") },
    mapping: ["Colour="],
  });
  assert.deepEqual(
    header.columns.map(({ header: name, field }) => [name, field]),
    [
      ["Phone", "device1"],
      ["Colour", ""],
    ],
  );
  const zip = office.records.previewImport({ file: { data: Buffer.from("PK\u0003\u0004 and so on") } });
  const told = await rejectsWith(zip, status.INVALID_ARGUMENT, "ERROR_REASON_FILE_UNREADABLE");
  assert.equal(told.metadata["problem"], "not_text");
});

test("another tenant's lists, records and imports are NOT_FOUND, in every call", async (t) => {
  const service = await bootLists(t);
  const [ours, theirs] = [await service.openOffice(), await service.openOffice()];
  const contactListId = await theirs.newList();
  const { id: importId } = await theirs.importFile(contactListId, people(2));
  const { records } = await theirs.records.searchRecords({ contactListId });
  const recordId = records[0]?.id ?? "";
  for (const [call, reason] of [
    [() => ours.importFile(contactListId, people(1)), "ERROR_REASON_LIST_NOT_FOUND"],
    [() => ours.records.listImports({ contactListId }), "ERROR_REASON_LIST_NOT_FOUND"],
    [() => ours.records.exportRecords({ contactListId }), "ERROR_REASON_LIST_NOT_FOUND"],
    [() => ours.records.searchRecords({ contactListId }), "ERROR_REASON_LIST_NOT_FOUND"],
    [() => ours.records.getRecord({ contactListId, recordId }), "ERROR_REASON_RECORD_NOT_FOUND"],
    [() => ours.records.getImport({ importId }), "ERROR_REASON_IMPORT_NOT_FOUND"],
    [() => ours.records.cancelImport({ importId }), "ERROR_REASON_IMPORT_NOT_FOUND"],
    [() => ours.records.downloadRejectedRows({ importId }), "ERROR_REASON_IMPORT_NOT_FOUND"],
  ] as const) {
    await rejectsWith(call(), status.NOT_FOUND, reason);
  }
  const mesh = meshClient(t, service.address, RecordServiceDefinition, ours.tenantId);
  assert.deepEqual((await mesh.batchGetRecords({ keys: [{ contactListId, recordId }] })).records, []);
  await rejectsWith(theirs.records.cancelImport({ importId }), status.FAILED_PRECONDITION, "ERROR_REASON_IMPORT_ENDED");
});

async function download(pieces: AsyncIterable<{ data: Uint8Array }>): Promise<string> {
  return Buffer.concat((await collect(pieces)).map(({ data }) => data)).toString();
}

/** The records of a list without what another import gives anew. */
async function kept({ records }: Office, contactListId: string) {
  const found = (await records.searchRecords({ contactListId })).records;
  return found.map((record) => ({
    ...record,
    id: "",
    contactListId: "",
    importId: "",
    sourceLine: 0,
    createTime: undefined,
  }));
}

test("records are found by a full name either way round, and by a number in any way of writing it", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const contactListId = await office.newList();
  await office.importFile(
    contactListId,
    "first_name,last_name,phone\nAnn,Roe,+15046218927\nAnna,Novak,+12125550101\nRoe,Ann,+12125550102\n",
  );
  const found = async (search: object) =>
    (await office.records.searchRecords({ contactListId, ...search })).records.map(({ sourceLine }) => sourceLine);
  assert.deepEqual(await found({ name: "ann  ROE" }), [2, 4]);
  assert.deepEqual(await found({ name: "Novak, A" }), [3]);
  assert.deepEqual(await found({ name: "Ann" }), [2, 3, 4]);
  assert.deepEqual(await found({ name: "Ann Novak" }), []);
  for (const contactInfo of ["(504) 621-8927", "504.621.8927", "001 504 621 8927", "+1 504 621 8927"])
    assert.deepEqual(await found({ contactInfo }), [2], contactInfo);
});
