/** One bind to a message centre that behaves in unexpected ways. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { test, type TestContext } from "node:test";
import { SmppLink } from "../../../svc/dial/sms/smpp-link.ts";
import {
  COMMAND,
  GENERIC_NACK,
  type MessageFields,
  type Pdu,
  RESPONSE,
  setSequence,
  STATUS,
  writeMessage,
  writePdu,
} from "../../../svc/lib/smpp/pdu.ts";
import { PduReader } from "../../../svc/lib/smpp/pdu-reader.ts";
import { until } from "../../lib/harness.ts";

/** A message centre that accepts the bind, keeps everything else that comes, and sends what the test tells it to. */
async function centre(t: TestContext) {
  const heard: Pdu[] = [];
  const sockets: Socket[] = [];
  const say = (pdu: Buffer, sequence: number) => {
    setSequence(pdu, sequence);
    sockets.at(-1)?.write(pdu);
  };
  const server = createServer((socket) => {
    sockets.push(socket);
    const reader = new PduReader();
    socket.on("error", () => {});
    socket.on("data", (octets: Buffer) => {
      for (const pdu of reader.read(octets)) {
        if (pdu.command !== COMMAND.bindTransceiver) heard.push(pdu);
        else say(writePdu(COMMAND.bindTransceiver + RESPONSE, { texts: ["centre"] }), pdu.sequence);
      }
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const delivered: MessageFields[] = [];
  const { port } = server.address() as AddressInfo;
  const link = await SmppLink.open(
    { host: "127.0.0.1", port, tls: false, systemId: "herald", password: "x", systemType: "" },
    { delivered: async (message) => (delivered.push(message), STATUS.ESME_ROK), left: () => {} },
  );
  t.after(() => link.close());
  return { link, heard, delivered, say, write: (octets: Buffer) => sockets.at(-1)?.write(octets) };
}

const MESSAGE = { destination_addr: "12025550101", short_message: Buffer.from("Hello") };

test("answers are told apart by their numbers, in whichever order they come; one that nobody waits for is none", async (t) => {
  const { link, heard, say } = await centre(t);
  const [first, second, third] = [link.submit(MESSAGE), link.submit(MESSAGE), link.submit(MESSAGE)];
  const sequences = (await until(() => heard.length === 3 && heard)).map(({ sequence }) => sequence);
  const [a, b, c] = sequences as [number, number, number];
  say(writePdu(COMMAND.submit + RESPONSE, { texts: ["nobody's"] }), 999);
  say(writePdu(COMMAND.submit + RESPONSE, { texts: ["two"] }), b);
  say(writePdu(COMMAND.submit + RESPONSE, { texts: ["two again"] }), b);
  say(writePdu(COMMAND.submit + RESPONSE, { status: STATUS.ESME_RTHROTTLED }), c);
  say(writePdu(GENERIC_NACK), a);
  assert.deepEqual(await second, { status: 0, messageId: "two" });
  assert.deepEqual(await third, { status: STATUS.ESME_RTHROTTLED, messageId: "" });
  assert.deepEqual(await first, { status: STATUS.ESME_RUNKNOWNERR, messageId: "" }, "a nack takes nothing");
});

test("what the centre may not ask for is refused; what it delivers is answered under its own number", async (t) => {
  const { heard, delivered, say } = await centre(t);
  say(writePdu(COMMAND.submit), 41);
  say(writePdu(COMMAND.enquire), 42);
  say(writeMessage(COMMAND.deliver, { source_addr: "12025550101" }), 43);
  await until(() => heard.length === 3);
  assert.deepEqual(
    heard.map(({ command, sequence, status }) => [command, sequence, status]),
    [
      [GENERIC_NACK, 41, STATUS.ESME_RINVCMDID],
      [COMMAND.enquire + RESPONSE, 42, 0],
      [COMMAND.deliver + RESPONSE, 43, 0],
    ],
  );
  assert.equal(delivered[0]?.source_addr, "12025550101");
});

test("what is no SMPP breaks the connection: what had left is of unknown fate, what comes later has not left", async (t) => {
  const { link, heard, write } = await centre(t);
  const left = link.submit(MESSAGE);
  await until(() => heard.length === 1);
  write(Buffer.from("GET / HTTP/1.1\r\n\r\n"));
  assert.equal(await left, "broken");
  assert.equal(link.open, false);
  assert.equal(await link.submit(MESSAGE), "unsent");
});

test("a centre that takes its leave hears our answer, and what waited to be written has not left", async (t) => {
  const { link, heard, say } = await centre(t);
  say(writePdu(COMMAND.unbind), 7);
  await until(() => !link.open);
  assert.deepEqual(
    heard.map(({ command, sequence }) => [command, sequence]),
    [[COMMAND.unbind + RESPONSE, 7]],
  );
  const other = await centre(t);
  const waiting = other.link.submit(MESSAGE);
  other.link.close();
  assert.equal(await waiting, "unsent");
  assert.deepEqual(other.heard, []);
});
