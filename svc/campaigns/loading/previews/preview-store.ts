/** SQL of what a start would find. */
import { RecordStatus } from "../../../../gen/herald/common/v1/record_type.ts";
import type { TenantQueryable } from "../../../lib/postgres/db.ts";
import { Lane } from "../../queue/chain.ts";
import type { Group } from "../../groups/group-rows.ts";
import { firstStatement } from "../queries/load-query.ts";
import { type LoadBasis, questionOf } from "../load-store.ts";

/** A queue as it stands. */
export interface QueueCount {
  all: number;
  attempted: number;
  /** In one of the lanes; of them, those that are due, and those that had an attempt. */
  open: number;
  dueNow: number;
  openAttempted: number;
  /** Cancelled, or closed by a refusal: what the next run may go on with. */
  cutOff: number;
  cutOffAttempted: number;
}

/** Somebody who would be tried among the first, and by which device. */
export interface NextDevice {
  contactListId: string;
  recordId: string;
  deviceIndex: number;
}

const CUT_OFF = `lane = ${Lane.NONE} and (record_status = ${RecordStatus.RECORD_STATUS_CANCELLED} or refusal_reason <> '')`;

export async function countQueue(db: TenantQueryable, groupId: string, now: Date): Promise<QueueCount> {
  const count = (condition: string) => `count(*) filter (where ${condition})::float8`;
  const { rows } = await db.query<QueueCount>(
    `select count(*)::float8 as "all", ${count("attempts > 0")} as attempted, ${count("lane > 0")} as open,
        ${count(`lane in (${Lane.AGAIN}, ${Lane.FRESH}) and due <= $3`)} as "dueNow", ${count("lane > 0 and attempts > 0")} as "openAttempted",
        ${count(CUT_OFF)} as "cutOff", ${count(`${CUT_OFF} and attempts > 0`)} as "cutOffAttempted"
       from campaigns.chains where tenant_id = $1 and campaign_group_id = $2`,
    [db.tenantId, groupId, now],
  );
  return rows[0] as QueueCount;
}

/** The first queued contacts; with `cutOff` those with which the next run may continue. */
export async function firstOfQueue(
  db: TenantQueryable,
  group: Group,
  cutOff: boolean,
  limit: number,
): Promise<NextDevice[]> {
  const condition = cutOff ? `(lane > 0 or (${CUT_OFF}))` : "lane > 0";
  const { rows } = await db.query<NextDevice>(
    `select contact_list_id as "contactListId", record_id as "recordId", device_indexes[place + 1] as "deviceIndex" from campaigns.chains
      where tenant_id = $1 and campaign_group_id = $2 and ${condition} order by lane, due, record_id limit $3`,
    [db.tenantId, group.shown.id, limit],
  );
  return rows;
}

/** The first contacts of the lists; with `hasQueue` only those that are not queued yet. */
export async function firstOfLists(
  db: TenantQueryable,
  group: Group,
  basis: LoadBasis,
  hasQueue: boolean,
  limit: number,
): Promise<NextDevice[]> {
  const { text, values } = firstStatement({ ...questionOf(db, group), ...basis, hasQueue }, limit);
  const { rows } = await db.query<NextDevice>(text, values);
  return rows;
}
