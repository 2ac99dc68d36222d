/** Replies of mail servers over a real connection, byte for byte: about the recipient, the message, or us. */
import assert from "node:assert/strict";
import { createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { DeliveryState } from "../../../gen/herald/common/v1/outcome.ts";
import { cleanup, type Owner } from "../../lib/cleanup.ts";
import { until } from "../../lib/harness.ts";
import {
  attemptsOf,
  dialIn,
  emailGroup,
  makeList,
  office,
  progressOf,
  startGroup,
  untilFinished,
  world,
} from "../boot.ts";

interface Reply {
  step: "MAIL" | "RCPT" | "DATA";
  text: string;
}

/** A mail server with given replies to each recipient's address, and at MAIL to each sender's address. It accepts everything else. */
async function mailServer(t: Owner) {
  const replies = new Map<string, Reply>();
  const taken: string[] = [];
  const refused: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket)).on("error", () => {});
    const say = (text: string) => void socket.write(`${text}\r\n`);
    let to = "";
    let isData = false;
    let held = "";
    const line = (text: string) => {
      if (isData) {
        if (text !== ".") return;
        isData = false;
        const reply = replies.get(to);
        if (reply?.step === "DATA") return say(reply.text);
        taken.push(to);
        return say("250 2.0.0 kept");
      }
      const verb = text.slice(0, 4).toUpperCase();
      if (verb === "RCPT" || verb === "MAIL") {
        const address = /<([^>]*)>/.exec(text)?.[1] ?? "";
        if (verb === "RCPT") to = address;
        const reply = replies.get(address);
        if (reply) refused.push(address);
        return say(reply?.step === verb ? reply.text : "250 2.1.5 ok");
      }
      isData = verb === "DATA";
      say(isData ? "354 go on" : verb === "QUIT" ? "221 bye" : "250 ok");
    };
    socket.on("data", (bytes) => {
      const lines = (held + String(bytes)).split("\r\n");
      held = lines.pop() ?? "";
      lines.forEach(line);
    });
    say("220 mx.example.com");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanup(t, () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, replies, taken, refused };
}

const FAILED = { $case: "deliveryState", deliveryState: DeliveryState.DELIVERY_STATE_FAILED };

/** Replies after which the attempt has ended for its recipient, with the result and status that it then has. */
const ENDED: [result: string, step: Reply["step"], reply: string, status: string][] = [
  ["hard_bounce", "RCPT", "550 5.1.1 No such user", "550 5.1.1"],
  ["hard_bounce", "RCPT", "554 delivery error: dd This mailbox is disabled", "554"],
  ["hard_bounce", "RCPT", "550 5.4.1 Recipient address rejected: Access denied", "550 5.4.1"],
  ["hard_bounce", "RCPT", "250-ok\r\n550 5.1.1 mixed codes", "550 5.1.1"],
  [
    "hard_bounce",
    "RCPT",
    "550-5.1.1 The account does not exist\r\n550-5.1.1 Try checking the address\r\n550 5.1.1 Learn more",
    "550 5.1.1",
  ],
  ["deferred", "RCPT", "450 4.1.1 Recipient unverified, try later", "450 4.1.1"],
  ["deferred", "RCPT", "450 5.1.1 The code and its words contradict each other", "450 5.1.1"],
  ["deferred", "RCPT", "550 4.1.1 Recipient unverified, try later", "550 4.1.1"],
  ["deferred", "DATA", "550 4.2.2 Mailbox full", "550 4.2.2"],
  ["rejected", "DATA", "554 5.7.1 Message refused by policy", "554 5.7.1"],
  ["failed", "DATA", "552 5.3.4 Too big", "552 5.3.4"],
];

test("a reply about a recipient or a message ends that attempt alone, whatever the codes do", async (t) => {
  const at = await world(t);
  const server = await mailServer(t);
  await dialIn(t, at, { DIAL_SMTP_URL: server.url });
  const tenant = await office(t, at);
  const people = ENDED.map(([, step, text], i) => {
    server.replies.set(`p${i}@example.com`, { step, text });
    return { email: `p${i}@example.com` };
  });
  const listId = await makeList(at.database("lists"), tenant, [...people, { email: "well@example.com" }]);
  const groupId = await startGroup(tenant, emailGroup([listId]));
  await untilFinished(tenant, groupId);
  const attempts = await attemptsOf(tenant, groupId);
  for (const [i, [result, step, reply, status]] of ENDED.entries()) {
    const found = await tenant.attempts.listAttempts({
      campaignGroupId: groupId,
      contactInfo: `p${i}@example.com`,
      result,
    });
    assert.deepEqual(
      found.attempts.map(({ providerStatus }) => providerStatus),
      [status],
      `${step} ${reply}`,
    );
  }
  assert.equal(attempts.length, ENDED.length + 1);
  assert.deepEqual(server.taken, ["well@example.com"]);
});

/** Replies to MAIL FROM that are about the message. */
const ABOUT_MESSAGE: [reply: string, status: string][] = [
  ["552 5.3.4 Message size exceeds fixed limit", "552 5.3.4"],
  ["552-5.2.3 Your message exceeded\r\n552 5.2.3 our size limits", "552 5.2.3"],
  ["552 Message size exceeds fixed maximum message size", "552"],
  ["554 5.6.1 Media not supported", "554 5.6.1"],
];

