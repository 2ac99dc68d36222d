/** Checks a batch of attempts: rules, then suppression and caps in one question to Redis, then the proof in one statement; answered after that. */
import {
  type AttemptCheck,
  type Decision,
  RefusalReason,
  Verdict as VerdictValue,
} from "../../gen/herald/compliance/v1/attempt_check.ts";
import { RpcError } from "../lib/errors.ts";
import { newId } from "../lib/ids.ts";
import type { CounterFiller } from "./counter-filler.ts";
import { type BatchOf, CountState, type DecisionRow, type DecisionStore, type NewDecision } from "./decision-store.ts";
import { notReady, tooLate } from "./errors.ts";
import type { Events } from "./events.ts";
import { toDecision, writeFacts } from "./kept-facts.ts";
import { filledFor, type Found, lookUp, type Subject } from "./look-up.ts";
import type { ComplianceRedis } from "./redis-store.ts";
import type { RuleBook, TenantBook } from "./rule-book.ts";
import { type Counter, counterKey } from "./rules/counters.ts";
import { decide, type Facts, mayBeAllowed, type Verdict } from "./rules/decide.ts";
import { planFor, readDevice } from "./subject.ts";
import type { SuppressionView, TenantLists } from "./suppression-view.ts";

export interface CheckerDeps {
  rules: RuleBook;
  suppression: SuppressionView;
  redis: ComplianceRedis;
  decisions: DecisionStore;
  counters: CounterFiller;
  events: Events;
  now: () => Date;
}

/** An attempt with everything that the rules look at but what Redis knows. */
interface Asked extends Subject {
  check: AttemptCheck;
  running: boolean | undefined;
  deviceFault: string | undefined;
}

/** An attempt decided, not kept yet. */
interface Decided {
  asked: Asked;
  found: Found;
  verdict: Verdict;
  row: NewDecision;
}

/** Beginnings anew after rules or lists changed under a batch, or counters had to be filled. */
const MOST_TRIES = 5;
/** Filling goes on in the background; a caller is told to come back rather than kept so long. */
const FILL_WAIT_MS = 2_000;

export class Checker {
  readonly #deps: CheckerDeps;

  constructor(deps: CheckerDeps) {
    this.#deps = deps;
  }

  /** Answers in the order of the checks. Throws when it cannot answer them all by the deadline: then none is allowed. */
  async check(tenantId: string, checks: readonly AttemptCheck[], deadlineMs: number): Promise<Decision[]> {
    try {
      return await this.#check(tenantId, checks, deadlineMs);
    } catch (error) {
      if (error instanceof RpcError && error.metadata["why"]) this.#deps.events.refusedToAnswer(error.metadata["why"]);
      throw error;
    }
  }

