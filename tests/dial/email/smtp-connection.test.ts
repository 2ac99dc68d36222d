/** One connection to different mail servers: which commands are sent in which order, and how replies are understood. */
import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { test } from "node:test";
import type { SmtpMessage } from "../../../svc/dial/email/smtp-connection.ts";
import { until } from "../../lib/harness.ts";
import { mailServer, type Script, send } from "./mail-server.ts";

test("where it is offered the envelope goes at once, and its length before it; where not, step by step", async (t) => {
  const offered = await mailServer(t);
  assert.deepEqual(await send(await offered.link()), { kind: "taken", reply: "250 ok" });
  assert.deepEqual(offered.heard.slice(1), [
    "MAIL FROM:<news@example.com> SIZE=19\r\nRCPT TO:<anna@example.com>\r\nDATA\r\n",
    "Subject: x\r\n\r\nHello\r\n.\r\n",
  ]);
  const old = await mailServer(t, { EHLO: "502 what", HELO: "250 here" });
  assert.equal((await send(await old.link())).kind, "taken");
  assert.deepEqual(
    old.heard.map((said) => said.slice(0, 4)),
    ["EHLO", "HELO", "MAIL", "RCPT", "DATA", "Subj"],
  );
});

test("each refusal belongs to its step, and the connection is as good as before", async (t) => {
  for (const pipelining of [true, false]) {
    const EHLO = pipelining ? "250-here\r\n250 PIPELINING" : "250 here";
    const cases: [Script, string, string][] = [
      [{ MAIL: "550 5.7.1 not you", RCPT: "503 no", DATA: "503 no" }, "sender", "550 5.7.1 not you"],
      [{ RCPT: "550 5.1.1 nobody", DATA: "503 no" }, "recipient", "550 5.1.1 nobody"],
      [{ RCPT: "550 5.1.1 nobody", DATA: "354 go on", ".": "554 for nobody" }, "recipient", "550 5.1.1 nobody"],
      [{ DATA: "451 4.3.0 later" }, "sender", "451 4.3.0 later"],
      [{ ".": "554-5.7.1 spam\r\n554 5.7.1 see there" }, "message", "554-5.7.1 spam\n554 5.7.1 see there"],
    ];
    for (const [script, step, reply] of cases) {
      const { link, heard } = await mailServer(t, { EHLO, ...script });
      const opened = await link();
      assert.deepEqual(await send(opened), { kind: "refused", step, reply }, `${step}, pipelining ${pipelining}`);
      assert.ok(opened.usable);
      assert.equal(heard.at(-1), "RSET\r\n");
    }
  }
});

test("a server that is not to be trusted any more is left: contradictions, 421, a message from nobody, more replies than questions", async (t) => {
  const contradiction = "250-ok\r\n550 5.1.1 no";
  const cases: [Script, object][] = [
    [{ RCPT: contradiction }, { kind: "refused", step: "recipient", reply: "250-ok\n550 5.1.1 no" }],
    [{ MAIL: contradiction }, { kind: "refused", step: "sender", reply: "250-ok\n550 5.1.1 no" }],
    [{ ".": contradiction }, { kind: "refused", step: "message", reply: "250-ok\n550 5.1.1 no" }],
    [{ MAIL: "421 4.3.2 closing" }, { kind: "refused", step: "sender", reply: "421 4.3.2 closing" }],
    [{ ".": "421 4.3.2 closing" }, { kind: "refused", step: "message", reply: "421 4.3.2 closing" }],
    [{ MAIL: "550 no" }, { kind: "refused", step: "sender", reply: "550 no" }],
    [{ ".": "250 ok\r\n250 ok" }, { kind: "taken", reply: "250 ok" }],
    [{ DATA: "354 go on\r\n421 no, closing" }, { kind: "broken", handedOver: false, why: "ECONNECTION" }],
    [
      { MAIL: (socket) => socket.write("250-".repeat(30_000)) },
      { kind: "broken", handedOver: false, why: "EPROTOCOL" },
    ],
  ];
  for (const [script, outcome] of cases) {
    const { link } = await mailServer(t, script);
    const opened = await link();
    assert.deepEqual(await send(opened), outcome);
    await until(() => !opened.usable, { what: `left: ${JSON.stringify(script).slice(0, 80)}` });
  }
});

