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

/** An attempt as far as Redis is asked about it. */
export interface Subject {
  attemptId: string;
  device: string;
  clientId: string;
  campaignGroupId: string;
  recordId: string;
  channel: Channel;
  plan: Plan;
  lists: ListSet;
  /** Counts against caps and holds its device and client, if these let it: nothing else refuses it, and it is no "what if". */
  reserves: boolean;
}

/** What Redis said about one attempt. */
export interface LookUpResult {
  lists: readonly ListAnswer[];
  caps: readonly CapAnswer[];
  /** Whether it counts from now on, and did not before. */
  isNewlyCounted: boolean;
  /** What is in progress and keeps it off. */
  hold: Hold | undefined;
}

export type LookUp = { kind: "found"; found: LookUpResult[] } | Exclude<BatchAnswer, { kind: "answered" }>;

const NO_CAPS: readonly CapAnswer[] = [];

/** The rules that ask. */
export interface Rules {
  version: number;
  counters: ReadonlyMap<string, Counter>;
  policy: HoldPolicy | undefined;
}

/** What filled counters are good for: one run of Redis, one version of the rules. `lua/check.lua` says the same. */
export const filledFor = ({ runId }: TenantLists, version: number): string => `${runId} ${version}`;

/** Asks. Another marker or a counter that has to be filled first is an answer too: then nothing was reserved. */
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

/** The batch as `lua/check.lua` reads it: what attempts share is written once and named by its position. */
function batchOf({ prefix, runId }: TenantLists, rules: Rules, subjects: readonly Subject[], nowMs: number): object {
  const sets = new Numbering<ListSet>();
  const plans = new Numbering<Plan>();
  const counters = new Numbering<Counter>();
  const caps = new Numbering<CapRule>();
  const checks = subjects.map(
    ({ lists, plan, attemptId, device, clientId, campaignGroupId, reserves, channel, recordId }) => [
      sets.of(lists),
      plans.of(plan),
      attemptId,
      device,
      clientId,
      campaignGroupId,
      reserves ? 1 : 0,
      channel === Channel.CHANNEL_VOICE ? "c" : "m",
      recordId,
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

/** Gives things numbers from 1, as Lua counts, in the order in which they are first met. */
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
