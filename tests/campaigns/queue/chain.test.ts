import assert from "node:assert/strict";
import { test } from "node:test";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { Outcome } from "../../../gen/herald/common/v1/outcome.ts";
import { RecordStatus, RecordType } from "../../../gen/herald/common/v1/record_type.ts";
import {
  type ChainState,
  giveUp,
  Lane,
  Phase,
  type QueueRules,
  type ChainReport,
  settle,
} from "../../../svc/campaigns/queue/chain.ts";
import { called, delivery, leasedChain, onCall, onDelivery } from "../things.ts";

const NOW = new Date("2026-03-03T17:00:00Z");
const inSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);
const VOICE: QueueRules = {
  channel: Channel.CHANNEL_VOICE,
  treatments: [onCall(["BUSY"], "REDIAL", { maxCount: 2, intervalSeconds: 600 })],
  open: true,
  staleAfterMs: 7_200_000,
  uncountedTries: 3,
};
const SMS: QueueRules = { ...VOICE, channel: Channel.CHANNEL_SMS, treatments: [] };

const begun: ChainReport = { kind: "begun", at: NOW };
const ended = (outcome: Outcome, counts = true): ChainReport => ({ kind: "ended", at: NOW, outcome, counts });
const refused = (reason: string, earliest?: Date): ChainReport => ({
  kind: "refused",
  at: NOW,
  reason,
  earliest,
  repeats: false,
});
const returned: ChainReport = { kind: "returned", at: NOW };

/** Applies reports one after the other; skips those that change nothing. */
const after = (chain: ChainState, rules: QueueRules, ...reports: ChainReport[]): ChainState =>
  reports.reduce((current, report) => settle(current, report, rules, NOW)?.chain ?? current, chain);

const brief = ({ recordStatus, lane, phase, attempts, due }: ChainState) => ({
  status: Object.entries(RecordStatus)
    .find(([, code]) => code === recordStatus)?.[0]
    .slice("RECORD_STATUS_".length),
  lane,
  phase,
  attempts,
  due,
});

test("an attempt that begins waits for its result without a lease, up to the time when the result is given up", () => {
  const chain = after(leasedChain(), VOICE, begun);
  assert.deepEqual(brief(chain), {
    status: "RETRIEVED",
    lane: Lane.IN_FLIGHT,
    phase: Phase.BEGUN,
    attempts: 1,
    due: inSeconds(7_200),
  });
});

test("a success closes the chain: an answer, a delivery, a message accepted for good", () => {
  for (const [rules, outcome] of [
    [VOICE, called("ANSWER")],
    [SMS, delivery("DELIVERED")],
    [SMS, delivery("SENT")],
  ] as const) {
    const chain = after(leasedChain(), rules, begun, ended(outcome));
    assert.deepEqual(brief(chain), {
      status: "UPDATED",
      lane: Lane.NONE,
      phase: Phase.OVER,
      attempts: 1,
      due: undefined,
    });
    assert.deepEqual(chain.lastOutcome, outcome);
  }
});

test("an end that was reported without a begin counts the same", () => {
  assert.deepEqual(
    after(leasedChain(), VOICE, ended(called("ANSWER"))),
    after(leasedChain(), VOICE, begun, ended(called("ANSWER"))),
  );
});

test("a treatment puts the chain back with its time, its device and its type", () => {
  const chain = after(leasedChain(), VOICE, begun, ended(called("BUSY")));
  assert.deepEqual(brief(chain), {
    status: "READY",
    lane: Lane.AGAIN,
    phase: Phase.OVER,
    attempts: 1,
    due: inSeconds(600),
  });
  assert.equal(chain.recordType, RecordType.RECORD_TYPE_CAMPAIGN_RESCHEDULED);
  assert.equal(chain.waitsFor, "retry");
  assert.deepEqual(chain.treatmentCounts, [1]);
});

test("RETRY_IN makes the chain ready as a unit, from its first device", () => {
  const rules = { ...VOICE, treatments: [onCall(["NO_ANSWER"], "RETRY_IN", { intervalSeconds: 60 })] };
  const chain = after(leasedChain({ place: 1 }), rules, ended(called("NO_ANSWER")));
  assert.equal(chain.recordStatus, RecordStatus.RECORD_STATUS_CHAIN_READY);
  assert.equal(chain.place, 0);
});

