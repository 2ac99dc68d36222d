/** Files of people who are in the list already: nobody twice, unless somebody asks for it; and everybody keeps the id that campaigns know. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ImportMode, KnownRecords, type Import } from "../../../gen/herald/lists/v1/import.ts";
import { collect, rejectsWith, status } from "../../lib/harness.ts";
import { bootLists, people, type Office } from "../lists.ts";

const UPDATE = { knownRecords: KnownRecords.KNOWN_RECORDS_UPDATE };
const ADD = { knownRecords: KnownRecords.KNOWN_RECORDS_ADD };
const REPLACE = { mode: ImportMode.IMPORT_MODE_REPLACE };

const countsOf = ({ acceptedCount, addedCount, updatedCount, skippedCount, removedCount }: Import) => ({
  accepted: acceptedCount,
  added: addedCount,
  updated: updatedCount,
  skipped: skippedCount,
  removed: removedCount,
});

const none = { accepted: 0, added: 0, updated: 0, skipped: 0, removed: 0 };

async function recordsOf({ records, lists }: Office, contactListId: string) {
  const { records: found } = await records.searchRecords({ contactListId, pageSize: 500 });
  const { contactList } = await lists.getContactList({ contactListId });
  assert.equal(contactList?.recordCount, found.length, "the list's count is that of its records");
  return found;
}

test("the same file again adds nobody, by client id and by device, and says so", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const contactListId = await office.newList();
  const first = await office.importFile(contactListId, people(50));
  assert.deepEqual(countsOf(first), { ...none, accepted: 50, added: 50 });
  const before = await recordsOf(office, contactListId);
  const again = await office.importFile(contactListId, people(60));
  assert.equal(again.knownRecords, KnownRecords.KNOWN_RECORDS_SKIP);
  assert.deepEqual(countsOf(again), { ...none, accepted: 60, added: 10, skipped: 50 });
  assert.deepEqual((await recordsOf(office, contactListId)).slice(0, 50), before);

  const anonymous = await office.newList();
  const file = "phone,email,name\n+12125550101,a@example.com,Ann\n+12125550102,b@example.com,Bob\n";
  await office.importFile(anonymous, file);
  const known = await office.importFile(anonymous, "email,name\nA@example.com,Anne\nc@example.com,Cid\n");
  assert.deepEqual(countsOf(known), { ...none, accepted: 2, added: 1, skipped: 1 });
  const shared = await office.importFile(contactListId, "client_id,phone\nOther,+12122000001\n");
  assert.deepEqual(countsOf(shared), { ...none, accepted: 1, added: 1 }, "two client ids are two people");
  const twice = await office.importFile(contactListId, people(5), ADD);
  assert.deepEqual(countsOf(twice), { ...none, accepted: 5, added: 5 });
});

test("updating gives a record the columns that the file has, keeps its id and all others, and counts what changed", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const contactListId = await office.newList();
  const file = [
    "client_id,first_name,last_name,phone,zip,country,balance,colour",
    "C-1,Ann,Novak,+12125550101,10001,US,1.00,red",
    "C-2,Bob,Novak,+12125550102,10001,US,2.00,red",
    ",Cid,Novak,+12125550103,10001,US,3.00,red",
  ].join("\n");
  await office.importFile(contactListId, file);
  const before = await recordsOf(office, contactListId);
  const update = [
    "client_id,first_name,phone,balance",
    "C-1,Anna,+14155550101,9.00",
    "C-2,Bob,+12125550102,2.00",
    "C-3,,+12125550103,",
    "C-4,Dee,+12125550104,4.00",
  ].join("\n");
  const done = await office.importFile(contactListId, update, UPDATE);
  assert.deepEqual(countsOf(done), { ...none, accepted: 4, added: 1, updated: 2, skipped: 1 });
  const after = await recordsOf(office, contactListId);
  assert.deepEqual(
    after.slice(0, 3).map(({ id }) => id),
    before.map(({ id }) => id),
  );
  const [ann, bob, cid, dee] = after;
  assert.deepEqual(
    [ann?.firstName, ann?.lastName, ann?.postalCode, ann?.fields, ann?.devices.map(({ contactInfo }) => contactInfo)],
    ["Anna", "Novak", "10001", { balance: "9.00", colour: "red" }, ["+14155550101"]],
  );
  assert.deepEqual(
    ann?.devices[0]?.zones,
    ["America/Los_Angeles", "America/New_York"],
    "the place known before still holds",
  );
  assert.deepEqual([ann?.importId, ann?.sourceLine], [done.id, 2]);
  assert.deepEqual(bob, before[1]);
  assert.deepEqual([cid?.clientId, cid?.firstName, cid?.fields], ["C-3", "", { colour: "red" }]);
  assert.equal(dee?.clientId, "C-4");
  const again = await office.importFile(contactListId, update, UPDATE);
  assert.deepEqual(countsOf(again), { ...none, accepted: 4, skipped: 4 });
});

test("replacing keeps the ids of those who stay; the identical file changes nothing", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const contactListId = await office.newList();
  const file = [
    "client_id,name,phone,email",
    "C-1,Ann,+12125550101,family@example.com",
    ",Ann,+12125550101,",
    "C-2,Bob,+12125550102,family@example.com",
    ",Cid,+12125550103,family@example.com",
    ",Dee,+12125550104,family@example.com",
  ].join("\n");
  const first = await office.importFile(contactListId, file);
  assert.equal(first.addedCount, 5);
  const before = await recordsOf(office, contactListId);
  const same = await office.importFile(contactListId, file, REPLACE);
  assert.deepEqual(countsOf(same), { ...none, accepted: 5, skipped: 5 });
  assert.deepEqual(await recordsOf(office, contactListId), before);

  const next = "client_id,name,phone,size\nC-2,Robert,+12125550102,L\n,Dee,+12125550104,M\nC-9,Eve,+12125550109,S\n";
  const replaced = await office.importFile(contactListId, next, REPLACE);
  assert.deepEqual(countsOf(replaced), { ...none, accepted: 3, added: 1, updated: 2, removed: 3 });
  const after = await recordsOf(office, contactListId);
  assert.deepEqual(
    after.map(({ fields, devices }) => [fields["name"], devices.length]),
    [
      ["Robert", 1],
      ["Dee", 1],
      ["Eve", 1],
    ],
  );
  assert.deepEqual([after[0]?.id, after[1]?.id], [before[2]?.id, before[4]?.id]);
  const gone = office.records.getRecord({ contactListId, recordId: before[0]?.id });
  await rejectsWith(gone, status.NOT_FOUND, "ERROR_REASON_RECORD_NOT_FOUND");
  const csv = Buffer.concat((await collect(office.records.exportRecords({ contactListId }))).map(({ data }) => data));
  assert.match(csv.toString().split("\r\n")[0] ?? "", /zone,name,size$/);
  const others = await office.importFile(contactListId, people(3, { from: 50 }), REPLACE);
  assert.deepEqual(countsOf(others), { ...none, accepted: 3, added: 3, removed: 3 });
  assert.equal((await recordsOf(office, contactListId)).length, 3);
});

test("an import that fails, or a mode that there is none of, changes nobody", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const contactListId = await office.newList();
  await office.importFile(contactListId, people(20));
  const before = await recordsOf(office, contactListId);
  for (const more of [UPDATE, REPLACE, {}]) {
    const cut = office.importFile(contactListId, people(10, { from: 15 }), { ...more, totalBytes: 1_000_000 });
    await rejectsWith(cut, status.ABORTED, "ERROR_REASON_UPLOAD_INCOMPLETE");
    assert.deepEqual(await recordsOf(office, contactListId), before);
  }
  const wrong = office.importFile(contactListId, people(1), { knownRecords: -1 as KnownRecords });
  await rejectsWith(wrong, status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
});

test("a big list is compared with a big file in one stroke", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const contactListId = await office.newList();
  const emptyAt = performance.now();
  await office.importFile(contactListId, people(40_000));
  const begunAt = performance.now();
  assert.deepEqual(countsOf(await office.importFile(contactListId, people(40_000, { from: 20_000 }))), {
    ...none,
    accepted: 40_000,
    added: 20_000,
    skipped: 20_000,
  });
  const same = await office.importFile(contactListId, people(60_000), REPLACE);
  assert.deepEqual(countsOf(same), { ...none, accepted: 60_000, skipped: 60_000 });
  t.diagnostic(`${Math.round(begunAt - emptyAt)} ms for 40,000 rows into an empty list`);
  t.diagnostic(`${Math.round(performance.now() - begunAt)} ms for 100,000 rows against 40,000 and 60,000 records`);
});
