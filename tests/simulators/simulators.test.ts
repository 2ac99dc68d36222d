import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import smpp, { type Pdu, type Session } from "smpp";
import { simulatorOptions, startSimulators } from "../../deploy/simulators/simulators.ts";
import { CallPhase } from "../../gen/herald/dial/v1/call.ts";
import {
  type CallsRequest,
  type CallsResponse,
  VoiceAdapterServiceDefinition,
} from "../../gen/herald/dial/v1/voice_adapter_service.ts";
import { BoundedQueue } from "../../svc/lib/async/batch.ts";
import { meshClient, newId, nobodysClient, rejectsWith, status, until, VOICE_AUDIENCE } from "../lib/harness.ts";

smpp.addTLV("herald_attempt_id", { id: 0x1501, type: smpp.types.tlv.string });

const FREE = {
  SIM_SMTP_PORT: "0",
  SIM_SMPP_PORT: "0",
  SIM_VOICE_PORT: "0",
  SIM_HTTP_PORT: "0",
  HERALD_VOICE_KEY: VOICE_AUDIENCE.key,
};

async function boot(t: TestContext, more: Record<string, string> = {}) {
  const simulators = await startSimulators(simulatorOptions({ ...FREE, ...more }));
  t.after(() => simulators.stop());
  const http = async (path: string, method = "GET", body?: unknown) => {
    const response = await fetch(simulators.addresses.http + path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { code: response.status, body: (await response.json()) as object };
  };
  return { ...simulators, http };
}

async function mail(t: TestContext, url: string) {
  const { hostname: host, port } = new URL(url);
  const connection = new SMTPConnection({ host, port: Number(port), ignoreTLS: true });
  connection.on("error", () => {});
  await new Promise<void>((resolve) => connection.connect(() => resolve()));
  t.after(() => connection.close());
  return (to: string, id: string) =>
    new Promise<string>((resolve) => {
      const message = `From: a@example.com\r\nSubject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=\r\nMessage-ID: <${id}>\r\n\r\nHello`;
      connection.send({ from: "a@example.com", to: [to] }, message, (error, info) => {
        if (!error) return resolve(info?.response ?? "");
        connection.reset(() => resolve(error.response || error.message));
      });
    });
}

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

test("the inbox keeps what arrives, shows it read, and counts what came twice", async (t) => {
  const { addresses, http } = await boot(t);
  const send = await mail(t, addresses.smtp);
  await send("anna@example.com", "one@herald");
  await send("anna@example.com", "one@herald");
  await send("ben@example.com", "two@herald");
  const { messages } = (await http("/email/messages?to=anna@example.com")).body as {
    messages: { subject: string; text: string }[];
  };
  assert.deepEqual(
    messages.map(({ subject, text }) => [subject, text.trim()]),
    [
      ["Grüße", "Hello"],
      ["Grüße", "Hello"],
    ],
  );
  assert.deepEqual((await http("/email/duplicates")).body, {
    duplicates: [{ to: "anna@example.com", id: "<one@herald>", again: 1 }],
  });
  assert.deepEqual((await http("/email/recipients")).body, {
    recipients: { "anna@example.com": 2, "ben@example.com": 1 },
  });
  await http("/email/messages", "DELETE");
  assert.equal(((await http("/email/counts")).body as { total: number }).total, 0);
});

test("recipients misbehave by the beginning of their local part", async (t) => {
  const { addresses, inbox } = await boot(t, { SIM_SLOW_EMAIL: "1ms" });
  const send = await mail(t, addresses.smtp);
  const replies: Record<string, RegExp> = {
    "bounce+a@example.com": /^550 5\.1\.1/,
    "defer+a@example.com": /^451 4\.7\.1/,
    "full+a@example.com": /^452 4\.2\.2/,
    "reject+a@example.com": /^554 5\.7\.1/,
    "slow+a@example.com": /^250/,
    "plain@example.com": /^250/,
  };
  for (const [to, reply] of Object.entries(replies)) assert.match(await send(to, `${to}.id`), reply, to);
  assert.match(await send("defer+a@example.com", "again"), /^250/, "greylisting lets the second try pass");
  assert.equal(inbox.arrivals.counts().total, 3);
  assert.doesNotMatch(await send("cut+a@example.com", "cut"), /^250/);
  assert.equal(inbox.arrivals.counts().total, 4, "what was cut off had arrived");
});

test("the message centre refuses a wrong password, and submits before a bind", async (t) => {
  const { addresses } = await boot(t);
  const refused = await bind(t, addresses.smpp, "wrong");
  assert.equal(refused.status, smpp.errors["ESME_RINVPASWD"]);
  assert.equal((await submit(refused.session, "12025550100")).command_status, smpp.errors["ESME_RINVBNDSTS"]);
});

test("outcomes follow the last digits of the destination", async (t) => {
  const { addresses, http } = await boot(t);
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
  const { addresses, smsc } = await boot(t);
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
  const { addresses, http } = await boot(t);
  const { session } = await bind(t, addresses.smpp);
  await http("/sms/settings", "PUT", { ratePerSecond: 5 });
  const answers = await Promise.all(Array.from({ length: 20 }, () => submit(session, "12025550100")));
  assert.ok(answers.some((one) => one.command_status === smpp.errors["ESME_RTHROTTLED"]));
});

test("inbound messages wait for whoever binds, and come again until they are acknowledged", async (t) => {
  const { addresses, http, smsc } = await boot(t);
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

async function voice(t: TestContext, more: Record<string, string> = {}) {
  const { addresses, voice } = await boot(t, { SIM_VOICE_SPEED: "2000", ...more });
  const client = meshClient(t, addresses.voice, VoiceAdapterServiceDefinition, "*", "dial", VOICE_AUDIENCE);
  const commands = new BoundedQueue<CallsRequest>(1_000);
  const events: CallsResponse[] = [];
  const reading = (async () => {
    for await (const event of client.calls(commands)) events.push(event);
  })().catch(() => {});
  t.after(async () => {
    commands.end();
    await reading;
  });
  const originate = (attemptId: string, to: string) =>
    commands.push({
      attemptId,
      command: { $case: "originate", originate: { to, from: "", ringTimeoutSeconds: 25, detectMachine: true } },
    });
  return { client, commands, events, originate, address: addresses.voice, calls: voice.calls };
}

test("calls end as planned; the same attempt twice is one call; a stranger's id was not placed", async (t) => {
  const { client, events, originate, calls } = await voice(t, { SIM_VOICE_LIVE_SHARE: "0" });
  const ids = Array.from({ length: 200 }, () => newId());
  for (const [i, id] of ids.entries()) await originate(id, `+1202555${String(i).padStart(4, "0")}`);
  await originate(ids[0] as string, "+12025550000");
  await until(() => events.filter((one) => one.event?.$case === "ended").length === 200);
  assert.deepEqual([calls.counts().calls, calls.arrivals.counts().duplicates], [200, 1]);
  const { calls: fates } = await client.queryCalls({ attemptIds: [ids[0] as string, newId()] });
  assert.deepEqual(
    fates.map(({ phase }) => phase),
    [CallPhase.CALL_PHASE_ENDED, CallPhase.CALL_PHASE_NOT_PLACED],
  );
});

test("a person who answered talks once an agent is connected, and is gone when nobody comes", async (t) => {
  const { events, originate, commands } = await voice(t, { SIM_VOICE_LIVE_SHARE: "1", SIM_VOICE_SPEED: "50" });
  const [connected, abandoned] = [newId(), newId()];
  const ended = (id: string) =>
    events.flatMap(({ attemptId, event }) =>
      attemptId === id && event?.$case === "ended" ? [event.ended.callResult] : [],
    )[0];
  await originate(connected, "+12025550100");
  await until(() => events.some((one) => one.event?.$case === "answered"), { everyMs: 1 });
  await commands.push({ attemptId: connected, command: { $case: "connectAgent", connectAgent: { agentId: "1" } } });
  await originate(abandoned, "+12025550101");
  assert.equal(await until(() => ended(abandoned)), 21);
  assert.equal(ended(connected), undefined, "the talk goes on until somebody hangs up");
  await commands.push({ attemptId: connected, command: { $case: "hangUp", hangUp: {} } });
  assert.equal(await until(() => ended(connected)), 33);
});

test("the same seed gives every number the same fate", async (t) => {
  const fates = async () => {
    const { events, originate } = await voice(t, { SIM_VOICE_SEED: "one", SIM_VOICE_LIVE_SHARE: "0" });
    const to = new Map<string, string>();
    for (let i = 0; i < 50; i++) {
      const id = newId();
      to.set(id, `+120255501${String(i).padStart(2, "0")}`);
      await originate(id, to.get(id) as string);
    }
    await until(() => events.filter((one) => one.event?.$case === "ended").length === 50);
    return new Map(
      events.flatMap(({ attemptId, event }) =>
        event?.$case === "ended" ? [[to.get(attemptId), event.ended.callResult]] : [],
      ),
    );
  };
  assert.deepEqual(await fates(), await fates());
});

test("the voice adapter answers to services alone", async (t) => {
  const { addresses } = await boot(t);
  const nobody = nobodysClient(t, addresses.voice, VoiceAdapterServiceDefinition);
  await rejectsWith(nobody.queryCalls({ attemptIds: [] }), status.UNAUTHENTICATED, "ERROR_REASON_NOT_AUTHENTICATED");
});

test("wrong settings are named together, and an unknown path tells what there is", async (t) => {
  assert.throws(
    () => simulatorOptions({ SIM_SMTP_PORT: "x", HERALD_VOICE_KEY: "short" }),
    /SIM_SMTP_PORT[\s\S]*HERALD_VOICE_KEY/,
  );
  const { http } = await boot(t);
  assert.equal((await http("/nothing")).code, 404);
  assert.equal((await http("/sms/inbound", "POST", { from: 1 })).code, 400);
});
