/** Leases due chains and applies reports about them. Each batch is one transaction, together with the counts that it changes. */
import type { AttemptReport } from "../../../gen/herald/campaigns/v1/attempt_report.ts";
import type { Lease } from "../../../gen/herald/campaigns/v1/lease.ts";
import { CampaignGroupState } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { Database, TenantTransaction } from "../../lib/postgres/db.ts";
import {
  cancelChain,
  type ChainState,
  giveUp,
  isLate,
  Lane,
  type QueueRules,
  reopenChain,
  type ChainReport,
  RETRY,
  settle,
  type Settlement,
} from "./chain.ts";
import { addToCounts } from "../progress/count-store.ts";
import { CountChanges } from "../progress/counts.ts";
import { type QueueGroup, queueGroups } from "../groups/group-store.ts";
import type { Group } from "../groups/group-rows.ts";
import { isOpen } from "../groups/group-states.ts";
import {
  type ChainKey,
  type KeptChain,
  lockChains,
  lockCutOff,
  lockIdle,
  lockOverdue,
  writeChains,
} from "./chain-store.ts";
import { leaseLane, type LeaseOrder, nextDue } from "./lease-store.ts";

/** The lanes that LeaseDue takes from, in this order: expired leases, chains whose time has come, fresh chains. */
const LEASED_FROM = [Lane.LEASED, Lane.AGAIN, Lane.FRESH] as const;

/** Limits that matter when a report is applied. */
export interface QueueLimits {
  /** By channel, how long to wait for a result before it is given up as stale. */
  staleAfterMs: Readonly<Record<"voice" | "sms" | "email", number>>;
  uncountedTries: number;
}

/** Leases up to `limit` due chains of a group that is running. */
export async function leaseDue(
  db: Database,
  order: LeaseOrder,
  limit: number,
): Promise<{ leases: Lease[]; nextDueTime: Date | undefined }> {
  return db.transaction(order.tenantId, async (tx) => {
    const [group] = await queueGroups(tx, [order.groupId]);
    if (group?.state !== CampaignGroupState.CAMPAIGN_GROUP_STATE_RUNNING) return { leases: [], nextDueTime: undefined };
    const leases: Lease[] = [];
    const changed = new CountChanges();
    for (const lane of LEASED_FROM) {
      if (leases.length >= limit) break;
      for (const { before, attempts, ...leased } of await leaseLane(tx, order, lane, limit - leases.length)) {
        changed.chain(before, -1);
        changed.chain({ ...before, recordStatus: 2, lane: Lane.LEASED, due: order.until }, 1);
        leases.push({ ...leased, attemptNumber: attempts + 1, expireTime: order.until });
      }
    }
    const nextDueTime = leases.length < limit ? await nextDue(tx, order.groupId, LEASED_FROM) : undefined;
    await addToCounts(tx, order.groupId, changed);
    return { leases, nextDueTime };
  });
}

/** The changes that a batch of reports made. */
export interface ReportResult {
  /** Groups with a chain that changed. */
  groups: Set<string>;
  /** Chains that wait for a retry. */
  retries: ChainKey[];
  /** Reports that changed something, by kind. The others are repetitions. */
  settled: Record<ChainReport["kind"], number>;
  /** Attempts that were leased again before their dialer reported. */
  lateAttemptIds: string[];
}

/** Applies a batch of reports. A report about an attempt that has ended, or is not its chain's current one, changes nothing. */
export async function reportOutcomes(
  db: Database,
  tenantId: string,
  reports: readonly AttemptReport[],
  limits: QueueLimits,
  now: Date,
): Promise<ReportResult> {
  return db.transaction(tenantId, async (tx) => {
    const named = await queueGroups(tx, [...new Set(reports.map((report) => report.campaignGroupId))]);
    const groups = new Map(named.map((group) => [group.id, queueRules(group, limits)]));
    const known = reports.filter((report) => groups.has(report.campaignGroupId));
    const chains = await lockChains(
      tx,
      known.map(({ campaignGroupId, recordId }) => ({ groupId: campaignGroupId, recordId })),
    );
    const batch = new SettlementBatch(chains);
    const settled = { begun: 0, ended: 0, refused: 0, returned: 0 };
    const late = new Set<string>();
    for (const report of known) {
      const read = readReport(report, now);
      const rules = groups.get(report.campaignGroupId) as QueueRules;
      const took = batch.settle(
        report.campaignGroupId,
        report.recordId,
        (chain) => {
          if (chain.attemptId !== report.attemptId) return undefined;
          if (!isLate(chain, read.kind, report.leaseNumber)) return settle(chain, read, rules, now);
          late.add(report.attemptId);
          return undefined;
        },
        now,
      );
      if (took) settled[read.kind] += 1;
    }
    await batch.write(tx, now);
    return { groups: batch.groups, retries: batch.retries, settled, lateAttemptIds: [...late] };
  });
}

