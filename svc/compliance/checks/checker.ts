/**
 * Checks a batch of attempts in three steps: the rules in memory, one question to Redis (suppression, caps, attempts in progress), and one statement
 * that stores the decisions. Only then the batch is answered.
 */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { AttemptCheck } from "../../../gen/herald/compliance/v1/attempt_check.ts";
import { type Decision, RefusalReason } from "../../../gen/herald/compliance/v1/decision.ts";
import { RpcError } from "../../lib/errors/errors.ts";
import type { CounterFiller } from "../caps/counter-filler.ts";
import {
  prepareCheck,
  type PreparedCheck,
  type DecidedCheck,
  decideOne,
  firstOfEach,
  newAnswer,
} from "./decided-check.ts";
import { type BatchOf, CountState, type DecisionRow, type NewIds } from "../decisions/decision-rows.ts";
import { type DecisionStore } from "../decisions/decision-store.ts";
import { notReady, tooLate } from "../errors.ts";
import type { Events } from "../events.ts";
import { toDecision } from "../decisions/kept-facts.ts";
import { filledFor, type LookUpResult, lookUp } from "./look-up.ts";
import type { HoldFiller } from "../holds/hold-filler.ts";
import type { ComplianceRedis } from "../redis/redis-store.ts";
import type { RuleBook, TenantBook } from "../rules/rule-book.ts";
import { type Counter, counterKey } from "../rules/engine/counters.ts";
import { holdKeys, type HoldPolicy, holdsId } from "../rules/engine/hold.ts";
import type { SuppressionView, TenantLists } from "../suppression/suppression-view.ts";

export interface CheckerDeps {
  rules: RuleBook;
  suppression: SuppressionView;
  redis: ComplianceRedis;
  decisions: DecisionStore;
  counters: CounterFiller;
  holds: HoldFiller;
  events: Events;
  now: () => Date;
}

/** The rules, lists and time that one try to decide a batch uses. */
interface Basis {
  tenantId: string;
  book: TenantBook;
  lists: TenantLists;
  now: Date;
  deadlineMs: number;
}

/** A batch is decided again when rules or lists change meanwhile, or when counters have to be filled first. */
const MOST_TRIES = 5;
/** A caller waits this long for counters to be filled, and is then told to try again. The filling goes on in the background. */
const FILL_WAIT_MS = 2_000;

export class Checker {
  readonly #deps: CheckerDeps;

  constructor(deps: CheckerDeps) {
    this.#deps = deps;
  }

