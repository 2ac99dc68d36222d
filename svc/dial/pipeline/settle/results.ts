/**
 * Writes what became of attempts, many at a time: the attempt, what campaigns, compliance and contacts are told, and the session's
 * counters, in one transaction. One write is under way at a time, so that the changes of an attempt stay in their order.
 */
import { CallResult } from "../../../../gen/herald/common/v1/outcome.ts";
import { Channel } from "../../../../gen/herald/common/v1/channel.ts";
import type { Database, Transaction } from "../../../lib/postgres/db.ts";
import { isDataException, isIntegrityViolation } from "../../../lib/errors/faults.ts";
import { storable } from "../../../lib/postgres/storable.ts";
import { backoffMs, pause } from "../../../lib/async/time.ts";
import type { Change } from "../../attempts/attempt.ts";
import { sessionGroupOf } from "../../attempts/origin.ts";
import { type FactsRow, toFacts } from "../../attempts/attempt-rows.ts";
import { type KeptChange, removeIntents, writeChanges } from "../../attempts/attempt-store.ts";
import type { Events } from "../../events.ts";
import { unknownOutcome } from "../../attempts/outcomes.ts";
import { changeInteraction, changeReport, complianceOutcome } from "../../publishing/reports.ts";
import { addToCounters } from "../../sessions/session-store.ts";
import type { Publishing } from "../../publishing/publishing.ts";
import { keepUnwritten } from "./unwritten-store.ts";

export interface ResultsDeps {
  db: Database;
  publishing: Publishing;
  events: Events;
  /** This dialer, in this incarnation. */
  owner: string;
}

interface PendingChange {
  change: Change;
  written: () => void;
  lost: () => void;
}

/** The process ends, and a change is not written: whoever brought it must not say that it is. */
export class NotWritten extends Error {
  constructor() {
    super("The dialer stops, and could not write it down.");
    this.name = "NotWritten";
  }
}

const BATCH = 500;
/** With fewer changes than this, others get so long to join them; longer while as many as that are under way. */
const WORTH_WRITING = 200;
const LINGER_MS = 8;
const BUSY_LINGER_MS = 40;
const BACK_OFF = { baseMs: 100, mostMs: 5_000 };

/** Resolves also where it was not written since the process ends: it is found by the next one. */
export async function orEnding(written: Promise<void>): Promise<void> {
  try {
    await written;
  } catch (error) {
    if (!(error instanceof NotWritten)) throw error;
  }
}

export class Results {
  readonly #deps: ResultsDeps;
  /** Attempts of this process from their intent until something of them is written. */
  readonly #underway = new Set<string>();
  #waiting: PendingChange[] = [];
  #writing = false;
  readonly #stopping = new AbortController();
  #idle: (() => void)[] = [];

  constructor(deps: ResultsDeps) {
    this.#deps = deps;
  }

  /** Its intent is durable, and it is handed over now: until something of it is written, only we know of it. */
  begun(attemptId: string): void {
    this.#underway.add(attemptId);
  }

  isUnderway(attemptId: string): boolean {
    return this.#underway.has(attemptId);
  }

