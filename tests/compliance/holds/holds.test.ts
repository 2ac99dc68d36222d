/** While an attempt to a number or client is in progress, no other attempt to it is allowed, from any group or channel. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { Redis } from "ioredis";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { CallResult, DeliveryState, type Outcome } from "../../../gen/herald/common/v1/outcome.ts";
import type { AttemptCheck } from "../../../gen/herald/compliance/v1/attempt_check.ts";
import { RefusalReason, Verdict } from "../../../gen/herald/compliance/v1/decision.ts";
import { newId, status, until } from "../../lib/harness.ts";
import { errorDetails } from "../../../svc/lib/errors/error-details.ts";
import { ask, boot as bootAny, bootBeside, type Booted, cap, decided, meshOf, NOON, NOT_EXCLUSIVE } from "../boot.ts";

const { CHANNEL_SMS: SMS, CHANNEL_EMAIL: EMAIL } = Channel;
const BUSY = RefusalReason.REFUSAL_REASON_ATTEMPT_IN_PROGRESS;
const MAIL = { channel: EMAIL, contactInfo: "somebody@example.com" };

const boot = (t: TestContext) => bootAny(t, { exclusive: true });
const attempt = (more: Partial<AttemptCheck> = {}) => ({ attemptId: newId(), ...more });
const call = (result: CallResult): Outcome => ({ result: { $case: "callResult", callResult: result } });
const delivery = (state: DeliveryState): Outcome => ({ result: { $case: "deliveryState", deliveryState: state } });
const ended = ({ mesh, clock }: Booted, attemptId: string, outcome: Outcome | undefined, counts = true) =>
  mesh.reportOutcomes({ outcomes: [{ attemptId, outcome, counts, endTime: clock.now() }] });
const reasonOf = async ({ attempts }: Pick<Booted, "attempts">, more: Partial<AttemptCheck>) =>
  (await decided(attempts, more)).reason;
const after = (seconds: number) => new Date(Date.parse(NOON) + seconds * 1_000);

/** Deletes all that Redis has. */
async function wipe(t: TestContext, { env }: Booted): Promise<void> {
  const redis = new Redis(env["REDIS_URL"] ?? "");
  t.after(() => redis.disconnect());
  await redis.flushdb();
}

/** The reason of a refusal, or 0, as soon as there is an answer. */
const reasonOnceReady = async (booted: Booted, more: Partial<AttemptCheck>) => {
  const answer = await until(async () => {
    try {
      return { reason: await reasonOf(booted, more) };
    } catch (error) {
      if (errorDetails(error)?.reason === "ERROR_REASON_NOT_READY") return false;
      throw error;
    }
  });
  return answer.reason;
};

test("a call keeps every other attempt from its number and its client until it has ended", async (t) => {
  const booted = await boot(t);
  const first = attempt({ clientId: "C-1" });
  assert.equal(await reasonOf(booted, first), 0);
  assert.equal(await reasonOf(booted, first), 0, "an attempt is not kept off by itself");

  const refused = await decided(booted.attempts, attempt());
  assert.deepEqual([refused.verdict, refused.reason], [Verdict.VERDICT_REFUSED, BUSY]);
  assert.deepEqual(
    [refused.ruleId, refused.ruleName],
    ["builtin:attempt-in-progress", "No other attempt is in progress"],
  );
  assert.equal(refused.explanation, "A call to this device is in progress; other attempts wait until it has ended.");
  assert.deepEqual(refused.earliestTime, after(10), "nobody knows when a call ends: soon");
  assert.equal(await reasonOf(booted, attempt({ channel: SMS })), BUSY);
  assert.equal(await reasonOf(booted, attempt({ contactInfo: "+12125550124", clientId: "C-1" })), BUSY);
  assert.equal(await reasonOf(booted, attempt({ ...MAIL, clientId: "C-1" })), BUSY);
  assert.equal(await reasonOf(booted, {}), BUSY, "a what if is told so as well");
  assert.equal(await reasonOf(booted, attempt({ contactInfo: "+12125550124", clientId: "C-2" })), 0);

  await ended(booted, first.attemptId, call(CallResult.CALL_RESULT_NO_ANSWER));
  assert.equal(await reasonOf(booted, attempt()), 0);
});

