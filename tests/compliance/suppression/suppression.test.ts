import assert from "node:assert/strict";
import { test } from "node:test";
import { Redis } from "ioredis";
import { freePort } from "../../../deploy/local/ports.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { RefusalReason } from "../../../gen/herald/compliance/v1/decision.ts";
import { SuppressionKind } from "../../../gen/herald/lists/v1/suppression_list.ts";
import { errorDetails } from "../../../svc/lib/errors/error-details.ts";
import { newId, rejectsWith, status, until } from "../../lib/harness.ts";
import { ask, attemptsOf, boot, bootBeside, decided, NOON, untilReady } from "../boot.ts";
import { always, deviceList, entriesServer } from "../entries-server.ts";
import { outcome, reasonOf, untilReason } from "./reasons.ts";

const DEVICE = RefusalReason.REFUSAL_REASON_SUPPRESSED_DEVICE;
const CLIENT = RefusalReason.REFUSAL_REASON_SUPPRESSED_CLIENT;
const EMAIL = { channel: Channel.CHANNEL_EMAIL, contactInfo: "jo@example.com" };
const LONDON = { contactInfo: "+442079460123", zones: ["America/New_York"], zoneIsCertain: true };

const redisOf = (env: Record<string, string>) => new Redis(env["REDIS_URL"] as string);

test("what a snapshot holds is suppressed from the first answer on: numbers, addresses, clients, for ever or in their window", async (t) => {
  const entries = await entriesServer(t);
  const tenantId = newId();
  const devices = deviceList();
  const clients = deviceList({ name: "Clients", kind: SuppressionKind.SUPPRESSION_KIND_CLIENT_ID });
  const window = {
    fromTime: new Date("2026-03-01T00:00Z"),
    untilTime: new Date("2026-03-05T15:00Z"),
    reason: "",
    createTime: undefined,
  };
  entries.snapshot = [
    { tenantId, suppressionList: devices },
    {
      tenantId,
      suppressionList: devices,
      added: [...always("+12125550123", "jo@example.com", "+442079460123"), { value: "+12125550124", ...window }],
    },
    { tenantId, suppressionList: clients, added: always("C-1") },
  ];
  const { address } = await boot(t, { entries });
  const attempts = await attemptsOf(t, address, tenantId);
  assert.deepEqual(await Promise.all([{}, EMAIL, LONDON].map((check) => reasonOf(attempts, check))), [
    DEVICE,
    DEVICE,
    DEVICE,
  ]);
  assert.equal(await reasonOf(attempts, { contactInfo: "+12125550199", clientId: "C-1" }), CLIENT);
  assert.deepEqual(
    await Promise.all(
      [
        { contactInfo: "+12125550199" },
        { ...EMAIL, contactInfo: "jo@example.org" },
        { contactInfo: "+12125550199", clientId: "C-2" },
      ].map((check) => reasonOf(attempts, check)),
    ),
    [0, 0, 0],
  );
  const attemptId = newId();
  const windowed = await decided(attempts, { attemptId, contactInfo: "+12125550124" });
  assert.deepEqual([windowed.reason, windowed.earliestTime], [DEVICE, new Date("2026-03-05T15:00Z")]);
  assert.match(windowed.explanation, /from 2026-03-01 00:00 UTC until 2026-03-05 15:00 UTC/);
  const { ruleVerdicts } = await attempts.explainAttempt({ attemptId });
  assert.deepEqual(
    ruleVerdicts.map(({ ruleName, verdict }) => [ruleName, verdict]),
    [
      ["Device can be reached", 1],
      ["Do not call", 2],
      ["Clients", 1],
      ["United States, federal", 1],
      ["No other attempt is in progress", 1],
    ],
  );
  const stranger = await attemptsOf(t, address, newId());
  assert.deepEqual(
    await Promise.all([{}, EMAIL, { clientId: "C-1" }].map((check) => reasonOf(stranger, check))),
    [0, 0, 0],
    "another tenant's lists hold nothing",
  );
});

