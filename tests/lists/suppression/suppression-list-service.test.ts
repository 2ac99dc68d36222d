import assert from "node:assert/strict";
import { test } from "node:test";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { SuppressionKind } from "../../../gen/herald/lists/v1/suppression_list.ts";
import { collect, fakeClock, newId, rejectsWith, status } from "../../lib/harness.ts";
import { bootLists, importEntries, type Office } from "../lists.ts";

const CLIENTS = { kind: SuppressionKind.SUPPRESSION_KIND_CLIENT_ID };

test("a suppression list is made, read, changed and removed", async (t) => {
  const { suppression } = await (await bootLists(t)).openOffice();
  const { suppressionList: made } = await suppression.createSuppressionList({
    suppressionList: { name: "Opt-outs", channels: [Channel.CHANNEL_SMS, Channel.CHANNEL_VOICE], required: true },
  });
  assert.deepEqual(
    [made?.kind, made?.channels, made?.required, made?.entryCount],
    [SuppressionKind.SUPPRESSION_KIND_DEVICE, [Channel.CHANNEL_VOICE, Channel.CHANNEL_SMS], true, 0],
  );
  const id = made?.id ?? "";
  assert.deepEqual((await suppression.getSuppressionList({ suppressionListId: id })).suppressionList, made);
  const { suppressionList: changed } = await suppression.updateSuppressionList({
    suppressionList: { id, required: false, name: "", etag: made?.etag },
    updateMask: ["required"],
  });
  assert.deepEqual([changed?.name, changed?.required], ["Opt-outs", false]);
  await suppression.deleteSuppressionList({ suppressionListId: id });
  const gone = suppression.getSuppressionList({ suppressionListId: id });
  await rejectsWith(gone, status.NOT_FOUND, "ERROR_REASON_SUPPRESSION_LIST_NOT_FOUND");
});

