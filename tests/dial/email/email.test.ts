import assert from "node:assert/strict";
import { test } from "node:test";
import { parseEmail } from "../../../deploy/simulators/email-message.ts";
import { DeliveryState } from "../../../gen/herald/common/v1/outcome.ts";
import { messageIdOf, readSender, type EmailFrom, writeEmail } from "../../../svc/dial/email/email.ts";
import { asciiAddress, isAddress } from "../../../svc/lib/devices/email-sender.ts";
import { PassingRefusals } from "../../../svc/dial/pipeline/send/passing-refusals.ts";
import { readRefusal, replyStatus, type SmtpStep } from "../../../svc/dial/email/smtp-reply.ts";

const sender = readSender("Grüße aus Köln <news@example.com>") as EmailFrom;
const date = new Date("2026-03-02T15:00:00Z");
const write = (message: { subject?: string; text?: string; html?: string }) =>
  writeEmail(
    "anna@example.com",
    sender,
    { subject: "", text: "", html: "", ...message },
    messageIdOf("0190a000-0000-7000-8000-0000000000ab", sender),
    date,
  );

test("an email is read back as it was written", () => {
  const raw = write({
    subject: "Schöne Grüße, 你好, und noch viel mehr Worte, damit die Zeile lang genug wird",
    text: "Hällo\nWörld €\n.\nend",
    html: "<p>Hällo</p>",
  });
  const read = parseEmail(raw);
  assert.equal(read.subject, "Schöne Grüße, 你好, und noch viel mehr Worte, damit die Zeile lang genug wird");
  assert.equal(read.text.trim(), "Hällo\r\nWörld €\r\n.\r\nend");
  assert.equal(read.html.trim(), "<p>Hällo</p>");
  assert.equal(read.messageId, "<0190a000-0000-7000-8000-0000000000ab@example.com>");
  assert.equal(read.from, "Grüße aus Köln <news@example.com>");
  assert.equal(read.headers["date"], "Mon, 02 Mar 2026 15:00:00 +0000");
  assert.ok(
    raw.split("\r\n").every((line) => line.length <= 998 && /^[\t\u0020-\u007e]*$/.test(line)),
    "ASCII lines that every server takes",
  );
});

test("a sender beyond ASCII has its domain as DNS writes it: in the envelope, the header and the Message-ID", () => {
  const books = readSender("Bücher <news@bücher.example>") as EmailFrom;
  assert.deepEqual(books, {
    address: "news@xn--bcher-kva.example",
    header: "=?UTF-8?Q?B=C3=BCcher?= <news@xn--bcher-kva.example>",
  });
  assert.equal(messageIdOf("1", books), "<1@xn--bcher-kva.example>");
  assert.equal(asciiAddress("jo@BÜCHER.example"), "jo@xn--bcher-kva.example");
  assert.equal(asciiAddress("jörg@example.com"), undefined, "a local part beyond ASCII needs servers that take it");
});

test("a sender has a limit, cannot end a header, and is read in a time that grows with its length alone", () => {
  for (const wrong of [
    "a@example.com\r\n",
    "x\r\nBcc: y@example.com <a@example.com>",
    `${"n".repeat(320)} <a@example.com>`,
    "a <b <c@example.com>",
    'a "b <c@example.com>',
  ])
    assert.equal(readSender(wrong), undefined, wrong.slice(0, 20));
  const startedAt = performance.now();
  for (const piece of ["<", " ", '"', "a@", "@.", "\r\n"]) readSender(piece.repeat(100_000));
  assert.ok(performance.now() - startedAt < 200);
});

test("a subject never ends its header, whoever let a line break through", () => {
  assert.match(
    write({ subject: "Hello\r\nBcc: x@example.com\u0000\u2028!", text: "x" }),
    /\r\nSubject: Hello Bcc: x@example\.com !\r\n/,
  );
});

