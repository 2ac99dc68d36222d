/** What is counted for attempt caps. Rules that count the same attempts of the same subjects share a counter, whatever their limits. */
import { createHash } from "node:crypto";
import type { Channel } from "../../../../gen/herald/common/v1/channel.ts";
import { type AttemptCap, CapScope, CapSubject, type Rule } from "../../../../gen/herald/compliance/v1/rule.ts";
import { type Evidence, mayBeIn } from "./evidence.ts";

export interface Counter {
  id: string;
  /** No rule needs attempts that are older. */
  horizonMs: number;
  byClient: boolean;
  byGroup: boolean;
  channels: readonly Channel[];
  places: readonly string[];
}

/** What counters need of an attempt. */
export interface CounterSubject {
  device: string;
  clientId: string;
  campaignGroupId: string;
}

/** The counters of a tenant's caps, each once, with the longest period that any rule asks for. */
export function countersOf(rules: readonly Rule[]): ReadonlyMap<string, Counter> {
  const counters = new Map<string, Counter>();
  for (const rule of rules) {
    if (rule.body?.$case !== "attemptCap") continue;
    const cap = rule.body.attemptCap;
    const id = counterId(rule, cap);
    const horizonMs = Math.max(counters.get(id)?.horizonMs ?? 0, cap.periodSeconds * 1_000);
    const byClient = cap.subject === CapSubject.CAP_SUBJECT_CLIENT_ID;
    const byGroup = cap.scope === CapScope.CAP_SCOPE_CAMPAIGN_GROUP;
    counters.set(id, { id, horizonMs, byClient, byGroup, channels: rule.channels, places: cap.places });
  }
  return counters;
}

/** The id of the counter that a rule uses. */
export function counterId(rule: Rule, { subject, scope, places }: AttemptCap): string {
  const what = JSON.stringify([subject, scope, rule.channels.toSorted((a, b) => a - b), places.toSorted()]);
  return createHash("sha256").update(what).digest("hex").slice(0, 12);
}

/** Whether a counter counts attempts on this channel at this place. All of the tenant's count, whether or not their group named the rule. */
export const isFedBy = ({ channels, places }: Counter, channel: Channel, evidence: Evidence): boolean =>
  (channels.length === 0 || channels.includes(channel)) && mayBeIn(places, evidence);

/** Where a counter keeps the attempts of one subject, below the tenant's prefix; undefined when it does not count this attempt. `lua/check.lua` says the same. */
export function counterKey(
  { id, byClient, byGroup }: Counter,
  { device, clientId, campaignGroupId }: CounterSubject,
): string | undefined {
  if (byGroup && campaignGroupId === "") return undefined;
  const subject = byClient && clientId !== "" ? clientId : device;
  return `c:${id}:${byGroup ? campaignGroupId : ""}:${subject}`;
}
