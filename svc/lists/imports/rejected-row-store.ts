/** SQL of the rows that imports did not take. */
import type { TenantQueryable } from "../../lib/postgres/db.ts";
import type { RejectedRow } from "../reader/result.ts";

export async function insertRejectedRows(
  db: TenantQueryable,
  importId: string,
  rejected: readonly RejectedRow[],
): Promise<void> {
  const text = `insert into lists.rejected_rows (tenant_id, import_id, line, reason, column_name, detail, original)
    select $1, $2, * from unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[]) on conflict do nothing`;
  await db.query({ name: "insert_rejected_rows", text }, [
    db.tenantId,
    importId,
    rejected.map((row) => row.line),
    rejected.map((row) => row.reason),
    rejected.map((row) => row.column),
    rejected.map((row) => row.detail),
    rejected.map((row) => row.original),
  ]);
}

/** The next rejected rows after a line. */
export async function listRejectedRows(
  db: TenantQueryable,
  importId: string,
  afterLine: number,
  limit: number,
): Promise<RejectedRow[]> {
  const { rows } = await db.query<RejectedRow>(
    `select line::float8, reason, column_name as column, detail, original from lists.rejected_rows
      where tenant_id = $1 and import_id = $2 and line > $3 order by line limit $4`,
    [db.tenantId, importId, afterLine, limit],
  );
  return rows;
}