test("a message that is refused at MAIL fails alone: its sender and the server are well", async (t) => {
  const at = await world(t);
  const server = await mailServer(t);
  await dialIn(t, at, { DIAL_SMTP_URL: server.url });
  const tenant = await office(t, at);
  const from = "big@news.example";
  for (const [i, [reply, status]] of ABOUT_MESSAGE.entries()) {
    server.replies.set(from, { step: "MAIL", text: reply });
    const content = { from, subject: "x", text: "x", html: "" };
    const send = async (email: string) => {
      const listId = await makeList(at.database("lists"), tenant, [{ email }]);
      const groupId = await startGroup(tenant, emailGroup([listId], { content }));
      await untilFinished(tenant, groupId);
      return attemptsOf(tenant, groupId);
    };
    const [attempt] = await send(`too.big${i}@example.com`);
    assert.deepEqual([attempt?.outcome?.result, attempt?.providerStatus], [FAILED, status], reply);
    server.replies.delete(from);
    await send(`well${i}@example.com`);
    assert.equal(server.taken.at(-1), `well${i}@example.com`, "the sender goes on at once");
  }
});

test("a reply about us blames no recipient: the group stands still and says why, and goes on once it is mended", async (t) => {
  const at = await world(t);
  const server = await mailServer(t);
  await dialIn(t, at, { DIAL_SMTP_URL: server.url });
  const tenant = await office(t, at);
  for (const [step, reply, words] of [
    [
      "RCPT",
      "550 5.1.8 Sender address rejected: domain not found",
      /refuses the sender, its domain or us \(550 5\.1\.8\)/,
    ],
    ["RCPT", "553 5.1.7 Bad sender", /\(553 5\.1\.7\)/],
    ["RCPT", "550 SPF check failed for news.example.com", /refuses the sender, its domain or us \(550\)/],
    ["RCPT", "550 Relaying not permitted", /refuses the sender, its domain or us \(550\)/],
    ["DATA", "550-5.7.26 This mail is unauthenticated\r\n550 5.7.26 See the help", /\(550 5\.7\.26\)/],
    ["DATA", "421 4.7.28 Rate limited", /takes nothing now \(421 4\.7\.28\)/],
    ["RCPT", "550 4.7.28 Too fast", /takes nothing from this sender now \(550 4\.7\.28\)/],
    ["RCPT", "450 4.1.8 Sender address rejected: Domain not found", /this sender now \(450 4\.1\.8\)/],
    ["DATA", "450 4.7.1 Throttled", /this sender now \(450 4\.7\.1\)/],
    ["RCPT", "452 4.3.1 Insufficient system storage", /The mail server takes nothing now \(452 4\.3\.1\)/],
  ] as const) {
    const email = "about.us@example.com";
    server.replies.set(email, { step, text: reply });
    const groupId = await startGroup(tenant, emailGroup([await makeList(at.database("lists"), tenant, [{ email }])]));
    const session = await until(
      async () => {
        const { sessions } = await tenant.sessions.listSessions({});
        return sessions.find((one) => one.campaignGroupId === groupId && one.stall === "provider_down");
      },
      { what: `stalled: ${reply}`, timeoutMs: 20_000 },
    );
    assert.match(session.stallExplanation, words, reply);
    const { attemptsByResult, refusedByReason } = await progressOf(tenant, groupId);
    assert.deepEqual([attemptsByResult, refusedByReason], [{}, {}], reply);
    assert.deepEqual(await attemptsOf(tenant, groupId), [], "nothing counts against anybody");
    server.replies.delete(email);
    await tenant.groups.stopCampaignGroup({ campaignGroupId: groupId });
  }
});

for (const [what, step, text] of [
  [
    "a sender's domain that does not exist, told at RCPT",
    "RCPT",
    "450 4.1.8 <news@gone.example>: Sender address rejected: Domain not found",
  ],
  ["a sender that is refused in passing at MAIL", "MAIL", "451 4.7.1 Try again later"],
  ["a rate that is the sender's", "RCPT", "450 4.7.28 Rate limited"],
] as const)
  test(`${what}, stops that tenant's group alone: another tenant's mails go on`, async (t) => {
    const at = await world(t);
    const server = await mailServer(t);
    await dialIn(t, at, { DIAL_SMTP_URL: server.url, DIAL_SHARED_SENDERS: "news@example.com" });
    const [a, b] = [await office(t, at), await office(t, at)];
    const people = (prefix: string) => Array.from({ length: 150 }, (_, i) => ({ email: `${prefix}${i}@example.com` }));
    const about = step === "MAIL" ? ["news@gone.example"] : people("b").map(({ email }) => email);
    for (const address of about) server.replies.set(address, { step, text });
    const content = { from: "news@gone.example", subject: "x", text: "x", html: "" };
    const ofB = await startGroup(b, emailGroup([await makeList(at.database("lists"), b, people("b"))], { content }));
    const stalled = async () =>
      (await b.sessions.listSessions({})).sessions.find(
        (one) => one.campaignGroupId === ofB && one.stall === "provider_down",
      );
    const session = await until(stalled, { what: "the group of the refused sender stalls", timeoutMs: 20_000 });
    assert.match(session.stallExplanation, /takes nothing from this sender now/);
    const ofA = await startGroup(a, emailGroup([await makeList(at.database("lists"), a, people("a"))]));
    const troubles = new Set<string>();
    await until(
      async () => {
        const own = (await a.sessions.listSessions({})).sessions.find((one) => one.campaignGroupId === ofA);
        troubles.add(own?.stall ?? "");
        return (await progressOf(a, ofA)).finished === 150;
      },
      { what: "the other tenant's mails go on", timeoutMs: 30_000 },
    );
    troubles.delete("");
    assert.deepEqual([...troubles], [], "the other tenant notices nothing");
    const ended = (await attemptsOf(b, ofB)).filter(({ outcome }) => outcome !== undefined);
    assert.deepEqual(ended, [], "nobody is blamed");
    assert.ok(server.refused.length < 150, `the server is not asked again and again: ${server.refused.length}`);
    server.replies.clear();
    await untilFinished(b, ofB);
    assert.equal(new Set(server.taken).size, 300);
  });
