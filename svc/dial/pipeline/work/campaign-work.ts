/** The due chains that a session holds: leased ahead in batches, with their records, renewed until they are begun, given back at the end. */
import type { DialQueueServiceDefinition } from "../../../../gen/herald/campaigns/v1/dial_queue_service.ts";
import type { Lease } from "../../../../gen/herald/campaigns/v1/lease.ts";
import type { RecordServiceDefinition } from "../../../../gen/herald/lists/v1/record_service.ts";
import type { Calls, CallScope } from "../../../lib/client/client.ts";
import type { Logger } from "../../../lib/observe/log.ts";
import { backoffMs, type Now, pause } from "../../../lib/async/time.ts";
import type { Leased } from "../../attempts/attempt.ts";
import { returnedReport } from "../../publishing/reports.ts";
import type { SessionSettings } from "../../sessions/session-settings.ts";

export interface LeasesDeps {
  queue: Calls<typeof DialQueueServiceDefinition>;
  records: Calls<typeof RecordServiceDefinition>;
  log: Logger;
  /** Who leases: the same over restarts. */
  holder: string;
  now: Now;
}

/** Most chains of one lease. */
const BATCH = 500;
/** Short, since this is how long the leases of a dialer that died are missing. */
const LEASE_SECONDS = 15;
const RENEW_EVERY_MS = 4_000;
const RENEW_BATCH = 1_000;
/** With nothing due, asks again after this, or earlier when campaigns said so. */
const IDLE_MS = 1_000;
const LEAST_IDLE_MS = 50;
const CALL_MS = 10_000;
const RETURN_MS = 2_000;
const BACK_OFF = { baseMs: 200, mostMs: 10_000 };

export class Leases {
  readonly #deps: LeasesDeps;
  readonly #settings: () => SessionSettings;
  /** How many should be ready to be taken. */
  readonly #target: () => number;
  #ready: Leased[] = [];
  /** Taken or ready, and not yet begun: renewed; until when they are ours (of `performance.now`). */
  readonly #held = new Map<string, number>();
  readonly #stopping = new AbortController();
  readonly #ended: Promise<unknown>;
  #wakeFill = () => {};
  #arrived: (() => void)[] = [];
  /** What keeps it from getting any; empty while nothing does. */
  trouble = "";

  constructor(deps: LeasesDeps, settings: () => SessionSettings, target: () => number) {
    this.#deps = deps;
    this.#settings = settings;
    this.#target = target;
    this.#ended = Promise.all([this.#fillForever(), this.#renewForever()]);
  }

  get ready(): number {
    return this.#ready.length;
  }

