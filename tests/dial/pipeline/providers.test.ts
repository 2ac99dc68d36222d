/** The providers with the simulators: real SMTP and SMPP over TCP. */
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test, type TestContext } from "node:test";
import { simulatorOptions, startSimulators } from "../../../deploy/simulators/simulators.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { DeliveryState as D } from "../../../gen/herald/common/v1/outcome.ts";
import type { Attempt } from "../../../svc/dial/attempts/attempt.ts";
import { dialConfig } from "../../../svc/dial/config.ts";
import { createEvents } from "../../../svc/dial/events.ts";
import type { Gate, SendResult } from "../../../svc/dial/pipeline/send/message-provider.ts";
import { type InboundSms, SmppProvider } from "../../../svc/dial/sms/smpp-provider.ts";
import type { Receipt } from "../../../svc/dial/sms/sms-receipt.ts";
import { SmtpProvider } from "../../../svc/dial/email/smtp-provider.ts";
import { createLog } from "../../../svc/lib/observe/log.ts";
import { Metrics } from "../../../svc/lib/observe/metrics.ts";
import { MESH_KEY, until, VOICE_AUDIENCE } from "../../lib/harness.ts";
import { anAttempt, unsigned } from "../an-attempt.ts";

const events = createEvents(new Metrics("dial"), createLog("dial", "silent"));
const open: Gate = () => undefined;

async function world(t: TestContext, more: Record<string, string> = {}) {
  const free = {
    SIM_SMTP_PORT: "0",
    SIM_SMPP_PORT: "0",
    SIM_VOICE_PORT: "0",
    SIM_HTTP_PORT: "0",
    HERALD_VOICE_KEY: VOICE_AUDIENCE.key,
  };
  const simulators = await startSimulators(simulatorOptions({ ...free, ...more }));
  t.after(() => simulators.stop());
  return simulators;
}

const settings = (more: Record<string, string>) =>
  dialConfig({ DATABASE_URL: "postgres://none/none", HERALD_MESH_KEY: MESH_KEY, ...more });

function smtp(t: TestContext, url: string, connections = 5): SmtpProvider {
  const config = settings({ DIAL_SMTP_URL: url }).smtp as NonNullable<ReturnType<typeof settings>["smtp"]>;
  const provider = new SmtpProvider({ ...config, connections, unsettledMost: 200, events, sign: unsigned });
  t.after(() => provider.stop());
  return provider;
}

function smpp(t: TestContext, url: string) {
  const config = settings({ DIAL_SMPP_URL: url }).smpp as NonNullable<ReturnType<typeof settings>["smpp"]>;
  const receipts: Receipt[] = [];
  const inbound: InboundSms[] = [];
  const unreadable: InboundSms[] = [];
  let refuse = 0;
  const provider = new SmppProvider(
    { ...config, unsettledMost: 200, events, now: () => new Date() },
    {
      async receipt(receipt) {
        if (refuse-- > 0) throw new Error("the database is away");
        receipts.push(receipt);
        return receipt.messageId !== "not ours";
      },
      async unreadable(message) {
        unreadable.push(message);
      },
      async inbound(message) {
        inbound.push(message);
      },
    },
  );
  t.after(() => provider.stop());
  return { provider, receipts, inbound, unreadable, refuseReceipts: (count: number) => void (refuse = count) };
}

const email = (to: string, from = "news@example.com"): Attempt => attempt(Channel.CHANNEL_EMAIL, to, from, "Hello");
const sms = (to: string, text = "Hello"): Attempt => attempt(Channel.CHANNEL_SMS, to, "12345", text);
const attempt = (channel: Channel, contactInfo: string, ownAddress: string, text: string): Attempt =>
  anAttempt({ channel, contactInfo, ownAddress, message: { subject: "Hi", text, html: "" } });

const kindOf = (sent: SendResult) =>
  sent.kind === "ended" ? `${sent.state} ${sent.providerStatus}` : sent.kind === "returned" ? sent.reason : sent.kind;

test("email ends as the mail server says", async (t) => {
  const { addresses, inbox } = await world(t, { SIM_SLOW_EMAIL: "5ms" });
  const provider = smtp(t, addresses.smtp);
  const cases: [string, string][] = [
    ["anna@example.com", `${D.DELIVERY_STATE_SENT} 250`],
    ["slow+a@example.com", `${D.DELIVERY_STATE_SENT} 250`],
    ["bounce+a@example.com", `${D.DELIVERY_STATE_HARD_BOUNCE} 550 5.1.1`],
    ["defer+a@example.com", `${D.DELIVERY_STATE_DEFERRED} 451 4.7.1`],
    ["full+a@example.com", `${D.DELIVERY_STATE_DEFERRED} 452 4.2.2`],
    ["reject+a@example.com", `${D.DELIVERY_STATE_REJECTED} 554 5.7.1`],
    ["cut+a@example.com", "unknown"],
    ["not an address", `${D.DELIVERY_STATE_HARD_BOUNCE} not an address`],
    ["anna2@example.com", `${D.DELIVERY_STATE_SENT} 250`],
  ];
  for (const [to, expected] of cases) assert.equal(kindOf(await provider.send(email(to), open)), expected, to);
  assert.equal(provider.trouble, "", "a recipient's fault is none of the server's");
  assert.equal(inbox.arrivals.counts().total, 4);
});

