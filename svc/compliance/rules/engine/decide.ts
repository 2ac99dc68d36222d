/** Decides one attempt. Pure: facts and the time go in, a decision or every rule's verdict comes out. */
import type { Channel } from "../../../../gen/herald/common/v1/channel.ts";
import { RefusalReason } from "../../../../gen/herald/compliance/v1/decision.ts";
import { Calendar, isOpenAt } from "./calendar.ts";
import type { CapRule, LocationVerdict, Plan, WindowRule } from "./rule-set.ts";
import { askAgainMs, type Hold, type HoldAnswer, type HoldPolicy } from "./hold.ts";
import { attempts, count, instant, localTime, openToday, period } from "./words.ts";

/** One suppression list that was asked. */
export interface ListAnswer {
  id: string;
  name: string;
  /** Whether it names client ids rather than devices. */
  byClient: boolean;
  /** The list's entry for the attempt, whether it holds now or not; an absent end means for ever. */
  entry?: { fromMs?: number | undefined; untilMs?: number | undefined } | undefined;
}

/** One attempt cap that was asked; in the order of the plan's caps. */
export interface CapAnswer {
  /** Attempts within the period, without this one. */
  count: number;
  /** When enough of them have left the period; undefined when that never happens (a limit of 0). */
  freeAtMs?: number | undefined;
}

/** All facts that a decision depends on. */
export interface Facts {
  channel: Channel;
  /** Undefined for attempts outside campaigns. */
  running: boolean | undefined;
  /** Why the device cannot be reached; undefined when it can. */
  deviceFault: string | undefined;
  /** Whether it answers what the person has just written. Then the plan has no rules, and no list is asked. */
  answers: boolean;
  plan: Plan;
  lists: readonly ListAnswer[];
  caps: readonly CapAnswer[];
  /** Undefined when the tenant's policy lets attempts follow each other at once. */
  progress: HoldAnswer | undefined;
}

/** What a decision says; `reason` is UNSPECIFIED when the attempt is allowed. */
export interface Verdict {
  reason: RefusalReason;
  ruleId: string;
  ruleName: string;
  explanation: string;
  earliestMs: number | undefined;
}

/** What one rule says. Its words and times are only made when they are needed. */
export interface Say {
  ruleId: string;
  ruleName: string;
  reason: RefusalReason;
  refused: boolean;
  explanation: () => string;
  earliestMs: () => number | undefined;
}

const ALLOWED: Verdict = {
  reason: RefusalReason.REFUSAL_REASON_UNSPECIFIED,
  ruleId: "",
  ruleName: "",
  explanation: "",
  earliestMs: undefined,
};
const never = () => undefined;

/** Rules are asked in the order of RefusalReason; the first refusal is the reason people see. */
export function decide(facts: Facts, nowMs: number): Verdict {
  if (!isRefused(facts, nowMs)) return ALLOWED;
  const first = says(facts, nowMs).find((say) => say.refused) as Say;
  return {
    reason: first.reason,
    ruleId: first.ruleId,
    ruleName: first.ruleName,
    explanation: first.explanation(),
    earliestMs: earliestTime(facts, nowMs),
  };
}

/** Every rule that has a say, in the order in which they are asked. */
export function says(facts: Facts, nowMs: number): Say[] {
  const { plan, channel } = facts;
  const deviceLists = facts.lists.filter((list) => !list.byClient);
  const clientLists = facts.lists.filter((list) => list.byClient);
  return [
    ...(facts.running === undefined ? [] : [campaignSays(facts.running)]),
    deviceSays(facts.deviceFault),
    ...(facts.answers ? [ANSWER_SAYS] : []),
    ...[...deviceLists, ...clientLists].map((list) => listSays(list, nowMs)),
    ...plan.locations.map(locationSays),
    ...plan.windows.map((window) => windowSays(window, plan.evidence.zones, channel, nowMs)),
    ...plan.caps.map((cap, i) => capSays(cap, facts.caps[i] ?? { count: 0 })),
    ...(facts.progress ? [progressSays(facts.progress, nowMs)] : []),
  ];
}

