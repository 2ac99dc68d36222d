/**
 * Turns the due chains of a campaign group into work. Leases chains ahead in batches, with their records, renews the leases until the
 * attempts begin, and gives the rest back at the end.
 */
import type { DialQueueServiceDefinition } from "../../../../gen/herald/campaigns/v1/dial_queue_service.ts";
import type { Lease } from "../../../../gen/herald/campaigns/v1/lease.ts";
import type { Device, Record as ContactRecord } from "../../../../gen/herald/lists/v1/record.ts";
import type { RecordServiceDefinition } from "../../../../gen/herald/lists/v1/record_service.ts";
import type { Calls, CallScope } from "../../../lib/client/client.ts";
import type { Logger } from "../../../lib/observe/log.ts";
import { backoffMs, type Now, pause } from "../../../lib/async/time.ts";
import type { ChainTry } from "../../attempts/origin.ts";
import { returnedReport } from "../../publishing/reports.ts";
import { scopeOf } from "../../rendering/content.ts";
import type { SessionSettings } from "../../sessions/session-settings.ts";
import type { Recipient, Work, WorkSource } from "./work-source.ts";

export interface CampaignWorkDeps {
  queue: Calls<typeof DialQueueServiceDefinition>;
  records: Calls<typeof RecordServiceDefinition>;
  log: Logger;
  /** The name of the dialer that leases; the same over restarts. */
  holder: string;
  now: Now;
}

/** Most chains that one call leases. */
const BATCH = 500;
/** Short, since the leases of a dialer that died come back only after this time. */
const LEASE_SECONDS = 15;
const RENEW_EVERY_MS = 4_000;
const RENEW_BATCH = 1_000;
/** When nothing is due, asks again after this time, or earlier if campaigns says so. */
const IDLE_MS = 1_000;
const LEAST_IDLE_MS = 50;
const CALL_MS = 10_000;
const RETURN_MS = 2_000;
const BACK_OFF = { baseMs: 200, mostMs: 10_000 };

export class CampaignWork implements WorkSource {
  readonly #deps: CampaignWorkDeps;
  readonly #settings: () => SessionSettings;
  /** How much work should be ready. */
  readonly #target: () => number;
  #ready: Work[] = [];
  /** Attempts that are ready or taken and have not begun, and when their leases end (of `performance.now`). These leases are renewed. */
  readonly #held = new Map<string, number>();
  readonly #stopping = new AbortController();
  readonly #ended: Promise<unknown>;
  #wakeFill = () => {};
  #arrived: (() => void)[] = [];
  trouble = "";

  constructor(deps: CampaignWorkDeps, settings: () => SessionSettings, target: () => number) {
    this.#deps = deps;
    this.#settings = settings;
    this.#target = target;
    this.#ended = Promise.all([this.#fillForever(), this.#renewForever()]);
  }

  get ready(): number {
    return this.#ready.length;
  }

