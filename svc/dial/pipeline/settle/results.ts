/**
 * Stores the results of attempts, many at a time. One transaction holds the attempt, the messages to campaigns, compliance and contacts,
 * and the session's counters. Only one write is under way at a time, so that the changes of an attempt stay in order.
 */
import { CallResult } from "../../../../gen/herald/common/v1/outcome.ts";
import { Channel } from "../../../../gen/herald/common/v1/channel.ts";
import type { Database, TenantTransaction } from "../../../lib/postgres/db.ts";
import { isDataException, isIntegrityViolation } from "../../../lib/errors/faults.ts";
import { storable } from "../../../lib/postgres/storable.ts";
import { backoffMs, pause } from "../../../lib/async/time.ts";
import type { AttemptChange } from "../../attempts/attempt.ts";
import { sessionGroupOf } from "../../attempts/origin.ts";
import { type FactsRow, toFacts } from "../../attempts/attempt-rows.ts";
import { type KeptChange, removeIntents, writeChanges } from "../../attempts/attempt-store.ts";
import type { Events } from "../../events.ts";
import { unknownOutcome } from "../../../lib/outcomes/outcomes.ts";
import { changeInteraction, changeReport, complianceOutcome } from "../../publishing/reports.ts";
import { addToCounters } from "../../sessions/session-store.ts";
import type { RecordCallRefusals } from "../../opt-outs/call-refusals.ts";
import type { Publishing } from "../../publishing/publishing.ts";
import { keepUnwritten } from "./unwritten-store.ts";

export interface ResultsDeps {
  db: Database;
  publishing: Publishing;
  callRefusals: RecordCallRefusals;
  events: Events;
  /** The name of this dialer and its present start: `name/incarnation`. */
  owner: string;
}

interface PendingChange {
  change: AttemptChange;
  written: () => void;
  lost: () => void;
}

/** The process ends before a change is stored, so the caller must not confirm it to anybody. */
export class NotWrittenError extends Error {
  constructor() {
    super("The dialer stops before it could store this result.");
    this.name = "NotWrittenError";
  }
}

const BATCH = 500;
/** With fewer waiting changes than this, a write waits for more: LINGER_MS, or BUSY_LINGER_MS if as many attempts are under way. */
const WORTH_WRITING = 200;
const LINGER_MS = 8;
const BUSY_LINGER_MS = 40;
const BACK_OFF = { baseMs: 100, mostMs: 5_000 };

/** Resolves also when the process ended before the change was stored: the next process finds the intent. */
export async function orEnding(written: Promise<void>): Promise<void> {
  try {
    await written;
  } catch (error) {
    if (!(error instanceof NotWrittenError)) throw error;
  }
}

export class Results {
  readonly #deps: ResultsDeps;
  /** Attempts of this process from their intent until their first change is stored. */
  readonly #underway = new Set<string>();
  #waiting: PendingChange[] = [];
  #writing = false;
  readonly #stopping = new AbortController();
  #idle: (() => void)[] = [];

  constructor(deps: ResultsDeps) {
    this.#deps = deps;
  }

  /** Notes that an attempt is handed to the provider now. Until its first change is stored, only this process knows what happens to it. */
  begun(attemptId: string): void {
    this.#underway.add(attemptId);
  }

  isUnderway(attemptId: string): boolean {
    return this.#underway.has(attemptId);
  }

