import assert from "node:assert/strict";
import { test } from "node:test";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { RefusalReason } from "../../../gen/herald/compliance/v1/decision.ts";
import { CapScope, CapSubject } from "../../../gen/herald/compliance/v1/rule.ts";
import { newId } from "../../lib/harness.ts";
import { ask, boot, bootBeside, cap, decided } from "../boot.ts";
import { attempt, type Attempts, CAP, capOf, DAY_SECONDS, HOUR_MS, make, reasonOnceReady, wipe } from "./caps.ts";

test("a cap rolls: the place of an attempt is free once it is older than the period, and the answer says when", async (t) => {
  const { attempts, rules, clock } = await boot(t);
  await rules.createRule({ rule: cap(2) });
  assert.equal(await attempt(attempts), 0);
  clock.advance(2 * HOUR_MS);
  assert.equal(await attempt(attempts), 0);
  const refused = await decided(attempts);
  assert.deepEqual([refused.reason, refused.earliestTime], [CAP, new Date("2026-03-04T17:00:00Z")]);
  clock.set("2026-03-04T16:59:59.999Z");
  assert.equal((await decided(attempts)).reason, CAP);
  clock.advance(1);
  assert.equal(await attempt(attempts), 0);
  assert.deepEqual(
    (await decided(attempts)).earliestTime,
    new Date("2026-03-04T19:00:00Z"),
    "the second attempt leaves next",
  );
});

test("the earliest time is inside the contact windows", async (t) => {
  const { attempts, rules, clock } = await boot(t);
  await rules.createRule({ rule: cap(1, {}, 12 * 3_600) });
  assert.equal(await attempt(attempts), 0);
  clock.advance(HOUR_MS);
  assert.deepEqual(
    (await decided(attempts)).earliestTime,
    new Date("2026-03-04T13:05:00Z"),
    "midnight in New York would be too early",
  );
});

test("by client: all devices of a client together, and attempts without a client by device", async (t) => {
  const { attempts, rules } = await boot(t);
  await rules.createRule({ rule: capOf(2, { subject: CapSubject.CAP_SUBJECT_CLIENT_ID }) });
  const [home, work, email] = [
    { contactInfo: "+12125550101" },
    { contactInfo: "+12125550102" },
    { channel: Channel.CHANNEL_EMAIL, contactInfo: "jo@example.com" },
  ];
  assert.deepEqual(
    [await attempt(attempts, { ...home, clientId: "C-1" }), await attempt(attempts, { ...work, clientId: "C-1" })],
    [0, 0],
  );
  assert.equal(await attempt(attempts, { ...email, clientId: "C-1" }), CAP);
  assert.equal(await attempt(attempts, { ...home, clientId: "C-2" }), 0, "another client at the same device");
  assert.deepEqual(await make(attempts, 3, home), [0, 0, CAP], "nobody's device counts by itself");
});

test("by campaign group: each group counts its own attempts; attempts outside campaigns belong to none", async (t) => {
  const { attempts, rules, mesh } = await boot(t);
  const groups = [newId(), newId()];
  await mesh.setCampaignStates({
    campaignStates: groups.map((campaignGroupId) => ({ campaignGroupId, running: true, version: 1 })),
  });
  await rules.createRule({ rule: capOf(1, { scope: CapScope.CAP_SCOPE_CAMPAIGN_GROUP }) });
  for (const campaignGroupId of groups) assert.deepEqual(await make(attempts, 2, { campaignGroupId }), [0, CAP]);
  assert.deepEqual(await make(attempts, 2), [0, 0]);
});

test("a cap counts attempts on its channels and at its places alone", async (t) => {
  const { attempts, rules } = await boot(t);
  await rules.createRule({
    rule: capOf(1, { places: ["US-NY"] }, { channels: [Channel.CHANNEL_VOICE, Channel.CHANNEL_SMS] }),
  });
  const chicago = { contactInfo: "+13125550123" };
  assert.deepEqual(await make(attempts, 3, chicago), [0, 0, 0]);
  assert.equal(await attempt(attempts, { channel: Channel.CHANNEL_SMS }), 0);
  assert.equal(await attempt(attempts), CAP, "a text message and a call count together");
});

