/** The facts that are stored with a decision. They are enough to explain later what every rule said. Pure. */
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import {
  type Decision,
  type RuleVerdict,
  Verdict as VerdictValue,
} from "../../../gen/herald/compliance/v1/decision.ts";
import { Rule } from "../../../gen/herald/compliance/v1/rule.ts";
import type { DecisionRow } from "./decision-rows.ts";
import type { KeptRuleSet } from "../rules/rule-book.ts";
import { type CapAnswer, type Facts, type ListAnswer, says } from "../rules/engine/decide.ts";
import type { Evidence } from "../rules/engine/evidence.ts";
import type { Hold } from "../rules/engine/hold.ts";
import { type Plan, RuleSet, withoutRules } from "../rules/engine/rule-set.ts";
import { holdsFor } from "../suppression/suppression-lists.ts";

/** The names are short, because this is stored for every attempt. */
export interface KeptFacts {
  /** Where the contact may be. */
  at: Evidence;
  /** Whether the campaign group was running; absent outside campaigns. */
  running?: boolean;
  /** Why the device cannot be reached. */
  fault?: string;
  /** 1 if it answered what the person had just written. */
  answers?: 1;
  /** The program for which it was made, where any list held for one alone. */
  program?: string;
  /** Suppression lists and rules that the group named. */
  lists?: readonly string[];
  rules?: readonly string[];
  /** Lists that had an entry: id, from, until in milliseconds (null: open). */
  hits?: readonly [string, number | null, number | null][];
  /** The caps, in the order of the plan: attempts before this one, and when there is room again (null: there is room now, or never). */
  caps?: readonly [number, number | null][];
  /** The attempt that was in progress: "c" or "m" for a call or a message, "d" or "c" for the same device or client, and until when it lasts, milliseconds. */
  busy?: readonly ["c" | "m", "d" | "c", number];
}

const evidenceTexts = new WeakMap<Plan, string>();

/** What the check named. */
interface NamedFacts {
  listIds: readonly string[];
  ruleIds: readonly string[];
  programId: string;
}

/** The facts as JSON text. The part that all attempts of a plan share is made once. */
export function writeFacts(facts: Facts, named: NamedFacts): string {
  let evidence = evidenceTexts.get(facts.plan);
  if (evidence === undefined) evidenceTexts.set(facts.plan, (evidence = JSON.stringify(facts.plan.evidence)));
  let text = `{"at":${evidence}`;
  if (facts.running !== undefined) text += `,"running":${facts.running}`;
  if (facts.deviceFault !== undefined) text += `,"fault":${JSON.stringify(facts.deviceFault)}`;
  if (facts.answers) text += `,"answers":1`;
  if (named.programId !== "") text += `,"program":${JSON.stringify(named.programId)}`;
  if (named.listIds.length > 0) text += `,"lists":${JSON.stringify(named.listIds)}`;
  if (named.ruleIds.length > 0) text += `,"rules":${JSON.stringify(named.ruleIds)}`;
  const hits = facts.lists.filter(({ entry }) => entry !== undefined);
  if (hits.length > 0)
    text += `,"hits":${JSON.stringify(hits.map(({ id, entry }) => [id, entry?.fromMs ?? null, entry?.untilMs ?? null]))}`;
  if (facts.caps.length > 0)
    text += `,"caps":${JSON.stringify(facts.caps.map(({ count, freeAtMs }) => [count, freeAtMs ?? null]))}`;
  const hold = facts.progress?.hold;
  if (hold) text += `,"busy":${JSON.stringify([hold.kind[0], hold.subject[0], hold.untilMs])}`;
  return `${text}}`;
}

/** Finds out what every rule said when the decision was made. */
export function explain(row: DecisionRow, ruleSet: KeptRuleSet): RuleVerdict[] {
  const facts = readFacts(row, ruleSet);
  return says(facts, row.decide_time.getTime()).map((say) => {
    const earliestMs = say.earliestMs();
    return {
      ruleId: say.ruleId,
      ruleName: say.ruleName,
      reason: say.reason,
      verdict: say.refused ? VerdictValue.VERDICT_REFUSED : VerdictValue.VERDICT_ALLOWED,
      explanation: say.explanation(),
      earliestTime: earliestMs === undefined ? undefined : new Date(earliestMs),
    };
  });
}

function readFacts(row: DecisionRow, ruleSet: KeptRuleSet): Facts {
  const kept = row.facts as KeptFacts;
  const channel = row.channel as Channel;
  const rules = new RuleSet(
    ruleSet.rules.map((rule) => Rule.fromJSON(rule)),
    ruleSet.policy,
  );
  const plan = rules.plan("", channel, kept.rules ?? [], () => kept.at);
  const answers = kept.answers !== undefined;
  return {
    channel,
    running: kept.running,
    deviceFault: kept.fault,
    answers,
    plan: answers ? withoutRules(plan) : plan,
    lists: answers ? [] : readLists(kept, channel, ruleSet.lists),
    caps: (kept.caps ?? []).map(([count, freeAtMs]): CapAnswer =>
      freeAtMs === null ? { count } : { count, freeAtMs },
    ),
    progress: answers ? undefined : rules.policy && { policy: rules.policy, hold: readHold(kept.busy) },
  };
}

function readHold(busy: KeptFacts["busy"]): Hold | undefined {
  if (!busy) return undefined;
  const [kind, subject, untilMs] = busy;
  return { kind: kind === "c" ? "call" : "message", subject: subject === "d" ? "device" : "client", untilMs };
}

function readLists(
  { lists: named = [], hits = [], program = "" }: KeptFacts,
  channel: Channel,
  lists: KeptRuleSet["lists"],
): ListAnswer[] {
  const asked = lists.filter((list) => (list.required || named.includes(list.id)) && holdsFor(list, channel, program));
  return asked.map(({ id, name, byClient }) => {
    const hit = hits.find(([listId]) => listId === id);
    return { id, name, byClient, ...(hit && { entry: { fromMs: hit[1] ?? undefined, untilMs: hit[2] ?? undefined } }) };
  });
}

/** A stored decision as callers see it. */
export function toDecision(row: DecisionRow): Decision {
  return {
    attemptId: row.attempt_id,
    verdict: row.reason === 0 ? VerdictValue.VERDICT_ALLOWED : VerdictValue.VERDICT_REFUSED,
    reason: row.reason as Decision["reason"],
    ruleId: row.rule_id ?? "",
    ruleName: row.rule_name ?? "",
    explanation: row.explanation ?? "",
    earliestTime: row.earliest_time ?? undefined,
    decideTime: row.decide_time,
    zones: [...(row.facts as KeptFacts).at.zones],
    channel: row.channel as Channel,
    contactInfo: row.contact_info,
    clientId: row.client_id,
    campaignGroupId: row.campaign_group_id ?? "",
  };
}