  async #check(tenantId: string, checks: readonly AttemptCheck[], deadlineMs: number): Promise<Decision[]> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      inTime(deadlineMs);
      const book = await this.#deps.rules.of(tenantId);
      const lists = await this.#deps.suppression.of(tenantId);
      const answers = await this.#tryOnce(tenantId, checks, book, lists, deadlineMs);
      if (answers) return answers;
    }
    throw notReady("rules or lists are changing faster than attempts can be checked");
  }

  /** One try; undefined when what it rests on has changed meanwhile. */
  async #tryOnce(
    tenantId: string,
    checks: readonly AttemptCheck[],
    book: TenantBook,
    lists: TenantLists,
    deadlineMs: number,
  ): Promise<Decision[] | undefined> {
    const now = this.#deps.now();
    const asked = checks.map((check) => ask(check, book, lists, now.getTime()));
    const distinct = firstOfEach(asked);
    const found = await this.#look(tenantId, book, lists, distinct, now, deadlineMs);
    if (!found) return undefined;
    const decided = distinct.map((one, i) => decideOne(one, found[i] as Found, now.getTime()));
    const batch = {
      version: book.version,
      decideTime: now,
      ruleSetId: await this.#deps.rules.ruleSetId(tenantId, book, lists, now),
    };
    inTime(deadlineMs);
    const kept = await this.#deps.decisions.keep(
      tenantId,
      batch,
      decided.map(({ row }) => row),
    );
    if (!kept) {
      this.#deps.rules.forget(tenantId);
      await this.#release(lists, distinct, found);
      return undefined;
    }
    this.#count(decided, kept);
    if (kept === "all" && distinct.length === asked.length) return decided.map((one) => newAnswer(one, now));
    const answers = await this.#answers(tenantId, lists, batch, decided, kept);
    return asked.map(({ attemptId }) => answers.get(attemptId) as Decision);
  }

  /** What Redis knows; undefined when it has to be asked again. */
  async #look(
    tenantId: string,
    book: TenantBook,
    lists: TenantLists,
    asked: readonly Asked[],
    now: Date,
    deadlineMs: number,
  ): Promise<Found[] | undefined> {
    const { redis, suppression } = this.#deps;
    const answer = await lookUp(
      redis,
      tenantId,
      lists,
      { version: book.version, counters: book.ruleSet.counters },
      asked,
      now.getTime(),
    );
    const isConfirmed = await suppression.confirms(tenantId, lists);
    if (answer.kind === "other_marker") suppression.forget(tenantId);
    if (answer.kind === "counter_missing") await this.#fillCounters(tenantId, book, lists, asked, deadlineMs);
    if (answer.kind !== "found") return undefined;
    if (isConfirmed) return answer.found;
    await this.#release(lists, asked, answer.found);
    return undefined;
  }

  async #fillCounters(
    tenantId: string,
    { version }: TenantBook,
    lists: TenantLists,
    asked: readonly Asked[],
    deadlineMs: number,
  ): Promise<void> {
    const counters = new Set<Counter>(asked.flatMap(({ plan }) => plan.caps.map(({ counter }) => counter)));
    const waitMs = Math.min(FILL_WAIT_MS, deadlineMs - Date.now());
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(notReady("the attempts of the past are being counted")), waitMs);
    });
    await Promise.race([
      this.#deps.counters.fill(tenantId, lists.prefix, filledFor(lists, version), [...counters]),
      patience,
    ]).finally(() => clearTimeout(timer));
  }

  /** Answers when some attempts have decisions from before: by attempt id. */
  async #answers(
    tenantId: string,
    lists: TenantLists,
    batch: BatchOf,
    decided: readonly Decided[],
    kept: ReadonlySet<string> | "all",
  ): Promise<Map<string, Decision>> {
    const repeated = kept === "all" ? [] : decided.filter(({ row }) => !kept.has(row.attempt_id));
    const before = new Map<string, DecisionRow>();
    if (repeated.length > 0) {
      for (const row of await this.#deps.decisions.find(
        tenantId,
        repeated.map(({ row }) => row.attempt_id),
      ))
        before.set(row.attempt_id, row);
    }
    const answers = new Map<string, Decision>();
    for (const one of decided) {
      const earlier = before.get(one.row.attempt_id);
      if (!earlier && repeated.includes(one)) throw notReady("a decision was removed while it was asked for");
      const answer = earlier
        ? await this.#answerAgain(tenantId, lists, batch, one, earlier)
        : newAnswer(one, batch.decideTime);
      answers.set(one.row.attempt_id, answer);
    }
    return answers;
  }

  /**
   * The same attempt again gives the same answer, with one exception: what was allowed, was not made, and would be refused now is
   * refused. An opt-out between two askings must hold for an attempt that is not yet placed.
   */
  async #answerAgain(
    tenantId: string,
    lists: TenantLists,
    batch: BatchOf,
    one: Decided,
    earlier: DecisionRow,
  ): Promise<Decision> {
    const wasAllowed = earlier.reason === RefusalReason.REFUSAL_REASON_UNSPECIFIED;
    const isAllowed = one.verdict.reason === RefusalReason.REFUSAL_REASON_UNSPECIFIED;
    if (wasAllowed && !isAllowed) {
      await this.#deps.decisions.supersede(tenantId, batch, one.row);
      return newAnswer(one, batch.decideTime);
    }
    if (!wasAllowed) await this.#release(lists, [one.asked], [one.found]);
    else if (earlier.count_state === CountState.REFUNDED)
      await this.#deps.decisions.recount(tenantId, [one.row.attempt_id]);
    return toDecision(earlier);
  }

  /** Takes back the counts of attempts that are not allowed after all. */
  async #release(lists: TenantLists, asked: readonly Asked[], found: readonly Found[]): Promise<void> {
    const counted = asked.filter((_, i) => found[i]?.isNewlyCounted);
    const removals = counted.flatMap((one) =>
      one.plan.feeds.flatMap((counter) => {
        const key = counterKey(counter, one);
        return key === undefined ? [] : [{ key: lists.prefix + key, attemptId: one.attemptId }];
      }),
    );
    if (removals.length > 0) await this.#deps.redis.refund(removals);
  }

  #count(decided: readonly Decided[], kept: ReadonlySet<string> | "all"): void {
    const byReason = new Map<RefusalReason, number>();
    for (const { verdict, row } of decided) {
      if (kept === "all" || kept.has(row.attempt_id))
        byReason.set(verdict.reason, (byReason.get(verdict.reason) ?? 0) + 1);
    }
    this.#deps.events.decided(byReason);
    if (kept !== "all") this.#deps.events.repeated(decided.length - kept.size);
  }
}