test("a change holds within a second: added, removed, in a window, moved between them", async (t) => {
  const { attempts, entries, tenantId, clock } = await boot(t);
  const suppressionList = deviceList();
  const times: number[] = [];
  for (const value of ["+12125550123", "+442079460123", "jo@example.com"]) {
    const check = value.includes("@") ? EMAIL : { ...LONDON, contactInfo: value };
    const begun = performance.now();
    entries.accept({ tenantId, suppressionList, added: always(value) });
    await untilReason(attempts, DEVICE, check);
    times.push(performance.now() - begun);
    entries.accept({ tenantId, suppressionList, removed: [value] });
    await untilReason(attempts, 0, check);
    const untilTime = new Date("2026-03-03T18:00Z");
    entries.accept({ tenantId, suppressionList, added: always(value) });
    entries.accept({
      tenantId,
      suppressionList,
      added: [{ ...always(value)[0], value, fromTime: undefined, untilTime, reason: "", createTime: undefined }],
    });
    await until(async () => (await decided(attempts, check)).earliestTime?.getTime() === untilTime.getTime());
    clock.set("2026-03-03T18:00:00Z");
    assert.equal(await reasonOf(attempts, check), 0, "its window has ended");
    clock.set(NOON);
    entries.accept({ tenantId, suppressionList, added: always(value) });
    await until(async () => (await decided(attempts, check)).earliestTime === undefined);
  }
  assert.ok(Math.max(...times) < 1_000, `held after ${times.map(Math.round).join(", ")} ms`);
});

test("a list holds on its channels, where it is required or named, and no more once it is deleted", async (t) => {
  const { attempts, entries, tenantId } = await boot(t);
  const list = deviceList({ required: false, channels: [Channel.CHANNEL_SMS] });
  const sms = { channel: Channel.CHANNEL_SMS, suppressionListIds: [list.id] };
  entries.accept({ tenantId, suppressionList: list, added: always("+12125550123") });
  await untilReason(attempts, DEVICE, sms);
  assert.equal(await reasonOf(attempts, { suppressionListIds: [list.id] }), 0, "another channel");
  assert.equal(await reasonOf(attempts, { channel: Channel.CHANNEL_SMS }), 0, "not named");
  entries.accept({ tenantId, suppressionList: { ...list, required: true, channels: [], name: "Everywhere" } });
  await untilReason(attempts, DEVICE);
  assert.equal((await decided(attempts)).ruleName, "Everywhere");
  entries.accept({ tenantId, removedListId: list.id });
  await untilReason(attempts, 0, sms);
  assert.equal(await reasonOf(attempts), 0);
});

test("a check that names a list which this tenant never had is refused, be it another tenant's; a deleted one holds nothing", async (t) => {
  const { attempts, entries, tenantId } = await boot(t);
  const [ours, theirs] = [deviceList({ required: false }), deviceList()];
  entries.accept({ tenantId: newId(), suppressionList: theirs, added: always("+12125550123") });
  entries.accept({ tenantId, suppressionList: ours, added: always("+12125550123") });
  await untilReason(attempts, DEVICE, { suppressionListIds: [ours.id] });
  for (const id of [theirs.id, newId()]) {
    const told = await rejectsWith(
      attempts.checkAttempt({ check: ask({ suppressionListIds: [ours.id, id] }) }),
      status.INVALID_ARGUMENT,
      "ERROR_REASON_FIELDS_INVALID",
    );
    assert.deepEqual(
      told.fields.map(({ field }) => field),
      ["check.suppression_list_ids[1]"],
    );
  }
  entries.accept({ tenantId, removedListId: ours.id });
  await untilReason(attempts, 0, { suppressionListIds: [ours.id] });
});

