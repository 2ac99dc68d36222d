/** SQL of the dial queue: what is due, leases, chains before and after a report. */
import type { Chain } from "../../gen/herald/campaigns/v1/campaign_group.ts";
import type {
  CallResult,
  DeliveryState,
  Outcome,
  RecordStatus,
  RecordType,
} from "../../gen/herald/common/v1/outcome.ts";
import type { Queryable } from "../lib/db.ts";
import { type Page, pageOf } from "../lib/page.ts";
import { type ChainState, Lane, Phase } from "./chain.ts";
import type { CountedChain } from "./counts.ts";

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

/** A chain just leased, with what it counted as before. */
export interface LeasedChain {
  attemptId: string;
  recordId: string;
  contactListId: string;
  clientId: string;
  deviceIndex: number;
  attempts: number;
  before: CountedChain;
}

export interface LeaseOrder {
  tenantId: string;
  groupId: string;
  holder: string;
  now: Date;
  until: Date;
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
  c.attempts, c.attempt_id, c.phase, c.lane, c.due, c.waits_for, c.refusal_reason, c.last_call_result, c.last_delivery_state,
  c.treatment_counts, c.uncounted, c.update_time`;
/** What of a chain is counted, as it was before an update. */
const COUNTED_BEFORE = `old.record_status as "recordStatus", old.attempts, old.lane, old.due, old.waits_for as "waitsFor", old.refusal_reason as "refusalReason"`;

/**
 * Leases up to `limit` chains that are due in one lane; others' transactions skip the rows taken. A lease that has ended is
 * leased again with the attempt id that it had.
 */
export async function leaseLane(
  tx: Queryable,
  { tenantId, groupId, holder, now, until }: LeaseOrder,
  lane: Lane,
  limit: number,
): Promise<LeasedChain[]> {
  const text = `
    with due_now as materialized (
      select record_id from campaigns.chains
       where tenant_id = $1 and campaign_group_id = $2 and lane = $3 and due <= $4
       order by due limit $5 for update skip locked)
    update campaigns.chains c
       set lane = ${Lane.LEASED}, phase = ${Phase.LEASED}, record_status = 2, due = $6, holder = $7, update_time = $4,
           attempt_id = case when c.lane = ${Lane.LEASED} then c.attempt_id else uuidv7() end
      from due_now
     where c.tenant_id = $1 and c.campaign_group_id = $2 and c.record_id = due_now.record_id
    returning c.attempt_id as "attemptId", c.record_id as "recordId", c.contact_list_id as "contactListId", c.client_id as "clientId",
      c.device_indexes[c.place + 1] as "deviceIndex", ${COUNTED_BEFORE}`;
  const { rows } = await tx.query<Omit<LeasedChain, "before"> & CountedChain>({ name: "lease_lane", text }, [
    tenantId,
    groupId,
    lane,
    now,
    limit,
    until,
    holder,
  ]);
  return rows.map(({ recordStatus, lane, due, waitsFor, refusalReason, ...leased }) => ({
    ...leased,
    before: { recordStatus, attempts: leased.attempts, lane, due: due ?? undefined, waitsFor, refusalReason },
  }));
}

/** When the next chain of a group is due in one of the lanes; undefined when none is. */
export async function nextDue(
  db: Queryable,
  tenantId: string,
  groupId: string,
  lanes: readonly Lane[],
): Promise<Date | undefined> {
  const text = `select min(due) as due from unnest($3::smallint[]) as wanted (lane), lateral (
      select due from campaigns.chains c where c.tenant_id = $1 and c.campaign_group_id = $2 and c.lane = wanted.lane order by due limit 1) as first`;
  const { rows } = await db.query<{ due: Date | null }>({ name: "next_due", text }, [tenantId, groupId, lanes]);
  return rows[0]?.due ?? undefined;
}

/** Keeps the leases that are still this holder's; gives their attempt ids. */
export async function renewLeases(
  db: Queryable,
  { tenantId, groupId, holder, now, until }: LeaseOrder,
  attemptIds: readonly string[],
): Promise<string[]> {
  const text = `update campaigns.chains set due = $4, update_time = $5
     where tenant_id = $1 and campaign_group_id = $2 and lane = ${Lane.LEASED} and holder = $3 and attempt_id = any($6::uuid[])
    returning attempt_id`;
  const { rows } = await db.query<{ attempt_id: string }>({ name: "renew_leases", text }, [
    tenantId,
    groupId,
    holder,
    until,
    now,
    attemptIds,
  ]);
  return rows.map((row) => row.attempt_id);
}

/** The chains that reports are about, locked in one order, so that two batches cannot block each other. */
export async function lockChains(tx: Queryable, tenantId: string, keys: readonly ChainKey[]): Promise<KeptChain[]> {
  const text = `select ${COLUMNS}
      from (select distinct * from unnest($2::uuid[], $3::uuid[])) as wanted (campaign_group_id, record_id)
      join campaigns.chains c on c.tenant_id = $1 and c.campaign_group_id = wanted.campaign_group_id and c.record_id = wanted.record_id
     order by c.campaign_group_id, c.record_id for update of c`;
  const { rows } = await tx.query<ChainRow>({ name: "lock_chains", text }, [
    tenantId,
    keys.map((key) => key.groupId),
    keys.map((key) => key.recordId),
  ]);
  return rows.map(toKept);
}

/** Writes what reports made of chains, all in one statement. */
export async function writeChains(
  tx: Queryable,
  tenantId: string,
  chains: readonly KeptChain[],
  now: Date,
): Promise<void> {
  const text = `update campaigns.chains c
      set record_type = n.record_type, record_status = n.record_status, place = n.place, attempts = n.attempts, phase = n.phase, lane = n.lane,
          due = n.due, waits_for = n.waits_for, refusal_reason = n.refusal_reason, last_call_result = n.last_call_result,
          last_delivery_state = n.last_delivery_state, treatment_counts = n.treatment_counts::smallint[], uncounted = n.uncounted, update_time = $2
     from unnest($3::uuid[], $4::uuid[], $5::smallint[], $6::smallint[], $7::smallint[], $8::integer[], $9::smallint[], $10::smallint[], $11::timestamptz[],
                 $12::text[], $13::text[], $14::smallint[], $15::smallint[], $16::text[], $17::smallint[])
       as n (campaign_group_id, record_id, record_type, record_status, place, attempts, phase, lane, due,
             waits_for, refusal_reason, last_call_result, last_delivery_state, treatment_counts, uncounted)
    where c.tenant_id = $1 and c.campaign_group_id = n.campaign_group_id and c.record_id = n.record_id`;
  const column = <T>(pick: (chain: KeptChain) => T): T[] => chains.map(pick);
  await tx.query({ name: "write_chains", text }, [
    tenantId,
    now,
    column((chain) => chain.groupId),
    column((chain) => chain.recordId),
    column((chain) => chain.recordType),
    column((chain) => chain.recordStatus),
    column((chain) => chain.place),
    column((chain) => chain.attempts),
    column((chain) => chain.phase),
    column((chain) => chain.lane),
    column((chain) => chain.due ?? null),
    column((chain) => chain.waitsFor),
    column((chain) => chain.refusalReason),
    column(({ lastOutcome }) => (lastOutcome?.result?.$case === "callResult" ? lastOutcome.result.callResult : null)),
    column(({ lastOutcome }) =>
      lastOutcome?.result?.$case === "deliveryState" ? lastOutcome.result.deliveryState : null,
    ),
    column((chain) => `{${chain.treatmentCounts.join(",")}}`),
    column((chain) => chain.uncounted),
  ]);
}

/** Locks chains in flight whose result should have come by now. */
export async function lockOverdue(
  tx: Queryable,
  tenantId: string,
  groupId: string,
  now: Date,
  limit: number,
): Promise<KeptChain[]> {
  const { rows } = await tx.query<ChainRow>(
    `select ${COLUMNS} from campaigns.chains c
      where c.tenant_id = $1 and c.campaign_group_id = $2 and c.lane = ${Lane.IN_FLIGHT} and c.due <= $3 order by c.due limit $4 for update skip locked`,
    [tenantId, groupId, now, limit],
  );
  return rows.map(toKept);
}

/** Locks chains of a stopped group that nothing holds: waiting ones, and leases that have ended. */
export async function lockIdle(
  tx: Queryable,
  tenantId: string,
  groupId: string,
  now: Date,
  limit: number,
): Promise<KeptChain[]> {
  const { rows } = await tx.query<ChainRow>(
    `select ${COLUMNS} from campaigns.chains c
      where c.tenant_id = $1 and c.campaign_group_id = $2
        and (c.lane in (${Lane.AGAIN}, ${Lane.FRESH}) or (c.lane = ${Lane.LEASED} and c.due <= $3))
      limit $4 for update skip locked`,
    [tenantId, groupId, now, limit],
  );
  return rows.map(toKept);
}

/** Removes up to `limit` chains of a group; gives how many. */
export async function removeChains(db: Queryable, tenantId: string, groupId: string, limit: number): Promise<number> {
  const { rowCount } = await db.query(
    `delete from campaigns.chains where tenant_id = $1 and campaign_group_id = $2 and record_id in (
       select record_id from campaigns.chains where tenant_id = $1 and campaign_group_id = $2 limit $3)`,
    [tenantId, groupId, limit],
  );
  return rowCount;
}

/** One page of a group's chains, in the order of their records. */
export async function listChains(
  db: Queryable,
  tenantId: string,
  groupId: string,
  recordStatus: RecordStatus,
  page: Page,
) {
  const { rows } = await db.query<ChainRow>(
    `select ${COLUMNS} from campaigns.chains c
      where c.tenant_id = $1 and c.campaign_group_id = $2 and ($3::uuid is null or c.record_id > $3) and ($4 = 0 or c.record_status = $4)
      order by c.record_id limit $5`,
    [tenantId, groupId, page.after?.[0] ?? null, recordStatus, page.limit],
  );
  return pageOf(
    page,
    rows,
    (row) => [row.record_id],
    (row) => toChain(toKept(row)),
  );
}

/** One chain, if the group has it. */
export async function findChain(
  db: Queryable,
  tenantId: string,
  { groupId, recordId }: ChainKey,
): Promise<Chain | undefined> {
  const { rows } = await db.query<ChainRow>(
    `select ${COLUMNS} from campaigns.chains c where c.tenant_id = $1 and c.campaign_group_id = $2 and c.record_id = $3`,
    [tenantId, groupId, recordId],
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
  };
}