test("a message keeps others off for a minute from its check, but for one that never reached the network", async (t) => {
  const booted = await boot(t);
  const first = attempt({ ...MAIL, clientId: "C-1" });
  assert.equal(await reasonOf(booted, first), 0);
  const refused = await decided(booted.attempts, attempt({ clientId: "C-1" }));
  assert.equal(refused.reason, BUSY);
  assert.equal(
    refused.explanation,
    "A message to this client was allowed within the last minute; other attempts wait for the end of that time.",
  );
  assert.deepEqual(refused.earliestTime, after(60));

  booted.clock.advance(20_000);
  await ended(booted, first.attemptId, delivery(DeliveryState.DELIVERY_STATE_DELIVERED));
  assert.equal(await reasonOf(booted, attempt({ clientId: "C-1" })), BUSY, "it reached the network");
  booted.clock.advance(40_000);
  const second = attempt({ channel: SMS, clientId: "C-1" });
  assert.equal(await reasonOf(booted, second), 0);

  booted.clock.advance(50_000);
  assert.equal(await reasonOf(booted, second), 0, "asked again, since it still waits to be sent");
  booted.clock.advance(50_000);
  assert.equal(await reasonOf(booted, attempt({ clientId: "C-1" })), BUSY, "a minute from the last check");
  await ended(booted, second.attemptId, undefined, false);
  assert.equal(await reasonOf(booted, attempt({ clientId: "C-1" })), 0);
});

test("an attempt is never kept off by an earlier one of its own chain, and both keep others off", async (t) => {
  const booted = await boot(t);
  const chain = { campaignGroupId: newId(), recordId: newId(), clientId: "C-1" };
  const other = { ...chain, campaignGroupId: newId() };
  await booted.mesh.setCampaignStates({
    campaignStates: [chain, other].map(({ campaignGroupId }) => ({ campaignGroupId, running: true, version: 1 })),
  });
  const email = attempt({ ...chain, ...MAIL });
  assert.equal(await reasonOf(booted, email), 0);
  booted.clock.advance(10_000);
  const sms = attempt({ ...chain, channel: SMS });
  assert.equal(await reasonOf(booted, attempt({ ...other, channel: SMS })), BUSY, "another group, the same record");
  assert.equal(await reasonOf(booted, sms), 0);
  await ended(booted, sms.attemptId, undefined, false);
  assert.equal(await reasonOf(booted, attempt({ ...other, channel: SMS })), BUSY, "the email has its minute still");
  booted.clock.advance(50_000);
  assert.equal(await reasonOf(booted, attempt({ ...other, channel: SMS })), 0);
});

test("a call whose outcome is lost keeps others off for the time of the policy at the most", async (t) => {
  const booted = await boot(t);
  await booted.policy.updateAttemptPolicy({ attemptPolicy: { callHoldSeconds: 600 } });
  assert.equal(await reasonOf(booted, attempt()), 0);
  booted.clock.advance(590_000);
  const refused = await decided(booted.attempts, attempt());
  assert.deepEqual([refused.reason, refused.earliestTime], [BUSY, after(600)]);
  booted.clock.advance(10_000);
  assert.equal(await reasonOf(booted, attempt()), 0);
});

test("what is refused, or only asked for, keeps nobody off and counts in no cap", async (t) => {
  const booted = await boot(t);
  await booted.rules.createRule({ rule: cap(2) });
  assert.equal(await reasonOf(booted, {}), 0, "a what if");
  assert.notEqual(await reasonOf(booted, attempt({ campaignGroupId: newId() })), 0, "a group that does not run");
  const first = attempt();
  assert.equal(await reasonOf(booted, first), 0);
  for (let i = 0; i < 5; i++) assert.equal(await reasonOf(booted, attempt()), BUSY);
  await ended(booted, first.attemptId, call(CallResult.CALL_RESULT_BUSY));
  assert.equal(await reasonOf(booted, attempt()), 0, "the second of two");
  const refused = await decided(booted.attempts, attempt());
  assert.equal(refused.reason, RefusalReason.REFUSAL_REASON_ATTEMPT_CAP, "rules are asked in their order");
});

test("ExplainAttempt says what was in progress then", async (t) => {
  const booted = await boot(t);
  const [first, second] = [attempt({ clientId: "C-1" }), attempt({ channel: SMS, clientId: "C-1" })];
  for (const one of [first, second]) await decided(booted.attempts, one);
  const verdictOf = async ({ attemptId }: { attemptId: string }) =>
    (await booted.attempts.explainAttempt({ attemptId })).ruleVerdicts.at(-1);
  await booted.policy.updateAttemptPolicy(NOT_EXCLUSIVE);
  assert.deepEqual(await verdictOf(first), {
    ruleId: "builtin:attempt-in-progress",
    ruleName: "No other attempt is in progress",
    reason: BUSY,
    verdict: Verdict.VERDICT_ALLOWED,
    explanation: "No other attempt to this device or client is in progress.",
    earliestTime: undefined,
  });
  assert.deepEqual(await verdictOf(second), {
    ruleId: "builtin:attempt-in-progress",
    ruleName: "No other attempt is in progress",
    reason: BUSY,
    verdict: Verdict.VERDICT_REFUSED,
    explanation: "A call to this device is in progress; other attempts wait until it has ended.",
    earliestTime: after(10),
  });
});

