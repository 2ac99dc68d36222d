import assert from "node:assert/strict";
import { test } from "node:test";
import { Channel, DeliveryState } from "../../gen/herald/common/v1/outcome.ts";
import type { Attempt } from "../../svc/dial/attempt.ts";
import { isOptOut } from "../../svc/dial/opt-out.ts";
import { encodeSms, partHeader } from "../../svc/dial/sms-encoding.ts";
import { sourceOf, submitsOf } from "../../svc/dial/sms-pdu.ts";
import { isReceipt, readReceipt, sameMessage } from "../../svc/dial/sms-receipt.ts";
import { readSubmit } from "../../svc/dial/smpp-status.ts";

test("texts are cut by the alphabet they need, and no character is torn", () => {
  const cases: [string, number, number[]][] = [
    ["", 0, [0]],
    ["Hello", 0, [5]],
    ["a".repeat(160), 0, [160]],
    ["a".repeat(161), 0, [153, 8]],
    ["a".repeat(306), 0, [153, 153]],
    ["a".repeat(307), 0, [153, 153, 1]],
    // The euro sign takes two septets of the extension: 80 fit, and the 153rd place stays empty rather than tearing one.
    ["€".repeat(80), 0, [160]],
    ["€".repeat(81), 0, [152, 10]],
    ["ą", 8, [2]],
    ["ą".repeat(70), 8, [140]],
    ["ą".repeat(71), 8, [134, 8]],
    // An emoji is two units of UCS-2 and stays whole: 33 fit into 67 units.
    ["😀".repeat(35), 8, [140]],
    ["😀".repeat(36), 8, [132, 12]],
  ];
  for (const [text, dataCoding, octets] of cases) {
    const encoded = encodeSms(text);
    assert.equal(encoded.dataCoding, dataCoding, text.slice(0, 5));
    assert.deepEqual(
      encoded.parts.map((part) => part.length),
      octets,
      `${text.slice(0, 3)} × ${text.length}`,
    );
  }
});

test("characters have the codes of GSM 03.38 and of UTF-16", () => {
  assert.deepEqual([...(encodeSms("@£_ Ä€").parts[0] ?? [])], [0x00, 0x01, 0x11, 0x20, 0x5b, 0x1b, 0x65]);
  assert.deepEqual([...(encodeSms("ą").parts[0] ?? [])], [0x01, 0x05]);
  assert.deepEqual([...partHeader(0x1ff, 2, 3)], [5, 0, 3, 0xff, 3, 2]);
});

const attempt = (text: string): Attempt => ({
  tenantId: "", id: "0190a000-0000-7000-8000-0000000000ab", groupId: "", groupName: "", recordId: "", listId: "", clientId: "", firstName: "", lastName: "",
  deviceIndex: 1, attemptNumber: 1, channel: Channel.CHANNEL_SMS, contactInfo: "+12025550101", ownAddress: "12345", message: { subject: "", text, html: "" },
}); // prettier-ignore

test("a message becomes one submit for each part, with a receipt asked for the last", () => {
  const [only, ...none] = submitsOf(attempt("Hello"), { attemptTlv: false, validityHours: 30 });
  assert.equal(none.length, 0);
  assert.equal(only?.["destination_addr"], "12025550101");
  assert.equal(only?.["registered_delivery"], 1);
  assert.equal(only?.["validity_period"], "000001060000000R");
  assert.ok(!("herald_attempt_id" in (only ?? {})));
  const parts = submitsOf(attempt("a".repeat(200)), { attemptTlv: true, validityHours: 24 });
  assert.deepEqual(
    parts.map((part) => part["registered_delivery"]),
    [0, 1],
  );
  assert.deepEqual(
    parts.map((part) => part["herald_attempt_id"]),
    [attempt("").id, attempt("").id],
  );
  assert.deepEqual(
    parts.map((part) => [...(part["short_message"] as { udh: Buffer }).udh]),
    [
      [5, 0, 3, 0xab, 2, 1],
      [5, 0, 3, 0xab, 2, 2],
    ],
  );
});