test("a cap that only some groups name counts the attempts of all", async (t) => {
  const { attempts, rules } = await boot(t);
  const { rule } = await rules.createRule({ rule: { ...cap(2), required: false } });
  assert.deepEqual(await make(attempts, 2), [0, 0]);
  assert.equal(await attempt(attempts, { ruleIds: [rule?.id ?? ""] }), CAP);
  assert.equal(await attempt(attempts), 0);
});

test("two caps on the same attempts hold both, each with its own period", async (t) => {
  const { attempts, rules, clock } = await boot(t);
  await rules.createRule({ rule: { ...cap(1, {}, 3_600), name: "One an hour" } });
  await rules.createRule({ rule: { ...cap(2, {}, DAY_SECONDS), name: "Two a day" } });
  assert.deepEqual(await make(attempts, 2), [0, CAP]);
  clock.advance(HOUR_MS);
  assert.deepEqual(await make(attempts, 1), [0]);
  const both = await decided(attempts);
  assert.equal(both.ruleName, "One an hour");
  assert.deepEqual(both.earliestTime, new Date("2026-03-04T17:00:00Z"), "the day is longer than the hour");
});

test("a limit of 0 refuses every attempt, and never ends by itself", async (t) => {
  const { attempts, rules } = await boot(t);
  await rules.createRule({ rule: cap(0) });
  const refused = await decided(attempts);
  assert.deepEqual([refused.reason, refused.earliestTime], [CAP, undefined]);
});

test("attempts that something else refuses count nothing", async (t) => {
  const { attempts, rules, clock } = await boot(t);
  await rules.createRule({ rule: cap(1) });
  clock.set("2026-03-03T04:00:00Z");
  assert.deepEqual(new Set(await make(attempts, 3)), new Set([RefusalReason.REFUSAL_REASON_OUTSIDE_WINDOW]));
  clock.set("2026-03-03T17:00:00Z");
  assert.deepEqual(await make(attempts, 2), [0, CAP]);
});

test("two processes cannot both take the last attempt of a cap, on the stream or by single calls", async (t) => {
  const booted = await boot(t);
  const beside = await bootBeside(t, booted);
  await booted.rules.createRule({ rule: cap(3) });
  const clients = [booted.attempts, beside.attempts];
  const devices = Array.from({ length: 20 }, (_, i) => `+1212555${1_000 + i}`);
  const allowed = new Map(devices.map((device) => [device, 0]));
  const note = (contactInfo: string, reason: RefusalReason) => {
    if (reason === 0) allowed.set(contactInfo, (allowed.get(contactInfo) ?? 0) + 1);
  };
  const stream = async (attempts: Attempts) => {
    async function* batches() {
      for (let i = 0; i < 5; i++)
        yield { checks: devices.map((contactInfo) => ask({ attemptId: newId(), contactInfo })) };
    }
    for await (const { decisions } of attempts.checkAttempts(batches()))
      for (const { contactInfo, reason } of decisions) note(contactInfo, reason);
  };
  const single = async (attempts: Attempts, contactInfo: string) =>
    note(contactInfo, await attempt(attempts, { contactInfo }));
  await Promise.all([
    ...clients.map(stream),
    ...clients.flatMap((client) => devices.map((device) => single(client, device))),
  ]);
  assert.deepEqual(new Set(allowed.values()), new Set([3]));
});

test("a new cap counts the attempts made before it; a longer period reaches further back", async (t) => {
  const { attempts, rules, clock } = await boot(t);
  assert.deepEqual(await make(attempts, 2, { clientId: "C-1" }), [0, 0]);
  clock.advance(2 * HOUR_MS);
  assert.equal(await attempt(attempts), 0);
  const { rule } = await rules.createRule({ rule: cap(2, {}, 3_600) });
  assert.equal((await decided(attempts)).reason, 0, "one in the last hour");
  await rules.updateRule({ rule: { ...rule, ...cap(2, {}, 3 * 3_600), etag: "" } });
  assert.equal((await decided(attempts)).reason, CAP, "three in the last three hours");
});