test("no line is longer than servers take, whatever subject and sender are", () => {
  const longest = (name: string) => readSender(`${name} <a@example.com>`) as EmailFrom;
  for (const subject of ["x".repeat(998), "é".repeat(998), `${"x".repeat(500)} é`, "a b ".repeat(240)])
    for (const from of [longest("é".repeat(290)), longest("😀".repeat(140)), longest("x ".repeat(140))]) {
      const raw = writeEmail("anna@example.com", from, { subject, text: "Hello", html: "" }, "<1@example.com>", date);
      assert.ok(raw.split("\r\n").every((line) => line.length < 998));
      const read = parseEmail(raw);
      assert.deepEqual([read.subject, read.text], [subject.trim(), "Hello"]);
      assert.match(read.from, /<a@example\.com>$/);
    }
});

test("plain ASCII travels as it is; a part that is empty is left out", () => {
  assert.match(
    write({ text: "Hello" }),
    /Content-Type: text\/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\nHello$/,
  );
  assert.match(write({ html: "<b>x</b>" }), /Content-Type: text\/html/);
  assert.doesNotMatch(write({ html: "<b>x</b>" }), /multipart/);
});

test("senders are addresses, with or without a name", () => {
  assert.deepEqual(readSender("a@example.com"), { address: "a@example.com", header: "a@example.com" });
  assert.deepEqual(readSender("Spring News <a@example.com>"), {
    address: "a@example.com",
    header: "Spring News <a@example.com>",
  });
  assert.deepEqual(
    readSender('"Spring, north" <a@example.com>')?.header,
    "=?UTF-8?Q?Spring=2C_north?= <a@example.com>",
  );
  for (const wrong of ["", "nobody", "a@b, c@d", "a b@example.com", "x\r\nBcc: y@example.com"])
    assert.equal(readSender(wrong), undefined, wrong);
});

test("addresses cannot end a header or a command", () => {
  for (const right of ["a@b", "bounce+x@example.com", "o'neil@example.co.uk", "jörg@müller.example"])
    assert.ok(isAddress(right), right);
  for (const wrong of ["", "a", "a@", "@b", "a@b@c", "a b@c", "a@b\r\nDATA", "<a@b>", "a@b,c@d"])
    assert.ok(!isAddress(wrong), wrong);
});

test("what is kept of a reply are its codes", () => {
  assert.equal(replyStatus("550 5.1.1 <anna@example.com> no such user"), "550 5.1.1");
  assert.equal(replyStatus("550-5.7.1 first line\r\n550 5.7.1 second"), "550 5.7.1");
  assert.equal(replyStatus("250 OK"), "250");
  assert.equal(replyStatus("nonsense"), "");
});

