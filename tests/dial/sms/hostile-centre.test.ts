/** The provider with a message centre that breaks the rules: for its window, for unbinding and for responses. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { test, type TestContext } from "node:test";
import { dialConfig } from "../../../svc/dial/config.ts";
import { createEvents } from "../../../svc/dial/events.ts";
import type { Gate, SendResult } from "../../../svc/dial/pipeline/send/message-provider.ts";
import { SmppProvider } from "../../../svc/dial/sms/smpp-provider.ts";
import { createLog } from "../../../svc/lib/observe/log.ts";
import { Metrics } from "../../../svc/lib/observe/metrics.ts";
import { COMMAND, type Pdu, RESPONSE, setSequence, STATUS, writeMessage, writePdu } from "../../../svc/lib/smpp/pdu.ts";
import { PduReader } from "../../../svc/lib/smpp/pdu-reader.ts";
import { MESH_KEY, until } from "../../lib/harness.ts";
import { anAttempt } from "../an-attempt.ts";

const events = createEvents(new Metrics("dial"), createLog("dial", "silent"));
const open: Gate = () => undefined;

type Say = (pdu: Buffer, sequence: number) => void;

interface Behaviour {
  /** What it does with a submit; without this, it only keeps the submit. */
  submitted?: (pdu: Pdu, say: Say, socket: Socket, connection: number) => void;
  /** Its response to a bind. */
  bind?: Buffer;
}