test("a check that names a list which was just made waits for its entries, and never passes without them", async (t) => {
  const { attempts, entries, tenantId } = await boot(t);
  const list = deviceList({ required: false });
  entries.existing.set(list.id, tenantId);
  const check = ask({ suppressionListIds: [list.id] });
  const told = await rejectsWith(attempts.checkAttempt({ check }), status.UNAVAILABLE, "ERROR_REASON_NOT_READY");
  assert.ok(told.retryAfterMs);
  entries.accept({ tenantId, suppressionList: list, added: always("+12125550123") });
  const { reason } = await until(async () => {
    try {
      return await decided(attempts, check);
    } catch (error) {
      if (errorDetails(error)?.reason === "ERROR_REASON_NOT_READY") return false;
      throw error;
    }
  });
  assert.equal(reason, DEVICE);
});

test("an area code with many numbers becomes a bitmap, in a snapshot and live, and says the same", async (t) => {
  const entries = await entriesServer(t);
  const tenantId = newId();
  const suppressionList = deviceList();
  const numbers = (areaCode: string, count: number) =>
    Array.from({ length: count }, (_, i) => `+1${areaCode}${5_550_000 + i * 3}`);
  entries.snapshot = [{ tenantId, suppressionList, added: always(...numbers("212", 300), ...numbers("213", 20)) }];
  const { address, env } = await boot(t, { entries, env: { COMPLIANCE_DENSE_FROM: "200" } });
  const attempts = await attemptsOf(t, address, tenantId);
  const redis = redisOf(env);
  t.after(() => redis.disconnect());
  const kinds = async () => {
    const keys = await redis.keys(`{${tenantId}}:compliance:*:${suppressionList.id}:*`);
    return keys
      .map((key) =>
        key
          .split(":")
          .filter((part) => /^(?:[bs]|\d{3})$/.test(part))
          .join(" "),
      )
      .toSorted();
  };
  assert.deepEqual(await kinds(), ["b 212", "s 213"]);
  const held = (contactInfo: string) =>
    decided(attempts, { contactInfo, zones: ["America/New_York"], zoneIsCertain: true }).then(
      ({ reason }) => reason === DEVICE,
    );
  assert.deepEqual(await Promise.all(["+12125550897", "+12125550898", "+12135550057", "+12135550058"].map(held)), [
    true,
    false,
    true,
    false,
  ]);
  entries.accept({ tenantId, suppressionList, added: always(...numbers("213", 250)) });
  await until(async () => (await kinds()).join() === "b 212,b 213");
  assert.deepEqual(await Promise.all(["+12135550057", "+12135550747", "+12135550748"].map(held)), [true, true, false]);
  entries.accept({ tenantId, suppressionList, removed: ["+12135550057", "+12125550897"] });
  await until(async () => !(await held("+12125550897")));
  assert.deepEqual(await Promise.all(["+12135550057", "+12135550747"].map(held)), [false, true]);
});

test("while lists is away at the start, nothing is allowed; once it is there, everything is answered", async (t) => {
  const { address } = await entriesServer(t);
  const port = await freePort();
  const { attempts } = await boot(t, { ready: false, env: { HERALD_MESH_LISTS: `127.0.0.1:${port}` } });
  for (let i = 0; i < 5; i++) {
    const told = await rejectsWith(
      attempts.checkAttempt({ check: ask() }),
      status.UNAVAILABLE,
      "ERROR_REASON_NOT_READY",
    );
    assert.ok((told.retryAfterMs ?? 0) > 0);
  }
  assert.ok(address);
});

test("Redis wiped while running: nothing is allowed until all of it is there again", async (t) => {
  const { attempts, entries, env, tenantId } = await boot(t);
  const suppressionList = deviceList();
  entries.snapshot = [{ tenantId, suppressionList, added: always("+12125550123") }];
  entries.accept({ tenantId, suppressionList, added: always("+12125550123") });
  await untilReason(attempts, DEVICE);
  const redis = redisOf(env);
  t.after(() => redis.disconnect());
  for (let round = 0; round < 3; round++) {
    await redis.flushdb();
    const outcomes: (RefusalReason | "not ready")[] = [];
    await until(async () => {
      outcomes.push(await outcome(attempts));
      return outcomes.at(-1) !== "not ready";
    });
    assert.ok(!outcomes.includes(0) && outcomes.at(-1) === DEVICE, "never allowed in between");
  }
});

