/** Lines of SMTP: how messages are sent, and how replies are read. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { asData, readExtensions, ReplyReader } from "../../../svc/dial/email/smtp-lines.ts";

test("a message ends where it ends, whatever its lines are", () => {
  for (const [message, data] of [
    ["Hello", "Hello\r\n.\r\n"],
    ["Hello\r\n", "Hello\r\n.\r\n"],
    [".\r\n..\r\n.x", "..\r\n...\r\n..x\r\n.\r\n"],
    ["a\n.\nb\r.\rc", "a\r\n..\r\nb\r\n..\r\nc\r\n.\r\n"],
    ["a\r\r\n.\r\n", "a\r\n\r\n..\r\n.\r\n"],
    ["", "\r\n.\r\n"],
  ] as const)
    assert.equal(asData(message), data, JSON.stringify(message));
});

test("replies are read however they come, and extensions whatever stands beside them", () => {
  const text = "220 a\r\n250-b\r\n250-\r\n\r\n250 c\n354\r\n";
  for (const size of [1, 2, 5, text.length]) {
    const reader = new ReplyReader();
    const replies = [];
    for (let at = 0; at < text.length; at += size) replies.push(...reader.read(text.slice(at, at + size)));
    assert.deepEqual(replies, ["220 a", "250-b\n250-\n250 c", "354"], `${size} at a time`);
  }
  const { mechanisms, ...offered } = readExtensions(
    "250-here SIZE 5\n250-size 1000\n250-Pipelining\n250-AUTH LOGIN  XOAUTH2\n250 AUTH=PLAIN",
  );
  assert.deepEqual(offered, { pipelining: true, startTls: false, size: true, mostBytes: 1_000 });
  assert.deepEqual([...mechanisms], ["LOGIN", "XOAUTH2", "PLAIN"]);
  assert.equal(readExtensions("250-here\n250 SIZE").mostBytes, 0);
});
