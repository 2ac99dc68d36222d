/** Counts past attempts again from the stored decisions: for a new cap, and after Redis has lost its data. */
import { comparedForm } from "../../lib/devices/old-forms.ts";
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { CountedRow } from "../decisions/decision-rows.ts";
import type { DecisionStore } from "../decisions/decision-store.ts";
import type { Events } from "../events.ts";
import type { KeptFacts } from "../decisions/kept-facts.ts";
import type { ComplianceRedis, PastAttempt } from "../redis/redis-store.ts";
import { type Counter, counterKey, isFedBy } from "../rules/engine/counters.ts";
import type { Evidence } from "../rules/engine/evidence.ts";

const BATCH_ROWS = 2_000;
/** A place for counters that do not depend on the place. */
const NOWHERE: Evidence = { countries: [], states: [], areaCode: "", zones: [] };
/** Decisions may have been written while they were read. So the last seconds are read once more, after this time. */
const STRAGGLERS_AFTER_MS = 6_000;
const STRAGGLERS_SINCE_MS = 10_000;

export class CounterFiller {
  readonly #decisions: DecisionStore;
  readonly #redis: ComplianceRedis;
  readonly #events: Events;
  readonly #now: () => Date;
  readonly #filling = new Map<string, Promise<void>>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(deps: { decisions: DecisionStore; redis: ComplianceRedis; events: Events; now: () => Date }) {
    this.#decisions = deps.decisions;
    this.#redis = deps.redis;
    this.#events = deps.events;
    this.#now = deps.now;
  }

  /** Fills these counters of a tenant, for one run of Redis and one version of the rules. Callers that come meanwhile wait for the same filling. */
  fill(tenantId: string, prefix: string, filledFor: string, counters: readonly Counter[]): Promise<void> {
    const key = `${prefix} ${filledFor} ${counters.map(({ id, horizonMs }) => `${id}:${horizonMs}`).join(" ")}`;
    let filling = this.#filling.get(key);
    if (!filling) {
      filling = this.#fill(tenantId, prefix, filledFor, counters).finally(() => this.#filling.delete(key));
      this.#filling.set(key, filling);
    }
    return filling;
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  async #fill(tenantId: string, prefix: string, filledFor: string, counters: readonly Counter[]): Promise<void> {
    const begun = performance.now();
    const nowMs = this.#now().getTime();
    const horizonMs = Math.max(...counters.map((counter) => counter.horizonMs));
    const attempts = await this.#countSince(tenantId, prefix, counters, nowMs - horizonMs);
    for (const counter of counters) await this.#redis.completeCounter(prefix, filledFor, counter.id, counter.horizonMs);
    for (const { id } of counters) this.#events.counterFilled(id, attempts, performance.now() - begun);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      // If this fails, some attempts are not counted until the counters are filled the next time.
      void this.#countSince(tenantId, prefix, counters, nowMs - STRAGGLERS_SINCE_MS).catch(() => {});
    }, STRAGGLERS_AFTER_MS);
    this.#timers.add(timer.unref());
  }

  /** Reads the next rows while Redis takes the ones before. */
  async #countSince(tenantId: string, prefix: string, counters: readonly Counter[], sinceMs: number): Promise<number> {
    const since = new Date(sinceMs);
    const withFacts = counters.some(({ places }) => places.length > 0);
    let total = 0;
    let writing: Promise<void> = Promise.resolve();
    let rows: CountedRow[] = [];
    do {
      rows = await this.#decisions.counted(tenantId, since, rows.at(-1), { withFacts, limit: BATCH_ROWS });
      await writing;
      writing = this.#redis.fillCounters(
        prefix,
        rows.flatMap((row) => countsOf(row, counters)),
      );
      // The error is thrown where the promise is awaited. This keeps it from counting as unhandled when reading fails first.
      writing.catch(() => {});
      total += rows.length;
    } while (rows.length === BATCH_ROWS);
    await writing;
    return total;
  }
}

/** Where an attempt of the past is counted. */
function countsOf(row: CountedRow, counters: readonly Counter[]): PastAttempt[] {
  const subject = {
    device: comparedForm(row.contact_info),
    clientId: row.client_id,
    campaignGroupId: row.campaign_group_id ?? "",
  };
  const at = (row.facts as KeptFacts | null)?.at ?? NOWHERE;
  return counters.flatMap((counter) => {
    const key = isFedBy(counter, row.channel as Channel, at) ? counterKey(counter, subject) : undefined;
    return key === undefined
      ? []
      : [{ key, attemptId: row.attempt_id, atMs: row.decide_time.getTime(), horizonMs: counter.horizonMs }];
  });
}
