/** Attempts that were not made free their place in a cap, until they are allowed again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Redis } from "ioredis";
import { errorDetails } from "../../../svc/lib/errors/error-details.ts";
import { newId } from "../../lib/harness.ts";
import { ask, boot, bootBeside, cap } from "../boot.ts";
import { ANSWERED, attempt, CAP, reasonOnceReady, wipe } from "./caps.ts";

const notMade = (attemptId: string, leaseNumber: number) => ({
  outcomes: [{ attemptId, leaseNumber, counts: false, outcome: undefined, endTime: undefined }],
});

test("an attempt that was allowed under a later lease counts, though the report that it was not made under the first comes late", async (t) => {
  const { attempts, rules, mesh, env, clock } = await boot(t);
  await rules.createRule({ rule: cap(1) });
  const attemptId = newId();
  assert.equal(await attempt(attempts, { attemptId, leaseNumber: 1 }), 0);
  clock.advance(20_000);
  assert.equal(await attempt(attempts, { attemptId, leaseNumber: 2 }), 0, "leased again");
  await mesh.reportOutcomes(notMade(attemptId, 1));
  assert.equal(await attempt(attempts), CAP);

  await wipe(t, env);
  assert.equal(await reasonOnceReady(attempts), CAP, "counted again from the decisions");

  await mesh.reportOutcomes(notMade(attemptId, 2));
  assert.equal(await attempt(attempts), 0, "not made under the last lease either");
});

test("an attempt that was given back in time counts from its next lease on, and a repeated report changes nothing", async (t) => {
  const { attempts, rules, mesh, env, clock } = await boot(t);
  await rules.createRule({ rule: cap(1, {}, 3_600) });
  const attemptId = newId();
  assert.equal(await attempt(attempts, { attemptId, leaseNumber: 1 }), 0);
  await mesh.reportOutcomes(notMade(attemptId, 1));
  clock.advance(1_800_000);
  assert.equal(await attempt(attempts, { attemptId, leaseNumber: 2 }), 0);
  await mesh.reportOutcomes(notMade(attemptId, 1));
  assert.equal(await attempt(attempts), CAP);
  clock.advance(1_900_000);
  await wipe(t, env);
  assert.equal(await reasonOnceReady(attempts), CAP, "an hour from the second lease");
  clock.advance(1_700_000);
  assert.equal(await attempt(attempts), 0);
});

test("of a report and a check of the next lease at the same moment, the check counts", async (t) => {
  const booted = await boot(t);
  const beside = await bootBeside(t, booted);
  await booted.rules.createRule({ rule: cap(1) });
  for (let round = 0; round < 40; round++) {
    const one = { attemptId: newId(), contactInfo: `+1212555${1_000 + round}` };
    assert.equal(await attempt(booted.attempts, { ...one, leaseNumber: 1 }), 0);
    booted.clock.advance(1);
    const [again] = await Promise.all([
      attempt(beside.attempts, { ...one, leaseNumber: 2 }),
      booted.mesh.reportOutcomes(notMade(one.attemptId, 1)),
    ]);
    assert.equal(again, 0);
    assert.equal(await attempt(booted.attempts, { contactInfo: one.contactInfo }), CAP, `round ${round}`);
  }
});

/** The scores of these attempts in all counters of Redis. */
async function countsOf(redis: Redis, attemptIds: readonly string[]) {
  const found: { key: string; score: string; attemptId: string }[] = [];
  for (const key of await redis.keys("{*}:compliance:*:c:*"))
    for (const attemptId of attemptIds) {
      const score = await redis.zscore(key, attemptId);
      if (score !== null) found.push({ key, score, attemptId });
    }
  return found;
}

test("a batch of attempts that were not made is allowed again, though Redis knows of some of the reports alone", async (t) => {
  const { attempts, rules, mesh, env, clock } = await boot(t);
  const redis = new Redis(env["REDIS_URL"] as string);
  t.after(() => redis.disconnect());
  await rules.createRule({ rule: cap(1, {}, 3_600) });
  // The refund of `early` is in Redis. That of `late` is not. `lost` was counted again for a check that died before it stored its decision.
  const askedOf = (contactInfo: string) => ({ contactInfo, attemptId: newId() });
  const early = askedOf("+12125550101");
  const late = askedOf("+12125550102");
  const lost = askedOf("+12125550103");
  const all = [early, late, lost];
  const again = async (leaseNumber: number) => {
    async function* batch() {
      yield { checks: all.map((one) => ask({ ...one, leaseNumber })) };
    }
    for await (const { decisions } of attempts.checkAttempts(batch())) return decisions.map(({ reason }) => reason);
    return [];
  };
  assert.deepEqual(await again(1), [0, 0, 0]);
  const before = await countsOf(
    redis,
    all.map(({ attemptId }) => attemptId),
  );
  assert.equal(before.length, 3);
  await mesh.reportOutcomes({ outcomes: all.flatMap(({ attemptId }) => notMade(attemptId, 1).outcomes) });
  clock.advance(600_000);
  for (const { key, score, attemptId } of before) {
    if (attemptId === late.attemptId) await redis.zadd(key, score, attemptId);
    if (attemptId === lost.attemptId) await redis.zadd(key, clock.now().getTime() - 300_000, attemptId);
  }
  assert.deepEqual(await again(2), [0, 0, 0]);

  // The late refund takes nothing, and all three count from the second check on.
  await mesh.reportOutcomes({ outcomes: all.flatMap(({ attemptId }) => notMade(attemptId, 1).outcomes) });
  clock.advance(3_599_000);
  for (const { attemptId, ...one } of all) assert.equal(await attempt(attempts, one), CAP, attemptId);
  clock.advance(2_000);
  for (const { attemptId, ...one } of all) assert.equal(await attempt(attempts, one), 0, attemptId);
});

test("of two reports of one attempt in one call, its end counts", async (t) => {
  const { attempts, rules, mesh } = await boot(t);
  await rules.createRule({ rule: cap(1) });
  const attemptId = newId();
  assert.equal(await attempt(attempts, { attemptId }), 0);
  const ended = { attemptId, leaseNumber: 0, counts: true, outcome: ANSWERED, endTime: undefined };
  await mesh.reportOutcomes({
    outcomes: [...notMade(attemptId, 0).outcomes, ended, ...notMade(attemptId, 0).outcomes],
  });
  assert.equal(await attempt(attempts), CAP);
});

test("a lease number below 0 is named in checks and reports", async (t) => {
  const { attempts, mesh } = await boot(t);
  const names = (field: string) => (error: unknown) => errorDetails(error)?.fields[0]?.field === field;
  await assert.rejects(attempt(attempts, { leaseNumber: -1 }), names("check.lease_number"));
  await assert.rejects(mesh.reportOutcomes(notMade(newId(), -1)), names("outcomes[0].lease_number"));
});