test("the Message-ID is the attempt's, the envelope the recipient's own", async (t) => {
  const { addresses, inbox } = await world(t);
  const one = email("anna@example.com", "News <news@example.com>");
  await smtp(t, addresses.smtp).send(one, open);
  const [arrived] = inbox.arrivals.list({ limit: 1 });
  assert.deepEqual(
    [arrived?.to, arrived?.from, arrived?.id],
    ["anna@example.com", "news@example.com", `<${one.id}@example.com>`],
  );
});

test("many messages share a few connections", async (t) => {
  const { addresses, inbox } = await world(t);
  const provider = smtp(t, addresses.smtp, 4);
  const sent = await Promise.all(
    Array.from({ length: 300 }, (_, i) => provider.send(email(`user${i}@example.com`), open)),
  );
  assert.ok(sent.every(({ kind }) => kind === "ended"));
  assert.deepEqual([inbox.arrivals.counts().recipients, inbox.arrivals.counts().duplicates], [300, 0]);
});

test("a session that was closed sends nothing that waits for its turn", async (t) => {
  const { addresses, inbox } = await world(t);
  const provider = smtp(t, addresses.smtp);
  assert.equal(kindOf(await provider.send(email("anna@example.com"), () => "stopped")), "stopped");
  assert.equal(inbox.arrivals.counts().total, 0);
});

test("while the mail server is away messages come back, and it is found again by itself", async (t) => {
  const { addresses, inbox } = await world(t);
  const provider = smtp(t, addresses.smtp);
  await provider.send(email("anna@example.com"), open);
  const port = new URL(addresses.smtp).port;
  await inbox.stop();
  assert.equal(kindOf(await provider.send(email("ben@example.com"), open)), "provider_down");
  assert.match(provider.trouble, /cannot be reached/);
  const again = await world(t, { SIM_SMTP_PORT: port });
  await provider.whenUp(AbortSignal.timeout(5_000));
  assert.equal(kindOf(await provider.send(email("ben@example.com"), open)), `${D.DELIVERY_STATE_SENT} 250`);
  assert.equal(again.inbox.arrivals.counts().total, 1);
});