function inTime(deadlineMs: number): void {
  if (Date.now() >= deadlineMs) throw tooLate();
}

function ask(check: AttemptCheck, book: TenantBook, lists: TenantLists, nowMs: number): Asked {
  const device = readDevice(check);
  const plan = planFor(book.ruleSet, check, device);
  const running = check.campaignGroupId === "" ? undefined : book.runningGroupIds.has(check.campaignGroupId);
  return {
    check,
    running,
    deviceFault: device.fault,
    plan,
    attemptId: check.attemptId || newId(),
    device: device.value,
    clientId: check.clientId,
    campaignGroupId: check.campaignGroupId,
    lists: lists.set(check.channel, check.suppressionListIds),
    reserves: check.attemptId !== "" && mayBeAllowed({ running, deviceFault: device.fault, plan }, nowMs),
  };
}

/** An attempt that stands twice in a batch is decided once. */
function firstOfEach(asked: readonly Asked[]): readonly Asked[] {
  const seen = new Set<string>();
  return asked.filter(({ attemptId }) => seen.size < seen.add(attemptId).size);
}

function decideOne(asked: Asked, found: Found, nowMs: number): Decided {
  const { check, plan, running, deviceFault } = asked;
  const facts: Facts = { channel: check.channel, running, deviceFault, plan, lists: found.lists, caps: found.caps };
  const verdict = decide(facts, nowMs);
  const isAllowed = verdict.reason === RefusalReason.REFUSAL_REASON_UNSPECIFIED;
  const row: NewDecision = {
    attempt_id: asked.attemptId,
    reason: verdict.reason,
    channel: check.channel,
    count_state: isAllowed && asked.reserves ? CountState.RESERVED : CountState.NOWHERE,
    contact_info: asked.device,
    client_id: asked.clientId,
    campaign_group_id: asked.campaignGroupId || null,
    facts: writeFacts(facts, { listIds: check.suppressionListIds, ruleIds: check.ruleIds }),
    rule_id: isAllowed ? null : verdict.ruleId,
    rule_name: isAllowed ? null : verdict.ruleName,
    explanation: isAllowed ? null : verdict.explanation,
    earliest_time: verdict.earliestMs === undefined ? null : new Date(verdict.earliestMs),
  };
  return { asked, found, verdict, row };
}

function newAnswer({ asked, verdict, row }: Decided, now: Date): Decision {
  return {
    attemptId: asked.attemptId,
    verdict:
      verdict.reason === RefusalReason.REFUSAL_REASON_UNSPECIFIED
        ? VerdictValue.VERDICT_ALLOWED
        : VerdictValue.VERDICT_REFUSED,
    reason: verdict.reason,
    ruleId: verdict.ruleId,
    ruleName: verdict.ruleName,
    explanation: verdict.explanation,
    earliestTime: row.earliest_time ?? undefined,
    decideTime: now,
    zones: asked.plan.evidence.zones as string[],
    channel: asked.check.channel,
    contactInfo: asked.device,
    clientId: asked.clientId,
    campaignGroupId: asked.campaignGroupId,
  };
}