test("a cap that was away for a while counts what was made meanwhile", async (t) => {
  const { attempts, rules } = await boot(t);
  const { rule } = await rules.createRule({ rule: cap(3) });
  assert.equal(await attempt(attempts), 0);
  await rules.deleteRule({ ruleId: rule?.id ?? "" });
  assert.equal(await attempt(attempts), 0);
  await rules.createRule({ rule: cap(3) });
  assert.deepEqual(await make(attempts, 2), [0, CAP], "the third, and no fourth");
  const places = ["US-TX"];
  const { rule: other } = await rules.createRule({ rule: { ...capOf(1, {}), name: "Moves" } });
  assert.equal(await attempt(attempts), CAP);
  await rules.updateRule({ rule: { id: other?.id ?? "", body: capOf(1, { places }).body } });
  await rules.updateRule({ rule: { id: other?.id ?? "", body: capOf(1, {}).body } });
  assert.equal(await attempt(attempts), CAP);
});

test("caps agree with counting by hand over hundreds of random attempts, refunds and repeats", async (t) => {
  const { attempts, rules, mesh, clock } = await boot(t);
  const caps = [
    { limit: 2, periodMs: HOUR_MS, byClient: false },
    { limit: 5, periodMs: 4 * HOUR_MS, byClient: true },
  ];
  for (const [i, { limit, periodMs, byClient }] of caps.entries()) {
    const subject = byClient ? CapSubject.CAP_SUBJECT_CLIENT_ID : CapSubject.CAP_SUBJECT_DEVICE;
    await rules.createRule({
      rule: { ...capOf(limit, { subject, periodSeconds: periodMs / 1_000 }), name: `Cap ${i}` },
    });
  }
  let made: { attemptId: string; device: string; client: string; atMs: number }[] = [];
  const zone = { zones: ["America/New_York"], zoneIsCertain: true };
  const pick = (count: number) => Math.floor(Math.random() * count);
  for (let step = 0; step < 400; step++) {
    // The "days" of this test are twelve hours apart, so that the clock stays inside the contact windows.
    if (pick(4) === 0) clock.advance(pick(90) * 60_000);
    if (clock.now().getUTCHours() >= 23 || clock.now().getUTCHours() < 15)
      clock.set(
        new Date(Math.ceil((clock.now().getTime() - 15 * HOUR_MS) / (24 * HOUR_MS)) * 24 * HOUR_MS + 15 * HOUR_MS),
      );
    const nowMs = clock.now().getTime();
    const one = { attemptId: newId(), device: `+1212555010${pick(3)}`, client: `C-${pick(2)}`, atMs: nowMs };
    const room = caps.every(({ limit, periodMs, byClient }) => {
      const same = made.filter(
        ({ device, client, atMs }) =>
          atMs > nowMs - periodMs && (byClient ? client === one.client : device === one.device),
      );
      return same.length < limit;
    });
    const check = { attemptId: one.attemptId, contactInfo: one.device, clientId: one.client, ...zone };
    assert.equal((await decided(attempts, check)).reason, room ? 0 : CAP, `step ${step}`);
    if (room) made.push(one);
    if (pick(10) === 0) assert.equal((await decided(attempts, check)).reason, room ? 0 : CAP, "asked again");
    const refunded = pick(8) === 0 ? made.at(-1 - pick(3)) : undefined;
    if (!refunded) continue;
    await mesh.reportOutcomes({
      outcomes: [
        { attemptId: refunded.attemptId, counts: false, outcome: undefined, endTime: undefined, leaseNumber: 0 },
      ],
    });
    made = made.filter(({ attemptId }) => attemptId !== refunded.attemptId);
  }
});

test("Redis wiped: attempts of the past are counted again from the decisions, the refunded ones not", async (t) => {
  const { attempts, rules, mesh, env } = await boot(t);
  await rules.createRule({ rule: cap(3) });
  const refunded = newId();
  assert.deepEqual(
    [await attempt(attempts), await attempt(attempts), await attempt(attempts, { attemptId: refunded })],
    [0, 0, 0],
  );
  await mesh.reportOutcomes({
    outcomes: [{ attemptId: refunded, counts: false, outcome: undefined, endTime: undefined, leaseNumber: 0 }],
  });
  for (let round = 0; round < 2; round++) {
    await wipe(t, env);
    assert.equal(await reasonOnceReady(attempts), round === 0 ? 0 : CAP);
    if (round === 0) assert.deepEqual(await make(attempts, 2), [0, CAP], "two of three were made before");
  }
});
