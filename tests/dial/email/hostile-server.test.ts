/** The provider with mail servers that are hostile, or broken in ways that no reply shows. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { test, type TestContext } from "node:test";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { dialConfig } from "../../../svc/dial/config.ts";
import { SmtpDialogue } from "../../../svc/dial/email/smtp-dialogue.ts";
import { openSmtp } from "../../../svc/dial/email/smtp-opening.ts";
import { SmtpProvider } from "../../../svc/dial/email/smtp-provider.ts";
import { createEvents } from "../../../svc/dial/events.ts";
import type { Gate, SendResult } from "../../../svc/dial/pipeline/send/message-provider.ts";
import { createLog } from "../../../svc/lib/observe/log.ts";
import { Metrics } from "../../../svc/lib/observe/metrics.ts";
import { MESH_KEY, until } from "../../lib/harness.ts";
import { anAttempt, unsigned } from "../an-attempt.ts";

const events = createEvents(new Metrics("dial"), createLog("dial", "silent"));

/** Gives the reply to a line; undefined for no reply. */
type Answer = (line: string, socket: Socket) => string | undefined;
const polite: Answer = (line) => (line === "DATA" ? "354 go on" : line === "EHLO" ? "250 here" : "250 ok");

/** A server that replies to the first word of a command, and to a message as `.`. */
async function mailServer(t: TestContext, answer: Answer, host = "127.0.0.1") {
  const heard: string[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on("error", () => {}));
    let isData = false;
    socket.on("data", (octets: Buffer) => {
      for (const line of String(octets).split("\r\n").slice(0, -1)) {
        if (isData && line !== ".") continue;
        const word = line.split(" ", 1)[0] ?? "";
        heard.push(word);
        const reply = answer(word, socket);
        isData = reply?.startsWith("354") ?? false;
        if (reply !== undefined) socket.write(`${reply}\r\n`);
      }
    });
    socket.write("220 here\r\n");
  });
  await once(server.listen(0, host), "listening");
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { heard, sockets, port };
}

function providerAt(t: TestContext, url: string, connections = 1): SmtpProvider {
  const { smtp } = dialConfig({ DATABASE_URL: "postgres://none/none", HERALD_MESH_KEY: MESH_KEY, DIAL_SMTP_URL: url });
  assert.ok(smtp);
  const provider = new SmtpProvider({ ...smtp, connections, unsettledMost: 200, events, sign: unsigned });
  t.after(() => provider.stop());
  return provider;
}

const send = (provider: SmtpProvider, gate: Gate = () => undefined) =>
  provider.send(
    anAttempt({
      channel: Channel.CHANNEL_EMAIL,
      contactInfo: "anna@example.com",
      ownAddress: "news@example.com",
      message: { subject: "Hi", text: "Hello", html: "" },
    }),
    gate,
  );
const kindOf = (sent: SendResult) =>
  sent.kind === "ended" ? sent.providerStatus : sent.kind === "returned" ? sent.reason : sent.kind;

test("a reply that comes a letter at a time ends the connection, however long each letter keeps it alive", async (t) => {
  const { port } = await mailServer(t, (_, socket) => {
    const drip = setInterval(() => socket.write("250-still\r\n"), 5);
    socket.once("close", () => clearInterval(drip));
    return undefined;
  });
  const socket = connect({ host: "127.0.0.1", port });
  const dialogue = new SmtpDialogue(socket, 100);
  t.after(() => dialogue.close());
  assert.deepEqual(await dialogue.ask(""), ["220 here"]);
  assert.deepEqual(await dialogue.ask("MAIL\r\n"), []);
  assert.equal(dialogue.fault, "ETIMEDOUT");
});

test("each question has its own time, and none runs while nothing is asked", async (t) => {
  const { port } = await mailServer(t, polite);
  const dialogue = new SmtpDialogue(connect({ host: "127.0.0.1", port }), 150);
  t.after(() => dialogue.close());
  await dialogue.ask("");
  const endAt = performance.now() + 400;
  await until(async () => {
    assert.deepEqual(await dialogue.ask("NOOP\r\n"), ["250 ok"]);
    return performance.now() > endAt;
  });
});

test("a server that breaks off before the message is taken to be away, and is asked again ever more slowly", async (t) => {
  const { port, sockets } = await mailServer(t, (word, socket) =>
    word === "MAIL" ? void socket.destroy() : polite(word, socket),
  );
  const provider = providerAt(t, `smtp://127.0.0.1:${port}`);
  assert.equal(kindOf(await send(provider)), "provider_down");
  assert.match(provider.trouble, /broke/);
  const before = sockets.length;
  assert.equal(kindOf(await send(provider)), "provider_down");
  assert.equal(sockets.length, before, "nobody knocks meanwhile");
});

