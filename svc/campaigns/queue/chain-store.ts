/** SQL of chains: before and after a report, and as people see them. */
import type { Chain } from "../../../gen/herald/campaigns/v1/chain.ts";
import type { CallResult, DeliveryState, Outcome } from "../../../gen/herald/common/v1/outcome.ts";
import { RecordStatus, type RecordType } from "../../../gen/herald/common/v1/record_type.ts";
import type { TenantQueryable } from "../../lib/postgres/db.ts";
import { plainArray, textArray, timeArray } from "../../lib/postgres/array-literals.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";
import { type ChainState, Lane, type Phase } from "./chain.ts";

/** Names one chain. */
export interface ChainKey {
  groupId: string;
  recordId: string;
}

/** A chain as it is kept. */
export interface KeptChain extends ChainKey, ChainState {
  contactListId: string;
  clientId: string;
  updateTime: Date;
}

interface ChainRow {
  campaign_group_id: string;
  record_id: string;
  contact_list_id: string;
  client_id: string;
  record_type: RecordType;
  record_status: RecordStatus;
  device_indexes: number[];
  place: number;
  attempts: number;
  attempt_id: string | null;
  lease_number: number;
  phase: Phase;
  lane: Lane;
  due: Date | null;
  waits_for: string;
  refusal_reason: string;
  last_call_result: CallResult | null;
  last_delivery_state: DeliveryState | null;
  treatment_counts: number[];
  uncounted: number;
  update_time: Date;
}

const COLUMNS = `c.campaign_group_id, c.record_id, c.contact_list_id, c.client_id, c.record_type, c.record_status, c.device_indexes, c.place,
  c.attempts, c.attempt_id, c.lease_number, c.phase, c.lane, c.due, c.waits_for, c.refusal_reason, c.last_call_result, c.last_delivery_state,
  c.treatment_counts, c.uncounted, c.update_time`;

/**
 * The chains that reports are about, locked in one order, so that two batches cannot block each other. Arrays of either part
 * of the key lead to its index whatever the planner believes about a table that was just filled; a record that is queued in
 * two of the groups may come for both.
 */
export async function lockChains(tx: TenantQueryable, keys: readonly ChainKey[]): Promise<KeptChain[]> {
  const text = `select ${COLUMNS} from campaigns.chains c
     where c.tenant_id = $1 and c.campaign_group_id = any($2::uuid[]) and c.record_id = any($3::uuid[])
     order by c.campaign_group_id, c.record_id for update`;
  const groupIds = plainArray([...new Set(keys.map((key) => key.groupId))]);
  const recordIds = plainArray([...new Set(keys.map((key) => key.recordId))]);
  const { rows } = await tx.query<ChainRow>({ name: "lock_chains", text }, [tx.tenantId, groupIds, recordIds]);
  return rows.map(toKept);
}

/** What a report can change of a chain. */
const CHANGING = [
  "record_type",
  "record_status",
  "place",
  "attempts",
  "phase",
  "lane",
  "due",
  "waits_for",
  "refusal_reason",
  "last_call_result",
  "last_delivery_state",
  "treatment_counts",
  "uncounted",
  "update_time",
];

/**
 * Writes chains that this transaction has locked, all in one statement. They are all there: it is the conflict with the row
 * that finds it by its key, where the planner of an update with a join may prefer to read the whole queue. So what never changes
 * need not be sent, though the statement has to name it.
 */
export async function writeChains(tx: TenantQueryable, chains: readonly KeptChain[], now: Date): Promise<void> {
  const text = `insert into campaigns.chains as c
      (tenant_id, update_time, campaign_group_id, record_id, contact_list_id, client_id, device_indexes, record_type, record_status, place,
       attempts, phase, lane, due, waits_for, refusal_reason, last_call_result, last_delivery_state, treatment_counts, uncounted)
    select $1, $2, g, r, g, '', '{}', t, s, place, attempts, phase, lane, due, waits, refusal, result, delivery, counts::smallint[], uncounted
      from unnest($3::uuid[], $4::uuid[], $5::smallint[], $6::smallint[], $7::smallint[], $8::integer[], $9::smallint[], $10::smallint[], $11::timestamptz[],
                  $12::text[], $13::text[], $14::smallint[], $15::smallint[], $16::text[], $17::smallint[])
        as n (g, r, t, s, place, attempts, phase, lane, due, waits, refusal, result, delivery, counts, uncounted)
    on conflict (tenant_id, campaign_group_id, record_id) do update set ${CHANGING.map((column) => `${column} = excluded.${column}`).join(", ")}`;
  const column = <T>(pick: (chain: KeptChain) => T): T[] => chains.map(pick);
  await tx.query({ name: "write_chains", text }, [
    tx.tenantId,
    now,
    plainArray(column((chain) => chain.groupId)),
    plainArray(column((chain) => chain.recordId)),
    plainArray(column((chain) => chain.recordType)),
    plainArray(column((chain) => chain.recordStatus)),
    plainArray(column((chain) => chain.place)),
    plainArray(column((chain) => chain.attempts)),
    plainArray(column((chain) => chain.phase)),
    plainArray(column((chain) => chain.lane)),
    timeArray(column((chain) => chain.due)),
    textArray(column((chain) => chain.waitsFor)),
    textArray(column((chain) => chain.refusalReason)),
    plainArray(
      column(({ lastOutcome }) => (lastOutcome?.result?.$case === "callResult" ? lastOutcome.result.callResult : null)),
    ),
    plainArray(
      column(({ lastOutcome }) =>
        lastOutcome?.result?.$case === "deliveryState" ? lastOutcome.result.deliveryState : null,
      ),
    ),
    textArray(column((chain) => plainArray(chain.treatmentCounts))),
    plainArray(column((chain) => chain.uncounted)),
  ]);
}

