import assert from "node:assert/strict";
import { test } from "node:test";
import { ContactListState } from "../../../gen/herald/lists/v1/contact_list.ts";
import { newId, rejectsWith, status } from "../../lib/harness.ts";
import { bootLists, people } from "../lists.ts";

test("a list is made, read, changed and removed", async (t) => {
  const { lists } = await (await bootLists(t)).openOffice();
  const { contactList: made } = await lists.createContactList({
    contactList: { name: " Spring ", description: "All of them", defaultRegion: "gb" },
  });
  assert.deepEqual(
    [made?.name, made?.description, made?.defaultRegion, made?.recordCount, made?.state],
    ["Spring", "All of them", "GB", 0, ContactListState.CONTACT_LIST_STATE_EMPTY],
  );
  const id = made?.id ?? "";
  assert.deepEqual((await lists.getContactList({ contactListId: id })).contactList, made);
  const { contactList: changed } = await lists.updateContactList({
    contactList: { id, name: "Summer", etag: made?.etag },
    updateMask: ["name"],
  });
  assert.deepEqual([changed?.name, changed?.description], ["Summer", "All of them"]);
  assert.notEqual(changed?.etag, made?.etag);
  await lists.deleteContactList({ contactListId: id });
  await rejectsWith(lists.getContactList({ contactListId: id }), status.NOT_FOUND, "ERROR_REASON_LIST_NOT_FOUND");
});

test("a create that is sent again gives the first list, and a name is taken once", async (t) => {
  const { lists } = await (await bootLists(t)).openOffice();
  const requestId = newId();
  const { contactList: first } = await lists.createContactList({ contactList: { name: "Spring" }, requestId });
  const { contactList: again } = await lists.createContactList({ contactList: { name: "Spring" }, requestId });
  assert.deepEqual(again, first);
  const taken = lists.createContactList({ contactList: { name: "SPRING" } });
  await rejectsWith(taken, status.ALREADY_EXISTS, "ERROR_REASON_LIST_NAME_TAKEN");
  const { contactList: other } = await lists.createContactList({ contactList: { name: "Summer" } });
  const renamed = lists.updateContactList({ contactList: { id: other?.id, name: "Spring" }, updateMask: ["name"] });
  await rejectsWith(renamed, status.ALREADY_EXISTS, "ERROR_REASON_LIST_NAME_TAKEN");
});

test("UpdateContactList refuses a stale etag, so two editors cannot overwrite each other", async (t) => {
  const { lists } = await (await bootLists(t)).openOffice();
  const { contactList: read } = await lists.createContactList({ contactList: { name: "Spring" } });
  await lists.updateContactList({ contactList: { ...read, name: "Spring, north" } });
  const stale = lists.updateContactList({ contactList: { ...read, name: "Spring, south" } });
  await rejectsWith(stale, status.ABORTED, "ERROR_REASON_LIST_CHANGED");
});

test("bad fields are refused by name", async (t) => {
  const { lists } = await (await bootLists(t)).openOffice();
  const bad = { name: "", description: "x".repeat(501), defaultRegion: "Narnia" };
  const told = await rejectsWith(
    lists.createContactList({ contactList: bad }),
    status.INVALID_ARGUMENT,
    "ERROR_REASON_FIELDS_INVALID",
  );
  assert.deepEqual(
    told.fields.map(({ field }) => field),
    ["contact_list.name", "contact_list.description", "contact_list.default_region"],
  );
  for (const sign of ["\u200f", "\u{e0041}"]) {
    const unseen = lists.createContactList({ contactList: { name: `Spring${sign}` } });
    await rejectsWith(unseen, status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
  }
  await rejectsWith(
    lists.getContactList({ contactListId: "7" }),
    status.INVALID_ARGUMENT,
    "ERROR_REASON_FIELDS_INVALID",
  );
  await rejectsWith(lists.listContactLists({ pageSize: -1 }), status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
  const path = lists.updateContactList({ contactList: { id: newId() }, updateMask: ["record_count"] });
  await rejectsWith(path, status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
});

test("another tenant's list is NOT_FOUND, in every call", async (t) => {
  const service = await bootLists(t);
  const [ours, theirs] = [await service.openOffice(), await service.openOffice()];
  const contactListId = await theirs.newList("Theirs");
  for (const call of [
    () => ours.lists.getContactList({ contactListId }),
    () => ours.lists.updateContactList({ contactList: { id: contactListId, name: "Ours" } }),
    () => ours.lists.deleteContactList({ contactListId }),
  ]) {
    await rejectsWith(call(), status.NOT_FOUND, "ERROR_REASON_LIST_NOT_FOUND");
  }
  assert.deepEqual((await ours.lists.listContactLists({})).contactLists, []);
  assert.equal((await theirs.lists.listContactLists({})).contactLists[0]?.name, "Theirs");
});

test("pages of lists meet without gap or repeat, newest first, and a name is searched without case", async (t) => {
  const { lists } = await (await bootLists(t)).openOffice();
  const made: string[] = [];
  for (let i = 0; i < 7; i++) {
    const { contactList } = await lists.createContactList({ contactList: { name: `${i % 2 ? "Odd" : "Even"} ${i}` } });
    made.unshift(contactList?.id ?? "");
  }
  const seen: string[] = [];
  let pageToken = "";
  do {
    const page = await lists.listContactLists({ pageSize: 3, pageToken });
    seen.push(...page.contactLists.map(({ id }) => id));
    pageToken = page.nextPageToken;
  } while (pageToken !== "");
  assert.deepEqual(seen, made);
  const { contactLists: odd } = await lists.listContactLists({ query: "ODD" });
  assert.equal(odd.length, 3);
  const { nextPageToken } = await lists.listContactLists({ pageSize: 3 });
  const foreign = lists.listContactLists({ pageSize: 3, pageToken: nextPageToken, query: "odd" });
  await rejectsWith(foreign, status.INVALID_ARGUMENT, "ERROR_REASON_PAGE_TOKEN_INVALID");
});

test("a list's records count, and are gone with it", async (t) => {
  const { lists, records, newList, importFile } = await (await bootLists(t)).openOffice();
  const contactListId = await newList();
  const { id: importId } = await importFile(contactListId, people(20));
  const { contactList } = await lists.getContactList({ contactListId });
  assert.deepEqual([contactList?.recordCount, contactList?.state], [20, ContactListState.CONTACT_LIST_STATE_READY]);
  const { records: found } = await records.searchRecords({ contactListId });
  const keys = found.map(({ id }) => ({ contactListId, recordId: id }));
  assert.equal(keys.length, 20);
  await lists.deleteContactList({ contactListId });
  await rejectsWith(records.getImport({ importId }), status.NOT_FOUND, "ERROR_REASON_IMPORT_NOT_FOUND");
  const gone = records.getRecord({ contactListId, recordId: keys[0]?.recordId });
  await rejectsWith(gone, status.NOT_FOUND, "ERROR_REASON_RECORD_NOT_FOUND");
});