  async available(): Promise<void> {
    while (this.#ready.length === 0 && !this.#stopping.signal.aborted)
      await new Promise<void>((resolve) => this.#arrived.push(resolve));
  }

  /** Leaves out work whose lease could not be renewed in time: it is no longer ours. */
  take(count: number): Work[] {
    const taken = this.#ready.splice(0, count);
    const late = taken.map(({ attemptId }) => attemptId).filter((id) => !this.holds(id));
    this.done(late);
    if (this.#ready.length < this.#target() / 2) this.#wakeFill();
    return late.length === 0 ? taken : taken.filter(({ attemptId }) => this.#held.has(attemptId));
  }

  holds(attemptId: string): boolean {
    return (this.#held.get(attemptId) ?? 0) > performance.now();
  }

  done(attemptIds: readonly string[]): void {
    for (const id of attemptIds) this.#held.delete(id);
  }

  nudge(): void {
    this.#wakeFill();
  }

  /** If giving back fails, the leases end by themselves. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wakeFill();
    this.#wakeTakers();
    await this.#ended;
    await this.giveBack();
  }

  giveBack(): Promise<void> {
    return this.#giveBack(this.#ready.splice(0).map(({ attemptId, origin }) => ({ attemptId, origin })));
  }

  async #giveBack(untaken: readonly Pick<Work, "attemptId" | "origin">[]): Promise<void> {
    if (untaken.length === 0) return;
    const { tenantId, channel } = this.#settings();
    this.done(untaken.map(({ attemptId }) => attemptId));
    const now = this.#deps.now();
    const reports = untaken.flatMap(({ attemptId, origin }) =>
      returnedReport({ tenantId, id: attemptId, origin, channel }, now, "dialer stopped"),
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
        // Waits until half is used up: leasing costs campaigns and lists as much for a few records as for many.
        const waitMs = room > 0 && room >= target / 2 ? await this.#fill(Math.min(BATCH, room)) : IDLE_MS;
        failures = 0;
        this.trouble = "";
        if (waitMs > 0) await this.#sleep(waitMs);
      } catch (error) {
        failures += 1;
        this.trouble = "Campaigns or lists do not answer, so no records can be taken.";
        if (failures === 1)
          this.#deps.log.warn({ error, campaignGroupId: this.#settings().groupId }, "cannot lease records");
        await this.#sleep(backoffMs(failures, BACK_OFF));
      }
    }
  }

  /** Leases once. Gives the milliseconds to wait before the next time. */
  async #fill(wanted: number): Promise<number> {
    const { tenantId, groupId } = this.#settings();
    const scope = { tenantId, timeoutMs: CALL_MS };
    const until = performance.now() + LEASE_SECONDS * 1_000;
    const { leases, nextDueTime } = await this.#deps.queue.leaseDue(
      { campaignGroupId: groupId, maxLeases: wanted, holder: this.#deps.holder, leaseSeconds: LEASE_SECONDS },
      scope,
    );
    // A lease that ran out and came back to us belongs to work that is held here already.
    const fresh = leases.filter(({ attemptId }) => !this.#held.has(attemptId));
    if (fresh.length > 0) await this.#addRecords(fresh, until, scope);
    if (leases.length >= wanted) return 0;
    const untilDue = nextDueTime ? nextDueTime.getTime() - this.#deps.now().getTime() : IDLE_MS;
    return Math.min(IDLE_MS, Math.max(LEAST_IDLE_MS, untilDue));
  }

  async #addRecords(leases: readonly Lease[], until: number, scope: CallScope): Promise<void> {
    const keys = leases.map(({ contactListId, recordId }) => ({ contactListId, recordId }));
    const settings = this.#settings();
    try {
      const { records } = await this.#deps.records.batchGetRecords({ keys }, scope);
      const byId = new Map(records.map((record) => [record.id, record]));
      for (const lease of leases) this.#held.set(lease.attemptId, until);
      this.#ready.push(...leases.map((lease) => workOf(lease, byId.get(lease.recordId), settings)));
      this.#wakeTakers();
    } catch (error) {
      await this.#giveBack(leases.map((lease) => ({ attemptId: lease.attemptId, origin: tryOf(lease, settings) })));
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
      this.#ready = this.#ready.filter(({ attemptId }) => !lost.has(attemptId));
      this.done(lostAttemptIds);
      for (const id of attemptIds) if (this.#held.has(id)) this.#held.set(id, until);
    } catch (error) {
      this.#deps.log.warn(
        { error, campaignGroupId: groupId },
        "leases could not be renewed; if one is lost, its attempt is recognised by its id",
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

function workOf(lease: Lease, record: ContactRecord | undefined, settings: SessionSettings): Work {
  const device = record?.devices.find(({ index }) => index === lease.deviceIndex);
  return {
    attemptId: lease.attemptId,
    origin: tryOf(lease, settings),
    clientId: lease.clientId,
    recipient: record && device && recipientOf(record, device),
    missing: !record ? "record_gone" : !device ? "device_gone" : "",
  };
}

const tryOf = (
  { recordId, contactListId: listId, deviceIndex, attemptNumber, leaseNumber }: Lease,
  { groupId, groupName }: SessionSettings,
): ChainTry => ({ kind: "chain", groupId, groupName, recordId, listId, deviceIndex, attemptNumber, leaseNumber });

const recipientOf = (record: ContactRecord, { contactInfo, zones }: Device): Recipient => ({
  contactInfo,
  zones,
  firstName: record.firstName,
  lastName: record.lastName,
  // A zone from the file is the person's own.
  zoneIsCertain: record.zone !== "",
  // A state without its country means nothing.
  state: record.country === "" ? "" : record.state,
  country: record.country,
  scope: scopeOf(record),
});
