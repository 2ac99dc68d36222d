/** SQL of leases: what is due, who holds it and until when. */
import type { TenantQueryable } from "../../lib/postgres/db.ts";
import { Lane, Phase } from "./chain.ts";
import type { CountedChain } from "../progress/counts.ts";

/** A chain just leased, with what it counted as before. */
export interface LeasedChain {
  attemptId: string;
  leaseNumber: number;
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

/** What of a chain is counted, as it was before an update. */
const COUNTED_BEFORE = `old.record_status as "recordStatus", old.attempts, old.lane, old.due, old.waits_for as "waitsFor", old.refusal_reason as "refusalReason"`;

/**
 * Leases up to `limit` chains that are due in one lane; others' transactions skip the rows taken. A lease that has ended is
 * leased again with the attempt id that it had.
 */
export async function leaseLane(
  tx: TenantQueryable,
  { groupId, holder, now, until }: LeaseOrder,
  lane: Lane,
  limit: number,
): Promise<LeasedChain[]> {
  const text = `
    with due_now as materialized (
      select record_id from campaigns.chains
       where tenant_id = $1 and campaign_group_id = $2 and lane = ${lane} and due <= $3
       order by due limit $4 for update skip locked)
    update campaigns.chains c
       set lane = ${Lane.LEASED}, phase = ${Phase.LEASED}, record_status = 2, due = $5, holder = $6, update_time = $3,
           lease_number = c.lease_number + 1, attempt_id = case when c.lane = ${Lane.LEASED} then c.attempt_id else uuidv7() end
     where c.tenant_id = $1 and c.campaign_group_id = $2 and c.record_id = any(array(select record_id from due_now))
    returning c.attempt_id as "attemptId", c.lease_number as "leaseNumber", c.record_id as "recordId", c.contact_list_id as "contactListId", c.client_id as "clientId",
      c.device_indexes[c.place + 1] as "deviceIndex", ${COUNTED_BEFORE}`;
  // No named statement: a generic plan, made for any limit, would expect a tenth of the queue and read all of it.
  const values = [tx.tenantId, groupId, now, limit, until, holder];
  const { rows } = await tx.query<Omit<LeasedChain, "before"> & CountedChain>(text, values);
  return rows.map(({ recordStatus, lane, due, waitsFor, refusalReason, ...leased }) => ({
    ...leased,
    before: { recordStatus, attempts: leased.attempts, lane, due: due ?? undefined, waitsFor, refusalReason },
  }));
}

/** When the next chain of a group in these lanes is due; undefined if there is none. */
export async function nextDue(db: TenantQueryable, groupId: string, lanes: readonly Lane[]): Promise<Date | undefined> {
  // Each lane is a constant: only then can PostgreSQL use the partial index of due chains, which has no lane 0.
  const firsts = lanes.map(
    (lane) =>
      `(select due from campaigns.chains where tenant_id = $1 and campaign_group_id = $2 and lane = ${lane} order by due limit 1)`,
  );
  const query = { name: `next_due_${lanes.join("_")}`, text: `select least(${firsts.join(", ")}) as due` };
  const { rows } = await db.query<{ due: Date | null }>(query, [db.tenantId, groupId]);
  return rows[0]?.due ?? undefined;
}

/** Keeps the leases that are still this holder's; gives their attempt ids. */
export async function renewLeases(
  db: TenantQueryable,
  { groupId, holder, now, until }: LeaseOrder,
  attemptIds: readonly string[],
): Promise<string[]> {
  const text = `update campaigns.chains set due = $4, update_time = $5
     where tenant_id = $1 and campaign_group_id = $2 and lane = ${Lane.LEASED} and holder = $3 and attempt_id = any($6::uuid[])
    returning attempt_id`;
  const { rows } = await db.query<{ attempt_id: string }>({ name: "renew_leases", text }, [
    db.tenantId,
    groupId,
    holder,
    until,
    now,
    attemptIds,
  ]);
  return rows.map((row) => row.attempt_id);
}