test("names are taken once, creates can be sent again, stale etags and bad fields are refused", async (t) => {
  const { suppression } = await (await bootLists(t)).openOffice();
  const requestId = newId();
  const ask = () => suppression.createSuppressionList({ suppressionList: { name: "Opt-outs" }, requestId });
  const { suppressionList: first } = await ask();
  assert.deepEqual((await ask()).suppressionList, first);
  const taken = suppression.createSuppressionList({ suppressionList: { name: "opt-outs" } });
  await rejectsWith(taken, status.ALREADY_EXISTS, "ERROR_REASON_SUPPRESSION_LIST_NAME_TAKEN");
  const { suppressionList: other } = await suppression.createSuppressionList({ suppressionList: { name: "Others" } });
  const renamed = suppression.updateSuppressionList({ suppressionList: { id: other?.id, name: "Opt-outs" } });
  await rejectsWith(renamed, status.ALREADY_EXISTS, "ERROR_REASON_SUPPRESSION_LIST_NAME_TAKEN");
  await suppression.updateSuppressionList({ suppressionList: { ...first, description: "Everybody's" } });
  const stale = suppression.updateSuppressionList({ suppressionList: { ...first, description: "Mine" } });
  await rejectsWith(stale, status.ABORTED, "ERROR_REASON_SUPPRESSION_LIST_CHANGED");
  const bad = suppression.createSuppressionList({ suppressionList: { name: "x".repeat(121), channels: [0] } });
  const told = await rejectsWith(bad, status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
  assert.deepEqual(
    told.fields.map(({ field }) => field),
    ["suppression_list.name", "suppression_list.channels[0]"],
  );
  const kind = suppression.updateSuppressionList({ suppressionList: { id: first?.id }, updateMask: ["kind"] });
  await rejectsWith(kind, status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
});

test("entries are added in any way of writing them, replaced, listed, looked up and removed", async (t) => {
  const clock = fakeClock("2026-03-02T15:00:00Z");
  const { suppression, newSuppressionList } = await (await bootLists(t, { now: clock.now })).openOffice();
  const suppressionListId = await newSuppressionList({ name: "Opt-outs" });
  const untilTime = new Date("2026-03-03T00:00:00Z");
  const { addedCount, suppressionList } = await suppression.addEntries({
    suppressionListId,
    entries: [
      { value: "(212) 555-0113", reason: "asked  by\nphone" },
      { value: "Jo@Example.com" },
      { value: "+442079460000", untilTime },
      { value: "212-555-0113", reason: "again" },
    ],
  });
  assert.deepEqual([addedCount, suppressionList?.entryCount], [3, 3]);
  const { entries } = await suppression.listEntries({ suppressionListId });
  assert.deepEqual(
    entries.map(({ value, reason }) => [value, reason]),
    [
      ["+12125550113", "again"],
      ["+442079460000", ""],
      ["jo@example.com", ""],
    ],
  );
  assert.deepEqual(entries[0]?.createTime, clock.now());
  const { entries: british } = await suppression.listEntries({ suppressionListId, valuePrefix: "+44" });
  assert.deepEqual(
    british.map(({ value }) => value),
    ["+442079460000"],
  );

  const again = await suppression.addEntries({
    suppressionListId,
    entries: [{ value: "jo@example.com", reason: "link" }],
  });
  assert.deepEqual([again.addedCount, again.suppressionList?.entryCount], [0, 3]);
  const holds = async (value: string) =>
    (await suppression.lookUpEntries({ value })).hits.map((hit) => [hit.suppressionList?.name, hit.holdsNow]);
  assert.deepEqual(await holds("+44 20 7946 0000"), [["Opt-outs", true]]);
  clock.set(untilTime);
  assert.deepEqual(await holds("+44 20 7946 0000"), [["Opt-outs", false]]);
  assert.deepEqual(await holds("JO@example.com"), [["Opt-outs", true]]);
  assert.deepEqual(await holds("+12125550199"), []);

  const values = ["212 555 0113", "+12125550199", "jo@example.com"];
  const removed = await suppression.removeEntries({ suppressionListId, values });
  assert.deepEqual([removed.removedCount, removed.suppressionList?.entryCount], [2, 1]);
});

test("one wrong entry refuses the whole call, names its place and keeps its value out of the message", async (t) => {
  const { suppression, newSuppressionList } = await (await bootLists(t)).openOffice();
  const suppressionListId = await newSuppressionList();
  const [fromTime, untilTime] = [new Date(2_000), new Date(1_000)];
  const entries = [{ value: "+12125550113" }, { value: "nobody" }, { value: "+12125550114", fromTime, untilTime }];
  const told = await rejectsWith(
    suppression.addEntries({ suppressionListId, entries }),
    status.INVALID_ARGUMENT,
    "ERROR_REASON_FIELDS_INVALID",
  );
  assert.deepEqual(
    told.fields.map(({ field }) => field),
    ["entries[1].value", "entries[2].until_time"],
  );
  assert.ok(!JSON.stringify(told).includes("nobody"));
  assert.deepEqual((await suppression.listEntries({ suppressionListId })).entries, []);
  for (const wrong of [
    () => suppression.addEntries({ suppressionListId, entries: [] }),
    () =>
      suppression.addEntries({
        suppressionListId,
        entries: Array.from({ length: 1_001 }, () => ({ value: "+12125550113" })),
      }),
    () => suppression.removeEntries({ suppressionListId, values: ["?"] }),
    () => suppression.lookUpEntries({ value: "" }),
  ]) {
    await rejectsWith(wrong(), status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
  }
});

test("a list of client ids holds them as they are written", async (t) => {
  const { suppression, newSuppressionList } = await (await bootLists(t)).openOffice();
  const suppressionListId = await newSuppressionList({ name: "Clients", ...CLIENTS });
  await suppression.addEntries({ suppressionListId, entries: [{ value: " C-7 " }, { value: "2125550113" }] });
  const found = async (value: string) => (await suppression.lookUpEntries({ value })).hits.length;
  assert.deepEqual(
    [await found("C-7"), await found("c-7"), await found("2125550113"), await found("+12125550113")],
    [1, 0, 1, 0],
  );
  const long = suppression.addEntries({ suppressionListId, entries: [{ value: "x".repeat(129) }] });
  await rejectsWith(long, status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
});

test("another tenant's list is NOT_FOUND, in every call", async (t) => {
  const service = await bootLists(t);
  const [ours, theirs] = [await service.openOffice(), await service.openOffice()];
  const suppressionListId = await theirs.newSuppressionList();
  await theirs.suppression.addEntries({ suppressionListId, entries: [{ value: "+12125550113" }] });
  for (const call of [
    () => ours.suppression.getSuppressionList({ suppressionListId }),
    () => ours.suppression.updateSuppressionList({ suppressionList: { id: suppressionListId, name: "Ours" } }),
    () => ours.suppression.deleteSuppressionList({ suppressionListId }),
    () => ours.suppression.addEntries({ suppressionListId, entries: [{ value: "+12125550114" }] }),
    () => ours.suppression.removeEntries({ suppressionListId, values: ["+12125550113"] }),
    () => ours.suppression.listEntries({ suppressionListId }),
    () => importEntries(ours, suppressionListId, "+12125550114\n"),
    () => ours.suppression.exportEntries({ suppressionListId }),
  ]) {
    await rejectsWith(call(), status.NOT_FOUND, "ERROR_REASON_SUPPRESSION_LIST_NOT_FOUND");
  }
  assert.deepEqual((await ours.suppression.lookUpEntries({ value: "+12125550113" })).hits, []);
  assert.deepEqual((await ours.suppression.listSuppressionLists({})).suppressionLists, []);
  assert.equal((await theirs.suppression.listEntries({ suppressionListId })).entries.length, 1);
});

test("pages of lists and entries meet without gap or repeat", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const made: string[] = [];
  for (let i = 0; i < 5; i++) made.unshift(await office.newSuppressionList());
  assert.deepEqual(await allLists(office), made);
  const suppressionListId = made[0] ?? "";
  const values = Array.from({ length: 25 }, (_, i) => `+121255501${String(i).padStart(2, "0")}`);
  await office.suppression.addEntries({ suppressionListId, entries: values.map((value) => ({ value })) });
  assert.deepEqual(await allEntries(office, suppressionListId), values);
});

test("a file of entries is imported: with a header, or one bare value a line", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const suppressionListId = await office.newSuppressionList();
  const file = [
    "Phone;From;Until;Reason",
    "(212) 555-0113;;2026-12-31;asked by phone",
    "+44 20 7946 0000;2026-01-01T00:00:00Z;;",
    "nobody;;;",
    "212 555 0114;soon;;",
    "jo@example.com;;;by link",
    "212-555-0113;;;later",
  ].join("\r\n");
  const answer = await importEntries(office, suppressionListId, file);
  assert.deepEqual(
    [answer.rowCount, answer.acceptedCount, answer.rejectedCount, answer.suppressionList?.entryCount],
    [6, 4, 2, 4],
  );
  assert.deepEqual(
    answer.rejectedRows.map(({ line, reason, column }) => [line, reason, column]),
    [
      [4, "value_invalid", "Phone"],
      [5, "time_invalid", "From"],
    ],
  );
  const { entries } = await office.suppression.listEntries({ suppressionListId });
  assert.deepEqual(
    entries.map(({ value, fromTime, untilTime, reason }) => [
      value,
      fromTime?.toISOString(),
      untilTime?.toISOString(),
      reason,
    ]),
    [
      ["+12125550113", undefined, undefined, "later"],
      // Its window cannot be read: it holds for always.
      ["+12125550114", undefined, undefined, ""],
      ["+442079460000", "2026-01-01T00:00:00.000Z", undefined, ""],
      ["jo@example.com", undefined, undefined, "by link"],
    ],
  );
  const bare = await importEntries(office, suppressionListId, "2125550115\n2125550116");
  assert.deepEqual([bare.rowCount, bare.acceptedCount, bare.suppressionList?.entryCount], [2, 2, 6]);
});

test("an exported list is read again as it was", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const suppressionListId = await office.newSuppressionList();
  const until = "2026-12-31T12:00:00.000Z";
  await importEntries(
    office,
    suppressionListId,
    `value,until,reason\n+12125550113,${until},"said ""no"", twice"\njo@example.com,,\n`,
  );
  const csv = Buffer.concat(
    (await collect(office.suppression.exportEntries({ suppressionListId }))).map(({ data }) => data),
  ).toString();
  assert.equal(csv, `value,from,until,reason\r\n'+12125550113,,${until},"said ""no"", twice"\r\njo@example.com,,,\r\n`);
  const copy = await office.newSuppressionList();
  const answer = await importEntries(office, copy, csv);
  assert.deepEqual([answer.acceptedCount, answer.rejectedCount], [2, 0]);
  const read = async (id: string) =>
    (await office.suppression.listEntries({ suppressionListId: id })).entries.map((entry) => ({
      ...entry,
      createTime: undefined,
    }));
  assert.deepEqual(await read(copy), await read(suppressionListId));
});

test("a file of entries that is no table, or is cut off, changes nothing", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const suppressionListId = await office.newSuppressionList();
  for (const [file, problem] of [
    ["", "empty"],
    ["value,until\n", "header_only"],
    [Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]), "not_text"],
  ] as const) {
    const told = await rejectsWith(
      importEntries(office, suppressionListId, file),
      status.INVALID_ARGUMENT,
      "ERROR_REASON_FILE_UNREADABLE",
    );
    assert.equal(told.metadata["problem"], problem);
  }
  await rejectsWith(
    importEntries(office, suppressionListId, "a,b\n1,2\n"),
    status.INVALID_ARGUMENT,
    "ERROR_REASON_MAPPING_INVALID",
  );
  async function* cut() {
    yield Buffer.from("value\n+12125550113\n");
    throw new Error("the line broke");
  }
  await assert.rejects(importEntries(office, suppressionListId, cut()));
  assert.equal((await office.suppression.getSuppressionList({ suppressionListId })).suppressionList?.entryCount, 0);
});