test("of processes that ask at the same moment one alone is allowed, be it of one batch", async (t) => {
  const booted = await boot(t);
  const beside = await bootBeside(t, booted);
  for (let round = 0; round < 20; round++) {
    const contactInfo = `+1212555${1_000 + round}`;
    const channels = [Channel.CHANNEL_VOICE, SMS, Channel.CHANNEL_VOICE, SMS, Channel.CHANNEL_VOICE, SMS];
    const verdicts = await Promise.all(
      channels.map((channel, i) => decided((i % 2 ? booted : beside).attempts, attempt({ channel, contactInfo }))),
    );
    assert.equal(verdicts.filter(({ reason }) => reason === 0).length, 1);
    assert.equal(verdicts.filter(({ reason }) => reason === BUSY).length, 5);
  }
  const checks = Array.from({ length: 3 }, () => ask(attempt({ contactInfo: "+12125550199" })) as AttemptCheck);
  async function* requests() {
    yield { checks };
  }
  for await (const { decisions } of booted.attempts.checkAttempts(requests()))
    assert.deepEqual(
      decisions.map(({ reason }) => reason),
      [0, BUSY, BUSY],
    );
});

test("a call that has ended keeps nobody off, though its attempt is asked about again", async (t) => {
  const booted = await boot(t);
  const first = attempt();
  await decided(booted.attempts, first);
  await ended(booted, first.attemptId, call(CallResult.CALL_RESULT_ANSWER));
  assert.equal(await reasonOf(booted, first), 0, "the same answer");
  assert.equal(await reasonOf(booted, attempt()), 0);
});

const returned = ({ mesh, clock }: Booted, attemptId: string, leaseNumber: number, clockMs = 0) =>
  mesh.reportOutcomes({
    outcomes: [
      {
        attemptId,
        leaseNumber,
        outcome: undefined,
        counts: false,
        endTime: new Date(clock.now().getTime() + clockMs),
      },
    ],
  });

test("a call that was leased again keeps others off, though the report that it was not made before comes late", async (t) => {
  const booted = await boot(t);
  const first = attempt();
  await decided(booted.attempts, { ...first, leaseNumber: 1 });
  booted.clock.advance(5_000);
  assert.equal(await reasonOf(booted, { ...first, leaseNumber: 2 }), 0, "leased again, under the same id");
  await returned(booted, first.attemptId, 1, 1_000);
  assert.equal(await reasonOf(booted, attempt()), BUSY);
  await returned(booted, first.attemptId, 2);
  assert.equal(await reasonOf(booted, attempt()), 0);
});

test("a call that was not made keeps nobody off, though the clock of who reports it is slow; made later, it does", async (t) => {
  const booted = await boot(t);
  const first = attempt();
  await decided(booted.attempts, { ...first, leaseNumber: 1 });
  await returned(booted, first.attemptId, 1, -1_000);
  assert.equal(await reasonOf(booted, {}), 0);
  for (let checks = 0; checks < 3; checks++) {
    assert.equal(await reasonOf(booted, { ...first, leaseNumber: 2 }), 0);
    assert.equal(await reasonOf(booted, attempt()), BUSY, "however often its own permit is renewed");
  }
  const { decision } = await booted.attempts.explainAttempt(first);
  assert.deepEqual(decision?.decideTime, booted.clock.now());
});

test("what was allowed and is refused when asked again keeps nobody off", async (t) => {
  const booted = await boot(t);
  const campaignGroupId = newId();
  const running = (value: boolean, version: number) =>
    booted.mesh.setCampaignStates({ campaignStates: [{ campaignGroupId, running: value, version }] });
  await running(true, 1);
  const first = attempt({ campaignGroupId });
  assert.equal(await reasonOf(booted, first), 0);
  await running(false, 2);
  assert.equal(await reasonOf(booted, first), RefusalReason.REFUSAL_REASON_CAMPAIGN_NOT_RUNNING);
  assert.equal(await reasonOf(booted, attempt()), 0);
});