test("refusals mean a bounce, a wait, a rejection, a failure, or that the server refuses us", () => {
  const {
    DELIVERY_STATE_HARD_BOUNCE: bounce,
    DELIVERY_STATE_DEFERRED: later,
    DELIVERY_STATE_REJECTED: rejected,
    DELIVERY_STATE_FAILED: failed,
  } = DeliveryState;
  const cases: [string, SmtpStep, DeliveryState | "provider" | "sender" | "sender later"][] = [
    ["550 5.1.1 no such user", "recipient", bounce],
    ["550 5.1.2 bad domain", "recipient", bounce],
    ["550 no such user", "recipient", bounce],
    ["553 bad mailbox", "recipient", bounce],
    ["550 5.7.1 policy", "recipient", rejected],
    ["550 5.2.1 disabled", "recipient", failed],
    ["552 too big", "message", failed],
    ["554 5.7.1 spam", "message", rejected],
    ["554 refused", "message", rejected],
    ["451 4.7.1 greylisted", "recipient", later],
    ["452 4.2.2 full", "recipient", later],
    ["421 4.3.2 shutting down", "recipient", "provider"],
    ["421 closing", "message", "provider"],
    ["550 5.7.1 not your address", "sender", "sender"],
    ["451 try later", "sender", "sender later"],
    ["450 4.1.8 Sender domain not found", "sender", "sender later"],
    ["452 4.3.1 Insufficient system storage", "sender", "provider"],
    ["451 4.3.2 System not accepting network messages", "sender", "provider"],
    ["", "message", "provider"],
    // The refusal is about us, so no recipient is blamed, and the group stalls with the reason.
    ["550 5.1.8 Sender address rejected: domain not found", "recipient", "sender"],
    ["553 5.1.7 bad sender", "recipient", "sender"],
    ["450 4.1.8 Sender domain not found", "recipient", "sender later"],
    ["450 4.1.7 Sender address unverified", "recipient", "sender later"],
    ["450 4.7.1 Client host blocked using a blocklist", "recipient", "sender later"],
    ["450 Too many connections", "recipient", "provider"],
    ["452 4.4.5 Congested", "recipient", "provider"],
    // The text of another server that a reply quotes is only about that address.
    ["450 4.1.1 Unverified address: mx.example said: 421 too many connections, rate limited", "recipient", later],
    ["451 4.7.1 mx.example said: service unavailable", "recipient", later],
    ["550 SPF check failed for news.example.com", "recipient", "sender"],
    ["550 5.7.23 SPF", "recipient", "sender"],
    ["550 5.7.26 This mail is unauthenticated", "message", "sender"],
    ["550 5.7.1 DMARC policy of the From domain", "message", "sender"],
    ["550 Relaying not permitted", "recipient", "sender"],
    ["554 5.7.1 Relay access denied", "recipient", "sender"],
    ["554 5.7.1 Service unavailable; client blocked using Spamhaus", "recipient", "sender"],
    ["421 4.7.28 Rate limited", "message", "provider"],
    ["450 4.7.28 too fast", "recipient", "sender later"],
    ["550 4.7.28 too fast", "recipient", "sender later"],
    ["550 4.4.7 Message expired", "message", later],
    // The refusal is about the recipient.
    ["550 5.4.1 Recipient address rejected: Access denied", "recipient", bounce],
    ["554 delivery error: dd This mailbox is disabled", "recipient", bounce],
    ["550 5.1.10 null MX", "recipient", bounce],
    ["450 4.1.1 Recipient unverified, try later", "recipient", later],
    ["550 mail from here is blocked by policy", "recipient", rejected],
    ["250-ok\r\n550 5.1.1 mixed codes", "recipient", bounce],
    ["550-5.1.1 no\r\n250 ok", "recipient", bounce],
    ["550-first\r\n550 5.7.1 second", "message", rejected],
    ["nonsense\r\n\r\n", "recipient", "provider"],
  ];
  for (const [reply, step, expected] of cases) {
    const verdict = readRefusal(reply, step);
    const passing = verdict.kind === "sender" && verdict.isPassing ? " later" : "";
    assert.equal(
      verdict.kind === "ended" ? verdict.state : `${verdict.kind}${passing}`,
      expected,
      `${reply} at ${step}`,
    );
  }
});

test("what a server says to one tenant's senders is theirs, until it says the same to another's and takes from nobody", () => {
  const said: [status: string, tenant: string, address: string, isOfAll: boolean][] = [
    ["450 4.7.28", "b", "x@b1.example", false],
    ["450 4.7.28", "b", "x@b2.example", false],
    ["450 4.7.28", "c", "x@b1.example", false],
    ["450 4.7.1", "a", "x@a.example", false],
    ["450 4.7.28", "a", "x@a.example", true],
    ["450 4.1.8", "b", "x@b1.example", false],
    ["450 4.1.8", "a", "x@a.example", false],
  ];
  const refusals = new PassingRefusals();
  for (const [status, tenant, address, isOfAll] of said)
    assert.equal(refusals.isOfAll(status, tenant, address), isOfAll, `${status} to ${address} of ${tenant}`);
  refusals.taken();
  assert.ok(!refusals.isOfAll("450 4.7.28", "a", "x@a.example"));
});
