/**
 * Counts what anybody can repeat without end: refused calls and sign-ins. All alike within an hour are one entry with a count that is
 * written every few seconds, so that a flood of them adds only a handful of rows to the audit trail.
 */
import type { AuditEntryKeeper, KeptAuditEntry } from "./kept-entry.ts";
import { networkOf } from "../request/networks.ts";

/** How often counts that grew are written. */
export const COUNT_EVERY_MS = 2_000;

const HOUR_MS = 3_600_000;
/** A tenant has so many entries with all details; after that, addresses and objects are no longer distinguished. */
const MOST_EXACT = 200;
/** After so many, callers and RPCs are no longer distinguished either. */
const MOST_COARSE = 1_000;
const MOST_COUNTED = 2_000_000_000;
/** Stands for several different values. */
const MANY = "*";

export class AuditCounter {
  readonly #keep: AuditEntryKeeper;
  #hour = 0;
  #byTenant = new Map<string, Map<string, KeptAuditEntry>>();
  #grown = new Set<KeptAuditEntry>();

  constructor(keep: AuditEntryKeeper) {
    this.#keep = keep;
  }

  /** Counts a call in memory; `flush` writes it. For answers whose duration must not show whether the call was the first. */
  count(call: KeptAuditEntry): void {
    this.#count(call);
  }

  /** Counts a call and, when it is the first of its kind, keeps it before this resolves. */
  async add(call: KeptAuditEntry): Promise<void> {
    const entry = this.#count(call);
    if (entry.count > 1) return;
    await this.#keep(entry.tenantId, [{ ...entry }]);
    if (entry.count === 1) this.#grown.delete(entry);
  }

  /** Writes the entries whose counts grew. What could not be written is written the next time. */
  async flush(): Promise<void> {
    const grown = this.#grown;
    this.#grown = new Set();
    for (const [tenantId, entries] of Map.groupBy(grown, (entry) => entry.tenantId)) {
      try {
        await this.#keep(
          tenantId,
          entries.map((entry) => ({ ...entry })),
        );
        entries.forEach((entry) => grown.delete(entry));
      } catch (error) {
        grown.forEach((entry) => this.#grown.add(entry));
        throw error;
      }
    }
  }

  #count(call: KeptAuditEntry): KeptAuditEntry {
    const entry = this.#entryOf({ ...call, clientAddress: networkOf(call.clientAddress) });
    entry.count = Math.min(entry.count + 1, MOST_COUNTED);
    if (call.startTime > entry.lastTime) entry.lastTime = call.startTime;
    this.#grown.add(entry);
    return entry;
  }

  #entryOf(call: KeptAuditEntry): KeptAuditEntry {
    const ofTenant = this.#ofTenant(call);
    const coarse = { ...call, clientAddress: MANY, objectIds: {} };
    const bare = { ...coarse, rpc: MANY, callerKind: MANY, callerId: MANY };
    for (const [told, most] of [
      [call, MOST_EXACT],
      [coarse, MOST_COARSE],
      [bare, Infinity],
    ] as const) {
      const key = keyOf(told);
      const known = ofTenant.get(key);
      if (known) return known;
      if (ofTenant.size >= most) continue;
      const entry = { ...told, count: 0 };
      ofTenant.set(key, entry);
      return entry;
    }
    return call;
  }

  #ofTenant({ tenantId, startTime }: KeptAuditEntry): Map<string, KeptAuditEntry> {
    const hour = Math.floor(startTime.getTime() / HOUR_MS);
    if (hour > this.#hour) {
      this.#hour = hour;
      this.#byTenant = new Map();
    }
    const known = this.#byTenant.get(tenantId) ?? new Map<string, KeptAuditEntry>();
    this.#byTenant.set(tenantId, known);
    return known;
  }
}

const keyOf = ({ rpc, action, callerKind, callerId, clientAddress, objectIds, status }: KeptAuditEntry): string =>
  JSON.stringify([rpc, action, callerKind, callerId, clientAddress, objectIds, status]);