test("a policy holds for the next check on every process, and says what it cannot be", async (t) => {
  const booted = await boot(t);
  const { policy } = booted;
  const beside = await bootBeside(t, booted);
  const usual = {
    callsExclusive: true,
    callHoldSeconds: 7_200,
    messagesExclusive: true,
    messageHoldSeconds: 60,
    updateTime: undefined,
    etag: "v0",
  };
  assert.deepEqual((await policy.getAttemptPolicy({})).attemptPolicy, usual);
  assert.equal(await reasonOf(booted, attempt({ channel: SMS })), 0);

  const off = { attemptPolicy: { messagesExclusive: false, etag: "v0" }, updateMask: ["messages_exclusive"] };
  const { attemptPolicy: changed } = await policy.updateAttemptPolicy(off);
  assert.deepEqual(changed, { ...usual, messagesExclusive: false, updateTime: booted.clock.now(), etag: "v1" });
  for (const one of [beside, booted])
    assert.equal(await reasonOf(one, attempt({ channel: SMS })), 0, "messages follow");
  assert.equal(await reasonOf(booted, attempt()), 0);
  assert.equal(await reasonOf(booted, attempt({ channel: SMS })), BUSY, "a call keeps messages off still");

  await assert.rejects(policy.updateAttemptPolicy(off), (error) => {
    const { code, reason } = errorDetails(error) ?? {};
    return code === status.ABORTED && reason === "ERROR_REASON_ATTEMPT_POLICY_CHANGED";
  });
  const wrong = { callHoldSeconds: 59, messageHoldSeconds: 3_601 };
  await assert.rejects(policy.updateAttemptPolicy({ attemptPolicy: wrong }), (error) => {
    const fields = errorDetails(error)?.fields.map(({ field }) => field);
    return String(fields) === "attempt_policy.call_hold_seconds,attempt_policy.message_hold_seconds";
  });
  assert.deepEqual((await policy.getAttemptPolicy({})).attemptPolicy, changed, "nothing was changed");
});

test("another tenant's attempts and policy are its own", async (t) => {
  const booted = await boot(t);
  const other = newId();
  assert.equal(await reasonOf(booted, attempt()), 0);
  const mesh = meshOf(t, booted.address, other);
  const { decision } = await mesh.checkAttempt({ check: ask(attempt()) });
  assert.equal(decision?.reason, 0);
});

test("Redis wiped: what is in progress is held again from the decisions, and what has ended is not", async (t) => {
  const booted = await boot(t);
  const lines = ["+12125550101", "+12125550102", "+12125550103", "+12125550104"];
  const [calling, hungUp, sent, returned] = lines.map((contactInfo, i) =>
    attempt({ contactInfo, channel: i < 2 ? Channel.CHANNEL_VOICE : SMS }),
  ) as [ReturnType<typeof attempt>, ReturnType<typeof attempt>, ReturnType<typeof attempt>, ReturnType<typeof attempt>];
  for (const one of [calling, hungUp, sent, returned]) assert.equal(await reasonOf(booted, one), 0);
  await ended(booted, hungUp.attemptId, call(CallResult.CALL_RESULT_ANSWER));
  await ended(booted, sent.attemptId, delivery(DeliveryState.DELIVERY_STATE_SENT));
  await ended(booted, returned.attemptId, undefined, false);

  await wipe(t, booted);
  const reasons = await Promise.all(lines.map((contactInfo) => reasonOnceReady(booted, attempt({ contactInfo }))));
  assert.deepEqual(reasons, [BUSY, 0, BUSY, 0]);
  await ended(booted, calling.attemptId, call(CallResult.CALL_RESULT_ANSWER));
  assert.equal(await reasonOf(booted, attempt({ contactInfo: lines[0] ?? "" })), 0);
});

test("Redis wiped: a chain does not wait for its own message, which other groups wait for still", async (t) => {
  const booted = await boot(t);
  const chain = { campaignGroupId: newId(), recordId: newId(), clientId: "C-1" };
  const other = { ...chain, campaignGroupId: newId() };
  await booted.mesh.setCampaignStates({
    campaignStates: [chain, other].map(({ campaignGroupId }) => ({ campaignGroupId, running: true, version: 1 })),
  });
  const [email, sms] = [
    attempt({ ...chain, ...MAIL, leaseNumber: 1 }),
    attempt({ ...chain, channel: SMS, leaseNumber: 2 }),
  ];
  assert.equal(await reasonOf(booted, email), 0);
  booted.clock.advance(10_000);
  assert.equal(await reasonOf(booted, sms), 0);

  await wipe(t, booted);
  assert.equal(await reasonOnceReady(booted, attempt({ ...other, channel: SMS })), BUSY);
  assert.equal(
    await reasonOf(booted, attempt({ ...chain, channel: SMS, contactInfo: "+12125550124" })),
    0,
    "the chain goes on",
  );

  await wipe(t, booted);
  assert.equal(await reasonOnceReady(booted, attempt({ ...other, ...MAIL })), BUSY);
  await returned(booted, sms.attemptId, 1);
  assert.equal(await reasonOf(booted, attempt({ ...other, channel: SMS })), BUSY, "a late report");
  await returned(booted, sms.attemptId, 2);
  assert.equal(await reasonOf(booted, attempt({ ...other, channel: SMS })), BUSY, "the email has its minute still");
});
