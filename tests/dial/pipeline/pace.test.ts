import assert from "node:assert/strict";
import { test } from "node:test";
import { DialingMode } from "../../../gen/herald/campaigns/v1/voice_settings.ts";
import { CallResult as R } from "../../../gen/herald/common/v1/outcome.ts";
import { Agents } from "../../../svc/dial/voice/agents.ts";
import { type CallStage, fateOfUnknown, resultOfCall } from "../../../svc/dial/voice/call-result.ts";
import { LastMinute } from "../../../svc/dial/pipeline/pace/last-minute.ts";
import { handlingSeconds, progressiveCalls, seededChance } from "../../../svc/dial/voice/pacing.ts";
import { ProviderSlots } from "../../../svc/dial/pipeline/send/provider-slots.ts";
import { Throttle } from "../../../svc/dial/sms/throttle.ts";
import { TokenBucket } from "../../../svc/dial/pipeline/pace/token-bucket.ts";

test("progressive dials floor(M × (ready − queued − dialed ÷ M)), within the ports", () => {
  const cases: [number, number, number, number, number, number][] = [
    // M, ready, queued, dialed, free ports → calls
    [0.7, 4, 0, 1, 100, 1],
    [1, 5, 0, 0, 100, 5],
    [1, 5, 0, 5, 100, 0],
    [1, 5, 2, 0, 100, 3],
    [1, 0, 0, 0, 100, 0],
    [1, 1, 3, 0, 100, 0],
    [2.5, 4, 0, 3, 100, 7],
    [0.7, 10, 0, 0, 100, 7],
    [1, 10, 0, 0, 4, 4],
    [1, 10, 0, 0, -1, 0],
  ];
  for (const [linesPerAgent, ready, queued, dialed, freePorts, calls] of cases) {
    assert.equal(
      progressiveCalls({ linesPerAgent, ready, queued, dialed, freePorts }),
      calls,
      JSON.stringify({ linesPerAgent, ready, queued, dialed }),
    );
  }
});

test("handling times have the mean that was asked for, and the same seed gives the same ones", () => {
  const chance = seededChance("group");
  const times = Array.from({ length: 20_000 }, () => handlingSeconds(120, chance));
  const mean = times.reduce((sum, one) => sum + one, 0) / times.length;
  assert.ok(Math.abs(mean - 120) < 4, `mean ${mean}`);
  assert.ok(times.every((one) => one > 0 && Number.isFinite(one)));
  assert.deepEqual([0, 1, 2].map(seededAt("a")), [0, 1, 2].map(seededAt("a")));
  assert.notDeepEqual([0, 1, 2].map(seededAt("a")), [0, 1, 2].map(seededAt("b")));
});

const seededAt = (seed: string) => {
  const chance = seededChance(seed);
  return () => chance();
};

test("agents take turns; fewer agents let the busy ones finish", () => {
  const agents = new Agents(seededChance("x"));
  agents.setCount(2);
  assert.deepEqual([agents.take(), agents.take(), agents.take()], [1, 2, undefined]);
  agents.release(2);
  assert.equal(agents.take(), 2);
  agents.setCount(1);
  agents.release(2);
  assert.equal(agents.ready, 0, "agent 2 is gone");
  agents.release(1);
  agents.release(1);
  assert.equal(agents.ready, 1);
  agents.setCount(3);
  assert.equal(agents.ready, 3);
});

test("a token bucket keeps its rate, and a pause is not made up for by a burst", () => {
  const bucket = new TokenBucket(120, 0); // two a second
  assert.equal(bucket.available(0), 1);
  bucket.take(1);
  assert.equal(bucket.waitMs(0), 500);
  assert.equal(bucket.available(499), 0);
  assert.equal(bucket.available(500), 1);
  assert.equal(bucket.available(60_000), 2, "one second's worth");
  bucket.take(2);
  bucket.giveBack(1);
  assert.equal(bucket.available(60_000), 1);
  bucket.setRate(6_000, 60_000);
  assert.equal(bucket.available(60_100), 11);
  let taken = 0;
  const slow = new TokenBucket(30, 0);
  for (let ms = 0; ms <= 60_000; ms += 50) {
    const there = slow.available(ms);
    slow.take(there);
    taken += there;
  }
  assert.equal(taken, 31);
});