test("a connection that breaks tells whether the server may have the message", async (t) => {
  const cut = (socket: Socket) => void socket.destroy();
  for (const [script, handedOver] of [
    [{ MAIL: cut }, false],
    [{ DATA: cut }, false],
    [{ ".": cut }, true],
  ] as const) {
    const { link } = await mailServer(t, script);
    const opened = await link();
    const outcome = await send(opened);
    assert.deepEqual([outcome.kind, outcome.kind === "broken" && outcome.handedOver], ["broken", handedOver]);
    assert.equal(opened.usable, false);
    assert.equal((await send(opened)).kind, "broken");
  }
});

test("a message that is longer than the server takes is not sent at all, and is no fault of the server", async (t) => {
  const { link, heard } = await mailServer(t);
  const opened = await link();
  const outcome = await send(opened, "x".repeat(1_001));
  assert.equal(outcome.kind === "refused" && outcome.step === "message" && outcome.reply.slice(0, 9), "552 5.3.4");
  assert.ok(opened.usable);
  assert.equal(heard.length, 1);
});

const [first, second] = ["Subject: 1\r\n\r\nOne", "Subject: 2\r\n\r\nTwo"].map((text) => ({
  ...{ from: "news@example.com", to: "anna@example.com", text },
})) as [SmtpMessage, SmtpMessage];

test("the envelope of the next message goes with the end of the one before, and only where commands may go together", async (t) => {
  const offered = await mailServer(t);
  const opened = await offered.link();
  assert.equal((await opened.send(first, () => second)).kind, "taken");
  assert.equal(opened.hasEarly, true);
  assert.equal((await opened.send(second)).kind, "taken");
  assert.deepEqual(offered.heard.slice(2), [
    `${first.text}\r\n.\r\nMAIL FROM:<news@example.com> SIZE=17\r\nRCPT TO:<anna@example.com>\r\nDATA\r\n`,
    `${second.text}\r\n.\r\n`,
  ]);
  const plain = await mailServer(t, { EHLO: "250 here" });
  const another = await plain.link();
  assert.equal((await another.send(first, () => second)).kind, "taken");
  assert.equal(another.hasEarly, false);
});

test("of two messages each gets its own result, whatever becomes of the other", async (t) => {
  let ends = 0;
  const cases: [Script, string, object][] = [
    [
      { ".": (socket) => void socket.write(ends++ ? "250 ok\r\n" : "554 5.7.1 spam\r\n") },
      "refused",
      { kind: "taken" },
    ],
    [
      { RCPT: (socket) => void socket.write(ends++ ? "550 5.1.1 no\r\n" : "250 ok\r\n") },
      "taken",
      { step: "recipient" },
    ],
    [{ ".": (socket) => void socket.destroy() }, "broken", { kind: "broken", handedOver: false }],
    [{ ".": "421 closing" }, "refused", { kind: "broken", handedOver: false }],
    [{ ".": "250 ok\r\n250 ok" }, "taken", { kind: "broken", handedOver: false, outOfStep: true }],
    [{ DATA: "250 go on" }, "taken", { kind: "broken", handedOver: false, outOfStep: true }],
  ];
  for (const [script, kind, expected] of cases) {
    ends = 0;
    const { link, heard } = await mailServer(t, script);
    const opened = await link();
    assert.equal((await opened.send(first, () => second)).kind, kind);
    assert.partialDeepStrictEqual(await opened.send(second), expected, JSON.stringify(script));
    if ("outOfStep" in expected) assert.ok(!heard.join("").includes(second.text), "it was not handed over");
  }
});

test("after a refused message a refusal of the next envelope may be about that, and says nothing of the next", async (t) => {
  let mails = 0;
  const { link } = await mailServer(t, {
    MAIL: (socket) => void socket.write(mails++ ? "503 there is a sender already\r\n" : "250 ok\r\n"),
    ".": "554 no",
  });
  const opened = await link();
  assert.equal((await opened.send(first, () => second)).kind, "refused");
  assert.partialDeepStrictEqual(await opened.send(second), { kind: "broken", handedOver: false, outOfStep: true });
});
