/** SQL of imports and their rejected rows. */
import { type Import, ImportState } from "../../../gen/herald/lists/v1/import.ts";
import type { Queryable, TenantQueryable } from "../../lib/postgres/db.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";
import type { MergeOutcome } from "./import-merge.ts";
import type { MergeTarget } from "./import-merge-store.ts";
import type { RowCounts, Understanding } from "../reader/result.ts";
import { importNotFound } from "../errors.ts";

export interface NewImport {
  id: string;
  contactListId: string;
  jobId: string;
  fileName: string;
  mode: Import["mode"];
  known: Import["knownRecords"];
}

interface ImportRow {
  id: string;
  contact_list_id: string;
  job_id: string;
  file_name: string;
  state: number;
  mode: number;
  mapping: Record<string, string>;
  encoding: string;
  delimiter: string;
  row_count: number;
  accepted_count: number;
  rejected_count: number;
  rejected_by_reason: Record<string, number>;
  dropped_devices_by_reason: Record<string, number>;
  error_message: string;
  create_time: Date;
  end_time: Date | null;
  number: number;
  known_records: number;
  added_count: number;
  updated_count: number;
  skipped_count: number;
  removed_count: number;
  header_line: number;
  is_encoding_guessed: boolean;
}

const { IMPORT_STATE_RUNNING: RUNNING, IMPORT_STATE_FAILED: FAILED } = ImportState;

const COLUMNS = `id, contact_list_id, number, job_id, file_name, state, mode, mapping, encoding, delimiter, row_count::float8, accepted_count::float8,
  rejected_count::float8, rejected_by_reason, dropped_devices_by_reason, error_message, create_time, end_time,
  known_records, added_count::float8, updated_count::float8, skipped_count::float8, removed_count::float8, header_line, is_encoding_guessed`;

/** Throws NOT_FOUND. */
export async function getImport(db: TenantQueryable, importId: string): Promise<Import> {
  const { rows } = await db.query<ImportRow>(`select ${COLUMNS} from lists.imports where tenant_id = $1 and id = $2`, [
    db.tenantId,
    importId,
  ]);
  if (!rows[0]) throw importNotFound(importId);
  return toImport(rows[0]);
}

/** Newest first. */
export async function listImports(
  db: TenantQueryable,
  contactListId: string,
  page: Page,
): Promise<{ items: Import[]; nextPageToken: string }> {
  const { rows } = await db.query<ImportRow>(
    `select ${COLUMNS} from lists.imports
      where tenant_id = $1 and contact_list_id = $2 and ($3::integer is null or number < $3)
      order by number desc limit $4`,
    [db.tenantId, contactListId, page.after?.[0] ?? null, page.limit],
  );
  return pageOf(page, rows, (row) => [row.number], toImport);
}

/** The import that is reading into a list, if one is. */
export async function runningImport(db: TenantQueryable, contactListId: string): Promise<string | undefined> {
  const { rows } = await db.query<{ id: string }>(
    `select id from lists.imports where tenant_id = $1 and contact_list_id = $2 and state = ${RUNNING}`,
    [db.tenantId, contactListId],
  );
  return rows[0]?.id;
}

/** Stores a new import and gives its number within the list. Violates the unique key `imports_running` while another import runs. */
export async function insertImport(tx: TenantQueryable, fresh: NewImport, now: Date): Promise<number> {
  const { rows } = await tx.query<{ number: number }>(
    `with list as (update lists.contact_lists set last_import_number = last_import_number + 1
                    where tenant_id = $1 and id = $2 returning last_import_number)
     insert into lists.imports (tenant_id, id, contact_list_id, number, job_id, file_name, state, mode, create_time, known_records)
     select $1, $3, $2, last_import_number, $4, $5, 1, $6, $7, $8 from list returning number`,
    [tx.tenantId, fresh.contactListId, fresh.id, fresh.jobId, fresh.fileName, fresh.mode, now, fresh.known],
  );
  return rows[0]?.number ?? 0;
}

/** Notes how far an import is. Gives whether somebody asked to cancel it. */
export async function noteProgress(
  db: TenantQueryable,
  importId: string,
  counts: RowCounts,
  understood: Understanding,
): Promise<boolean> {
  const { rows } = await db.query<{ cancel_requested: boolean }>(
    `update lists.imports set ${PROGRESS}, note_time = now() where tenant_id = $1 and id = $2 and state = ${RUNNING} returning cancel_requested`,
    [db.tenantId, importId, ...progress(counts, understood)],
  );
  return rows[0]?.cancel_requested ?? true;
}

/** Ends an import, unless it has ended already. */
export async function endImport(
  db: TenantQueryable,
  importId: string,
  end: { state: ImportState; errorMessage: string; counts: RowCounts; understood: Understanding },
  now: Date,
): Promise<void> {
  await db.query(
    `update lists.imports set ${PROGRESS}, state = $13, error_message = $14, end_time = $15
      where tenant_id = $1 and id = $2 and state = ${RUNNING}`,
    [db.tenantId, importId, ...progress(end.counts, end.understood), end.state, end.errorMessage, now],
  );
}