  /**
   * Resolves when the change is stored, and waits for the database as long as that takes: a provider's answer must not be lost, and the
   * waiting callers hold the slots, so no new attempts begin. Rejects with NotWrittenError at the end of the process.
   */
  put(change: AttemptChange): Promise<void> {
    return new Promise((written, reject) => {
      this.#waiting.push({ change, written, lost: () => reject(new NotWrittenError()) });
      if (!this.#writing) void this.#writeAll();
    });
  }

  /** Ends the retries, since the process ends. The next start finds what is left. */
  stop(): void {
    this.#stopping.abort();
  }

  /** Resolves when no change waits to be stored. */
  settled(): Promise<void> {
    return this.#writing ? new Promise((resolve) => this.#idle.push(resolve)) : Promise.resolve();
  }

  async #writeAll(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      // A transaction costs as much for one change as for many, and a receipt often follows its message at once.
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

  /** Gives false when the process ended before the changes could be stored. */
  async #writeUntilDone(tenantId: string, changes: readonly AttemptChange[]): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      try {
        const changed = await this.#deps.db.transaction(tenantId, (tx) => this.#write(tx, changes));
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

  /** Halves the batch until the change that cannot be stored is alone, and sets that one aside, so that it does not hold up the others. */
  async #writeApart(tenantId: string, changes: readonly AttemptChange[], error: unknown): Promise<boolean> {
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
   * Stores a change that was set aside, in the same transaction in which `take` takes it out. False when `take` found nothing. If the
   * attempt is gone, the change is dropped. Throws the error if the change is refused again; then nothing has happened.
   */
  async writeAgain(
    tenantId: string,
    take: (tx: TenantTransaction) => Promise<AttemptChange | "gone" | undefined>,
  ): Promise<boolean> {
    const { isTaken, changed } = await this.#deps.db.transaction(tenantId, async (tx) => {
      const change = await take(tx);
      const written = typeof change === "object" ? await this.#write(tx, [change]) : [];
      return { isTaken: change !== undefined, changed: written };
    });
    this.#deps.events.changed(changed);
    return isTaken;
  }

  /** Keeps what can be kept of a change. Its attempt, if it has begun, has an unknown result until somebody finds it out. */
  async #setAside(tenantId: string, change: AttemptChange, why: unknown): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#deps.db.transaction(tenantId, async (tx) => {
          await keepUnwritten(tx, change, why);
          await this.#write(tx, [withoutItsResult(change)]);
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

  /** Gives the changes that were new. */
  async #write(tx: TenantTransaction, changes: readonly AttemptChange[]): Promise<AttemptChange[]> {
    const kept = changes.filter((change): change is KeptChange & AttemptChange => change.kind !== "returned");
    const returned = changes.filter(({ kind }) => kind === "returned");
    const rows = new Map(kept.length > 0 ? (await writeChanges(tx, kept)).map((row) => [row.id, row]) : []);
    const removed =
      returned.length > 0
        ? await removeIntents(
            tx,
            this.#deps.owner,
            returned.map(({ key }) => key.id),
          )
        : new Set<string>();
    const news = changes.filter(({ key }) => rows.has(key.id) || removed.has(key.id));
    // Test messages count nowhere.
    const told = news.filter(({ key }) => key.origin.kind !== "test");
    await this.#deps.publishing.put(tx, {
      reports: told.flatMap(changeReport),
      outcomes: told.flatMap((change) => complianceOutcome(change) ?? []),
      interactions: told.flatMap((change) => interactionOf(change, rows.get(change.key.id))),
    });
    await this.#deps.callRefusals(
      tx,
      told.flatMap((change) => {
        const row = rows.get(change.key.id);
        return row ? [{ change, facts: toFacts(row) }] : [];
      }),
    );
    await countLivePeople(tx, news);
    return news;
  }
}

/** Whether the data itself is at fault, so that every retry would fail too. Other errors may pass, or are mended by the next version. */
export const isOfTheData = (error: unknown): boolean =>
  isDataException(error) || isIntegrityViolation(error) || error instanceof TypeError || error instanceof RangeError;

/** The change, with the provider's words in a form that PostgreSQL can store. */
function storableChange(change: AttemptChange): AttemptChange {
  if (change.kind === "sent") return { ...change, providerMessageId: storable(change.providerMessageId) };
  if (change.kind === "stale") return { ...change, providerStatus: storable(change.providerStatus) };
  if (change.kind !== "ended") return change;
  const { providerMessageId, providerStatus } = change;
  return { ...change, providerMessageId: storable(providerMessageId), providerStatus: storable(providerStatus) };
}

const withoutItsResult = ({ key, at }: AttemptChange): AttemptChange => ({
  key,
  attempt: undefined,
  at,
  kind: "stale",
  outcome: unknownOutcome(key.channel),
  providerStatus: "its result could not be written",
});

/** Joins changes to one for each attempt: an end takes over what its beginning knew. */
export function coalesce(changes: readonly AttemptChange[]): AttemptChange[] {
  const latest = new Map<string, AttemptChange>();
  for (const change of changes) {
    const before = latest.get(change.key.id);
    if (!before) latest.set(change.key.id, change);
    else if (before.kind === "sent") latest.set(change.key.id, joined(before, change));
  }
  return [...latest.values()];
}

function joined(sent: AttemptChange & { kind: "sent" }, change: AttemptChange): AttemptChange {
  const attempt = change.attempt ?? sent.attempt;
  if (change.kind !== "ended") return { ...change, attempt };
  const providerMessageId = change.providerMessageId || sent.providerMessageId;
  return { ...change, attempt, providerMessageId, sentAt: change.sentAt ?? sent.at };
}

const interactionOf = (change: AttemptChange, row: FactsRow | undefined) =>
  row ? [changeInteraction(toFacts(row), change)] : [];

const ABANDONED: readonly CallResult[] = [CallResult.CALL_RESULT_ABANDONED, CallResult.CALL_RESULT_DROPPED];
const LIVE: readonly CallResult[] = [...ABANDONED, CallResult.CALL_RESULT_ANSWER];

async function countLivePeople(tx: TenantTransaction, changes: readonly AttemptChange[]): Promise<void> {
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
    if (live) await addToCounters(tx, groupId, live, abandoned ?? 0);
  }
}