test("a throttled pace halves at once, grows slowly, and one burst of refusals counts once", () => {
  const throttle = new Throttle(0);
  for (let i = 0; i < 200; i++) assert.equal(throttle.ask(i * 10), 0); // 100 a second for two seconds
  throttle.slowDown(2_000);
  throttle.slowDown(2_001);
  assert.equal(throttle.perSecond, 50);
  assert.ok(throttle.ask(2_002) > 0);
  let passed = 0;
  for (let ms = 2_000; ms < 3_000; ms++) if (throttle.ask(ms) === 0) passed++;
  assert.ok(passed >= 45 && passed <= 60, `${passed} in the next second`);
  throttle.slowDown(3_000);
  assert.ok(throttle.perSecond < 30);
});

test("slots go in turn, in handfuls, and shrink with a slow provider", async () => {
  let now = 0;
  const slots = new ProviderSlots({ base: 10, most: 200 }, () => now);
  const { signal } = new AbortController();
  const held: Disposable[] = [];
  const free = (count: number) => held.splice(0, count).forEach((slot) => slot[Symbol.dispose]());
  assert.equal(slots.capacity, 18);
  held.push(...(await slots.acquire(100, signal)));
  assert.equal(held.length, 18);
  const first = slots.acquire(3, signal);
  const second = slots.acquire(100, signal);
  free(2);
  assert.equal(await Promise.race([first, Promise.resolve("waits")]), "waits", "two are fewer than the three wanted");
  free(2);
  assert.equal((await first).length, 3);
  held.push(...(await first));
  now = 1_000;
  free(15);
  const handful = await second;
  assert.ok(handful.length >= 4);
  held.push(...handful);
  now = 2_000;
  free(held.length);
  assert.ok(slots.capacity >= 18 && slots.capacity < 30, "some twenty a second let few wait");
  const leaving = new AbortController();
  held.push(...(await slots.acquire(200, signal)));
  const waiting = slots.acquire(5, leaving.signal);
  leaving.abort();
  assert.deepEqual(await waiting, []);
  const [one] = held;
  free(held.length);
  one?.[Symbol.dispose]();
  assert.equal(slots.held, 0, "a slot is freed once, however often it is disposed of");
});

test("the last minute is counted second by second", () => {
  const counter = new LastMinute();
  const at = (second: number) => new Date(second * 1_000);
  counter.add(5, at(0));
  counter.add(2, at(59));
  assert.equal(counter.count(at(59)), 7);
  assert.equal(counter.count(at(60)), 2);
  counter.add(1, at(60));
  assert.equal(counter.count(at(118)), 3);
  assert.equal(counter.count(at(119)), 1);
  assert.equal(counter.count(at(500)), 0);
});

test("a call's result is what the dialer did, where only it can know", () => {
  const { DIALING_MODE_POWER: power, DIALING_MODE_PROGRESSIVE: progressive } = DialingMode;
  const cases: [DialingMode, CallStage, R, R][] = [
    [progressive, "dialing", R.CALL_RESULT_BUSY, R.CALL_RESULT_BUSY],
    [progressive, "connected", R.CALL_RESULT_ABANDONED, R.CALL_RESULT_ANSWER],
    [progressive, "waiting", R.CALL_RESULT_ABANDONED, R.CALL_RESULT_ABANDONED],
    [progressive, "dropping", R.CALL_RESULT_ABANDONED, R.CALL_RESULT_DROPPED],
    [progressive, "adopted", R.CALL_RESULT_DROPPED, R.CALL_RESULT_DROPPED],
    [power, "connected", R.CALL_RESULT_DROPPED, R.CALL_RESULT_ANSWER],
    [power, "adopted", R.CALL_RESULT_ABANDONED, R.CALL_RESULT_ANSWER],
    [power, "dialing", R.CALL_RESULT_NO_ANSWER, R.CALL_RESULT_NO_ANSWER],
    [power, "dialing", R.CALL_RESULT_UNSPECIFIED, R.CALL_RESULT_GENERAL_ERROR],
  ];
  for (const [mode, phase, reported, result] of cases)
    assert.equal(resultOfCall(mode, phase, reported), result, `${mode} ${phase} ${reported}`);
});

test("a call that the adapter does not know is waited for, then not placed, then of unknown fate", () => {
  assert.deepEqual([0, 4_999, 5_000, 2_999_999, 3_000_000].map(fateOfUnknown), [
    "wait",
    "wait",
    "not_placed",
    "not_placed",
    "stale",
  ]);
});