async function centre(t: TestContext, { submitted, bind }: Behaviour = {}, options = "") {
  const submits: Pdu[] = [];
  const deliveries: Pdu[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    const connection = sockets.push(socket);
    const reader = new PduReader();
    const say: Say = (pdu, sequence) => {
      setSequence(pdu, sequence);
      socket.write(pdu);
    };
    socket.on("error", () => {});
    socket.on("data", (octets: Buffer) => {
      for (const pdu of reader.read(octets)) {
        const { command, sequence } = pdu;
        if (command === COMMAND.bindTransceiver)
          say(bind ?? writePdu(COMMAND.bindTransceiver + RESPONSE, { texts: ["centre"] }), sequence);
        else if (command === COMMAND.submit) {
          submits.push(pdu);
          submitted?.(pdu, say, socket, connection);
        } else if (command === COMMAND.deliver + RESPONSE) deliveries.push(pdu);
        else if (command === COMMAND.unbind) say(writePdu(COMMAND.unbind + RESPONSE), sequence);
      }
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const config = dialConfig({
    DATABASE_URL: "postgres://none/none",
    HERALD_MESH_KEY: MESH_KEY,
    DIAL_SMPP_URL: `smpp://a:b@127.0.0.1:${port}${options}`,
  }).smpp as NonNullable<ReturnType<typeof dialConfig>["smpp"]>;
  let inboundAtOnce = 0;
  let mostInboundAtOnce = 0;
  const provider = new SmppProvider(
    { ...config, unsettledMost: 200, events, now: () => new Date() },
    {
      receipt: async () => true,
      unreadable: async () => {},
      async inbound() {
        mostInboundAtOnce = Math.max(mostInboundAtOnce, ++inboundAtOnce);
        await new Promise((resolve) => setImmediate(resolve));
        inboundAtOnce -= 1;
      },
    },
  );
  t.after(async () => {
    const stopped = provider.stop();
    for (const socket of sockets) socket.destroy();
    server.close();
    await stopped;
  });
  const say: Say = (pdu, sequence) => {
    setSequence(pdu, sequence);
    sockets.at(-1)?.write(pdu);
  };
  return { provider, submits, deliveries, sockets, say, mostInboundAtOnce: () => mostInboundAtOnce };
}

const accept = (pdu: Pdu, say: Say) =>
  say(writePdu(COMMAND.submit + RESPONSE, { texts: [`m${pdu.sequence}`] }), pdu.sequence);
const up = (provider: SmppProvider) => provider.whenUp(AbortSignal.timeout(20_000));
const sms = (i = 0) =>
  anAttempt({ contactInfo: `+1202555${1000 + i}`, message: { subject: "", text: "Hello", html: "" } });
const kindOf = (sent: SendResult) =>
  sent.kind === "ended" ? `${sent.state} ${sent.providerStatus}` : sent.kind === "returned" ? sent.reason : sent.kind;

test("no more submits are outstanding than the window allows, however many are handed over at once", async (t) => {
  const { provider, submits, say } = await centre(t, {}, "?window=5");
  await up(provider);
  const sent = Promise.all(Array.from({ length: 60 }, (_, i) => provider.send(sms(i), open)));
  for (let answered = 0; answered < 60; answered++) {
    await until(() => submits.length > answered);
    assert.ok(submits.length - answered <= 5, `${submits.length - answered} outstanding`);
    accept(submits[answered] as Pdu, say);
  }
  assert.ok((await sent).every(({ kind }) => kind === "accepted"));
});

test("room that somebody does not take, since the gate has closed, goes to whoever waits next", async (t) => {
  const { provider, submits, say } = await centre(t, {}, "?window=1");
  await up(provider);
  let isClosed = false;
  const first = provider.send(sms(1), open);
  const second = provider.send(sms(2), () => (isClosed ? "stopped" : undefined));
  const third = provider.send(sms(3), open);
  await until(() => submits.length === 1);
  isClosed = true;
  accept(submits[0] as Pdu, say);
  assert.deepEqual([kindOf(await first), kindOf(await second)], ["accepted", "stopped"]);
  accept(await until(() => submits[1]), say);
  assert.equal(kindOf(await third), "accepted");
});

test("nothing is submitted to a centre that has taken its leave, whether or not it closes", async (t) => {
  const { provider, submits, sockets, say } = await centre(t, {
    submitted: (pdu, answer, _, connection) => connection > 1 && accept(pdu, answer),
  });
  await up(provider);
  const before = provider.send(sms(), open);
  await until(() => submits.length === 1);
  say(writePdu(COMMAND.unbind), 7);
  // Earlier submits may still be answered.
  accept(submits[0] as Pdu, say);
  assert.equal(kindOf(await before), "accepted");
  const after = await Promise.all(Array.from({ length: 10 }, (_, i) => provider.send(sms(i), open)));
  assert.deepEqual(new Set(after.map(kindOf)), new Set(["provider_down"]), "none has left");
  await until(() => sockets.length === 2, { timeoutMs: 15_000 });
  await up(provider);
  assert.equal(kindOf(await provider.send(sms(), open)), "accepted");
});

test("a centre that knows our bind no more is bound to anew, and no recipient is given up for it", async (t) => {
  const { provider, sockets } = await centre(t, {
    submitted: (pdu, say, _, connection) =>
      connection < 3
        ? say(writePdu(COMMAND.submit + RESPONSE, { status: STATUS.ESME_RINVBNDSTS }), pdu.sequence)
        : accept(pdu, say),
  });
  await up(provider);
  assert.equal(kindOf(await provider.send(sms(), open)), "provider_down");
  assert.match(provider.trouble, /0x04/);
  await until(() => sockets.length === 2);
  await up(provider);
  assert.equal(kindOf(await provider.send(sms(), open)), "provider_down");
  await until(() => sockets.length === 3);
  await up(provider);
  assert.equal(kindOf(await provider.send(sms(), open)), "accepted");
});

test("what is no answer to a bind binds nothing", async (t) => {
  const { provider } = await centre(t, { bind: writePdu(COMMAND.enquire + RESPONSE) });
  await until(() => /does not answer our bind/.test(provider.trouble));
});

test("a centre that takes submits and breaks off does not use up a campaign: after the first time it is tried with one", async (t) => {
  let isWell = false;
  const { provider, submits, sockets } = await centre(t, {
    submitted: (pdu, say, socket) => (isWell ? accept(pdu, say) : setImmediate(() => socket.destroy())),
  });
  await up(provider);
  const lost = await Promise.all(Array.from({ length: 20 }, (_, i) => provider.send(sms(i), open)));
  assert.deepEqual(new Set(lost.map(kindOf)), new Set(["unknown"]));
  await until(() => sockets.length === 2);
  await up(provider);
  submits.length = 0;
  const again = (await Promise.all(Array.from({ length: 20 }, (_, i) => provider.send(sms(i), open)))).map(kindOf);
  assert.equal(submits.length, 1);
  assert.deepEqual(
    [again.filter((kind) => kind === "unknown").length, again.filter((kind) => kind === "provider_down").length],
    [1, 19],
  );
  isWell = true;
  await up(provider);
  const well = await Promise.all(Array.from({ length: 20 }, (_, i) => provider.send(sms(i), open)));
  assert.ok(well.every(({ kind }) => kind === "accepted"));
});

test("a flood of messages from phones is taken in some at a time, and each is answered", async (t) => {
  const { provider, deliveries, say, mostInboundAtOnce } = await centre(t);
  await up(provider);
  const FLOOD = 3_000;
  for (let i = 1; i <= FLOOD; i++)
    say(writeMessage(COMMAND.deliver, { source_addr: "12025550101", short_message: Buffer.from("Hello") }), i);
  await until(() => deliveries.length === FLOOD);
  assert.ok(deliveries.every(({ status }) => status === 0));
  assert.ok(mostInboundAtOnce() <= 50, `${mostInboundAtOnce()} at once`);
});

test("units of rubbish, and answers to nothing, hurt nobody", async (t) => {
  const { provider, deliveries, submits, say } = await centre(t, { submitted: accept });
  await up(provider);
  for (let i = 1; i <= 200; i++) {
    const octets = Array.from({ length: i }, (_, k) => (k * 7 + i * 13) % 256);
    say(writePdu(COMMAND.deliver, { octets }), i);
    say(writePdu(COMMAND.submit + RESPONSE, { texts: ["nobody's"], status: i }), 1_000_000 + i);
    say(writePdu(COMMAND.deliver + RESPONSE), i);
  }
  await until(() => deliveries.length === 200);
  assert.equal(kindOf(await provider.send(sms(), open)), "accepted");
  assert.equal(submits.length, 1);
});
