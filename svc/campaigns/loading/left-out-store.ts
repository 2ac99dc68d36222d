/** SQL of records that gave no chain. */
import type { LeftOut } from "../../../gen/herald/campaigns/v1/chain.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";
import type { TenantQueryable, TenantTransaction } from "../../lib/postgres/db.ts";
import type { Group } from "../groups/group-rows.ts";
import { addToCounts } from "../progress/count-store.ts";
import { chosenStatement, loadStatement } from "./queries/load-query.ts";
import { runLoad, type LoadBasis, loadedCounts, questionOf } from "./load-store.ts";

/** Reasons for leaving out a record that may stop applying. Duplicates stay duplicates. */
const MAY_PASS = ["suppressed_device", "suppressed_client", "location_forbidden", "outside_window"];

/**
 * Looks at up to `limit` records after one that were left out for a reason that may pass, and queues those for whom it has. Gives the last one looked
 * at; undefined when none is left.
 */
export async function takeBack(
  tx: TenantTransaction,
  group: Group,
  basis: LoadBasis,
  after: string,
  limit: number,
  now: Date,
): Promise<string | undefined> {
  const key = [tx.tenantId, group.shown.id];
  const { rows } = await tx.query<{ id: string }>(
    `select record_id as id from campaigns.left_out where tenant_id = $1 and campaign_group_id = $2 and record_id > $3 and reason = any($4)
      order by record_id limit $5`,
    [...key, after, MAY_PASS, limit],
  );
  const chosen = await chosenRecords(
    tx,
    group,
    basis,
    rows.map(({ id }) => id),
  );
  if (chosen.length > 0) {
    const { rows: gone } = await tx.query<{ reason: string; n: number }>(
      `with gone as (delete from campaigns.left_out where tenant_id = $1 and campaign_group_id = $2 and record_id = any($3::uuid[]) returning reason)
       select reason, count(*)::integer as n from gone group by reason`,
      [...key, chosen],
    );
    const question = { ...questionOf(tx, group), ...basis, hasQueue: true, recordIds: chosen };
    const counts = loadedCounts(await runLoad(tx, loadStatement(question, now)));
    for (const { reason, n } of gone) counts.add("left_out", reason, -n);
    await addToCounts(tx, group.shown.id, counts);
  }
  return rows.length < limit ? undefined : rows.at(-1)?.id;
}

/** Those of the records that would give a chain now. */
async function chosenRecords(
  tx: TenantQueryable,
  group: Group,
  basis: LoadBasis,
  recordIds: string[],
): Promise<string[]> {
  if (recordIds.length === 0) return [];
  const { text, values } = chosenStatement({ ...questionOf(tx, group), ...basis, hasQueue: true, recordIds });
  const { rows } = await tx.query<{ recordId: string }>(text, values);
  return rows.map(({ recordId }) => recordId);
}

/** Removes up to `limit` notes of whom a group's lists left out; gives how many. */
export async function removeLeftOut(db: TenantQueryable, groupId: string, limit: number): Promise<number> {
  const { rowCount } = await db.query(
    `delete from campaigns.left_out where tenant_id = $1 and campaign_group_id = $2 and record_id = any(array(
       select record_id from campaigns.left_out where tenant_id = $1 and campaign_group_id = $2 limit $3))`,
    [db.tenantId, groupId, limit],
  );
  return rowCount;
}

/** One page of the records that a group's lists left out, in the order of their ids. */
export async function listLeftOut(db: TenantQueryable, groupId: string, reason: string, page: Page) {
  const { rows } = await db.query<LeftOutRow>(
    `select record_id, contact_list_id, client_id, reason from campaigns.left_out
      where tenant_id = $1 and campaign_group_id = $2 and ($3::uuid is null or record_id > $3) and ($4 = '' or reason = $4)
      order by record_id limit $5`,
    [db.tenantId, groupId, page.after?.[0] ?? null, reason, page.limit],
  );
  return pageOf(
    page,
    rows,
    (row) => [row.record_id],
    (row): LeftOut => ({
      recordId: row.record_id,
      contactListId: row.contact_list_id,
      clientId: row.client_id,
      reason: row.reason,
      contactName: "",
      contactInfos: [],
    }),
  );
}

interface LeftOutRow {
  record_id: string;
  contact_list_id: string;
  client_id: string;
  reason: string;
}