test("a treatment counts from the attempt's end, also when its report comes late, and never from the future", () => {
  const late: ChainReport = { kind: "ended", at: inSeconds(-500), outcome: called("BUSY"), counts: true };
  assert.deepEqual(after(leasedChain(), VOICE, late).due, inSeconds(100));
  const longAgo: ChainReport = { ...late, at: inSeconds(-5_000) };
  assert.deepEqual(after(leasedChain(), VOICE, longAgo).due, NOW);
  const ahead: ChainReport = { ...late, at: inSeconds(300) };
  assert.deepEqual(after(leasedChain(), VOICE, ahead).due, inSeconds(600));
});

test("a refusal for now waits until the time it names; nothing was attempted", () => {
  const chain = after(leasedChain(), VOICE, refused("outside_window", inSeconds(3_600)));
  assert.deepEqual(brief(chain), {
    status: "READY",
    lane: Lane.AGAIN,
    phase: Phase.OVER,
    attempts: 0,
    due: inSeconds(3_600),
  });
  assert.equal(chain.refusalReason, "outside_window");
  assert.equal(chain.recordType, RecordType.RECORD_TYPE_GENERAL);
});

test("a refusal for good takes the next device at once, and closes the chain after the last", () => {
  const second = after(leasedChain(), VOICE, refused("suppressed_device"));
  assert.deepEqual(brief(second), { status: "READY", lane: Lane.AGAIN, phase: Phase.OVER, attempts: 0, due: NOW });
  assert.equal(second.place, 1);
  const closed = after({ ...second, phase: Phase.LEASED, lane: Lane.LEASED }, VOICE, refused("suppressed_device"));
  assert.deepEqual(brief(closed), {
    status: "UPDATED",
    lane: Lane.NONE,
    phase: Phase.OVER,
    attempts: 0,
    due: undefined,
  });
  assert.equal(closed.recordType, RecordType.RECORD_TYPE_NO_CALL);
});

test("what holds for the whole chain closes it at its first device; only suppression makes it NO_CALL", () => {
  for (const reason of ["suppressed_client", "record_gone", "content_invalid"]) {
    const chain = after(leasedChain(), VOICE, refused(reason));
    assert.equal(chain.recordStatus, RecordStatus.RECORD_STATUS_UPDATED, reason);
    assert.equal(chain.recordType === RecordType.RECORD_TYPE_NO_CALL, reason === "suppressed_client", reason);
  }
});

test("a refusal because the group was not running is nobody's fault: the chain is due again", () => {
  const chain = after(leasedChain({ devices: [1] }), VOICE, refused("campaign_not_running"));
  assert.deepEqual(brief(chain), {
    status: "READY",
    lane: Lane.AGAIN,
    phase: Phase.OVER,
    attempts: 0,
    due: inSeconds(10),
  });
});

test("a returned lease is due again at once, and a begun attempt that is returned was not made", () => {
  for (const reports of [[returned], [begun, returned]]) {
    const chain = after(leasedChain(), VOICE, ...reports);
    assert.deepEqual(brief(chain), { status: "READY", lane: Lane.AGAIN, phase: Phase.OVER, attempts: 0, due: NOW });
    assert.equal(chain.waitsFor, "");
  }
});

test("an attempt that never reached the network does not count and comes again after a minute, a bounded number of times", () => {
  let chain = leasedChain();
  for (const uncounted of [1, 2]) {
    chain = after(chain, VOICE, begun, ended(called("NO_FREE_PORT"), false));
    assert.deepEqual(brief(chain), {
      status: "READY",
      lane: Lane.AGAIN,
      phase: Phase.OVER,
      attempts: 0,
      due: inSeconds(60),
    });
    assert.equal(chain.uncounted, uncounted);
    chain = { ...chain, phase: Phase.LEASED, lane: Lane.LEASED };
  }
  chain = after(chain, VOICE, ended(called("NO_FREE_PORT"), false));
  assert.equal(chain.place, 1, "the device is given up");
  assert.equal(chain.uncounted, 0);
  chain = after(
    { ...chain, phase: Phase.LEASED, lane: Lane.LEASED, uncounted: 2 },
    VOICE,
    ended(called("NO_FREE_PORT"), false),
  );
  assert.equal(chain.recordStatus, RecordStatus.RECORD_STATUS_UPDATED);
  assert.equal(chain.refusalReason, "no_free_port");
});