/** Locks chains in flight whose result should have come by now. */
export async function lockOverdue(
  tx: TenantQueryable,
  groupId: string,
  now: Date,
  limit: number,
): Promise<KeptChain[]> {
  const { rows } = await tx.query<ChainRow>(
    `select ${COLUMNS} from campaigns.chains c
      where c.tenant_id = $1 and c.campaign_group_id = $2 and c.lane = ${Lane.IN_FLIGHT} and c.due <= $3 order by c.due limit $4 for update skip locked`,
    [tx.tenantId, groupId, now, limit],
  );
  return rows.map(toKept);
}

/** Locks chains of a stopped group that nothing holds: waiting ones, and leases that have ended. */
export async function lockIdle(tx: TenantQueryable, groupId: string, now: Date, limit: number): Promise<KeptChain[]> {
  const { rows } = await tx.query<ChainRow>(
    `select ${COLUMNS} from campaigns.chains c
      where c.tenant_id = $1 and c.campaign_group_id = $2
        and (c.lane in (${Lane.AGAIN}, ${Lane.FRESH}) or (c.lane = ${Lane.LEASED} and c.due <= $3))
      limit $4 for update skip locked`,
    [tx.tenantId, groupId, now, limit],
  );
  return rows.map(toKept);
}

/** Locks chains of a group, after a record, that a stop cancelled or that were closed by a refusal. */
export async function lockCutOff(
  tx: TenantQueryable,
  groupId: string,
  after: string,
  limit: number,
): Promise<KeptChain[]> {
  const { rows } = await tx.query<ChainRow>(
    `select ${COLUMNS} from campaigns.chains c
      where c.tenant_id = $1 and c.campaign_group_id = $2 and c.record_id > $3
        and c.lane = ${Lane.NONE} and (c.record_status = ${RecordStatus.RECORD_STATUS_CANCELLED} or c.refusal_reason <> '')
      order by c.record_id limit $4 for update`,
    [tx.tenantId, groupId, after, limit],
  );
  return rows.map(toKept);
}

/** Removes up to `limit` chains of a group; gives how many. */
export async function removeChains(db: TenantQueryable, groupId: string, limit: number): Promise<number> {
  const { rowCount } = await db.query(
    `delete from campaigns.chains where tenant_id = $1 and campaign_group_id = $2 and record_id = any(array(
       select record_id from campaigns.chains where tenant_id = $1 and campaign_group_id = $2 limit $3))`,
    [db.tenantId, groupId, limit],
  );
  return rowCount;
}

/** One page of a group's chains, in the order of their records. */
export async function listChains(db: TenantQueryable, groupId: string, recordStatus: RecordStatus, page: Page) {
  const { rows } = await db.query<ChainRow>(
    `select ${COLUMNS} from campaigns.chains c
      where c.tenant_id = $1 and c.campaign_group_id = $2 and ($3::uuid is null or c.record_id > $3) and ($4 = 0 or c.record_status = $4)
      order by c.record_id limit $5`,
    [db.tenantId, groupId, page.after?.[0] ?? null, recordStatus, page.limit],
  );
  return pageOf(
    page,
    rows,
    (row) => [row.record_id],
    (row) => toChain(toKept(row)),
  );
}

/** One chain, if the group has it. */
export async function findChain(db: TenantQueryable, { groupId, recordId }: ChainKey): Promise<Chain | undefined> {
  const { rows } = await db.query<ChainRow>(
    `select ${COLUMNS} from campaigns.chains c where c.tenant_id = $1 and c.campaign_group_id = $2 and c.record_id = $3`,
    [db.tenantId, groupId, recordId],
  );
  return rows[0] && toChain(toKept(rows[0]));
}

function toKept(row: ChainRow): KeptChain {
  return {
    groupId: row.campaign_group_id,
    recordId: row.record_id,
    contactListId: row.contact_list_id,
    clientId: row.client_id,
    recordType: row.record_type,
    recordStatus: row.record_status,
    devices: row.device_indexes,
    place: row.place,
    attempts: row.attempts,
    attemptId: row.attempt_id ?? undefined,
    leaseNumber: row.lease_number,
    phase: row.phase,
    lane: row.lane,
    due: row.due ?? undefined,
    waitsFor: row.waits_for,
    refusalReason: row.refusal_reason,
    lastOutcome: lastOutcome(row),
    treatmentCounts: row.treatment_counts,
    uncounted: row.uncounted,
    updateTime: row.update_time,
  };
}

function lastOutcome({
  last_call_result: callResult,
  last_delivery_state: deliveryState,
}: ChainRow): Outcome | undefined {
  if (callResult !== null) return { result: { $case: "callResult", callResult } };
  return deliveryState === null ? undefined : { result: { $case: "deliveryState", deliveryState } };
}

function toChain(chain: KeptChain): Chain {
  const open = chain.lane === Lane.AGAIN || chain.lane === Lane.FRESH;
  return {
    campaignGroupId: chain.groupId,
    recordId: chain.recordId,
    contactListId: chain.contactListId,
    clientId: chain.clientId,
    recordType: chain.recordType,
    recordStatus: chain.recordStatus,
    deviceIndexes: [...chain.devices],
    nextDeviceIndex: chain.devices[chain.place] ?? 0,
    attempts: chain.attempts,
    lastOutcome: chain.lastOutcome,
    refusalReason: chain.refusalReason,
    attemptId: chain.attemptId ?? "",
    nextTime: open ? chain.due : undefined,
    treatmentCounts: [...chain.treatmentCounts],
    updateTime: chain.updateTime,
    contactName: "",
    contactInfo: "",
    zones: [],
  };
}