test("a server that takes messages and breaks off without a word does not use up a campaign", async (t) => {
  let isWell = false;
  const { port } = await mailServer(t, (word, socket) =>
    word === "." && !isWell ? void socket.destroy() : polite(word, socket),
  );
  const provider = providerAt(t, `smtp://127.0.0.1:${port}`);
  const kinds = [];
  for (let i = 0; i < 6; i++) kinds.push(kindOf(await send(provider)));
  assert.deepEqual(kinds, ["unknown", "unknown", "unknown", "provider_down", "provider_down", "provider_down"]);
  await provider.whenUp(AbortSignal.timeout(10_000));
  assert.equal(kindOf(await send(provider)), "unknown");
  assert.notEqual(provider.trouble, "", "still in a row");
  isWell = true;
  await provider.whenUp(AbortSignal.timeout(10_000));
  assert.equal(kindOf(await send(provider)), "250");
  isWell = false;
  assert.equal(kindOf(await send(provider)), "unknown");
  assert.equal(provider.trouble, "", "one message's connection may break");
});

test("messages that go together are all sent once: where a connection breaks, and where the server is out of step", async (t) => {
  const together = (word: string) => (word === "EHLO" ? "250-here\r\n250 PIPELINING" : undefined);
  for (const [what, end, unknown] of [
    ["well", () => "250 ok", 0],
    ["a connection breaks", (ends, socket) => (ends === 3 ? void socket.destroy() : "250 ok"), 1],
    ["a word too much", () => "250 ok\r\n250 and thank you", 0],
  ] as [string, (ends: number, socket: Socket) => string | undefined, number][]) {
    let ends = 0;
    const { port, heard } = await mailServer(
      t,
      (word, socket) => together(word) ?? (word === "." ? end(++ends, socket) : polite(word, socket)),
    );
    const provider = providerAt(t, `smtp://127.0.0.1:${port}`);
    const kinds = (await Promise.all(Array.from({ length: 12 }, () => send(provider)))).map(kindOf);
    assert.deepEqual(kinds.filter((kind) => kind === "250").length, 12 - unknown, `${what}: ${kinds.join(" ")}`);
    assert.equal(kinds.filter((kind) => kind === "unknown").length, unknown, what);
    assert.equal(heard.filter((word) => word === ".").length, 12, what);
  }
});

test("a message whose permission ends while its envelope waits is not sent", async (t) => {
  const { port, heard } = await mailServer(t, (word, socket) =>
    word === "EHLO" ? "250-here\r\n250 PIPELINING" : polite(word, socket),
  );
  const provider = providerAt(t, `smtp://127.0.0.1:${port}`);
  let asked = 0;
  const once = () => (asked++ === 0 ? undefined : ("stopped" as const));
  const sent = await Promise.all([send(provider), send(provider, once), send(provider), send(provider)]);
  assert.deepEqual(sent.map(kindOf), ["250", "stopped", "250", "250"]);
  assert.equal(asked, 2);
  assert.equal(heard.filter((word) => word === ".").length, 3);
});

test("a server that does not answer our good-bye keeps nobody", async (t) => {
  const { port, heard } = await mailServer(t, (word, socket) => (word === "QUIT" ? undefined : polite(word, socket)));
  const provider = providerAt(t, `smtp://127.0.0.1:${port}`);
  assert.equal(kindOf(await send(provider)), "250");
  const startedAt = performance.now();
  await provider.stop();
  assert.ok(heard.includes("QUIT"));
  assert.ok(performance.now() - startedAt < 10_000);
});

test("no password is said in the clear to a server elsewhere, unless somebody says so", async (t) => {
  // An address of this machine that programs do not recognise as local.
  const { port, heard } = await mailServer(t, polite, "0.0.0.0");
  const server = { host: "0.0.0.0", port, secure: false, user: "me", password: "sesame" };
  await assert.rejects(openSmtp({ ...server, startTls: "offered" }), /offers no TLS.*tls=off/);
  assert.deepEqual(heard, ["EHLO"]);
  for (const fine of [
    { ...server, startTls: "off" },
    { ...server, startTls: "offered", host: "localhost" },
    { ...server, startTls: "offered", user: "" },
  ] as const)
    (await openSmtp(fine)).dialogue.close();
});

test("a server has an address of IPv6 as well", () => {
  const { smtp, smpp } = dialConfig({
    DATABASE_URL: "postgres://none/none",
    HERALD_MESH_KEY: MESH_KEY,
    DIAL_SMTP_URL: "smtp://[::1]:25",
    DIAL_SMPP_URL: "smpp://a:b@[2001:db8::1]:2775",
  });
  assert.deepEqual([smtp?.server.host, smpp?.server.host], ["::1", "2001:db8::1"]);
});

test("a password that is not written as URLs want it is told, without the password", () => {
  const url = "smtp://me:50%secret@mail.example.com";
  assert.throws(
    () => dialConfig({ DATABASE_URL: "postgres://none/none", HERALD_MESH_KEY: MESH_KEY, DIAL_SMTP_URL: url }),
    (error: Error) => /DIAL_SMTP_URL: a % .* %25/.test(error.message) && !error.message.includes("secret"),
  );
});
