/** The rules of one tenant at one moment, prepared for checking. */
import { createHash } from "node:crypto";
import type { Channel } from "../../../../gen/herald/common/v1/channel.ts";
import type { AttemptCap, Rule } from "../../../../gen/herald/compliance/v1/rule.ts";
import { ELSEWHERE } from "./built-in.ts";
import { Calendar } from "./calendar.ts";
import { type Counter, counterId, countersOf, isFedBy } from "./counters.ts";
import { type Evidence, knownPlace, mayBeIn } from "./evidence.ts";
import { anyHolds, type HoldPolicy } from "./hold.ts";
import { ALWAYS, guarded, intersection, type Week, weekOf } from "./week.ts";

/** Every contact window is this much shorter at both ends, because clocks differ and a call takes time to ring. */
const GUARD_MINUTES = 5;

/** A contact window that holds for an attempt. */
export interface WindowRule {
  rule: Rule;
  /** As written, for people. */
  week: Week;
  /** What remains of it with the guard at its edges. */
  open: Week;
}

/** An attempt cap that holds for an attempt. */
export interface CapRule {
  rule: Rule;
  cap: AttemptCap;
  counter: Counter;
}

/** A location rule, and the place in which it forbids an attempt, if it does. */
export interface LocationVerdict {
  rule: Rule;
  forbidden: string | undefined;
}

/** The rules that apply to all attempts on one channel at one place. Made once and used for many attempts. */
export interface Plan {
  evidence: Evidence;
  locations: readonly LocationVerdict[];
  windows: readonly WindowRule[];
  /** When all windows are open in all zones. Undefined when no window applies. */
  calendar: Calendar | undefined;
  caps: readonly CapRule[];
  /** What counts the attempt once it is allowed. */
  feeds: readonly Counter[];
}

/** For an answer, which the person expects: neither places nor hours nor caps refuse it, and it counts nowhere. */
export const withoutRules = (plan: Plan): Plan => ({
  ...plan,
  locations: [],
  windows: [],
  calendar: undefined,
  caps: [],
  feeds: [],
});

const MOST_PLANS = 20_000;

export class RuleSet {
  readonly rules: readonly Rule[];
  readonly counters: ReadonlyMap<string, Counter>;
  /** How long attempts hold their device and client. Undefined when they do not. */
  readonly policy: HoldPolicy | undefined;
  readonly #windows: readonly WindowRule[];
  readonly #plans = new Map<string, Plan>();
  #windowsVersion: string | undefined;

  /** `rules` are asked in their order: built-in ones first. Without a policy attempts hold nothing. */
  constructor(rules: readonly Rule[], policy?: HoldPolicy) {
    this.rules = rules;
    this.policy = policy && anyHolds(policy) ? policy : undefined;
    this.counters = countersOf(rules);
    this.#windows = rules.flatMap((rule) => {
      if (rule.body?.$case !== "contactWindow") return [];
      const week = weekOf(rule.body.contactWindow.openTimes);
      return [{ rule, week, open: guarded(week, GUARD_MINUTES) }];
    });
  }

  /** Names the windows and location rules: while it stays, so does when attempts may be made. */
  get windowsVersion(): string {
    return (this.#windowsVersion ??= versionOf(this.rules));
  }

  /** Finds the plan of an attempt. `key` stands for channel, rules and evidence, so that attempts which are alike share one plan. */
  plan(key: string, channel: Channel, ruleIds: readonly string[], evidence: () => Evidence): Plan {
    let plan = this.#plans.get(key);
    if (!plan) {
      // Dropping all plans is the simplest limit. Those in use are made again at once.
      if (this.#plans.size >= MOST_PLANS) this.#plans.clear();
      this.#plans.set(key, (plan = this.#makePlan(channel, ruleIds, evidence())));
    }
    return plan;
  }

  #makePlan(channel: Channel, ruleIds: readonly string[], evidence: Evidence): Plan {
    const asked = (rule: Rule) =>
      (rule.required || ruleIds.includes(rule.id)) && (rule.channels.length === 0 || rule.channels.includes(channel));
    const rules = this.rules.filter(asked);
    const windows = this.#windowsFor(asked, evidence);
    return {
      evidence,
      locations: rules.flatMap((rule) =>
        rule.body?.$case === "location" ? [{ rule, forbidden: knownPlace(rule.body.location.places, evidence) }] : [],
      ),
      windows,
      calendar: windows.length > 0 ? calendarOf(windows, evidence.zones) : undefined,
      caps: rules.flatMap((rule) => this.#capFor(rule, evidence)),
      feeds: [...this.counters.values()].filter((counter) => isFedBy(counter, channel, evidence)),
    };
  }

  #capFor(rule: Rule, evidence: Evidence): CapRule[] {
    if (rule.body?.$case !== "attemptCap") return [];
    const cap = rule.body.attemptCap;
    const counter = this.counters.get(counterId(rule, cap)) as Counter;
    return mayBeIn(cap.places, evidence) ? [{ rule, cap, counter }] : [];
  }

  #windowsFor(asked: (rule: Rule) => boolean, evidence: Evidence): WindowRule[] {
    const windows = this.#windows.filter(({ rule }) => asked(rule));
    const places = ({ rule }: WindowRule) =>
      rule.body?.$case === "contactWindow" ? rule.body.contactWindow.places : [];
    const covered = windows.filter(({ rule }) => isBuiltIn(rule) && rule.id !== ELSEWHERE).flatMap(places);
    const isElsewhere =
      evidence.countries.length === 0 || evidence.countries.some((country) => !covered.includes(country));
    return windows.filter((window) => (window.rule.id === ELSEWHERE ? isElsewhere : mayBeIn(places(window), evidence)));
  }
}

function versionOf(rules: readonly Rule[]): string {
  const asked = rules.filter(({ body }) => body?.$case !== "attemptCap");
  const content = asked.map(({ id, required, channels, body }) => [id, required, channels, body]);
  return createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 32);
}

const isBuiltIn = (rule: Rule): boolean => rule.id.startsWith("builtin:");

function calendarOf(windows: readonly WindowRule[], zones: readonly string[]): Calendar {
  const week = windows.reduce<Week>((open, window) => intersection(open, window.open), ALWAYS);
  return new Calendar(week, zones);
}