/** Tells whether any rule refuses, as `says` does, but without making words. Most attempts are allowed, so this is the hot path. */
function isRefused(
  { running, deviceFault, plan, lists, caps, progress }: Omit<Facts, "channel" | "answers">,
  nowMs: number,
): boolean {
  return (
    running === false ||
    deviceFault !== undefined ||
    lists.some((list) => holds(list, nowMs)) ||
    plan.locations.some(({ forbidden }) => forbidden !== undefined) ||
    plan.calendar?.isOpen(nowMs) === false ||
    caps.some(({ count }, i) => count >= (plan.caps[i] as CapRule).cap.limit) ||
    progress?.hold !== undefined
  );
}

/** Whether nothing but suppression, caps and attempts in progress, which are asked of Redis, can still refuse. */
export function mayBeAllowed(known: Pick<Facts, "running" | "deviceFault" | "plan">, nowMs: number): boolean {
  return !isRefused({ ...known, lists: [], caps: [], progress: undefined }, nowMs);
}

/** The first instant at which every refusal has passed and all windows are open; undefined when one of them never passes by itself. */
function earliestTime({ running, deviceFault, plan, lists, caps, progress }: Facts, nowMs: number): number | undefined {
  if (running === false || deviceFault !== undefined || plan.locations.some(({ forbidden }) => forbidden))
    return undefined;
  const waits = [
    ...lists.filter((list) => holds(list, nowMs)).map((list) => list.entry?.untilMs),
    ...caps.filter(({ count }, i) => count >= (plan.caps[i] as CapRule).cap.limit).map(({ freeAtMs }) => freeAtMs),
    ...(progress?.hold ? [askAgainMs(progress.hold, nowMs)] : []),
  ];
  if (waits.includes(undefined)) return undefined;
  const at = Math.max(nowMs, ...(waits as number[]));
  return plan.calendar ? plan.calendar.nextOpen(at) : at;
}

function campaignSays(running: boolean): Say {
  return {
    ruleId: "builtin:campaign-running",
    ruleName: "Campaign group is running",
    reason: RefusalReason.REFUSAL_REASON_CAMPAIGN_NOT_RUNNING,
    refused: !running,
    explanation: () =>
      running ? "The campaign group is running." : "The campaign group is not running, or is not known.",
    earliestMs: never,
  };
}

const ANSWER_SAYS: Say = {
  ruleId: "builtin:answer",
  ruleName: "Answers to people",
  reason: RefusalReason.REFUSAL_REASON_UNSPECIFIED,
  refused: false,
  explanation: () => "It answers what the person has just written, so suppression, hours and caps do not hold.",
  earliestMs: never,
};

function deviceSays(fault: string | undefined): Say {
  return {
    ruleId: "builtin:device-valid",
    ruleName: "Device can be reached",
    reason: RefusalReason.REFUSAL_REASON_DEVICE_INVALID,
    refused: fault !== undefined,
    explanation: () => fault ?? "The device is written correctly and can exist.",
    earliestMs: never,
  };
}

const holds = ({ entry }: ListAnswer, nowMs: number): boolean =>
  entry !== undefined && nowMs >= (entry.fromMs ?? -Infinity) && nowMs < (entry.untilMs ?? Infinity);

function listSays(list: ListAnswer, nowMs: number): Say {
  const refused = holds(list, nowMs);
  return {
    ruleId: list.id,
    ruleName: list.name,
    reason: list.byClient
      ? RefusalReason.REFUSAL_REASON_SUPPRESSED_CLIENT
      : RefusalReason.REFUSAL_REASON_SUPPRESSED_DEVICE,
    refused,
    explanation: () => listExplanation(list, refused),
    earliestMs: () => (refused ? list.entry?.untilMs : undefined),
  };
}