test("a Redis that may drop keys is not trusted, and the answer says what to set", async (t) => {
  const { attempts, env } = await boot(t);
  const redis = redisOf(env);
  t.after(async () => {
    await redis.config("SET", "maxmemory", "0");
    redis.disconnect();
  });
  await redis.config("SET", "maxmemory", "1gb");
  await redis.config("SET", "maxmemory-policy", "volatile-lru");
  await redis.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
  const told = await until(() => attempts.checkAttempt({ check: ask() }).then(() => false as const, errorDetails));
  assert.match(told.message, /maxmemory-policy to noeviction|just connected to/);
  await redis.config("SET", "maxmemory", "0");
  await redis.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
  await untilReady({ attempts });
});

test("one tenant's data gone from Redis: nothing of that tenant is allowed until it is there again", async (t) => {
  const { attempts, entries, env, tenantId } = await boot(t);
  const suppressionList = deviceList();
  entries.snapshot = [{ tenantId, suppressionList, added: always("+12125550123") }];
  entries.accept({ tenantId, suppressionList, added: always("+12125550123") });
  await untilReason(attempts, DEVICE);
  const redis = redisOf(env);
  t.after(() => redis.disconnect());
  await redis.del(await redis.keys(`{${tenantId}}:*`));
  const outcomes: (RefusalReason | "not ready")[] = [];
  await until(async () => {
    outcomes.push(await outcome(attempts));
    return outcomes.at(-1) !== "not ready";
  });
  assert.ok(!outcomes.includes(0) && outcomes.at(-1) === DEVICE, "never allowed in between");
});

test("a stream that falls silent stops all attempts within the allowed silence; they go on when it speaks again", async (t) => {
  const { attempts, entries } = await boot(t, { env: { COMPLIANCE_SUPPRESSION_SILENCE: "900ms" } });
  const begun = performance.now();
  entries.silent = true;
  await until(async () => (await outcome(attempts)) === "not ready");
  assert.ok(performance.now() - begun < 2_500);
  await rejectsWith(attempts.checkAttempt({ check: ask() }), status.UNAVAILABLE, "ERROR_REASON_NOT_READY");
  entries.silent = false;
  await untilReady({ attempts });
});

test("a broken stream is taken up where it ended; what was accepted meanwhile holds", async (t) => {
  const { attempts, entries, tenantId } = await boot(t, { env: { COMPLIANCE_SUPPRESSION_SILENCE: "900ms" } });
  const suppressionList = deviceList();
  entries.accept({ tenantId, suppressionList, added: always("+12125550199") });
  await untilReason(attempts, DEVICE, { contactInfo: "+12125550199" });
  entries.silent = true;
  entries.accept({ tenantId, suppressionList, added: always("+12125550123") });
  await until(() => entries.asked.length > 1);
  entries.silent = false;
  await until(async () => (await outcome(attempts)) === DEVICE);
  assert.ok(
    entries.asked.slice(1).every((sequence) => sequence > 0),
    "no second snapshot",
  );
});

test("several processes share the data: one applies the changes, all of them hold; another goes on when it stops", async (t) => {
  const booted = await boot(t);
  const { attempts, entries, tenantId, stop } = booted;
  const beside = await bootBeside(t, booted);
  assert.equal(entries.asked.length, 1, "only the first asked for the stream");
  const suppressionList = deviceList();
  entries.accept({ tenantId, suppressionList, added: always("+12125550123") });
  await untilReason(beside.attempts, DEVICE);
  assert.equal(await reasonOf(attempts), DEVICE);
  await stop();
  entries.accept({ tenantId, suppressionList, added: always("+12125550124") });
  await until(async () => (await outcome(beside.attempts, { contactInfo: "+12125550124" })) === DEVICE);
  assert.equal(await reasonOf(beside.attempts), DEVICE);
  assert.deepEqual(
    entries.asked.map((sequence) => sequence > 0),
    [false, true],
    "no second snapshot",
  );
});
