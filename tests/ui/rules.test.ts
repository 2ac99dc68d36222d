/** The application's pure parts, without a browser. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { AuditEntry } from "../../ui/src/api/contract.ts";
import { refusalWords } from "../../svc/dial/attempts/refusals.ts";
import { linesOf } from "../../ui/src/api/json-lines.ts";
import { resultLabel } from "../../ui/src/attempts/outcome.ts";
import { objectOf, outcomeLabel, whatLabel, whoLabel } from "../../ui/src/audit/audit-words.ts";
import { fieldLabel, formField } from "../../ui/src/components/form-rules.ts";
import { bytesLabel, counted, durationLabel, enumLabel } from "../../ui/src/components/words.ts";
import { localTimes, zoneLabel } from "../../ui/src/components/zone.ts";
import { contactFields, entryFields, fieldName, fieldOf } from "../../ui/src/imports/field-names.ts";
import { reasonLabel } from "../../ui/src/imports/reasons.ts";
import { csvRows } from "../../ui/src/lists/csv-rows.ts";

test("csvRows reads quotes, both line ends, and leaves out a row that was cut off", () => {
  assert.deepEqual(csvRows('a,b\r\n1,"x ""y"", z"\n,\n3,"cut', 10), [
    ["a", "b"],
    ["1", 'x "y", z'],
    ["", ""],
  ]);
  assert.deepEqual(csvRows('1,"line\nbreak"\n', 10), [["1", "line\nbreak"]]);
  assert.deepEqual(csvRows("'=1+1,''t Hart\n", 10), [["=1+1", "'t Hart"]]);
  assert.equal(csvRows("a\n".repeat(50), 7).length, 7);
});

test("formField finds the form's field of one that the server names", () => {
  assert.equal(formField("campaign_group.content.text"), "content.text");
  assert.equal(formField("campaign_group.treatments[2].interval_seconds"), "treatments.2.intervalSeconds");
  assert.equal(formField("contact_list.default_region"), "defaultRegion");
  assert.equal(formField("entries[0].value"), "entries.0.value");
});

test("fieldLabel is what the page calls a field", () => {
  assert.equal(fieldLabel("campaign_group.content.from"), "From");
  assert.equal(fieldLabel("campaign_group.description"), "What it is for");
  assert.equal(fieldLabel("contact_list.description"), "Description");
  assert.equal(fieldLabel("contact_list.default_region"), "Country of the numbers");
  assert.equal(fieldLabel("campaign_group.treatments[2].interval_seconds"), "Wait");
  assert.equal(fieldLabel("campaign_group.voice.max_ports"), "Calls in flight at the most");
});

test("linesOf yields whole lines however the bytes were cut", async () => {
  const bytes = new TextEncoder().encode('{"a":1}\n\n{"b":"é"}\n{"c":3}');
  const pieces = [bytes.slice(0, 5), bytes.slice(5, 16), bytes.slice(16, 17), bytes.slice(17)];
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  const lines: string[] = [];
  for await (const line of linesOf(stream)) lines.push(line);
  assert.deepEqual(lines, ['{"a":1}', '{"b":"é"}', '{"c":3}']);
});

test("Words are those that people use", () => {
  assert.equal(enumLabel("CALL_RESULT_ANSWERING_MACHINE_DETECTED", "CALL_RESULT_"), "Answering machine detected");
  for (const reason of ["no_device_for_channel", "duplicate_device", ...refusalWords])
    assert.doesNotMatch(resultLabel(reason), /_|device|client$/i, reason);
  assert.equal(resultLabel("no_answer"), "No answer");
  assert.equal(reasonLabel("value_invalid"), "A number, address or client id cannot be read");
  assert.equal(counted("1", "record"), "1 record");
  assert.equal(counted(2, "entry", "entries"), "2 entries");
  assert.equal(durationLabel(5_400), "1 h 30 min");
  assert.equal(bytesLabel(1_500_000), "1.5 MB");
});

test("the audit trail is told in words", () => {
  const entry = {
    action: "AUDIT_ACTION_DELETE",
    rpc: "herald.lists.v1.ContactListService/DeleteContactList",
    status: "PERMISSION_DENIED",
    callerKind: "user",
    callerId: "u1",
    callerName: "ada@example.com",
  } as AuditEntry;
  const words = (more: Partial<AuditEntry>) => {
    const told = { ...entry, ...more };
    return [whoLabel(told), whatLabel(told), outcomeLabel(told)];
  };
  assert.deepEqual(words({}), ["ada@example.com", "Delete contact list", "Not allowed"]);
  assert.deepEqual(words({ callerName: "", status: "OK" }), ["u1", "Delete contact list", "Done"]);
  const signIn = { action: "AUDIT_ACTION_SIGN_IN", callerKind: "none", callerId: "", callerName: "" } as const;
  assert.deepEqual(words({ ...signIn, status: "UNAUTHENTICATED" }), [
    "No known account",
    "Sign in",
    "Wrong password or key",
  ]);
  assert.deepEqual(words({ ...signIn, status: "RESOURCE_EXHAUSTED" }), ["No known account", "Sign in", "Told to wait"]);
  assert.deepEqual(words({ callerKind: "*", rpc: "*", status: "NOT_FOUND" }), [
    "Several",
    "Several things",
    "Not found",
  ]);
});

test("the audit trail tells on what it was done, with the page of it", () => {
  const list = { contact_list_id: "l1", import_id: "i1", request_id: "r1" };
  assert.deepEqual(objectOf({ objectIds: list }), { kind: "Contact list", id: "l1", path: "/lists/l1" });
  assert.deepEqual(objectOf({ objectIds: { record_id: "x", contact_list_id: "l1", campaign_group_id: "../c" } }), {
    kind: "Campaign",
    id: "../c",
    path: "/campaigns/..%2Fc",
  });
  assert.deepEqual(objectOf({ objectIds: { user_id: "u1" } }), { kind: "User", id: "u1" });
  assert.equal(objectOf({ objectIds: { request_id: "r1" } }), undefined);
  const ended = (status: string) => outcomeLabel({ action: "AUDIT_ACTION_EDIT", status } as AuditEntry);
  assert.equal(ended("INVALID_ARGUMENT"), "Wrong input");
  assert.equal(ended("FAILED_PRECONDITION"), "Not possible as things stood");
  assert.equal(ended("ALREADY_EXISTS"), "There is one already");
});

test("A zone is named with its clock of that day, and a person's own time told where it is another one", () => {
  assert.equal(zoneLabel("Europe/Berlin", new Date("2026-01-15T12:00:00Z")), "Europe/Berlin (GMT+1)");
  assert.equal(zoneLabel("America/New_York", new Date("2026-07-15T12:00:00Z")), "America/New York (GMT-4)");
  assert.equal(zoneLabel("UTC", new Date("2026-07-15T12:00:00Z")), "UTC");
  const at = new Date("2026-01-15T12:00:00Z");
  const zones = (...names: string[]) => localTimes(at, names, "Europe/Berlin").map(({ zone }) => zone);
  assert.deepEqual(zones("America/New_York"), ["America/New York"]);
  assert.deepEqual(zones("America/Kentucky/Louisville", "America/New_York"), ["America/Kentucky/Louisville"]);
  assert.deepEqual(zones("America/Chicago", "America/New_York"), ["America/Chicago", "America/New York"]);
  assert.deepEqual(zones("Europe/Paris"), [], "the reader's own time");
  assert.deepEqual(zones("America/Chicago", "America/Denver", "America/New_York"), [], "too many to help");
  assert.deepEqual(zones("Nowhere/At_All"), []);
});

test("Fields have names that people use, and each name leads back to its field", () => {
  for (const field of [...contactFields, ...entryFields].flatMap(({ items }) => items)) {
    assert.doesNotMatch(fieldName(field), /_|device/, field);
    assert.equal(fieldOf(fieldName(field)), field);
    assert.equal(fieldOf(fieldName(field).toUpperCase()), field);
    assert.equal(fieldOf(field), field, "the contract's own name is understood, too");
  }
  assert.equal(fieldName("device1"), "Phone or email 1");
  assert.equal(fieldName("device10_type"), "Kind of phone or email 10");
  assert.equal(fieldName("favourite_colour"), "favourite_colour", "a column of one's own keeps its name");
  assert.equal(fieldOf("Favourite colour"), "Favourite_colour");
  assert.equal(fieldOf(""), "");
});