function listExplanation({ name, byClient, entry }: ListAnswer, refused: boolean): string {
  const what = byClient ? "client" : "device";
  if (!entry) return `The suppression list "${name}" does not hold this ${what}.`;
  const { fromMs, untilMs } = entry;
  const span = [
    ...(fromMs === undefined ? [] : [`from ${instant(fromMs)}`]),
    ...(untilMs === undefined ? [] : [`until ${instant(untilMs)}`]),
  ];
  return `The suppression list "${name}" holds this ${what}${span.length > 0 ? ` ${span.join(" ")}` : ""}${refused ? "" : ", not now"}.`;
}

function locationSays({ rule, forbidden }: LocationVerdict): Say {
  return {
    ruleId: rule.id,
    ruleName: rule.name,
    reason: RefusalReason.REFUSAL_REASON_LOCATION_FORBIDDEN,
    refused: forbidden !== undefined,
    explanation: () =>
      forbidden === undefined
        ? "The contact is in none of the places that this rule forbids."
        : `This rule forbids attempts in ${forbidden}.`,
    earliestMs: never,
  };
}

function windowSays(window: WindowRule, zones: readonly string[], channel: Channel, nowMs: number): Say {
  const closedIn = zones.find((zone) => !isOpenAt(window.open, zone, nowMs));
  const refused = closedIn !== undefined || zones.length === 0;
  return {
    ruleId: window.rule.id,
    ruleName: window.rule.name,
    reason: RefusalReason.REFUSAL_REASON_OUTSIDE_WINDOW,
    refused,
    explanation: () => windowExplanation(window, zones, closedIn, channel, nowMs),
    earliestMs: () => (refused ? new Calendar(window.open, zones).nextOpen(nowMs) : undefined),
  };
}

function windowExplanation(
  { week, open }: WindowRule,
  zones: readonly string[],
  closedIn: string | undefined,
  channel: Channel,
  nowMs: number,
): string {
  if (zones.length === 0) return "No time zone is known for the contact, so no time is known to be right.";
  if (closedIn === undefined) {
    const times = zones.map((zone) => `${localTime(zone, nowMs)} in ${zone}`);
    return `It is ${times.join(", ")}: within the allowed hours.`;
  }
  return `It is ${localTime(closedIn, nowMs)} for the contact in ${closedIn}; ${attempts(channel)} are ${openToday(week, open, closedIn, nowMs)}.`;
}

function capSays({ rule, cap }: CapRule, { count: made, freeAtMs }: CapAnswer): Say {
  const refused = made >= cap.limit;
  const one = cap.subject === 2 ? "client" : "device";
  const within = cap.scope === 2 ? " of this campaign group" : "";
  return {
    ruleId: rule.id,
    ruleName: rule.name,
    reason: RefusalReason.REFUSAL_REASON_ATTEMPT_CAP,
    refused,
    explanation: () =>
      `${count(made, "attempt")}${within} on this ${one} in the last ${period(cap.periodSeconds)}; ${cap.limit} ${cap.limit === 1 ? "is" : "are"} allowed.`,
    earliestMs: () => (refused ? freeAtMs : undefined),
  };
}

function progressSays({ policy, hold }: HoldAnswer, nowMs: number): Say {
  return {
    ruleId: "builtin:attempt-in-progress",
    ruleName: "No other attempt is in progress",
    reason: RefusalReason.REFUSAL_REASON_ATTEMPT_IN_PROGRESS,
    refused: hold !== undefined,
    explanation: () =>
      hold ? holdExplanation(hold, policy) : "No other attempt to this device or client is in progress.",
    earliestMs: () => hold && askAgainMs(hold, nowMs),
  };
}

const holdExplanation = ({ kind, subject }: Hold, { messageMs }: HoldPolicy): string =>
  kind === "call"
    ? `A call to this ${subject} is in progress; other attempts wait until it has ended.`
    : `A message to this ${subject} was allowed within the last ${period(messageMs / 1_000)}; other attempts wait for the end of that time.`;
