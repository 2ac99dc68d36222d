/** One connection to mail servers of every kind: what is said to them in which order, and what they make of it. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { createSecureContext, setDefaultCACertificates, TLSSocket } from "node:tls";
import { promisify } from "node:util";
import { SmtpLink } from "../../../svc/dial/email/smtp-connection.ts";
import { asData, readExtensions, ReplyReader } from "../../../svc/dial/email/smtp-lines.ts";
import type { SmtpServer } from "../../../svc/dial/email/smtp-opening.ts";
import { until } from "../../lib/harness.ts";

/** Replies by the beginning of what is said; the longest that fits counts. A message that was sent is `.`; a function gets the socket. */
type Script = Readonly<Record<string, string | ((socket: Socket) => void)>>;
const USUAL: Script = { EHLO: "250-here\r\n250-SIZE 1000\r\n250 PIPELINING", DATA: "354 go on", "": "250 ok" };

async function mailServer(t: TestContext, script: Script = {}, { greeting = "220 here" } = {}) {
  /** What came at once. */
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const all = { ...USUAL, ...script };
  const serve = (socket: Socket, hello: string) => {
    sockets.add(socket.on("error", () => {}));
    let isData = false;
    socket.on("data", (octets: Buffer) => {
      heard.push(String(octets));
      for (const line of String(octets).split("\r\n").slice(0, -1)) {
        if (isData && line !== ".") continue;
        const [, reply] = Object.entries(all)
          .filter(([beginning]) =>
            isData && line === "." ? beginning === "." || beginning === "" : line.startsWith(beginning),
          )
          .reduce((best, one) => (one[0].length >= best[0].length ? one : best));
        isData = typeof reply === "string" && line.startsWith("DATA") && /^[23]/.test(reply);
        if (typeof reply === "string") socket.write(`${reply}\r\n`);
        else reply(socket);
      }
    });
    if (hello !== "") socket.write(`${hello}\r\n`);
  };
  const server = createServer((socket) => serve(socket, greeting));
  await once(server.listen(0, "localhost"), "listening");
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const at = (more: Partial<SmtpServer> = {}): SmtpServer => ({
    ...{ host: "localhost", port, secure: false, startTls: "offered", user: "", password: "", ...more },
  });
  const link = async (more?: Partial<SmtpServer>) => {
    const opened = await SmtpLink.open(at(more));
    t.after(() => opened.close());
    return opened;
  };
  return { heard, link, serve };
}

const send = (link: SmtpLink, message = "Subject: x\r\n\r\nHello") =>
  link.send("news@example.com", "anna@example.com", message);

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

test("a user signs in as the server lets him, and a refusal is told without its words", async (t) => {
  const me = { user: "me", password: "sesame" };
  const b64 = (text: string) => Buffer.from(text).toString("base64");
  const proof = createHmac("md5", "sesame").update("<1@here>").digest("hex");
  const cases: [Script, string[]][] = [
    [{ EHLO: "250-here\r\n250 AUTH LOGIN PLAIN", AUTH: "235 in" }, [`AUTH PLAIN ${b64("\0me\0sesame")}`]],
    [{ EHLO: "250 here", AUTH: "235 in" }, [`AUTH PLAIN ${b64("\0me\0sesame")}`]],
    [
      {
        EHLO: "250-here\r\n250 AUTH=LOGIN",
        AUTH: "334 VXNlcm5hbWU6",
        [b64("me")]: "334 UGFzc3dvcmQ6",
        [b64("sesame")]: "235 in",
      },
      ["AUTH LOGIN", b64("me"), b64("sesame")],
    ],
    [
      { EHLO: "250-here\r\n250 AUTH CRAM-MD5", AUTH: `334 ${b64("<1@here>")}`, [b64(`me ${proof}`)]: "235 in" },
      ["AUTH CRAM-MD5", b64(`me ${proof}`)],
    ],
  ];
  for (const [script, said] of cases) {
    const { link, heard } = await mailServer(t, script);
    await link(me);
    assert.deepEqual(
      heard.slice(1).map((line) => line.trim()),
      said,
    );
  }
  for (const mechanism of ["PLAIN", "LOGIN", "CRAM-MD5"]) {
    const { link } = await mailServer(t, {
      EHLO: `250-here\r\n250 AUTH ${mechanism}`,
      AUTH: "535 5.7.8 me is not known",
    });
    await assert.rejects(link(me), { message: "The mail server answered 535 5.7.8 to our user and password." });
  }
});

test("a server that does not open is told in words for people", async (t) => {
  for (const [greeting, script, words] of [
    ["554 5.7.1 not from there", {}, /answered 554 5\.7\.1\./],
    ["421 4.3.2 busy", {}, /answered 421 4\.3\.2\./],
    ["220 here", { EHLO: "421 4.3.2 busy" }, /answered 421 4\.3\.2\./],
    ["220 here", { EHLO: "500 what", HELO: "500 what" }, /answered 500\./],
    ["220 here", { EHLO: (socket: Socket) => socket.destroy() }, /cannot be reached \(ECONN/],
  ] as const)
    await assert.rejects((await mailServer(t, script, { greeting })).link(), words);
  const withoutTls = await mailServer(t, { STARTTLS: "454 4.7.0 not now", MAIL: "250 ok" });
  await assert.rejects(withoutTls.link({ startTls: "required" }), /answered 454 4\.7\.0\./);
});

test("TLS is used where it is offered, with a certificate that counts, and forgets what was said in the clear", async (t) => {
  const { key, cert } = await certificate(t);
  const secureContext = createSecureContext({ key, cert });
  const inTls = (said: string) => (socket: Socket) => {
    socket.write(said);
    socket.removeAllListeners("data");
    server.serve(new TLSSocket(socket, { isServer: true, secureContext }), "");
  };
  let server = await mailServer(t, { EHLO: "250-here\r\n250 STARTTLS", STARTTLS: inTls("220 go on\r\n") });
  await assert.rejects(server.link(), /cannot be reached \(DEPTH_ZERO_SELF_SIGNED_CERT\)/);
  setDefaultCACertificates([cert]);
  server.heard.length = 0;
  const opened = await server.link();
  assert.deepEqual(
    server.heard.map((said) => said.split(/\s/)[0]),
    ["EHLO", "STARTTLS", "EHLO"],
  );
  assert.equal((await send(opened)).kind, "taken");
  server.heard.length = 0;
  await send(await server.link({ startTls: "off" }));
  assert.ok(!server.heard.includes("STARTTLS\r\n"));
  for (const injected of ["220 go on\r\n250-evil\r\n250 AUTH PLAIN\r\n", "220 go on\r\n250-ev"]) {
    server = await mailServer(t, { EHLO: "250-here\r\n250 STARTTLS", STARTTLS: inTls(injected), AUTH: "235 in" });
    const trapped = await server.link().catch((error: unknown) => String(error));
    if (typeof trapped === "string") assert.match(trapped, /cannot be reached \(EPROTOCOL\)/);
    else assert.equal((await send(trapped)).kind, "taken");
  }
});

async function certificate(t: TestContext) {
  const dir = mkdtempSync(join(tmpdir(), "herald-smtp-tls-"));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const [key, cert] = [join(dir, "key.pem"), join(dir, "cert.pem")];
  const call = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=localhost".split(" ");
  await promisify(execFile)("openssl", [
    ...call,
    "-addext",
    "subjectAltName=DNS:localhost",
    "-keyout",
    key,
    "-out",
    cert,
  ]);
  return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
}

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