test("an unknown fate leaves the chain stale until somebody finds out; treatments follow then", () => {
  const stale = after(leasedChain(), VOICE, begun, ended(called("STALE")));
  assert.deepEqual(brief(stale), { status: "STALE", lane: Lane.NONE, phase: Phase.BEGUN, attempts: 1, due: undefined });
  assert.equal(settle(stale, ended(called("STALE")), VOICE, NOW), undefined, "told twice changes nothing");
  const resolved = settle(stale, ended(called("BUSY")), VOICE, NOW);
  assert.deepEqual(resolved?.results, [
    { name: "stale", by: -1 },
    { name: "busy", by: 1 },
  ]);
  assert.deepEqual(resolved && brief(resolved.chain), {
    status: "READY",
    lane: Lane.AGAIN,
    phase: Phase.OVER,
    attempts: 1,
    due: inSeconds(600),
  });
  const notMade = settle(stale, ended(called("SYSTEM_ERROR"), false), VOICE, NOW);
  assert.equal(notMade?.chain.attempts, 0);
  assert.deepEqual(notMade?.results, [{ name: "stale", by: -1 }]);
});

test("a result that never comes is given up as stale", () => {
  const inFlight = after(leasedChain(), SMS, begun);
  const given = giveUp(inFlight, SMS, inSeconds(7_201));
  assert.equal(given?.chain.recordStatus, RecordStatus.RECORD_STATUS_STALE);
  assert.deepEqual(given?.results, [{ name: "unknown", by: 1 }]);
  assert.equal(giveUp(leasedChain(), SMS, NOW), undefined, "a lease is not an attempt");
});

test("each report counts once", () => {
  const over = after(leasedChain(), VOICE, begun, ended(called("BUSY")));
  for (const report of [begun, ended(called("ANSWER")), refused("outside_window"), returned]) {
    assert.equal(settle(over, report, VOICE, NOW), undefined, report.kind);
  }
  assert.equal(settle(after(leasedChain(), VOICE, begun), begun, VOICE, NOW), undefined);
  assert.equal(settle(leasedChain({ phase: Phase.NONE }), begun, VOICE, NOW), undefined);
});

test("after a stop nothing is scheduled again, and what comes late is still recorded", () => {
  const stopped = { ...VOICE, open: false };
  for (const report of [
    ended(called("BUSY")),
    refused("outside_window", inSeconds(60)),
    returned,
    ended(called("NO_FREE_PORT"), false),
  ]) {
    assert.equal(after(leasedChain(), stopped, report).recordStatus, RecordStatus.RECORD_STATUS_CANCELLED, report.kind);
  }
  assert.equal(
    after(leasedChain(), stopped, begun, ended(called("ANSWER"))).recordStatus,
    RecordStatus.RECORD_STATUS_UPDATED,
  );
  const expired = leasedChain({ recordStatus: RecordStatus.RECORD_STATUS_CANCELLED, lane: Lane.NONE, due: undefined });
  const late = after(expired, stopped, begun);
  assert.deepEqual(brief(late), {
    status: "CANCELLED",
    lane: Lane.NONE,
    phase: Phase.BEGUN,
    attempts: 1,
    due: undefined,
  });
  assert.deepEqual(after(late, stopped, ended(called("BUSY"))).lastOutcome, called("BUSY"));
});

test("an opt-out makes the chain NO_CALL, a cancelled record CANCELLED, whatever the treatments say", () => {
  const rules = { ...VOICE, treatments: [onCall(["DO_NOT_CALL", "CANCEL_RECORD"], "REDIAL", { maxCount: 9 })] };
  assert.equal(after(leasedChain(), rules, ended(called("DO_NOT_CALL"))).recordType, RecordType.RECORD_TYPE_NO_CALL);
  assert.equal(
    after(leasedChain(), rules, ended(called("CANCEL_RECORD"))).recordStatus,
    RecordStatus.RECORD_STATUS_CANCELLED,
  );
  const sms = { ...SMS, treatments: [onDelivery(["DELIVERED"], "REDIAL", { maxCount: 9 })] };
  assert.equal(after(leasedChain(), sms, ended(delivery("DELIVERED"))).lane, Lane.NONE);
});