  /** Resolves when there is something to take, or it was stopped. */
  async available(): Promise<void> {
    while (this.#ready.length === 0 && !this.#stopping.signal.aborted)
      await new Promise<void>((resolve) => this.#arrived.push(resolve));
  }

  /** Up to `count`, at once. They stay leased until `done`. What could not be renewed in time is not ours to begin. */
  take(count: number): Leased[] {
    const taken = this.#ready.splice(0, count);
    const late = taken.map(({ lease }) => lease.attemptId).filter((id) => !this.holds(id));
    this.done(late);
    if (this.#ready.length < this.#target() / 2) this.#wakeFill();
    return late.length === 0 ? taken : taken.filter(({ lease }) => this.#held.has(lease.attemptId));
  }

  /** Whether the lease is still ours, as far as we know. */
  holds(attemptId: string): boolean {
    return (this.#held.get(attemptId) ?? 0) > performance.now();
  }

  /** These were begun, refused or given back: their leases need no keeping. */
  done(attemptIds: readonly string[]): void {
    for (const id of attemptIds) this.#held.delete(id);
  }

  /** Looks again at once: settings changed, or something may be due. */
  nudge(): void {
    this.#wakeFill();
  }

  /** Stops leasing, and gives back what nobody took. Should that fail, those leases end by themselves. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wakeFill();
    this.#wakeTakers();
    await this.#ended;
    await this.giveBackAll();
  }

  /** Gives back what nobody took. */
  async giveBackAll(): Promise<void> {
    await this.giveBack(this.#ready.splice(0).map(({ lease }) => lease));
  }

  async giveBack(leases: readonly Pick<Lease, "attemptId" | "recordId">[]): Promise<void> {
    if (leases.length === 0) return;
    const { tenantId, groupId, channel } = this.#settings();
    this.done(leases.map(({ attemptId }) => attemptId));
    const now = this.#deps.now();
    const reports = leases.map(({ attemptId, recordId }) =>
      returnedReport({ tenantId, id: attemptId, groupId, recordId, channel }, now, "dialer stopped"),
    );
    for (let i = 0; i < reports.length; i += BATCH) {
      await this.#deps.queue
        .reportOutcomes({ reports: reports.slice(i, i + BATCH) }, { tenantId, timeoutMs: RETURN_MS })
        .catch((error: unknown) => {
          this.#deps.log.warn(
            { error, leases: reports.length },
            "leases could not be given back; they end by themselves",
          );
        });
    }
  }

  async #fillForever(): Promise<void> {
    const { signal } = this.#stopping;
    for (let failures = 0; !signal.aborted;) {
      const target = this.#target();
      const room = target - this.#ready.length;
      try {
        // Half a store at a time: a lease costs campaigns and lists as much for a few records as for many.
        const waitMs = room > 0 && room >= target / 2 ? await this.#fill(Math.min(BATCH, room)) : IDLE_MS;
        failures = 0;
        this.trouble = "";
        if (waitMs > 0) await this.#sleep(waitMs);
      } catch (error) {
        failures += 1;
        this.trouble = "Campaigns or lists do not answer, so that no records can be taken.";
        if (failures === 1)
          this.#deps.log.warn({ error, campaignGroupId: this.#settings().groupId }, "cannot lease records");
        await this.#sleep(backoffMs(failures, BACK_OFF));
      }
    }
  }

  /** Leases once; gives how long to wait before the next time. */
  async #fill(wanted: number): Promise<number> {
    const { tenantId, groupId } = this.#settings();
    const scope = { tenantId, timeoutMs: CALL_MS };
    const until = performance.now() + LEASE_SECONDS * 1_000;
    const { leases, nextDueTime } = await this.#deps.queue.leaseDue(
      { campaignGroupId: groupId, maxLeases: wanted, holder: this.#deps.holder, leaseSeconds: LEASE_SECONDS },
      scope,
    );
    // A lease that ran out here and came back to us is with somebody already.
    const fresh = leases.filter(({ attemptId }) => !this.#held.has(attemptId));
    if (fresh.length > 0) await this.#addRecords(fresh, until, scope);
    if (leases.length >= wanted) return 0;
    const untilDue = nextDueTime ? nextDueTime.getTime() - this.#deps.now().getTime() : IDLE_MS;
    return Math.min(IDLE_MS, Math.max(LEAST_IDLE_MS, untilDue));
  }

  async #addRecords(leases: readonly Lease[], until: number, scope: CallScope): Promise<void> {
    const keys = leases.map(({ contactListId, recordId }) => ({ contactListId, recordId }));
    try {
      const { records } = await this.#deps.records.batchGetRecords({ keys }, scope);
      const byId = new Map(records.map((record) => [record.id, record]));
      for (const lease of leases) this.#held.set(lease.attemptId, until);
      this.#ready.push(...leases.map((lease) => ({ lease, record: byId.get(lease.recordId) })));
      this.#wakeTakers();
    } catch (error) {
      await this.giveBack(leases);
      throw error;
    }
  }

  async #renewForever(): Promise<void> {
    const { signal } = this.#stopping;
    for (;;) {
      await pause(RENEW_EVERY_MS, signal);
      if (signal.aborted) return;
      const ids = [...this.#held.keys()];
      for (let i = 0; i < ids.length; i += RENEW_BATCH) await this.#renew(ids.slice(i, i + RENEW_BATCH));
    }
  }

  async #renew(attemptIds: string[]): Promise<void> {
    const { tenantId, groupId } = this.#settings();
    const request = { campaignGroupId: groupId, attemptIds, holder: this.#deps.holder, leaseSeconds: LEASE_SECONDS };
    const until = performance.now() + LEASE_SECONDS * 1_000;
    try {
      const { lostAttemptIds } = await this.#deps.queue.renewLeases(request, { tenantId, timeoutMs: CALL_MS });
      const lost = new Set(lostAttemptIds);
      this.#ready = this.#ready.filter(({ lease }) => !lost.has(lease.attemptId));
      this.done(lostAttemptIds);
      for (const id of attemptIds) if (this.#held.has(id)) this.#held.set(id, until);
    } catch (error) {
      this.#deps.log.warn(
        { error, campaignGroupId: groupId },
        "leases could not be renewed; what was lost is known by its attempt",
      );
    }
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wakeFill = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #wakeTakers(): void {
    for (const wake of this.#arrived.splice(0)) wake();
  }
}
