import assert from "node:assert/strict";
import { test } from "node:test";
import { CallResult, DeliveryState } from "../../../gen/herald/common/v1/outcome.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { Record as ContactRecord } from "../../../gen/herald/lists/v1/record.ts";
import { compileContent, InvalidContentError, scopeOf } from "../../../svc/dial/rendering/content.ts";
import { counts, isFinal } from "../../../svc/dial/attempts/outcomes.ts";
import { callOutcome, deliveryOutcome, outcomeName, outcomeNamed } from "../../../svc/lib/outcomes/outcomes.ts";
import { dialConfig } from "../../../svc/dial/config.ts";
import { encodeSms } from "../../../svc/dial/sms/sms-encoding.ts";
import { coalesce } from "../../../svc/dial/pipeline/settle/results.ts";
import { MESH_KEY } from "../../lib/harness.ts";
import { aTry } from "../an-attempt.ts";

const anna = scopeOf(
  ContactRecord.fromPartial({
    firstName: "Anna",
    lastName: "<b>",
    fields: { balance: "12", first_name: "not this one" },
  }),
);
const sms = (text: string, plainSigns = false) =>
  compileContent({ from: "", subject: "", text, html: "", plainSigns }, Channel.CHANNEL_SMS)(anna).text;
const email = (content: { subject?: string; text?: string; html?: string }) =>
  compileContent({ from: "", subject: "", text: "", html: "", ...content }, Channel.CHANNEL_EMAIL)(anna);

test("templates know the record and the tenant's own fields; what is not there is empty", () => {
  assert.equal(sms("Hello {{ first_name }}, {{ balance }}{{ nothing }}."), "Hello Anna, 12.");
  assert.equal(sms("{% if balance > '9' %}a{% else %}b{% endif %}"), "b");
});

test("values are escaped in HTML and nowhere else, and break no subject", () => {
  const message = email({ subject: "To\n{{ last_name }}", text: "{{ last_name }}", html: "<i>{{ last_name }}</i>" });
  assert.deepEqual(message, { subject: "To <b>", text: "<b>", html: "<i>&lt;b&gt;</i>" });
});

test("what cannot be sent is told before anything is: empty, too long, faulty, endless", () => {
  for (const text of [
    "",
    "  ",
    "a".repeat(1_531),
    "{{ first_name",
    "{{ first_name | no_such_filter }}",
    "{% include 'x' %}",
    "{% for i in (1..100000000) %}x{% endfor %}",
  ]) {
    assert.throws(() => sms(text), InvalidContentError, text.slice(0, 40));
  }
  assert.throws(() => email({ subject: "Only a subject" }), InvalidContentError);
  assert.throws(() => email({ subject: "a".repeat(999), text: "x" }), InvalidContentError);
});

test("an SMS has accents in one with their letters and plain spaces, and plain signs where they are wished", () => {
  const odd =
    "Hola Jose\u0301, man\u0303ana a las 9:00.\u00a0Responda STOP\u2009\u200b\u201cpor favor\u201d\u2026\u200c";
  assert.equal(sms(odd), "Hola José, mañana a las 9:00. Responda STOP “por favor”…");
  assert.equal(sms(odd, true), 'Hola José, mañana a las 9:00. Responda STOP "por favor"...');
  assert.deepEqual([encodeSms(sms(odd)).dataCoding, encodeSms(sms(odd, true)).dataCoding], [8, 0]);
  assert.equal(sms("C’est l`a — l’e\u0301te\u0301 • 1 × 2"), "C’est l`a — l’été • 1 × 2");
  assert.equal(sms("C’est l’e\u0301te\u0301 \u2013 1\u202f000\u00a0€ • x", true), "C'est l'été - 1 000 € * x");
  for (const kept of ["👩\u200d👧", "می\u200cخواهم", "क्\u200dष"]) assert.equal(sms(kept), kept);
});

test("outcomes have names, and the names outcomes", () => {
  assert.equal(outcomeName(callOutcome(CallResult.CALL_RESULT_NO_ANSWER)), "no_answer");
  assert.deepEqual(outcomeNamed("hard_bounce"), deliveryOutcome(DeliveryState.DELIVERY_STATE_HARD_BOUNCE));
  assert.equal(outcomeNamed("outside_window"), undefined);
  assert.equal(outcomeNamed("unspecified"), undefined);
});