  /**
   * Resolves once the change is durable. It waits for the database as long as that takes: what a provider said must not be lost, and
   * those who wait here hold the slots that keep new attempts from beginning. Rejects with NotWritten at the end of the process.
   */
  put(change: Change): Promise<void> {
    return new Promise((written, reject) => {
      this.#waiting.push({ change, written, lost: () => reject(new NotWritten()) });
      if (!this.#writing) void this.#writeAll();
    });
  }

  /** Tries no more what cannot be written: the process ends, and what is left is found at the next start. */
  stop(): void {
    this.#stopping.abort();
  }

  /** Resolves when nothing waits to be written. */
  settled(): Promise<void> {
    return this.#writing ? new Promise((resolve) => this.#idle.push(resolve)) : Promise.resolve();
  }

  async #writeAll(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      // A transaction costs as much for one change as for many; and a receipt often follows its message at once.
      if (this.#waiting.length < WORTH_WRITING) await pause(this.#lingerMs);
      const batch = this.#waiting.splice(0, BATCH);
      for (const [tenantId, ofTenant] of Map.groupBy(batch, ({ change }) => change.key.tenantId)) {
        const isWritten = await this.#writeUntilDone(
          tenantId,
          coalesce(ofTenant.map(({ change }) => storableChange(change))),
        );
        for (const { change, written, lost } of ofTenant) {
          if (isWritten) this.#underway.delete(change.key.id);
          (isWritten ? written : lost)();
        }
      }
    }
    this.#writing = false;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  get #lingerMs(): number {
    return this.#underway.size < WORTH_WRITING ? LINGER_MS : BUSY_LINGER_MS;
  }

  /** Gives false where the process ended before it was possible. */
  async #writeUntilDone(tenantId: string, changes: readonly Change[]): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      try {
        const changed = await this.#deps.db.transaction(tenantId, (tx) => this.#write(tx, tenantId, changes));
        this.#deps.events.changed(changed);
        return true;
      } catch (error) {
        if (isOfTheData(error)) return this.#writeApart(tenantId, changes, error);
        const waitMs = backoffMs(attempt, BACK_OFF);
        this.#deps.events.resultsNotWritten({ error, changes: changes.length, attempt, waitMs });
        if (this.#stopping.signal.aborted) return false;
        await pause(waitMs, this.#stopping.signal);
      }
    }
  }

  /** One change that cannot be written must not hold up the others: halve until it stands alone, and set that one aside. */
  async #writeApart(tenantId: string, changes: readonly Change[], error: unknown): Promise<boolean> {
    const [only] = changes;
    if (only && changes.length === 1) {
      this.#deps.events.resultSetAside(only, error);
      return this.#setAside(tenantId, only, error);
    }
    const middle = changes.length >> 1;
    const first = await this.#writeUntilDone(tenantId, changes.slice(0, middle));
    return (await this.#writeUntilDone(tenantId, changes.slice(middle))) && first;
  }

  /**
   * Writes what was set aside before, in the transaction in which `take` takes it out; false where there was nothing to take. Where its
   * attempt is gone, it is forgotten. Throws what refuses it, and then nothing has happened.
   */
  async writeAgain(
    tenantId: string,
    take: (tx: Transaction) => Promise<Change | "gone" | undefined>,
  ): Promise<boolean> {
    const { isTaken, changed } = await this.#deps.db.transaction(tenantId, async (tx) => {
      const change = await take(tx);
      const written = typeof change === "object" ? await this.#write(tx, tenantId, [change]) : [];
      return { isTaken: change !== undefined, changed: written };
    });
    this.#deps.events.changed(changed);
    return isTaken;
  }

  /** Keeps what can be kept of a change; the attempt, if it was begun, is of unknown fate until somebody finds out. */
  async #setAside(tenantId: string, change: Change, why: unknown): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#deps.db.transaction(tenantId, async (tx) => {
          await keepUnwritten(tx, change, why);
          await this.#write(tx, tenantId, [withoutItsResult(change)]);
        });
        return true;
      } catch (error) {
        const waitMs = backoffMs(attempt, BACK_OFF);
        this.#deps.events.resultsNotWritten({ error, changes: 1, attempt, waitMs });
        if (this.#stopping.signal.aborted) return false;
        await pause(waitMs, this.#stopping.signal);
      }
    }
  }

  /** Gives the changes that were news. */
  async #write(tx: Transaction, tenantId: string, changes: readonly Change[]): Promise<Change[]> {
    const kept = changes.filter((change): change is KeptChange & Change => change.kind !== "returned");
    const returned = changes.filter(({ kind }) => kind === "returned");
    const rows = new Map(kept.length > 0 ? (await writeChanges(tx, tenantId, kept)).map((row) => [row.id, row]) : []);
    const removed =
      returned.length > 0
        ? await removeIntents(
            tx,
            tenantId,
            this.#deps.owner,
            returned.map(({ key }) => key.id),
          )
        : new Set<string>();
    const news = changes.filter(({ key }) => rows.has(key.id) || removed.has(key.id));
    // Test messages count nowhere.
    const told = news.filter(({ key }) => key.origin.kind !== "test");
    await this.#deps.publishing.put(tx, tenantId, {
      reports: told.flatMap(changeReport),
      outcomes: told.flatMap((change) => complianceOutcome(change) ?? []),
      interactions: told.flatMap((change) => interactionOf(change, rows.get(change.key.id))),
    });
    await countLivePeople(tx, tenantId, news);
    return news;
  }
}

/** The fault is of what is written, and will be the same next time; anything else may pass, or is mended with the next version. */
export const isOfTheData = (error: unknown): boolean =>
  isDataException(error) || isIntegrityViolation(error) || error instanceof TypeError || error instanceof RangeError;

/** As it came from the provider, in words that can be kept. */
function storableChange(change: Change): Change {
  if (change.kind === "sent") return { ...change, providerMessageId: storable(change.providerMessageId) };
  if (change.kind === "stale") return { ...change, providerStatus: storable(change.providerStatus) };
  if (change.kind !== "ended") return change;
  const { providerMessageId, providerStatus } = change;
  return { ...change, providerMessageId: storable(providerMessageId), providerStatus: storable(providerStatus) };
}

const withoutItsResult = ({ key, at }: Change): Change => ({
  key,
  attempt: undefined,
  at,
  kind: "stale",
  outcome: unknownOutcome(key.channel),
  providerStatus: "its result could not be written",
});

/** One change for each attempt: an end takes up what was known of its beginning. */
export function coalesce(changes: readonly Change[]): Change[] {
  const latest = new Map<string, Change>();
  for (const change of changes) {
    const before = latest.get(change.key.id);
    if (!before) latest.set(change.key.id, change);
    else if (before.kind === "sent") latest.set(change.key.id, joined(before, change));
  }
  return [...latest.values()];
}

function joined(sent: Change & { kind: "sent" }, change: Change): Change {
  const attempt = change.attempt ?? sent.attempt;
  if (change.kind !== "ended") return { ...change, attempt };
  const providerMessageId = change.providerMessageId || sent.providerMessageId;
  return { ...change, attempt, providerMessageId, sentAt: change.sentAt ?? sent.at };
}

const interactionOf = (change: Change, row: FactsRow | undefined) =>
  row ? [changeInteraction(toFacts(row), change)] : [];

const ABANDONED: readonly CallResult[] = [CallResult.CALL_RESULT_ABANDONED, CallResult.CALL_RESULT_DROPPED];
const LIVE: readonly CallResult[] = [...ABANDONED, CallResult.CALL_RESULT_ANSWER];

async function countLivePeople(tx: Transaction, tenantId: string, changes: readonly Change[]): Promise<void> {
  const calls = changes.filter(({ key, kind }) => key.channel === Channel.CHANNEL_VOICE && kind === "ended");
  for (const [groupId, ofGroup] of Map.groupBy(calls, ({ key }) => sessionGroupOf(key.origin))) {
    if (groupId === undefined) continue;
    const results = ofGroup.flatMap((change) =>
      change.kind === "ended" && change.outcome.result?.$case === "callResult"
        ? [change.outcome.result.callResult]
        : [],
    );
    const [live, abandoned] = [LIVE, ABANDONED].map(
      (wanted) => results.filter((result) => wanted.includes(result)).length,
    );
    if (live) await addToCounters(tx, { tenantId, groupId }, live, abandoned ?? 0);
  }
}
