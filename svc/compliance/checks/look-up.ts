/**
 * One question to Redis for a whole batch: which lists hold these attempts, how many came before, and what is in progress; those that may be made
 * are counted and hold their device and client.
 */
import type { ComplianceRedis, BatchAnswer } from "../redis/redis-store.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { Counter } from "../rules/engine/counters.ts";
import type { CapAnswer, ListAnswer } from "../rules/engine/decide.ts";
import { type Hold, type HoldPolicy, holdsId } from "../rules/engine/hold.ts";
import type { CapRule, Plan } from "../rules/engine/rule-set.ts";
import type { ListSet, TenantLists } from "../suppression/suppression-view.ts";

/** What Redis has to know about an attempt. */
export interface Subject {
  attemptId: string;
  device: string;
  clientId: string;
  campaignGroupId: string;
  recordId: string;
  leaseNumber: number;
  channel: Channel;
  plan: Plan;
  lists: ListSet;
  /** True when no rule in memory refuses it and it is no "what if". Then Redis counts it and holds its device and client, unless lists, caps or other attempts refuse it. */
  reserves: boolean;
}

/** What Redis said about one attempt. */
export interface LookUpResult {
  lists: readonly ListAnswer[];
  caps: readonly CapAnswer[];
  /** True when this question counted it for the first time. */
  isNewlyCounted: boolean;
  /** The attempt in progress because of which it is refused. */
  hold: Hold | undefined;
}

export type LookUp = { kind: "found"; found: LookUpResult[] } | Exclude<BatchAnswer, { kind: "answered" }>;

const NO_CAPS: readonly CapAnswer[] = [];

/** What of the tenant's rules Redis has to know. */
export interface Rules {
  version: number;
  counters: ReadonlyMap<string, Counter>;
  policy: HoldPolicy | undefined;
}

/** Filled counters are valid for one run of the Redis server and one version of the rules. `lua/check.lua` builds the same text. */
export const filledFor = ({ runId }: TenantLists, version: number): string => `${runId} ${version}`;

/** Asks Redis. When it answers that the marker is another or a counter is missing, nothing was counted. */
export async function lookUp(
  redis: ComplianceRedis,
  tenantId: string,
  tenant: TenantLists,
  rules: Rules,
  subjects: readonly Subject[],
  nowMs: number,
): Promise<LookUp> {
  const answer = await redis.check(tenantId, tenant.marker, batchOf(tenant, rules, subjects, nowMs));
  if (answer.kind !== "answered") return answer;
  const found = readCaps(subjects, answer.counts);
  addHits(found, subjects, answer.hits);
  addHolds(found, answer.busy);
  for (const position of answer.reserved) (found[position] as LookUpResult).isNewlyCounted = true;
  return { kind: "found", found };
}

/** The batch in the form that `lua/check.lua` reads. What attempts share is written once, and attempts name its position. */
function batchOf({ prefix, runId }: TenantLists, rules: Rules, subjects: readonly Subject[], nowMs: number): object {
  const sets = new Numbering<ListSet>();
  const plans = new Numbering<Plan>();
  const counters = new Numbering<Counter>();
  const caps = new Numbering<CapRule>();
  const checks = subjects.map(
    ({ lists, plan, attemptId, device, clientId, campaignGroupId, reserves, channel, recordId, leaseNumber }) => [
      sets.of(lists),
      plans.of(plan),
      attemptId,
      device,
      clientId,
      campaignGroupId,
      reserves ? 1 : 0,
      channel === Channel.CHANNEL_VOICE ? "c" : "m",
      recordId,
      leaseNumber,
    ],
  );
  const numberedPlans = plans.all.map((plan) => ({
    caps: plan.caps.map((cap) => caps.of(cap)),
    feeds: plan.feeds.map((counter) => counters.of(counter)),
  }));
  return {
    now: nowMs,
    prefix,
    run: runId,
    version: String(rules.version),
    known: [...rules.counters.keys(), ...(rules.policy ? [holdsId(rules.policy)] : [])],
    policy: rules.policy && { id: holdsId(rules.policy), call: rules.policy.callMs, message: rules.policy.messageMs },
    caps: caps.all.map(({ cap, counter }) => ({
      counter: counters.of(counter),
      limit: cap.limit,
      period: cap.periodSeconds * 1_000,
    })),
    counters: counters.all.map(({ id, horizonMs, byClient, byGroup }) => ({
      id,
      horizon: horizonMs,
      byClient,
      byGroup,
    })),
    lists: sets.all.map(({ lists }) =>
      lists.map(({ id, byClient, windows, dense }) => ({ id, byClient, windows, dense })),
    ),
    plans: numberedPlans,
    checks,
  };
}

/** Numbers things in the order in which they first appear. It begins at 1, as arrays in Lua do. */
class Numbering<T> {
  readonly all: T[] = [];
  readonly #numbers = new Map<T, number>();

  of(thing: T): number {
    let number = this.#numbers.get(thing);
    if (number === undefined) this.#numbers.set(thing, (number = this.all.push(thing)));
    return number;
  }
}

function readCaps(subjects: readonly Subject[], counts: readonly number[]): LookUpResult[] {
  let at = 0;
  return subjects.map(({ plan, lists }) => {
    if (plan.caps.length === 0) return { lists: lists.answers, caps: NO_CAPS, isNewlyCounted: false, hold: undefined };
    const caps = plan.caps.map(() => {
      const [count, freeAtMs] = [counts[at++] as number, counts[at++] as number];
      return freeAtMs < 0 ? { count } : { count, freeAtMs };
    });
    return { lists: lists.answers, caps, isNewlyCounted: false, hold: undefined };
  });
}

function addHits(found: LookUpResult[], subjects: readonly Subject[], hits: readonly (number | string)[]): void {
  for (let i = 0; i < hits.length; i += 3) {
    const [position, number, window] = hits.slice(i, i + 3) as [number, number, string];
    const one = found[position] as LookUpResult;
    if (one.lists === subjects[position]?.lists.answers) one.lists = [...one.lists];
    (one.lists as ListAnswer[])[number] = { ...(one.lists[number] as ListAnswer), entry: readWindow(window) };
  }
}

function addHolds(found: readonly LookUpResult[], busy: readonly string[]): void {
  for (let i = 0; i < busy.length; i += 4) {
    const [position, kind, subject, until] = busy.slice(i, i + 4) as [string, string, string, string];
    (found[Number(position)] as LookUpResult).hold = {
      kind: kind === "c" ? "call" : "message",
      subject: subject === "d" ? "device" : "client",
      untilMs: Number(until),
    };
  }
}

function readWindow(window: string): { fromMs?: number; untilMs?: number } {
  const [from = "", until = ""] = window.split(":");
  return { ...(from !== "" && { fromMs: Number(from) }), ...(until !== "" && { untilMs: Number(until) }) };
}