  /** Gives one decision for each check, in their order. Throws when it cannot decide all of them by the deadline; then none is allowed. */
  async check(tenantId: string, checks: readonly AttemptCheck[], deadlineMs: number): Promise<Decision[]> {
    try {
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const answers = await this.#tryOnce(await this.#basis(tenantId, deadlineMs), checks);
        if (answers) return answers;
      }
      throw notReady("rules or lists are changing faster than attempts can be checked");
    } catch (error) {
      if (error instanceof RpcError && error.metadata["why"]) this.#deps.events.refusedToAnswer(error.metadata["why"]);
      throw error;
    }
  }

  async #basis(tenantId: string, deadlineMs: number): Promise<Basis> {
    inTime(deadlineMs);
    const book = await this.#deps.rules.of(tenantId);
    const lists = await this.#deps.suppression.of(tenantId);
    return { tenantId, book, lists, now: this.#deps.now(), deadlineMs };
  }

  /** Tries once. Gives undefined when the rules or lists have changed meanwhile. */
  async #tryOnce(basis: Basis, checks: readonly AttemptCheck[]): Promise<Decision[] | undefined> {
    const { book, lists, now } = basis;
    const asked = checks.map((check) => prepareCheck(check, book, lists, now.getTime()));
    const distinct = firstOfEach(asked);
    const found = await this.#look(basis, distinct);
    if (!found) return undefined;
    const decided = distinct.map((one, i) => decideOne(one, found[i] as LookUpResult, now.getTime()));
    const proof = await this.#keep(basis, decided);
    if (!proof) return undefined;
    const { batch, kept } = proof;
    this.#count(decided, kept);
    if (kept === "all" && distinct.length === asked.length) return decided.map((one) => newAnswer(one, now));
    const answers = await this.#answersById(basis, batch, decided, kept);
    return asked.map(({ attemptId }) => answers.get(attemptId) as Decision);
  }

  /** Stores the decisions. Gives undefined when the rules have changed meanwhile. Attempts whose decision is not stored are neither counted nor in progress. */
  async #keep(basis: Basis, decided: readonly DecidedCheck[]): Promise<{ batch: BatchOf; kept: NewIds } | undefined> {
    const { tenantId, book, lists, now, deadlineMs } = basis;
    const rows = decided.map(({ row }) => row);
    try {
      const ruleSetId = await this.#deps.rules.ruleSetId(tenantId, book, lists, now);
      const batch: BatchOf = { version: book.version, decideTime: now, ruleSetId };
      inTime(deadlineMs);
      const kept = await this.#deps.decisions.keep(tenantId, batch, rows);
      if (kept) return { batch, kept };
      this.#deps.rules.forget(tenantId);
    } catch (error) {
      // The caller gets the first error. What cannot be released in Redis now ends there by its time limit.
      await this.#release(basis, decided).catch(() => {});
      throw error;
    }
    await this.#release(basis, decided);
    return undefined;
  }

  /** Asks Redis about the attempts. Gives undefined when it has to be asked again. */
  async #look(basis: Basis, asked: readonly PreparedCheck[]): Promise<LookUpResult[] | undefined> {
    const { tenantId, book, lists, now } = basis;
    const { redis, suppression } = this.#deps;
    const rules = { version: book.version, counters: book.ruleSet.counters, policy: book.ruleSet.policy };
    const answer = await lookUp(redis, tenantId, lists, rules, asked, now.getTime());
    const isConfirmed = await suppression.confirms(tenantId, lists);
    if (answer.kind === "other_marker") suppression.forget(tenantId);
    if (answer.kind === "counter_missing") await this.#fill(basis, asked, answer.counterId);
    if (answer.kind !== "found") return undefined;
    if (isConfirmed) return answer.found;
    await this.#release(
      basis,
      asked.map((one, i) => ({ asked: one, found: answer.found[i] as LookUpResult })),
    );
    return undefined;
  }

  /** Fills the counter or the holds that are missing. Throws NOT_READY when that takes too long. */
  async #fill(basis: Basis, asked: readonly PreparedCheck[], missing: string): Promise<void> {
    const { deadlineMs, book } = basis;
    const { policy } = book.ruleSet;
    const filling =
      policy && missing === holdsId(policy) ? this.#fillHolds(basis, policy) : this.#fillCounters(basis, asked);
    const waitMs = Math.min(FILL_WAIT_MS, deadlineMs - Date.now());
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(notReady("the attempts of the past are being counted")), waitMs);
    });
    await Promise.race([filling, patience]).finally(() => clearTimeout(timer));
  }

  #fillCounters({ tenantId, book, lists }: Basis, asked: readonly PreparedCheck[]): Promise<void> {
    const counters = new Set<Counter>(asked.flatMap(({ plan }) => plan.caps.map(({ counter }) => counter)));
    return this.#deps.counters.fill(tenantId, lists.prefix, filledFor(lists, book.version), [...counters]);
  }

  #fillHolds({ tenantId, book, lists }: Basis, policy: HoldPolicy): Promise<void> {
    return this.#deps.holds.fill(tenantId, lists.prefix, filledFor(lists, book.version), policy);
  }

  /** The answers by attempt id, for a batch in which some attempts have been decided before. */
  async #answersById(
    basis: Basis,
    batch: BatchOf,
    decided: readonly DecidedCheck[],
    kept: NewIds,
  ): Promise<Map<string, Decision>> {
    const answers = new Map<string, Decision>();
    const repeated = new Map<string, DecidedCheck>();
    for (const one of decided) {
      if (kept === "all" || kept.has(one.row.attempt_id)) answers.set(one.row.attempt_id, newAnswer(one, basis.now));
      else repeated.set(one.row.attempt_id, one);
    }
    for (const earlier of await this.#deps.decisions.find(basis.tenantId, [...repeated.keys()])) {
      const one = repeated.get(earlier.attempt_id) as DecidedCheck;
      answers.set(earlier.attempt_id, await this.#answerAgain(basis, batch, one, earlier));
    }
    if (answers.size < decided.length) throw notReady("a decision was removed while it was asked for");
    return answers;
  }

  /**
   * An attempt that is asked about again gets the same answer, with one exception: it was allowed before and would be refused now. Then it is
   * refused, so that an opt-out between the two checks holds for an attempt that has not been made yet.
   */
  async #answerAgain(basis: Basis, batch: BatchOf, one: DecidedCheck, earlier: DecisionRow): Promise<Decision> {
    const { decisions } = this.#deps;
    const wasAllowed = earlier.reason === RefusalReason.REFUSAL_REASON_UNSPECIFIED;
    const isAllowed = one.verdict.reason === RefusalReason.REFUSAL_REASON_UNSPECIFIED;
    if (wasAllowed && !isAllowed) {
      await decisions.supersede(basis.tenantId, batch, one.row);
      await this.#releaseHolds(basis, [one.asked]);
      return newAnswer(one, basis.now);
    }
    if (!wasAllowed) await this.#release(basis, [one]);
    else if (earlier.count_state === CountState.REFUNDED) await decisions.recount(basis.tenantId, [earlier.attempt_id]);
    else if (isOver(earlier)) await this.#releaseHolds(basis, [one.asked]);
    return toDecision(earlier);
  }

  /** Removes the counts and holds of attempts that are not allowed after all. */
  async #release(basis: Basis, decided: readonly Pick<DecidedCheck, "asked" | "found">[]): Promise<void> {
    const counted = decided.filter(({ found }) => found.isNewlyCounted).map(({ asked }) => asked);
    const removals = counted.flatMap((one) =>
      one.plan.feeds.flatMap((counter) => {
        const key = counterKey(counter, one);
        return key === undefined ? [] : [{ key: basis.lists.prefix + key, attemptId: one.attemptId }];
      }),
    );
    if (removals.length > 0) await this.#deps.redis.refund(removals);
    await this.#releaseHolds(
      basis,
      decided.map(({ asked }) => asked),
    );
  }

  /** Ends the holds of these attempts. */
  async #releaseHolds({ book, lists, now }: Basis, asked: readonly PreparedCheck[]): Promise<void> {
    const { policy } = book.ruleSet;
    if (!policy) return;
    const holding = asked.filter(({ check }) => check.attemptId !== "");
    const holds = holding.flatMap((one) => holdKeys(one).map((key) => ({ key, attemptId: one.attemptId })));
    await this.#deps.redis.release(lists.prefix, holds, policy, now.getTime());
  }

  #count(decided: readonly DecidedCheck[], kept: NewIds): void {
    const byReason = new Map<RefusalReason, number>();
    for (const { verdict, row } of decided) {
      if (kept === "all" || kept.has(row.attempt_id))
        byReason.set(verdict.reason, (byReason.get(verdict.reason) ?? 0) + 1);
    }
    this.#deps.events.decided(byReason);
    if (kept !== "all") this.#deps.events.repeated(decided.length - kept.size);
  }
}

/** True for a call that has ended. It must not hold its number again because somebody asks about it once more. */
const isOver = ({ channel, end_time, call_result }: DecisionRow): boolean =>
  channel === Channel.CHANNEL_VOICE && (end_time !== null || call_result !== null);

function inTime(deadlineMs: number): void {
  if (Date.now() >= deadlineMs) throw tooLate();
}
