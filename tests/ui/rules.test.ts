/** The application's pure parts, without a browser. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { AuditEntry } from "../../ui/src/api/contract.ts";
import { encodeSms } from "../../svc/dial/sms-encoding.ts";
import { linesOf } from "../../ui/src/api/json-lines.ts";
import { outcomeLabel, whatLabel, whoLabel } from "../../ui/src/audit/audit-words.ts";
import { smsParts } from "../../ui/src/campaigns/sms-parts.ts";
import { fillHtml, fillText } from "../../ui/src/campaigns/template.ts";
import { formField } from "../../ui/src/components/form-rules.ts";
import { bytesLabel, counted, durationLabel, enumLabel } from "../../ui/src/components/words.ts";
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

test("smsParts counts as the dialer will send", () => {
  for (const text of [
    "",
    "Hi",
    "a".repeat(160),
    "a".repeat(161),
    "€".repeat(80),
    "€".repeat(81),
    "ж".repeat(70),
    "ж".repeat(71),
    "😀".repeat(40),
  ]) {
    const { dataCoding, parts } = encodeSms(text);
    assert.deepEqual(
      smsParts(text),
      { characters: [...text].length, parts: Math.max(parts.length, 1), isUnicode: dataCoding === 8 },
      text.slice(0, 8),
    );
  }
});

test("A template is filled as for a record, HTML escapes values, and a fault is told", () => {
  assert.deepEqual(fillText("Hi {{ first_name }}", { first_name: "<Ada>" }), { text: "Hi <Ada>" });
  assert.deepEqual(fillHtml("<p>{{ first_name }}</p>", { first_name: "<Ada>" }), { text: "<p>&lt;Ada&gt;</p>" });
  assert.ok("fault" in fillText("Hi {{ first_name", {}));
});

test("formField finds the form's field of one that the server names", () => {
  assert.equal(formField("campaign_group.content.text"), "content.text");
  assert.equal(formField("campaign_group.treatments[2].interval_seconds"), "treatments.2.intervalSeconds");
  assert.equal(formField("contact_list.default_region"), "defaultRegion");
  assert.equal(formField("entries[0].value"), "entries.0.value");
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
