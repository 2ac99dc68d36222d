import assert from "node:assert/strict";
import { test } from "node:test";
import type { Treatment } from "../../../gen/herald/campaigns/v1/treatment.ts";
import type { Outcome } from "../../../gen/herald/common/v1/outcome.ts";
import { followOutcome } from "../../../svc/campaigns/queue/treatments.ts";
import { called, delivery, onCall, onDelivery } from "../things.ts";

const START = new Date("2026-03-03T17:00:00Z");

/** Ends every attempt with `outcome` as soon as it is due. Gives each follow-up as `redial 1 +30m`: action, device, minutes waited. */
function story(treatments: Treatment[], devices: number, outcomes: Outcome | Outcome[], most = 20): string[] {
  const told: string[] = [];
  let chain = { devices, place: 0, treatmentCounts: [] as readonly number[] };
  let now = START;
  for (let attempt = 0; attempt < most; attempt++) {
    const outcome = Array.isArray(outcomes) ? outcomes[attempt] : outcomes;
    if (!outcome) return told;
    const next = followOutcome(treatments, chain, outcome, now);
    if (next.action === "finish") return [...told, "finish"];
    told.push(`${next.action} ${next.place + 1} +${(next.at.getTime() - now.getTime()) / 60_000}m`);
    chain = { devices, place: next.place, treatmentCounts: next.treatmentCounts };
    now = next.at;
  }
  return told;
}

const BUSY_PLAN = [
  onCall(["BUSY"], "REDIAL", { maxCount: 3, intervalSeconds: 1_800, incrementSeconds: 300 }),
  onCall(["BUSY"], "NEXT_IN_CHAIN", { maxCount: 10 }),
];

test("busy waits 30 minutes and redials, 5 minutes longer each time, three times; then the next device gets the same plan", () => {
  assert.deepEqual(story(BUSY_PLAN, 2, called("BUSY")), [
    "redial 1 +30m",
    "redial 1 +35m",
    "redial 1 +40m",
    "next 2 +0m",
    "redial 2 +30m",
    "redial 2 +35m",
    "redial 2 +40m",
    "finish",
  ]);
});

test("another result has its own treatments at their own counts", () => {
  const plan = [...BUSY_PLAN, onCall(["NO_ANSWER"], "RETRY_IN", { maxCount: 2, intervalSeconds: 3_600 })];
  const outcomes = ["BUSY", "NO_ANSWER", "BUSY", "NO_ANSWER", "BUSY", "NO_ANSWER"] as const;
  assert.deepEqual(story(plan, 1, outcomes.map(called)), [
    "redial 1 +30m",
    "retry 1 +60m",
    "redial 1 +35m",
    "retry 1 +60m",
    "redial 1 +40m",
    "finish",
  ]);
});

test("what no treatment fits finishes the chain, as does a treatment that says so", () => {
  assert.deepEqual(story(BUSY_PLAN, 2, called("FAX_DETECTED")), ["finish"]);
  assert.deepEqual(story([onCall(["FAX_DETECTED"], "FINISH"), ...BUSY_PLAN], 2, called("FAX_DETECTED")), ["finish"]);
  assert.deepEqual(story([], 3, called("BUSY")), ["finish"]);
});

test("a count of 0 is one application", () => {
  assert.deepEqual(story([onCall(["BUSY"], "REDIAL", { intervalSeconds: 60 })], 1, called("BUSY")), [
    "redial 1 +1m",
    "finish",
  ]);
});

test("the first treatment that fits is applied until its count is used up, then the next one", () => {
  const plan = [
    onCall(["BUSY", "NO_ANSWER"], "REDIAL", { maxCount: 1, intervalSeconds: 60 }),
    onCall(["NO_ANSWER"], "REDIAL", { maxCount: 1, intervalSeconds: 120 }),
  ];
  assert.deepEqual(story(plan, 1, called("NO_ANSWER")), ["redial 1 +1m", "redial 1 +2m", "finish"]);
  assert.deepEqual(story(plan, 1, called("BUSY")), ["redial 1 +1m", "finish"]);
});

test("at the end of the chain NEXT_IN_CHAIN is not applied, and what follows it is", () => {
  const plan = [
    onCall(["NO_ANSWER"], "NEXT_IN_CHAIN", { maxCount: 100, intervalSeconds: 60 }),
    onCall(["NO_ANSWER"], "RETRY_IN", { maxCount: 1, intervalSeconds: 86_400 }),
  ];
  assert.deepEqual(story(plan, 2, called("NO_ANSWER")), ["next 2 +1m", "retry 1 +1440m", "next 2 +1m", "finish"]);
});

test("delivery states have treatments like call results", () => {
  const plan = [onDelivery(["EXPIRED", "DEFERRED"], "NEXT_IN_CHAIN", { maxCount: 2 })];
  assert.deepEqual(story(plan, 3, [delivery("EXPIRED"), delivery("DEFERRED"), delivery("EXPIRED")]), [
    "next 2 +0m",
    "next 3 +0m",
    "finish",
  ]);
  assert.deepEqual(story(plan, 3, delivery("REJECTED")), ["finish"]);
});
