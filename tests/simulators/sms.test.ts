/** The simulated message centre, seen by npm `smpp`. */
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import smpp, { type Pdu, type Session } from "smpp";
import { until } from "../lib/harness.ts";
import { bootSimulators } from "./boot.ts";

smpp.addTLV("herald_attempt_id", { id: 0x1501, type: smpp.types.tlv.string });

async function bind(
  t: TestContext,
  url: string,
  password = "password",
): Promise<{ session: Session; status: number; received: Pdu[] }> {
  const { hostname: host, port } = new URL(url);
  const session = smpp.connect({ host, port: Number(port) });
  const received: Pdu[] = [];
  session.on("error", () => {});
  session.on("deliver_sm", (pdu: Pdu) => {
    received.push(pdu);
    session.send(pdu.response());
  });
  t.after(() => session.destroy());
  await new Promise((resolve) => session.on("connect", resolve));
  const answer = await new Promise<Pdu>((resolve) =>
    session.bind_transceiver({ system_id: "herald", password }, resolve),
  );
  return { session, status: answer.command_status, received };
}

const submit = (session: Session, to: string, more: object = {}) =>
  new Promise<Pdu>((resolve) =>
    session.submit_sm(
      {
        source_addr: "12345",
        destination_addr: to,
        short_message: "Hello",
        data_coding: 0,
        registered_delivery: 1,
        ...more,
      },
      resolve,
    ),
  );

test("the message centre refuses a wrong password, and submits before a bind", async (t) => {
  const { addresses } = await bootSimulators(t);
  const refused = await bind(t, addresses.smpp, "wrong");
  assert.equal(refused.status, smpp.errors["ESME_RINVPASWD"]);
  assert.equal((await submit(refused.session, "12025550100")).command_status, smpp.errors["ESME_RINVBNDSTS"]);
});

test("outcomes follow the last digits of the destination", async (t) => {
  const { addresses, http } = await bootSimulators(t);
  const { session, received } = await bind(t, addresses.smpp);
  const stat = async (to: string) => {
    const { message_id: id, command_status } = await submit(session, to);
    if (command_status !== 0) return command_status;
    const pdu = await until(() => received.find((one) => one.receipted_message_id === id));
    assert.equal(pdu.esm_class, 0x04);
    return /stat:(\w+)/.exec((pdu.short_message as { message: string }).message)?.[1];
  };
  assert.equal(await stat("12025550100"), "DELIVRD");
  assert.equal(await stat("12025550191"), "UNDELIV");
  assert.equal(await stat("12025550192"), "EXPIRED");
  assert.equal(await stat("12025550193"), "REJECTD");
  assert.equal(await stat("12025550194"), smpp.errors["ESME_RINVDSTADR"]);
  assert.equal(
    (await http("/sms/settings", "PUT", { endings: { "0100": "expired", "96": "throttled_once" } })).code,
    200,
  );
  assert.equal(await stat("12025550196"), smpp.errors["ESME_RTHROTTLED"]);
  assert.equal(await stat("12025550196"), "DELIVRD");
  assert.equal(await stat("12025550100"), "EXPIRED");
  assert.equal((await http("/sms/settings", "PUT", { endings: { "0100": "lost" } })).code, 400);
});

test("parts of a long message are told apart, and an attempt that comes twice is a duplicate", async (t) => {
  const { addresses, smsc } = await bootSimulators(t);
  const { session } = await bind(t, addresses.smpp);
  const part = (n: number) => ({
    herald_attempt_id: "a1",
    short_message: { udh: Buffer.from([5, 0, 3, 7, 2, n]), message: Buffer.from("Hello") },
  });
  await submit(session, "12025550100", part(1));
  await submit(session, "12025550100", part(2));
  assert.deepEqual(
    smsc.arrivals.list({ limit: 9 }).map(({ id, text }) => [id, text]),
    [
      ["a1 2/2", "Hello"],
      ["a1 1/2", "Hello"],
    ],
  );
  assert.equal(smsc.arrivals.counts().duplicates, 0);
  await submit(session, "12025550100", part(2));
  assert.equal(smsc.arrivals.counts().duplicates, 1);
});

test("above its rate the message centre throttles", async (t) => {
  const { addresses, http } = await bootSimulators(t);
  const { session } = await bind(t, addresses.smpp);
  await http("/sms/settings", "PUT", { ratePerSecond: 5 });
  const answers = await Promise.all(Array.from({ length: 20 }, () => submit(session, "12025550100")));
  assert.ok(answers.some((one) => one.command_status === smpp.errors["ESME_RTHROTTLED"]));
});

test("inbound messages wait for whoever binds, and come again until they are acknowledged", async (t) => {
  const { addresses, http, smsc } = await bootSimulators(t);
  const inbound = http("/sms/inbound", "POST", { from: "+12025550100", to: "12345", text: "STOP" });
  const { hostname: host, port } = new URL(addresses.smpp);
  const deaf = smpp.connect({ host, port: Number(port) });
  const heard = new Promise<void>((resolve) => deaf.once("deliver_sm", () => resolve()));
  deaf.bind_transceiver({ system_id: "herald", password: "password" });
  await heard;
  deaf.destroy();
  const { received } = await bind(t, addresses.smpp);
  assert.deepEqual((await inbound).body, { acknowledged: true });
  assert.deepEqual(
    received.map(({ source_addr, destination_addr }) => [source_addr, destination_addr]),
    [["12025550100", "12345"]],
  );
  assert.equal(smsc.bound(), 1);
});