async function allLists({ suppression }: Office): Promise<string[]> {
  const ids: string[] = [];
  let pageToken = "";
  do {
    const page = await suppression.listSuppressionLists({ pageSize: 2, pageToken });
    ids.push(...page.suppressionLists.map(({ id }) => id));
    pageToken = page.nextPageToken;
  } while (pageToken !== "");
  return ids;
}

async function allEntries({ suppression }: Office, suppressionListId: string): Promise<string[]> {
  const values: string[] = [];
  let pageToken = "";
  do {
    const page = await suppression.listEntries({ suppressionListId, pageSize: 7, pageToken });
    values.push(...page.entries.map(({ value }) => value));
    pageToken = page.nextPageToken;
  } while (pageToken !== "");
  return values;
}

test("an address as long as can be imported can be suppressed, imported, looked up and removed", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const suppressionListId = await office.newSuppressionList();
  const longest = `${"a".repeat(64)}@${["b", "c", "d"].map((letter) => letter.repeat(60)).join(".")}.com`;
  assert.ok(longest.length > 200 && longest.length <= 254);
  const contactListId = await office.newList();
  assert.equal((await office.importFile(contactListId, `email\n${longest}\n`)).acceptedCount, 1);
  const { records } = await office.records.searchRecords({ contactListId, contactInfo: longest.toUpperCase() });
  assert.equal(records.length, 1);
  await office.suppression.addEntries({ suppressionListId, entries: [{ value: longest }] });
  assert.equal((await office.suppression.lookUpEntries({ value: longest })).hits.length, 1);
  const removed = await office.suppression.removeEntries({ suppressionListId, values: [longest] });
  assert.equal(removed.removedCount, 1);
  assert.equal((await importEntries(office, suppressionListId, `email\n${longest}\n`)).acceptedCount, 1);
});