test("a call that never reached the network does not count; a person may only say how an attempt of its kind ends", () => {
  assert.deepEqual(
    [4, 10, 43, 44, 6, 33].map((code) => counts(callOutcome(code as CallResult))),
    [false, false, false, false, true, true],
  );
  assert.ok(isFinal(callOutcome(CallResult.CALL_RESULT_BUSY), Channel.CHANNEL_VOICE));
  assert.ok(!isFinal(callOutcome(CallResult.CALL_RESULT_STALE), Channel.CHANNEL_VOICE));
  assert.ok(!isFinal(callOutcome(CallResult.CALL_RESULT_TRANSFERRED), Channel.CHANNEL_VOICE));
  assert.ok(!isFinal(callOutcome(CallResult.CALL_RESULT_BUSY), Channel.CHANNEL_SMS));
  assert.ok(isFinal(deliveryOutcome(DeliveryState.DELIVERY_STATE_DELIVERED), Channel.CHANNEL_EMAIL));
  assert.ok(!isFinal(deliveryOutcome(DeliveryState.DELIVERY_STATE_UNKNOWN), Channel.CHANNEL_EMAIL));
  assert.ok(!isFinal({ result: undefined }, Channel.CHANNEL_EMAIL));
});

test("of several changes of an attempt the end is written, with what was known of its beginning", () => {
  const origin = aTry();
  const key = (id: string) => ({ tenantId: "t", id, origin, channel: Channel.CHANNEL_SMS });
  const at = (ms: number) => new Date(ms);
  const sent = {
    kind: "sent" as const,
    key: key("a"),
    attempt: undefined,
    at: at(1),
    providerMessageId: "m",
    receiptUntil: at(9),
  };
  const ended = {
    kind: "ended" as const,
    key: key("a"),
    attempt: undefined,
    at: at(2),
    outcome: deliveryOutcome(2),
    counts: true,
    providerStatus: "DELIVRD",
    providerMessageId: "",
    sentAt: undefined,
  };
  const other = { ...sent, key: key("b") };
  assert.deepEqual(coalesce([sent, other, ended, ended]), [{ ...ended, providerMessageId: "m", sentAt: at(1) }, other]);
  assert.deepEqual(coalesce([ended, sent]), [ended], "news about what has ended is none");
});

test("settings are read from provider URLs, and all problems are told at once without a password", () => {
  const common = { DATABASE_URL: "postgres://x/y", HERALD_MESH_KEY: MESH_KEY };
  const read = (more: Record<string, string>) => dialConfig({ ...common, ...more });
  const { smtp, smpp } = read({
    DIAL_SMTP_URL: "smtps://us%40er:s3cret@mail.example",
    DIAL_SMPP_URL: "smpp://id:pw@h:99?binds=2&window=50&attempt_tlv=true",
  });
  assert.deepEqual(smtp?.server, {
    host: "mail.example",
    port: 465,
    secure: true,
    startTls: "offered",
    user: "us@er",
    password: "s3cret",
  });
  assert.deepEqual(
    [smpp?.server.port, smpp?.binds, smpp?.window, smpp?.attemptTlv, smpp?.validityHours],
    [99, 2, 50, true, 24],
  );
  assert.equal(read({}).voiceAdapter, undefined);
  assert.throws(
    () =>
      read({
        DIAL_SMTP_URL: "http://me:s3cret@x",
        DIAL_SMPP_URL: "smpp://me:s3cret@h?windw=2&binds=0",
        DIAL_VOICE_ADAPTER: "nowhere",
        DIAL_SMTP_FROM: "me",
        DIAL_NAME: "a b",
      }),
    ({ message }: Error) =>
      !message.includes("s3cret") &&
      ["DIAL_SMTP_URL", "windw", "binds", "DIAL_VOICE_ADAPTER", "DIAL_SMTP_FROM", "DIAL_NAME"].every((word) =>
        message.includes(word),
      ),
  );
});
