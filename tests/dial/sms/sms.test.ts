import assert from "node:assert/strict";
import { test } from "node:test";
import { DeliveryState } from "../../../gen/herald/common/v1/outcome.ts";
import type { Attempt } from "../../../svc/dial/attempts/attempt.ts";
import { encodeSms, partHeader } from "../../../svc/dial/sms/sms-encoding.ts";
import { sourceOf, submitsOf } from "../../../svc/dial/sms/sms-pdu.ts";
import { messageName, namesOf, readDelivered, readReceipt, tellsOf } from "../../../svc/dial/sms/sms-receipt.ts";
import { readSubmit } from "../../../svc/dial/sms/smpp-status.ts";
import { anAttempt } from "../an-attempt.ts";

test("texts are cut by the alphabet they need, and no character is torn", () => {
  const cases: [string, number, number[]][] = [
    ["", 0, [0]],
    ["Hello", 0, [5]],
    ["a".repeat(160), 0, [160]],
    ["a".repeat(161), 0, [153, 8]],
    ["a".repeat(306), 0, [153, 153]],
    ["a".repeat(307), 0, [153, 153, 1]],
    // The euro sign needs two septets of the extension table. 80 fit; in a part, the 153rd septet stays empty, so that no sign is split.
    ["€".repeat(80), 0, [160]],
    ["€".repeat(81), 0, [152, 10]],
    ["ą", 8, [2]],
    ["ą".repeat(70), 8, [140]],
    ["ą".repeat(71), 8, [134, 8]],
    // An emoji needs two units of UCS-2 and is not split: 33 fit into 67 units.
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

const attempt = (text: string): Attempt =>
  anAttempt({ id: "0190a000-0000-7000-8000-0000000000ab", message: { subject: "", text, html: "" } });

test("a message becomes one submit for each part, with a receipt asked for the last", () => {
  const [only, ...none] = submitsOf(attempt("Hello"), { attemptTlv: false, validityHours: 30 });
  assert.equal(none.length, 0);
  assert.equal(only?.destination_addr, "12025550101");
  assert.equal(only?.registered_delivery, 1);
  assert.equal(only?.validity_period, "000001060000000R");
  assert.ok(!("herald_attempt_id" in (only ?? {})));
  const parts = submitsOf(attempt("a".repeat(200)), { attemptTlv: true, validityHours: 24 });
  assert.deepEqual(
    parts.map((part) => part.registered_delivery),
    [0, 1],
  );
  assert.deepEqual(
    parts.map((part) => part.herald_attempt_id),
    [attempt("").id, attempt("").id],
  );
  assert.deepEqual(
    parts.map((part) => [...(part.short_message?.subarray(0, 6) ?? [])]),
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

const delivered = (more: object = {}) =>
  readDelivered({
    esmClass: 0,
    receiptedMessageId: undefined,
    messageState: undefined,
    text: "",
    numbers: [],
    ...more,
  });

test("receipts are told from messages by esm_class, by their parameters, or by their grammar", () => {
  const text = "id:1 stat:DELIVRD";
  const kinds = [0x00, 0x04, 0x20, 0x40, 0x44].map((esmClass) => delivered({ esmClass, text: "Hello" }).kind);
  assert.deepEqual(kinds, ["message", "unreadable", "unreadable", "message", "unreadable"]);
  assert.deepEqual(
    [delivered({ esmClass: 4, text }), delivered({ text })].map((one) => one.kind === "receipt" && one.isSure),
    [true, false],
  );
  const named = delivered({ receiptedMessageId: "1", messageState: 2 });
  assert.ok(named.kind === "receipt" && named.isSure);
  for (const words of ["id: my passport", "Please send me id:1 stat:DELIVRD", "id:1", "stat:DELIVRD"])
    assert.equal(delivered({ text: words }).kind, "message", words);
});

test("receipts are read however a centre writes them", () => {
  const {
    DELIVERY_STATE_DELIVERED: yes,
    DELIVERY_STATE_REJECTED: no,
    DELIVERY_STATE_UNDELIVERABLE: undeliverable,
    DELIVERY_STATE_FAILED: failed,
  } = DeliveryState;
  const cases: [string, DeliveryState | undefined][] = [
    [
      "id: 77 sub: 001 dlvrd: 001 submit date: 2603021500 done date: 2603021501 stat: DELIVRD err: 000 Text: hello",
      yes,
    ],
    ["id:77 sub:001 dlvrd:001 submit date:2603021500 done date:2603021501 stat:DELIVERED err:000 text:", yes],
    ["id:77 stat:REJECTED err:034 text:", no],
    ["id:77 stat:ACCEPTED err:000 text:", undefined],
    ["ID:0077 STAT:delivrd ERR:000", yes],
    ["id:77 stat:UNDELIVERABLE", undeliverable],
    ["id:77 stat:FAILED", failed],
    ["id:77 stat:UNDELIV err:011 text:id:99 stat:DELIVRD", undeliverable],
    ["id:77 submit_date:2603021500 stat:UNDELIV", undeliverable],
  ];
  for (const [text, state] of cases) {
    const one = delivered({ esmClass: 4, text });
    assert.ok(one.kind === "receipt", text);
    assert.deepEqual([one.receipt.messageId, one.receipt.state], ["77", state], text);
  }
  const startedAt = performance.now();
  for (const piece of ["id:", "id: id ", "submit ", " \t", "text"])
    delivered({ esmClass: 4, text: piece.repeat(100_000) });
  assert.ok(performance.now() - startedAt < 500);
});

test("receipts are read from TLVs or from their text", () => {
  const text = "id:1A2B sub:001 dlvrd:001 submit date:2603021500 done date:2603021501 stat:DELIVRD err:000 text:Hello";
  const read = (more: object = {}) =>
    readReceipt({ esmClass: 4, receiptedMessageId: undefined, messageState: undefined, text, numbers: [], ...more });
  assert.deepEqual(read(), {
    messageId: "1a2b",
    state: DeliveryState.DELIVERY_STATE_DELIVERED,
    providerStatus: "DELIVRD 000",
    numbers: [],
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

test("a message has one name, whatever the case and the zeros; across bases it is guessed where letters tell", () => {
  for (const name of ["00B8BE19", "B8BE19", "b8be19", "b8be19\0"]) assert.equal(messageName(name), "b8be19", name);
  assert.deepEqual(["023", "0", "000", "7f3a_01@x", "AB-0C"].map(messageName), ["23", "0", "0", "7f3a_01@x", "ab-0c"]);
  assert.deepEqual(namesOf("972660181", "auto"), { certain: "972660181", guessed: "39f99dd5" });
  assert.deepEqual(namesOf("39f99dd5", "auto"), { certain: "39f99dd5", guessed: "972660181" });
  assert.deepEqual(namesOf("16", "auto"), { certain: "16", guessed: undefined }, "10 is another message");
  assert.deepEqual(namesOf("7f3a_01@x", "auto"), { certain: "7f3a_01@x", guessed: undefined });
  assert.equal(namesOf("16", "decimal").certain, "10", "a centre that is known to name messages so");
  assert.equal(namesOf("10", "hexadecimal").certain, "16");
  assert.equal(namesOf("972660181", "same").guessed, undefined);
});

test("a guess is confirmed by the number that the receipt comes from, however it is written", () => {
  for (const number of ["12025550101", "+12025550101", "2025550101", "0012025550101", "5550101"])
    assert.ok(tellsOf(["12345", number], "+12025550101"), number);
  for (const number of ["", "101", "12025550102", "Herald"]) assert.ok(!tellsOf([number], "+12025550101"), number);
});

test("statuses of submits mean what SMPP says", () => {
  assert.deepEqual(readSubmit(0), { kind: "taken" });
  assert.deepEqual(readSubmit(0x58), { kind: "throttled" });
  assert.deepEqual(readSubmit(0x14), { kind: "throttled" });
  assert.deepEqual(readSubmit(0x0a), { kind: "sender" });
  assert.deepEqual(readSubmit(0x0b), { kind: "ended", state: DeliveryState.DELIVERY_STATE_UNDELIVERABLE });
  assert.deepEqual(readSubmit(0x45), { kind: "ended", state: DeliveryState.DELIVERY_STATE_FAILED });
  assert.deepEqual(readSubmit(0x08), { kind: "ended", state: DeliveryState.DELIVERY_STATE_DEFERRED });
  // The error is only about the message (its length, coding, class, header). It fails, and neither the sender nor the message centre is blamed.
  for (const status of [0x01, 0x43, 0x61, 0x104, 0x7777])
    assert.deepEqual(readSubmit(status), { kind: "ended", state: DeliveryState.DELIVERY_STATE_FAILED }, `${status}`);
});
