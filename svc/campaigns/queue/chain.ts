/** A chain is one contact in the queue of one group. These rules say how reports about its attempts change it. Pure. */
import type { Treatment } from "../../../gen/herald/campaigns/v1/treatment.ts";
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { Outcome } from "../../../gen/herald/common/v1/outcome.ts";
import { RecordStatus, RecordType } from "../../../gen/herald/common/v1/record_type.ts";
import { isUnknownFate, outcomeName, unknownOutcome } from "../../lib/outcomes/outcomes.ts";
import { isCancelled, isDoNotCall, isSuccess } from "./outcomes.ts";
import { followOutcome } from "./treatments.ts";

/** What a chain waits for; `due` is when that ends. The numbers are stored, and LeaseDue takes the lanes in this order. */
export const Lane = {
  /** In no lane: closed, or stale. */
  NONE: 0,
  /** Leased; due when the lease ends. */
  LEASED: 1,
  /** Waits for a time: for its contact window, or after a treatment, a refusal or a return. */
  AGAIN: 2,
  /** New from the lists. */
  FRESH: 3,
  /** Its attempt is in flight; due when the result is given up as stale. */
  IN_FLIGHT: 4,
} as const;
export type Lane = (typeof Lane)[keyof typeof Lane];

/** Where the chain's current attempt is. The numbers are stored. */
export const Phase = { NONE: 0, LEASED: 1, BEGUN: 2, OVER: 3 } as const;
export type Phase = (typeof Phase)[keyof typeof Phase];

export interface ChainState {
  recordType: RecordType;
  recordStatus: RecordStatus;
  /** Devices that fit the channel, in order: the N of `DeviceN`. */
  devices: readonly number[];
  /** The position in `devices` of the device that is tried now, or next. */
  place: number;
  /** Attempts made. */
  attempts: number;
  attemptId: string | undefined;
  /** How many times it was leased. */
  leaseNumber: number;
  phase: Phase;
  lane: Lane;
  due: Date | undefined;
  /** Why it waits for `due` in lane AGAIN: `retry`, or the reason of a refusal; empty if it need not wait. */
  waitsFor: string;
  refusalReason: string;
  lastOutcome: Outcome | undefined;
  treatmentCounts: readonly number[];
  /** Tries in a row that never reached the network. */
  uncounted: number;
}

/** The content of a report. */
export type ChainReport =
  | { kind: "begun"; at: Date }
  | { kind: "ended"; at: Date; outcome: Outcome; counts: boolean }
  | { kind: "refused"; at: Date; reason: string; earliest: Date | undefined; repeats: boolean }
  | { kind: "returned"; at: Date };

/** The settings of the group that matter to its chains. */
export interface QueueRules {
  channel: Channel;
  treatments: readonly Treatment[];
  /** False once the group is stopped: chains that would be tried again are cancelled. */
  open: boolean;
  /** How long to wait for a result before it is given up as stale. */
  staleAfterMs: number;
  /** After so many tries in a row that never reach the network, the device is given up. */
  uncountedTries: number;
}

/** The chain after a report, and changes of counts that cannot be seen from the chain itself. */
export interface Settlement {
  chain: ChainState;
  /** Attempts by result: +1 for a new result, -1 for the unknown result of a stale attempt that it replaces. */
  results: readonly { name: string; by: 1 | -1 }[];
  /** The reason of a refusal, unless it repeats the previous one. */
  refusal: string | undefined;
  /** Whether an attempt began. */
  began: boolean;
}

const UNCOUNTED_WAIT_MS = 60_000;
const NOT_RUNNING_WAIT_MS = 10_000;
const AT_ONCE = "";
/** The reason to wait of a chain whose time comes from a treatment. */
export const RETRY = "retry";
/** Refusals that hold for every device of the chain. */
const WHOLE_CHAIN = new Set(["suppressed_client", "record_gone", "content_invalid", "value_missing"]);

/** Applies a report about the chain's current attempt; undefined if it changes nothing because it was reported before. */
export function settle(chain: ChainState, report: ChainReport, rules: QueueRules, now: Date): Settlement | undefined {
  if (chain.phase === Phase.NONE || chain.phase === Phase.OVER) return undefined;
  switch (report.kind) {
    case "begun":
      return chain.phase === Phase.LEASED ? begun(chain, rules, report.at) : undefined;
    case "ended":
      return ended(chain, report, rules, now);
    case "refused":
      return refused(notMade(chain), report, rules, now);
    case "returned":
      return { ...nothing, chain: again({ ...notMade(chain), phase: Phase.OVER }, now, AT_ONCE, rules) };
    default:
      return report satisfies never;
  }
}

