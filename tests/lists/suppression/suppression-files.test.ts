/** Files of people who must not be contacted, as they come: what of them is read, and what is said about it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { JobState } from "../../../gen/herald/jobs/v1/job.ts";
import { SuppressionKind } from "../../../gen/herald/lists/v1/suppression_list.ts";
import { rejectsWith, status, until } from "../../lib/harness.ts";
import { bootLists, importEntries, people, type Office } from "../lists.ts";

const CLIENTS = { kind: SuppressionKind.SUPPRESSION_KIND_CLIENT_ID };

const valuesOf = async ({ suppression }: Office, suppressionListId: string) =>
  (await suppression.listEntries({ suppressionListId })).entries.map(({ value }) => value);

test("every number and address of a row is suppressed, an empty cell beside a full one is no fault, and the columns read are named", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const suppressionListId = await office.newSuppressionList();
  const file = [
    "Name,Phone,Email,Address,Work Phone,reason",
    "Ann,+12125550123,ann@example.com,12 Main Street,,letter",
    ",,bob@example.com,500 Fifth Avenue,,site",
    "Cid,+12125550124,,1 Broadway,(212) 555-0126,phone",
    "Dee,nobody,dee@example.com,,,",
    "Eve,,,7 Elm Street,,",
  ].join("\n");
  const answer = await importEntries(office, suppressionListId, file);
  assert.deepEqual(answer.mapping, { Phone: "value", Email: "value", "Work Phone": "value", reason: "reason" });
  assert.deepEqual([answer.rowCount, answer.acceptedCount, answer.rejectedCount, answer.addedCount], [5, 3, 2, 6]);
  assert.deepEqual(
    answer.rejectedRows.map(({ line, reason, column }) => [line, reason, column]),
    [
      [5, "value_invalid", "Phone"],
      [6, "value_invalid", ""],
    ],
  );
  assert.match(answer.rejectedRows[0]?.detail ?? "", /What the row names besides was taken/);
  assert.deepEqual(await valuesOf(office, suppressionListId), [
    "+12125550123",
    "+12125550124",
    "+12125550126",
    "ann@example.com",
    "bob@example.com",
    "dee@example.com",
  ]);
});

test("a file of contacts suppresses their devices; of a list of client ids, their client ids", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const file =
    "client_id,first_name,address,city,device1,email\nC-1,Ann,12 Main Street,Springfield,+12125550123,ann@example.com\n";
  const devices = await office.newSuppressionList();
  await importEntries(office, devices, file);
  assert.deepEqual(await valuesOf(office, devices), ["+12125550123", "ann@example.com"]);
  const clients = await office.newSuppressionList(CLIENTS);
  const answer = await importEntries(office, clients, file);
  assert.deepEqual(answer.mapping, { client_id: "value" });
  assert.deepEqual(await valuesOf(office, clients), ["C-1"]);
  const addresses = await office.newSuppressionList();
  await importEntries(office, addresses, "address\nann@example.com\n");
  assert.deepEqual(await valuesOf(office, addresses), ["ann@example.com"]);
});

test("a row that says FALSE of its do_not_contact, or yes of its consent, is left out; what is empty or unclear is not", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const suppressionListId = await office.newSuppressionList();
  const file = [
    "phone,do_not_contact",
    "+12125550101,TRUE",
    "+12125550102,FALSE",
    "+12125550103,",
    "+12125550104,maybe",
    "+12125550105,no",
  ].join("\n");
  const answer = await importEntries(office, suppressionListId, file);
  assert.deepEqual([answer.rowCount, answer.acceptedCount, answer.rejectedCount, answer.leftOutCount], [5, 3, 0, 2]);
  const consents = "email,Opt-In\na@example.com,yes\nb@example.com,no\nc@example.com,\n";
  await importEntries(office, suppressionListId, consents);
  assert.deepEqual(await valuesOf(office, suppressionListId), [
    "+12125550101",
    "+12125550103",
    "+12125550104",
    "b@example.com",
    "c@example.com",
  ]);
});

test("a column that asks who must not be contacted is known by many names, and only a clear no leaves a row out", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  for (const header of [
    "do_not_contact",
    "DNC",
    "Opted Out?",
    "is_opted_out",
    "HasOptedOutOfEmail",
    "Email Opt Out",
    "unsubscribed",
    "Is Unsubscribed",
    "dnc_flag",
    "Do Not Call (Y/N)",
    "no_sms",
    "Blacklisted",
  ]) {
    const suppressionListId = await office.newSuppressionList();
    const says = ["TRUE", "1", "", "x", "FALSE", "no", "0", "N"];
    const file = [
      "phone;unsubscribe date;" + header,
      ...says.map((one, i) => `+1212555010${i};2026-01-02;${one}`),
    ].join("\n");
    const preview = await office.suppression.previewEntries({ suppressionListId, file: { data: Buffer.from(file) } });
    assert.deepEqual(
      preview.columns.map(({ field }) => field),
      ["value", "", "do_not_contact"],
      header,
    );
    const answer = await importEntries(office, suppressionListId, file);
    assert.deepEqual([answer.acceptedCount, answer.rejectedCount, answer.leftOutCount], [4, 0, 4], header);
  }
});

test("a file without a column of values is refused with the columns it has, and read once they are mapped", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const suppressionListId = await office.newSuppressionList();
  const file = "street,handy,wohnort\n12 Main Street,+12125550123,Ulm\n";
  for (const [refused, words] of [
    [file, /it has "street", "handy", "wohnort"\. Name one phone, mobile, email, device1 or value, or map it/],
    ["street\n12 Main\n500 Fifth\n", /it has "street"/],
  ] as const) {
    const told = await rejectsWith(
      importEntries(office, suppressionListId, refused),
      status.INVALID_ARGUMENT,
      "ERROR_REASON_MAPPING_INVALID",
    );
    assert.match(told.message, words);
  }
  const clients = await office.newSuppressionList(CLIENTS);
  const noClients = importEntries(office, clients, "phone,email\n+12125550123,\n");
  assert.match(
    (await rejectsWith(noClients, status.INVALID_ARGUMENT, "ERROR_REASON_MAPPING_INVALID")).message,
    /hold client ids/,
  );
  const mapped = await importEntries(office, suppressionListId, file, { mapping: ["handy=value", "wohnort=reason"] });
  assert.deepEqual(mapped.mapping, { handy: "value", wohnort: "reason" });
  const { entries } = await office.suppression.listEntries({ suppressionListId });
  assert.deepEqual(
    entries.map(({ value, reason }) => [value, reason]),
    [["+12125550123", "Ulm"]],
  );
  for (const [mapping, words] of [
    [["Colour=value"], /"Colour", which the file does not have/],
    [["handy=first_name"], /is no field of an entry/],
  ] as const) {
    const wrong = importEntries(office, suppressionListId, file, { mapping: [...mapping] });
    assert.match((await rejectsWith(wrong, status.INVALID_ARGUMENT, "ERROR_REASON_MAPPING_INVALID")).message, words);
  }
});

test("PreviewEntries shows columns, entries and rejected rows, and keeps nothing", async (t) => {
  const lists = await bootLists(t);
  const office = await lists.openOffice();
  const suppressionListId = await office.newSuppressionList();
  const show = (text: string, more = {}) =>
    office.suppression.previewEntries({ suppressionListId, file: { data: Buffer.from(text) }, ...more });
  const preview = await show("Name;Phone;Email\nAnn;(212) 555-0123;ann@example.com\nBob;nobody;\n");
  assert.deepEqual(
    [preview.encoding, preview.delimiter, preview.columns.map(({ header, field }) => [header, field])],
    [
      "utf-8",
      ";",
      [
        ["Name", ""],
        ["Phone", "value"],
        ["Email", "value"],
      ],
    ],
  );
  assert.deepEqual(preview.columns[1]?.samples, ["(212) 555-0123", "nobody"]);
  assert.deepEqual(
    preview.entries.map(({ value }) => value),
    ["+12125550123", "ann@example.com"],
  );
  assert.deepEqual(
    preview.rejectedRows.map(({ line, column }) => [line, column]),
    [[3, "Phone"]],
  );
  const unknown = await show("street,handy\n12 Main,+12125550123\n");
  assert.deepEqual([unknown.columns.map(({ field }) => field), unknown.entries], [["", ""], []]);
  const mapped = await show("street,handy\n12 Main,+12125550123\n", { mapping: ["handy=value"] });
  assert.equal(mapped.entries[0]?.value, "+12125550123");
  assert.equal((await show("+12125550123\n+12125550124\n")).entries.length, 2);
  assert.equal((await show(people(12_000))).entries.length, 10);
  assert.deepEqual(await valuesOf(office, suppressionListId), []);
  await rejectsWith(show(""), status.INVALID_ARGUMENT, "ERROR_REASON_FILE_UNREADABLE");
  const wrong = show("phone\n+12125550123\n", { mapping: ["x=value"] });
  await rejectsWith(wrong, status.INVALID_ARGUMENT, "ERROR_REASON_MAPPING_INVALID");
  const foreign = (await lists.openOffice()).suppression.previewEntries({ suppressionListId });
  await rejectsWith(foreign, status.NOT_FOUND, "ERROR_REASON_SUPPRESSION_LIST_NOT_FOUND");
});

test("an import of entries shows how it ended by its job, and one that was cut off changes nothing", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const suppressionListId = await office.newSuppressionList({ name: "Told us no" });
  await importEntries(office, suppressionListId, "+12125550123\n", { fileName: "no.csv" });
  const ended = await until(async () => {
    const { jobs } = await office.jobs.listJobs({ kind: "lists.suppression_import" });
    return jobs[0]?.state === JobState.JOB_STATE_SUCCEEDED && jobs[0];
  });
  assert.deepEqual(
    [ended.title, ended.objectId, ended.counts],
    ["Import no.csv into Told us no", suppressionListId, { rows: 1, accepted: 1, rejected: 0 }],
  );
  const cut = importEntries(office, suppressionListId, "+12125550124\n", { totalBytes: 1_000 });
  await rejectsWith(cut, status.ABORTED, "ERROR_REASON_UPLOAD_INCOMPLETE");
  assert.deepEqual(await valuesOf(office, suppressionListId), ["+12125550123"]);
});