/** Gives up on up to `limit` overdue results of a group; returns how many. */
export async function giveUpOverdue(
  db: Database,
  group: Group,
  limits: QueueLimits,
  now: Date,
  limit: number,
): Promise<number> {
  const rules = queueRules({ ...group.shown, continuing: group.continuing }, limits);
  return db.transaction(group.tenantId, async (tx) => {
    const chains = await lockOverdue(tx, group.shown.id, now, limit);
    return settleAll(tx, chains, (chain) => giveUp(chain, rules, now), now);
  });
}

/** Cancels up to `limit` chains of a stopped group that are neither leased nor in flight; returns how many. */
export async function cancelIdle(db: Database, group: Group, now: Date, limit: number): Promise<number> {
  return db.transaction(group.tenantId, async (tx) => {
    const chains = await lockIdle(tx, group.shown.id, now, limit);
    return settleAll(
      tx,
      chains,
      (chain) => ({ chain: cancelChain(chain), results: [], refusal: undefined, began: false }),
      now,
    );
  });
}

/** Reopens a batch of chains that were open when the previous run ended, in the order of their records. Returns the last record; undefined if none is left. */
export async function reopenBatch(
  tx: TenantTransaction,
  group: Group,
  after: string,
  { staleAfterMs }: QueueLimits,
  now: Date,
  limit: number,
): Promise<string | undefined> {
  const chains = await lockCutOff(tx, group.shown.id, after, limit);
  const staleAt = new Date(now.getTime() + staleAfter(group.shown.channel, staleAfterMs));
  const reopen = (chain: ChainState): Settlement => ({
    chain: reopenChain(chain, now, staleAt),
    results: [],
    refusal: undefined,
    began: false,
  });
  await settleAll(tx, chains, reopen, now);
  return chains.length < limit ? undefined : chains.at(-1)?.recordId;
}

async function settleAll(
  tx: TenantTransaction,
  chains: readonly KeptChain[],
  change: (chain: ChainState) => Settlement | undefined,
  now: Date,
): Promise<number> {
  const batch = new SettlementBatch(chains);
  for (const chain of chains) batch.settle(chain.groupId, chain.recordId, change, now);
  await batch.write(tx, now);
  return chains.length;
}

/** The chains of one batch while its reports are applied one after the other, and the resulting changes of counts. */
class SettlementBatch {
  readonly #chains: Map<string, KeptChain>;
  readonly #changed = new Map<string, KeptChain>();
  readonly #counts = new Map<string, CountChanges>();

  constructor(chains: readonly KeptChain[]) {
    this.#chains = new Map(chains.map((chain) => [`${chain.groupId} ${chain.recordId}`, chain]));
  }

  get groups(): Set<string> {
    return new Set(this.#counts.keys());
  }

  get retries(): ChainKey[] {
    return [...this.#changed.values()].filter(({ lane, waitsFor }) => lane === Lane.AGAIN && waitsFor === RETRY);
  }

  /** Applies one change; false when it changed nothing. */
  settle(groupId: string, recordId: string, change: (chain: ChainState) => Settlement | undefined, now: Date): boolean {
    const key = `${groupId} ${recordId}`;
    const before = this.#chains.get(key);
    const settled = before && change(before);
    if (!settled) return false;
    const after: KeptChain = { ...before, ...settled.chain };
    this.#chains.set(key, after);
    this.#changed.set(key, after);
    this.#countsOf(groupId).settled(before, settled, now);
    return true;
  }

  async write(tx: TenantTransaction, now: Date): Promise<void> {
    if (this.#changed.size === 0) return;
    await writeChains(tx, [...this.#changed.values()], now);
    for (const groupId of [...this.#counts.keys()].sort()) await addToCounts(tx, groupId, this.#countsOf(groupId));
  }

  #countsOf(groupId: string): CountChanges {
    let counts = this.#counts.get(groupId);
    if (!counts) this.#counts.set(groupId, (counts = new CountChanges()));
    return counts;
  }
}

function queueRules(group: Omit<QueueGroup, "id">, { staleAfterMs, uncountedTries }: QueueLimits): QueueRules {
  const { channel, treatments, state, continuing } = group;
  return {
    channel,
    treatments,
    open: isOpen(state, continuing),
    staleAfterMs: staleAfter(channel, staleAfterMs),
    uncountedTries,
  };
}

function staleAfter(channel: Channel, { voice, sms, email }: QueueLimits["staleAfterMs"]): number {
  const patience: Partial<Record<Channel, number>> = { [Channel.CHANNEL_VOICE]: voice, [Channel.CHANNEL_SMS]: sms };
  return patience[channel] ?? email;
}

/** Converts a report; the handler has checked that it is complete. */
function readReport({ time, kind }: AttemptReport, now: Date): ChainReport {
  const at = time ?? now;
  if (kind?.$case === "ended") {
    return { kind: "ended", at, outcome: kind.ended.outcome ?? { result: undefined }, counts: kind.ended.counts };
  }
  if (kind?.$case === "refused") {
    const { reason, earliestTime: earliest, repeats } = kind.refused;
    return { kind: "refused", at, reason, earliest, repeats };
  }
  return { kind: kind?.$case === "returned" ? "returned" : "begun", at };
}
