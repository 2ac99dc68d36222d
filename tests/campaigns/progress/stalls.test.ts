import assert from "node:assert/strict";
import { test } from "node:test";
import { CampaignGroupState } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import { StallReason } from "../../../gen/herald/campaigns/v1/progress.ts";
import { type Situation, stallsOf } from "../../../svc/campaigns/progress/stalls.ts";

const NOW = new Date("2026-03-03T17:00:00Z");
const later = new Date("2026-03-03T18:30:00Z");
const {
  CAMPAIGN_GROUP_STATE_NOT_LOADED: NOT_LOADED,
  CAMPAIGN_GROUP_STATE_LOADING: LOADING,
  CAMPAIGN_GROUP_STATE_ACTIVE: ACTIVE,
  CAMPAIGN_GROUP_STATE_RUNNING: RUNNING,
  CAMPAIGN_GROUP_STATE_PAUSED: PAUSED,
  CAMPAIGN_GROUP_STATE_STOPPED: STOPPED,
} = CampaignGroupState;

/** A running group that makes attempts. */
const moving: Situation = {
  state: RUNNING,
  startWhenLoaded: false,
  lists: 2,
  listsLoaded: 2,
  loadProblem: "",
  due: 100,
  open: 60,
  inFlight: 10,
  attemptsLastMinute: 20,
  nextDue: new Date(NOW.getTime() - 1_000),
  waits: [],
  updateTime: new Date(NOW.getTime() - 60_000),
  session: { kind: "open", stall: "", explanation: "" },
  syncProblem: "",
  untold: false,
  stopReason: "",
};
const idle: Situation = { ...moving, inFlight: 0, attemptsLastMinute: 0 };
const waiting = (...waits: [reason: string, count: number, attempted?: boolean][]): Situation => ({
  ...idle,
  nextDue: later,
  waits: waits.map(([reason, count, attempted = false]) => ({ reason, count, attempted, next: later })),
});

const names = (situation: Situation) =>
  stallsOf(situation, NOW).map(({ reason }) =>
    Object.entries(StallReason)
      .find(([, code]) => code === reason)?.[0]
      .slice("STALL_REASON_".length),
  );

const CASES: [what: string, situation: Situation, reasons: string[]][] = [
  ["moves", moving, []],
  ["has work and was just started", { ...idle, updateTime: NOW }, []],
  ["waits for results of attempts just made", { ...moving, nextDue: undefined }, []],
  ["is not loaded", { ...idle, state: NOT_LOADED, due: 0, open: 0 }, ["NOT_STARTED"]],
  ["is loading", { ...idle, state: LOADING, listsLoaded: 1 }, ["NOT_STARTED"]],
  ["is loaded", { ...idle, state: ACTIVE }, ["NOT_STARTED"]],
  ["is paused", { ...idle, state: PAUSED }, ["PAUSED"]],
  ["is stopped", { ...idle, state: STOPPED, open: 0 }, ["FINISHED"]],
  ["is stopped and found nobody", { ...idle, state: STOPPED, due: 0, open: 0 }, ["NO_RECORDS"]],
  ["runs over empty lists", { ...idle, due: 0, open: 0 }, ["NO_RECORDS"]],
  ["has closed its last chain", { ...idle, open: 0 }, ["FINISHED"]],
  ["waits for windows", waiting(["outside_window", 40]), ["WINDOWS_CLOSED"]],
  ["waits for caps", waiting(["attempt_cap", 40]), ["CAPS_REACHED"]],
  ["waits for others", waiting(["attempt_in_progress", 2]), ["ATTEMPTS_IN_PROGRESS"]],
  ["waits for suppressions to end", waiting(["suppressed_client", 2], ["suppressed_device", 3, true]), ["SUPPRESSED"]],
  ["waits for retries", waiting(["retry", 40, true]), ["RETRIES_NOT_DUE"]],
  [
    "waits for several things, most for a cap",
    waiting(["outside_window", 5], ["attempt_cap", 40], ["outside_window", 9, true]),
    ["CAPS_REACHED", "WINDOWS_CLOSED"],
  ],
  ["never reached the network", waiting(["switch_error", 4]), ["PROVIDER_DOWN"]],
  ["found all trunks busy", waiting(["all_trunks_busy", 4]), ["PORTS_FULL"]],
  ["was refused as not running", waiting(["campaign_not_running", 4]), ["COMPLIANCE_UNAVAILABLE"]],
  ["waits for receipts", { ...idle, inFlight: 3, nextDue: undefined }, ["RESULTS_AWAITED"]],
  [
    "is told by dial",
    { ...moving, session: { kind: "open", stall: "provider_down", explanation: "SMSC away" } },
    ["PROVIDER_DOWN"],
  ],
  [
    "is told by dial in a word of tomorrow",
    { ...moving, session: { kind: "open", stall: "solar_flare", explanation: "" } },
    ["PROVIDER_DOWN"],
  ],
  ["has a dialer that does not answer", { ...idle, session: { kind: "away" } }, ["DIALER_UNAVAILABLE"]],
  ["has a dialer that takes no work", { ...idle, session: { kind: "none" } }, ["DIALER_UNAVAILABLE"]],
  ["has no provider", { ...idle, syncProblem: "No provider for SMS." }, ["PROVIDER_DOWN"]],
];

for (const [what, situation, reasons] of CASES) {
  test(`a group that ${what}: ${reasons.join(" and ") || "no reason"}`, () =>
    assert.deepEqual(names(situation), reasons));
}

test("explanations tell how many, until when, and what to do", () => {
  const [stall] = stallsOf(waiting(["outside_window", 40]), NOW);
  assert.equal(stall?.explanation, "40 contacts are waiting for their contact window to open.");
  assert.deepEqual(stall.untilTime, later);
  const [loading] = stallsOf({ ...idle, state: LOADING, listsLoaded: 1, startWhenLoaded: true }, NOW);
  assert.equal(
    loading?.explanation,
    "Its lists are being put into the queue, 1 of 2 so far; dialing begins when that is done.",
  );
});