test("senders have the type of number that SMPP gives them", () => {
  const cases: [string, number, number, string][] = [
    ["+12025550199", 1, 1, "12025550199"],
    ["12345", 3, 0, "12345"],
    ["2025550199", 0, 1, "2025550199"],
    ["Herald", 5, 0, "Herald"],
    ["A very long name", 5, 0, "A very long"],
    ["", 0, 0, ""],
  ];
  for (const [own, ton, npi, address] of cases) {
    assert.deepEqual(sourceOf(own), { source_addr_ton: ton, source_addr_npi: npi, source_addr: address }, own);
  }
});

test("receipts are told from messages by esm_class", () => {
  assert.deepEqual([0x00, 0x04, 0x20, 0x40, 0x44].map(isReceipt), [false, true, true, false, true]);
});

test("receipts are read from TLVs or from their text", () => {
  const text = "id:1A2B sub:001 dlvrd:001 submit date:2603021500 done date:2603021501 stat:DELIVRD err:000 text:Hello";
  const read = (more: object = {}) =>
    readReceipt({ receiptedMessageId: undefined, messageState: undefined, text, ...more });
  assert.deepEqual(read(), {
    messageId: "1A2B",
    state: DeliveryState.DELIVERY_STATE_DELIVERED,
    providerStatus: "DELIVRD 000",
  });
  assert.equal(read({ messageState: 5 })?.state, DeliveryState.DELIVERY_STATE_UNDELIVERABLE, "the TLV wins");
  assert.equal(read({ receiptedMessageId: "77\0" })?.messageId, "77");
  const states: [string, DeliveryState | undefined][] = [
    ["ENROUTE", undefined],
    ["ACCEPTD", undefined],
    ["EXPIRED", DeliveryState.DELIVERY_STATE_EXPIRED],
    ["DELETED", DeliveryState.DELIVERY_STATE_FAILED],
    ["UNDELIV", DeliveryState.DELIVERY_STATE_UNDELIVERABLE],
    ["REJECTD", DeliveryState.DELIVERY_STATE_REJECTED],
    ["UNKNOWN", DeliveryState.DELIVERY_STATE_UNKNOWN],
  ];
  for (const [stat, state] of states) assert.equal(read({ text: `id:1 stat:${stat}` })?.state, state, stat);
  assert.equal(read({ text: "id:1 stat:NOSUCH" }), undefined);
  assert.equal(read({ text: "stat:DELIVRD" }), undefined, "no message named");
});

test("a message is known by hexadecimal and decimal ids alike", () => {
  assert.ok(sameMessage("268435457").includes("10000001"));
  assert.ok(sameMessage("1000000A").includes("268435466"));
  assert.ok(sameMessage("00123").includes("123"));
  assert.ok(sameMessage("abc-def").includes("ABC-DEF"));
});

test("statuses of submits mean what SMPP says", () => {
  assert.deepEqual(readSubmit(0), { kind: "taken" });
  assert.deepEqual(readSubmit(0x58), { kind: "throttled" });
  assert.deepEqual(readSubmit(0x14), { kind: "throttled" });
  assert.deepEqual(readSubmit(0x0a), { kind: "sender" });
  assert.deepEqual(readSubmit(0x0b), { kind: "ended", state: DeliveryState.DELIVERY_STATE_UNDELIVERABLE });
  assert.deepEqual(readSubmit(0x45), { kind: "ended", state: DeliveryState.DELIVERY_STATE_FAILED });
  assert.deepEqual(readSubmit(0x08), { kind: "ended", state: DeliveryState.DELIVERY_STATE_DEFERRED });
  assert.deepEqual(readSubmit(0x7777), { kind: "ended", state: DeliveryState.DELIVERY_STATE_FAILED });
});

test("people opt out in any case, with any punctuation and accents, and with nothing else", () => {
  for (const text of [
    "STOP",
    "stop",
    " Stop. ",
    "STOP!!!",
    '"stop"',
    "Opt-Out",
    "opt  out",
    "OPTOUT",
    "stop all",
    "unsubscribe",
    "Cancel",
    "END",
    "quit",
    "revoke",
    "alto",
    "parar",
    "ARRÊT",
    "Stopp",
  ]) {
    assert.ok(isOptOut(text), text);
  }
  for (const text of ["", "stopping", "please don't stop", "HELP", "START", "end of the day", "s t o p", "👍"])
    assert.ok(!isOptOut(text), text);
});