const PROGRESS = `row_count = $3, accepted_count = $4, rejected_count = $5, rejected_by_reason = $6, dropped_devices_by_reason = $7,
  mapping = $8, encoding = $9, delimiter = $10, header_line = $11, is_encoding_guessed = $12`;

const progress = (counts: RowCounts, understood: Understanding): unknown[] => [
  counts.rows,
  counts.accepted,
  counts.rejected,
  counts.rejectedByReason,
  counts.droppedByReason,
  understood.mapping,
  understood.encoding,
  understood.delimiter,
  understood.headerLine,
  understood.isEncodingGuessed,
];

/** Notes what an import that succeeds did with its rows. */
export async function noteOutcome(tx: TenantQueryable, importId: string, outcome: MergeOutcome): Promise<void> {
  await tx.query(
    `update lists.imports set added_count = $3, updated_count = $4, skipped_count = $5, removed_count = $6 where tenant_id = $1 and id = $2`,
    [tx.tenantId, importId, outcome.added, outcome.updated, outcome.skipped, outcome.removed],
  );
}

/** Makes the records of an import visible. Those that a REPLACE puts aside become invisible and are removed in the background. */
export async function showRecords(
  tx: Queryable,
  { tenantId, contactListId, number }: MergeTarget,
  { added, removed, putsAside, isReplace }: MergeOutcome & { isReplace: boolean },
  now: Date,
): Promise<void> {
  await tx.query(
    `update lists.contact_lists set update_time = $5, version = version + 1, record_count = record_count + $4,
            first_import_number = case when $6 then $3 else first_import_number end,
            first_field_import = case when $7 then $3 else first_field_import end
      where tenant_id = $1 and id = $2`,
    [tenantId, contactListId, number, added - removed, now, putsAside, isReplace],
  );
  if (!putsAside) return;
  await tx.query(
    `insert into lists.removals (tenant_id, kind, id, before_number) values ($1, 'records', $2, $3)
     on conflict (tenant_id, kind, id) do update set before_number = greatest(removals.before_number, excluded.before_number)`,
    [tenantId, contactListId, number],
  );
}

/** Notes the wish to stop; false when the import is not running. */
export async function requestCancel(db: TenantQueryable, importId: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `update lists.imports set cancel_requested = true where tenant_id = $1 and id = $2 and state = ${RUNNING}`,
    [db.tenantId, importId],
  );
  return rowCount === 1;
}

export interface RunningImport {
  tenantId: string;
  id: string;
  jobId: string;
}

/** Running imports of all tenants that have reported nothing for `silentSeconds`. */
export async function silentImports(db: Queryable, silentSeconds: number): Promise<RunningImport[]> {
  const { rows } = await db.query<{ tenant_id: string; id: string; job_id: string }>(
    `select tenant_id, id, job_id from lists.imports
      where state = ${RUNNING} and note_time < now() - make_interval(secs => $1) order by tenant_id, contact_list_id limit 1000`,
    [silentSeconds],
  );
  return rows.map((row) => ({ tenantId: row.tenant_id, id: row.id, jobId: row.job_id }));
}

/** Locks a running import until its transaction ends, which shows that its process is alive. False when another transaction has the lock. */
export async function holdImport(tx: Queryable, importId: string): Promise<boolean> {
  const { rows } = await tx.query<{ held: boolean }>(
    "select pg_try_advisory_xact_lock(hashtextextended('lists import ' || $1, 0)) as held",
    [importId],
  );
  return rows[0]?.held ?? false;
}

/** Ends an import whose process is gone; false when it has ended otherwise. */
export async function abandonImport(
  tx: TenantQueryable,
  importId: string,
  errorMessage: string,
  now: Date,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update lists.imports set state = ${FAILED}, accepted_count = 0, error_message = $3, end_time = $4
      where tenant_id = $1 and id = $2 and state = ${RUNNING}`,
    [tx.tenantId, importId, errorMessage, now],
  );
  return rowCount === 1;
}

const toImport = (row: ImportRow): Import => ({
  id: row.id,
  contactListId: row.contact_list_id,
  jobId: row.job_id,
  fileName: row.file_name,
  state: row.state as Import["state"],
  mode: row.mode as Import["mode"],
  mapping: row.mapping,
  encoding: row.encoding,
  delimiter: row.delimiter,
  rowCount: row.row_count,
  acceptedCount: row.accepted_count,
  rejectedCount: row.rejected_count,
  rejectedByReason: row.rejected_by_reason,
  droppedDevicesByReason: row.dropped_devices_by_reason,
  errorMessage: row.error_message,
  createTime: row.create_time,
  endTime: row.end_time ?? undefined,
  knownRecords: row.known_records as Import["knownRecords"],
  addedCount: row.added_count,
  updatedCount: row.updated_count,
  skippedCount: row.skipped_count,
  removedCount: row.removed_count,
  headerLine: row.header_line,
  isEncodingGuessed: row.is_encoding_guessed,
});