test("a server that refuses our sender, or our password, is no fault of the recipient", async (t) => {
  const server = createServer((socket) => {
    socket.write("220 here\r\n");
    socket.on("data", (data) => {
      const word = data.toString().slice(0, 4).toUpperCase();
      socket.write(
        word === "EHLO"
          ? "250-here\r\n250 AUTH PLAIN\r\n"
          : word === "AUTH"
            ? "535 5.7.8 no\r\n"
            : word === "MAIL"
              ? "550 5.7.1 not you\r\n"
              : "250 ok\r\n",
      );
    });
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const { port } = server.address() as { port: number };
  assert.equal(
    kindOf(await smtp(t, `smtp://127.0.0.1:${port}`).send(email("anna@example.com"), open)),
    "sender_refused",
  );
  const locked = smtp(t, `smtp://me:wrong@127.0.0.1:${port}`);
  assert.equal(kindOf(await locked.send(email("anna@example.com"), open)), "provider_down");
  assert.match(locked.trouble, /535 5\.7\.8 to our user and password/);
});

test("SMS are taken, and their receipts name them, hexadecimal or decimal", async (t) => {
  const { addresses, smsc } = await world(t);
  const { provider, receipts } = smpp(t, addresses.smpp);
  await provider.whenUp(AbortSignal.timeout(5_000));
  const one = sms("+12025550101");
  const sent = await provider.send(one, open);
  assert.equal(sent.kind, "accepted");
  await until(() => receipts.length === 1);
  assert.deepEqual(receipts[0], {
    messageId: sent.kind === "accepted" && sent.providerMessageId,
    state: D.DELIVERY_STATE_DELIVERED,
    providerStatus: "DELIVRD 000",
    numbers: ["12025550101", "12345"],
  });
  const [arrived] = smsc.arrivals.list({ limit: 1 });
  assert.deepEqual([arrived?.to, arrived?.from, arrived?.id], ["+12025550101", "12345", one.id]);
  assert.ok(
    sent.kind === "accepted" && sent.receiptUntil.getTime() - Date.now() > 24.9 * 3_600_000,
    "validity and an hour",
  );
});

test("SMS that the centre refuses end at once; a throttled one is sent when it may be", async (t) => {
  const { addresses, smsc } = await world(t);
  smsc.settings.endings["96"] = "throttled_once";
  const { provider } = smpp(t, addresses.smpp);
  await provider.whenUp(AbortSignal.timeout(5_000));
  assert.equal(kindOf(await provider.send(sms("+12025550194"), open)), `${D.DELIVERY_STATE_UNDELIVERABLE} 0x0b`);
  assert.equal(kindOf(await provider.send(sms("+12025550196"), open)), "accepted");
  assert.deepEqual(Object.fromEntries(smsc.refused), { 11: 1, 88: 1 });
});

test("above the centre's rate all are sent, at its pace, and none twice", async (t) => {
  const { addresses, smsc } = await world(t);
  smsc.settings.ratePerSecond = 100;
  const { provider } = smpp(t, addresses.smpp);
  await provider.whenUp(AbortSignal.timeout(5_000));
  const sent = await Promise.all(
    Array.from({ length: 300 }, (_, i) => provider.send(sms(`+1202555${1000 + i}0`), open)),
  );
  assert.ok(sent.every(({ kind }) => kind === "accepted"));
  assert.deepEqual([smsc.arrivals.counts().recipients, smsc.arrivals.counts().duplicates], [300, 0]);
});

test("a long message arrives in parts, in order, with one receipt", async (t) => {
  const { addresses, smsc } = await world(t);
  const { provider, receipts } = smpp(t, addresses.smpp);
  await provider.whenUp(AbortSignal.timeout(5_000));
  const text = "Zażółć gęślą jaźń. ".repeat(8).trim();
  await provider.send(sms("+12025550101", text), open);
  const parts = smsc.arrivals.list({ limit: 9 }).reverse();
  assert.deepEqual(
    parts.map(({ part, parts }) => `${part}/${parts}`),
    ["1/3", "2/3", "3/3"],
  );
  assert.equal(parts.map((part) => part.text).join(""), text);
  await until(() => receipts.length === 1);
});

test("submits that were not answered when the connection broke are of unknown fate; the bind comes back", async (t) => {
  const { addresses, smsc } = await world(t);
  const { provider } = smpp(t, addresses.smpp);
  await provider.whenUp(AbortSignal.timeout(5_000));
  smsc.settings.unanswered = 2;
  const lost = [provider.send(sms("+12025550101"), open), provider.send(sms("+12025550102"), open)];
  await until(() => smsc.arrivals.counts().total === 2);
  smsc.disconnect();
  assert.deepEqual((await Promise.all(lost)).map(kindOf), ["unknown", "unknown"]);
  await until(() => provider.trouble === "");
  assert.equal(kindOf(await provider.send(sms("+12025550103"), open)), "accepted");
});

test("receipts and messages that could not be kept come again; inbound texts are read in every alphabet", async (t) => {
  const { addresses, smsc } = await world(t);
  const { provider, receipts, inbound, refuseReceipts } = smpp(t, addresses.smpp);
  await provider.whenUp(AbortSignal.timeout(5_000));
  refuseReceipts(2);
  await provider.send(sms("+12025550101"), open);
  await until(() => receipts.length === 1);
  await smsc.inbound({ from: "+12025550101", to: "12345", text: "Stop!" });
  await smsc.inbound({ from: "+12025550101", to: "12345", text: "Arrêt ✋" });
  const [from, to] = [
    { address: "12025550101", type: 0 },
    { address: "12345", type: 0 },
  ];
  assert.deepEqual(inbound, [
    { from, to, text: "Stop!", part: undefined },
    { from, to, text: "Arrêt ✋", part: undefined },
  ]);
});

const phone = { source_addr: "12025550101", destination_addr: "12345" };
const octets = (hex: string) => Buffer.from(hex, "hex");

test("texts are read by the data coding scheme, and by their octets where the scheme cannot be", async (t) => {
  const { addresses, smsc } = await world(t);
  const { provider, inbound } = smpp(t, addresses.smpp);
  await provider.whenUp(AbortSignal.timeout(5_000));
  const cases: [string, object, string][] = [
    ["UCS-2 under 0", { data_coding: 0, short_message: octets("00530054004f0050") }, "STOP"],
    ["UCS-2, little end first", { data_coding: 8, short_message: octets("530054004f005000") }, "STOP"],
    ["Cyrillic UCS-2 under 0", { data_coding: 0, short_message: octets("04210422041e041f") }, "СТОП"],
    ["UCS-2 with a class", { data_coding: 0x19, short_message: octets("00530054004f0050") }, "STOP"],
    ["UCS-2 that waits", { data_coding: 0xe0, short_message: octets("00530054004f0050") }, "STOP"],
    ["Chinese", { data_coding: 8, short_message: octets("505c6b62") }, "停止"],
    ["a class of the alphabet of GSM", { data_coding: 0xf0, short_message: octets("1b6553544f50") }, "€STOP"],
    ["eight bits with a class", { data_coding: 0xf5, short_message: Buffer.from("Größe") }, "Größe"],
    ["Latin-1 under 0", { data_coding: 0, short_message: octets("415252ca54") }, "ARRÊT"],
    ["UTF-8 under 0", { data_coding: 0, short_message: Buffer.from("ARRÊT") }, "ARRÊT"],
    ["ISO-8859-5", { data_coding: 6, short_message: octets("c1c2bebf") }, "СТОП"],
    ["ISO-8859-8", { data_coding: 7, short_message: octets("e4f1f8") }, "הסר"],
    ["in message_payload", { data_coding: 0, short_message: Buffer.from("STOP ".repeat(60)) }, "STOP ".repeat(60)],
    ["with a NUL behind", { data_coding: 3, short_message: octets("53544f5000") }, "STOP"],
    ["with an at sign", { data_coding: 0, short_message: octets("61006231") }, "a@b1"],
  ];
  for (const [what, fields, text] of cases) {
    await smsc.deliver({ ...phone, ...fields });
    assert.equal(inbound.at(-1)?.text, text, what);
  }
});

test("parts name their message, by header or by parameters; a header that is none is text", async (t) => {
  const { addresses, smsc } = await world(t);
  const { provider, inbound } = smpp(t, addresses.smpp);
  await provider.whenUp(AbortSignal.timeout(5_000));
  const cases: [object, string, object | undefined][] = [
    [{ esm_class: 0x40, short_message: octets("0500032a020153544f") }, "STO", { reference: 0x2a, part: 1, parts: 2 }],
    [{ esm_class: 0x40, short_message: octets("060804012a020250") }, "P", { reference: 0x12a, part: 2, parts: 2 }],
    [{ esm_class: 0x40, short_message: octets("0824010100032a010153") }, "S", undefined],
    [
      { sar_msg_ref_num: 7, sar_total_segments: 2, sar_segment_seqnum: 1, short_message: Buffer.from("STO") },
      "STO",
      { reference: 7, part: 1, parts: 2 },
    ],
    [{ esm_class: 0x40, short_message: octets("53544f50") }, "STOP", undefined],
  ];
  for (const [fields, text, part] of cases) {
    await smsc.deliver({ ...phone, data_coding: 0, ...fields });
    assert.deepEqual([inbound.at(-1)?.text, inbound.at(-1)?.part], [text, part]);
  }
});

test("a receipt without its type is known by its parameters or its grammar; one that cannot be read is kept", async (t) => {
  const { addresses, smsc } = await world(t);
  const { provider, receipts, inbound, unreadable } = smpp(t, addresses.smpp);
  await provider.whenUp(AbortSignal.timeout(5_000));
  const text =
    "id:1526758174 sub:001 dlvrd:001 submit date:2603021500 done date:2603021501 stat:DELIVRD err:000 text:hello";
  await smsc.deliver({ ...phone, esm_class: 0, data_coding: 0, short_message: Buffer.from(text) });
  await smsc.deliver({
    ...phone,
    esm_class: 0,
    short_message: Buffer.from("hello"),
    receipted_message_id: "1526758174",
    message_state: 2,
  });
  await smsc.deliver({
    ...phone,
    esm_class: 4,
    data_coding: 3,
    short_message: Buffer.from("id:5 stat:DELIVRD err:0\u00000"),
  });
  assert.deepEqual(
    receipts.map(({ messageId, providerStatus }) => [messageId, providerStatus]),
    [
      ["1526758174", "DELIVRD 000"],
      ["1526758174", "DELIVRD"],
      ["5", "DELIVRD 00"],
    ],
  );
  assert.deepEqual([inbound.length, unreadable.length], [0, 0]);
  await smsc.deliver({ ...phone, esm_class: 4, short_message: Buffer.from("delivered, more or less") });
  assert.deepEqual([unreadable[0]?.text, receipts.length], ["delivered, more or less", 3]);
  await smsc.deliver({ ...phone, esm_class: 0, data_coding: 0, short_message: Buffer.from("id:not stat:fine") });
  assert.equal(inbound[0]?.text, "id:not stat:fine", "which is no state, and so a message");
});

test("a message centre that refuses our bind, or is not there, says so", async (t) => {
  const { addresses } = await world(t);
  const refused = smpp(t, addresses.smpp.replace("password", "wrong")).provider;
  await until(() => refused.trouble.includes("refuses our bind (0x0e)") || refused.trouble.includes("(0xe)"));
  const away = smpp(t, "smpp://a:b@127.0.0.1:1").provider;
  await until(() => away.trouble.includes("ECONNREFUSED"));
  assert.equal(kindOf(await away.send(sms("+12025550101"), open)), "provider_down");
});