/**
 * Whether the chain was leased again after the lease that a report speaks for. Such a report can no longer say that the attempt was not made.
 * That it was made counts under any lease, since each attempt is made once.
 */
export const isLate = (chain: ChainState, kind: ChainReport["kind"], leaseNumber: number): boolean =>
  (kind === "returned" || kind === "refused") && leaseNumber > 0 && leaseNumber !== chain.leaseNumber;

/** Gives up waiting for a result: the outcome of the attempt is unknown. */
export const giveUp = (chain: ChainState, rules: QueueRules, now: Date): Settlement | undefined =>
  chain.lane === Lane.IN_FLIGHT
    ? settle(chain, { kind: "ended", at: now, outcome: unknownOutcome(rules.channel), counts: true }, rules, now)
    : undefined;

/** Takes a chain out of the queue because its group was stopped. If its last attempt was begun, its result can still be reported. */
export const cancelChain = (chain: ChainState): ChainState => ({
  ...chain,
  recordStatus: RecordStatus.RECORD_STATUS_CANCELLED,
  lane: Lane.NONE,
  due: undefined,
});

/**
 * Opens a chain that the end of a run cut off, or that was refused for good, for the next run. An attempt that may have been
 * begun keeps its id: its dialer knows whether it was, and so it is never made twice.
 */
export function reopenChain(chain: ChainState, now: Date, staleAt: Date): ChainState {
  const open = { ...chain, refusalReason: "", waitsFor: AT_ONCE, recordStatus: RecordStatus.RECORD_STATUS_READY };
  if (chain.phase === Phase.LEASED) return { ...open, lane: Lane.LEASED, due: now };
  if (chain.phase === Phase.BEGUN)
    return { ...open, lane: Lane.IN_FLIGHT, due: staleAt, recordStatus: RecordStatus.RECORD_STATUS_RETRIEVED };
  const isFresh = chain.attempts === 0;
  return {
    ...open,
    lane: Lane.AGAIN,
    due: now,
    uncounted: 0,
    place: isFresh ? 0 : chain.place,
    recordType: isFresh ? RecordType.RECORD_TYPE_GENERAL : RecordType.RECORD_TYPE_CAMPAIGN_RESCHEDULED,
  };
}

const nothing: Omit<Settlement, "chain"> = { results: [], refusal: undefined, began: false };

function begun(chain: ChainState, rules: QueueRules, at: Date): Settlement {
  const next: ChainState = { ...chain, phase: Phase.BEGUN, attempts: chain.attempts + 1, refusalReason: "" };
  if (isClosed(chain)) return { ...nothing, began: true, chain: next };
  const due = new Date(at.getTime() + rules.staleAfterMs);
  return {
    ...nothing,
    began: true,
    chain: { ...next, lane: Lane.IN_FLIGHT, due, recordStatus: RecordStatus.RECORD_STATUS_RETRIEVED },
  };
}

function ended(
  chain: ChainState,
  report: ChainReport & { kind: "ended" },
  rules: QueueRules,
  now: Date,
): Settlement | undefined {
  const { outcome } = report;
  const guess = chain.recordStatus === RecordStatus.RECORD_STATUS_STALE ? chain.lastOutcome : undefined;
  if (guess && isUnknownFate(outcome)) return undefined;
  const took = guess ? [{ name: outcomeName(guess), by: -1 as const }] : [];
  if (!report.counts)
    return { ...nothing, results: took, chain: notCounted(notMade(chain), outcomeName(outcome), rules, now) };
  const made: ChainState = {
    ...chain,
    attempts: chain.phase === Phase.LEASED ? chain.attempts + 1 : chain.attempts,
    lastOutcome: outcome,
    refusalReason: "",
    uncounted: 0,
  };
  const results = [...took, { name: outcomeName(outcome), by: 1 as const }];
  const began = chain.phase === Phase.LEASED;
  if (isUnknownFate(outcome)) return { ...nothing, began, results, chain: stale(made) };
  return {
    ...nothing,
    began,
    results,
    chain: afterOutcome({ ...made, phase: Phase.OVER }, outcome, rules, endOf(report, now), now),
  };
}

