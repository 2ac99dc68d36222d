/**
 * Checks a batch of attempts in three steps: the rules in memory, one question to Redis (suppression, caps, attempts in progress), and one statement
 * that stores the decisions. Only then the batch is answered.
 */
import type { AttemptCheck } from "../../../gen/herald/compliance/v1/attempt_check.ts";
import type { Decision, RefusalReason } from "../../../gen/herald/compliance/v1/decision.ts";
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
import type { BatchOf, NewIds } from "../decisions/decision-rows.ts";
import { type DecisionStore } from "../decisions/decision-store.ts";
import { notReady, tooLate } from "../errors.ts";
import type { Events } from "../events.ts";
import { answersById } from "./asked-again.ts";
import type { Basis } from "./basis.ts";
import { release } from "./release.ts";
import { filledFor, type LookUpResult, lookUp } from "./look-up.ts";
import type { HoldFiller } from "../holds/hold-filler.ts";
import type { ComplianceRedis } from "../redis/redis-store.ts";
import type { RuleBook } from "../rules/rule-book.ts";
import type { Counter } from "../rules/engine/counters.ts";
import { type HoldPolicy, holdsId } from "../rules/engine/hold.ts";
import type { SuppressionView } from "../suppression/suppression-view.ts";

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

/** A batch is decided again when rules or lists change meanwhile, or when counters have to be filled first. */
const MOST_TRIES = 5;
/** A caller waits this long for counters to be filled, and is then told to try again. The filling goes on in the background. */
const FILL_WAIT_MS = 2_000;

/** What can change while a batch is decided. */
const RULES = "rules or lists";
const ATTEMPTS = "these attempts themselves";
type Changing = typeof RULES | typeof ATTEMPTS;

export class Checker {
  readonly #deps: CheckerDeps;

  constructor(deps: CheckerDeps) {
    this.#deps = deps;
  }

  /** Gives one decision for each check, in their order. Throws when it cannot decide all of them by the deadline; then none is allowed. */
  async check(tenantId: string, checks: readonly AttemptCheck[], deadlineMs: number): Promise<Decision[]> {
    let changing: Changing = RULES;
    try {
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const answers = await this.#tryOnce(await this.#basis(tenantId, deadlineMs), checks);
        if (typeof answers !== "string") return answers;
        changing = answers;
      }
      throw notReady(`${changing} are changing faster than attempts can be checked`);
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

  /** Tries once. Gives what has changed in between, if anything. */
  async #tryOnce(basis: Basis, checks: readonly AttemptCheck[]): Promise<Decision[] | Changing> {
    const { now } = basis;
    const asked = checks.map((check) => prepareCheck(check, basis, now.getTime()));
    const distinct = firstOfEach(asked);
    const found = await this.#look(basis, distinct);
    if (!found) return RULES;
    const decided = distinct.map((one, i) => decideOne(one, found[i] as LookUpResult, now.getTime()));
    const proof = await this.#keep(basis, decided);
    if (!proof) return RULES;
    const { batch, kept } = proof;
    this.#count(decided, kept);
    if (kept === "all" && distinct.length === asked.length) return decided.map((one) => newAnswer(one, now));
    const answers = await answersById(this.#deps, basis, { batch, decided, kept });
    return answers ? asked.map(({ attemptId }) => answers.get(attemptId) as Decision) : ATTEMPTS;
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
      await release(this.#deps.redis, basis, decided).catch(() => {});
      throw error;
    }
    await release(this.#deps.redis, basis, decided);
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
    await release(
      redis,
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

function inTime(deadlineMs: number): void {
  if (Date.now() >= deadlineMs) throw tooLate();
}
