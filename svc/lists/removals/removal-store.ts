/** SQL of removals: after a deletion, the rows are removed in the background, one batch at a time. */
import type { Queryable } from "../../lib/postgres/db.ts";

export interface Removal {
  tenant_id: string;
  kind: "records" | "rejected_rows" | "suppression_entries";
  id: string;
  before_number: number | null;
}

/** Takes one removal on which no other process works. */
export async function takeRemoval(tx: Queryable): Promise<Removal | undefined> {
  const { rows } = await tx.query<Removal>(
    "select tenant_id, kind, id, before_number from lists.removals limit 1 for update skip locked",
  );
  return rows[0];
}

const ROWS: Readonly<Record<Removal["kind"], string>> = {
  records: `delete from lists.records where (tenant_id, contact_list_id, id) in (
    select tenant_id, contact_list_id, id from lists.records
     where tenant_id = $1 and contact_list_id = $2 and ($4::integer is null or import_number < $4) limit $3)`,
  rejected_rows: `delete from lists.rejected_rows where (tenant_id, import_id, line) in (
    select tenant_id, import_id, line from lists.rejected_rows where tenant_id = $1 and import_id = $2 and $4::integer is null limit $3)`,
  suppression_entries: `delete from lists.suppression_entries where (tenant_id, suppression_list_id, value) in (
    select tenant_id, suppression_list_id, value from lists.suppression_entries
     where tenant_id = $1 and suppression_list_id = $2 and $4::integer is null limit $3)`,
};

/** Removes up to `limit` rows; gives how many there were. */
export async function removeRows(tx: Queryable, removal: Removal, limit: number): Promise<number> {
  const { tenant_id: tenantId, kind, id, before_number: before } = removal;
  const { rowCount } = await tx.query(ROWS[kind], [tenantId, id, limit, before]);
  return rowCount;
}

export async function endRemoval(tx: Queryable, { tenant_id: tenantId, kind, id }: Removal): Promise<void> {
  await tx.query("delete from lists.removals where tenant_id = $1 and kind = $2 and id = $3", [tenantId, kind, id]);
}