function afterOutcome(chain: ChainState, outcome: Outcome, rules: QueueRules, endedAt: Date, now: Date): ChainState {
  if (isSuccess(outcome)) return closed(chain);
  if (isDoNotCall(outcome)) return { ...closed(chain), recordType: RecordType.RECORD_TYPE_NO_CALL };
  if (isCancelled(outcome)) return cancelChain(chain);
  const next = followOutcome(
    rules.treatments,
    { devices: chain.devices.length, place: chain.place, treatmentCounts: chain.treatmentCounts },
    outcome,
    endedAt,
  );
  const treated = { ...chain, treatmentCounts: next.treatmentCounts };
  if (next.action === "finish") return closed(treated);
  const waiting = again(
    { ...treated, place: next.place, recordType: RecordType.RECORD_TYPE_CAMPAIGN_RESCHEDULED },
    later(next.at, now),
    RETRY,
    rules,
  );
  const asUnit = next.action === "retry" && waiting.lane !== Lane.NONE;
  return asUnit ? { ...waiting, recordStatus: RecordStatus.RECORD_STATUS_CHAIN_READY } : waiting;
}

function refused(
  chain: ChainState,
  report: ChainReport & { kind: "refused" },
  rules: QueueRules,
  now: Date,
): Settlement {
  const { reason, earliest, repeats } = report;
  const told: ChainState = { ...chain, phase: Phase.OVER, refusalReason: reason };
  return { ...nothing, refusal: repeats ? undefined : reason, chain: afterRefusal(told, reason, earliest, rules, now) };
}

function afterRefusal(
  chain: ChainState,
  reason: string,
  earliest: Date | undefined,
  rules: QueueRules,
  now: Date,
): ChainState {
  if (earliest) return again(chain, later(earliest, now), reason, rules);
  // The group was just being paused or stopped, or compliance does not know yet that it has started: no fault of the contact.
  if (reason === "campaign_not_running")
    return again(chain, new Date(now.getTime() + NOT_RUNNING_WAIT_MS), reason, rules);
  return nextDevice(chain, reason, rules, now);
}

/** The device must never be tried: the next device is taken, or the chain is closed. */
function nextDevice(chain: ChainState, reason: string, rules: QueueRules, now: Date): ChainState {
  const place = chain.place + 1;
  if (!WHOLE_CHAIN.has(reason) && place < chain.devices.length)
    return again({ ...chain, place, uncounted: 0 }, now, AT_ONCE, rules);
  const recordType = reason.startsWith("suppressed_") ? RecordType.RECORD_TYPE_NO_CALL : chain.recordType;
  return { ...closed(chain), recordType };
}

function notCounted(chain: ChainState, result: string, rules: QueueRules, now: Date): ChainState {
  const uncounted = chain.uncounted + 1;
  const told: ChainState = { ...chain, phase: Phase.OVER, uncounted };
  if (uncounted < rules.uncountedTries) return again(told, new Date(now.getTime() + UNCOUNTED_WAIT_MS), result, rules);
  return nextDevice({ ...told, refusalReason: result }, result, rules, now);
}

/** Puts the chain back into the queue, unless its group is stopped or it was closed meanwhile. */
function again(chain: ChainState, due: Date, waitsFor: string, rules: QueueRules): ChainState {
  if (!rules.open || chain.recordStatus === RecordStatus.RECORD_STATUS_CANCELLED) return cancelChain(chain);
  return { ...chain, recordStatus: RecordStatus.RECORD_STATUS_READY, lane: Lane.AGAIN, due, waitsFor };
}

const closed = (chain: ChainState): ChainState => ({
  ...chain,
  recordStatus: RecordStatus.RECORD_STATUS_UPDATED,
  lane: Lane.NONE,
  due: undefined,
});
const stale = (chain: ChainState): ChainState => ({
  ...chain,
  phase: Phase.BEGUN,
  recordStatus: RecordStatus.RECORD_STATUS_STALE,
  lane: Lane.NONE,
  due: undefined,
});
const isClosed = (chain: ChainState): boolean => chain.recordStatus === RecordStatus.RECORD_STATUS_CANCELLED;

/** Undoes the counting of an attempt that was counted when it began. */
const notMade = (chain: ChainState): ChainState =>
  chain.phase === Phase.BEGUN ? { ...chain, attempts: chain.attempts - 1 } : chain;

const later = (a: Date, b: Date): Date => (a > b ? a : b);
/** A report cannot come from the future, whatever its sender's clock says. */
const endOf = (report: ChainReport, now: Date): Date => (report.at < now ? report.at : now);
