/** SQL of suppression lists. Their entries are in suppression-entry-store.ts, the log of their changes in change-store.ts. */
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { SuppressionKind, SuppressionList } from "../../../gen/herald/lists/v1/suppression_list.ts";
import type { TenantQueryable } from "../../lib/postgres/db.ts";
import { etagOf } from "../../lib/request/etag.ts";
import { newId } from "../../lib/request/ids.ts";
import { assignments } from "../../lib/request/mask.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";
import { suppressionListNotFound } from "../errors.ts";

export type SuppressionListFields = Pick<SuppressionList, "name" | "description" | "channels" | "required">;

export interface SuppressionListRow {
  id: string;
  name: string;
  description: string;
  kind: number;
  channels: number[];
  required: boolean;
  entry_count: number;
  create_time: Date;
  update_time: Date;
  version: number;
  /** Null for the tenant's own lists; 0 for opt-outs of all channels. */
  opt_out_channel: number | null;
  program_id: string | null;
}

export const SUPPRESSION_LIST_COLUMNS =
  "l.id, l.name, l.description, l.kind, l.channels, l.required, l.entry_count::float8, l.create_time, l.update_time, l.version, coalesce(l.opt_outs_of, l.opt_out_channel) as opt_out_channel, l.program_id";

/** Throws NOT_FOUND. */
export async function getSuppressionList(db: TenantQueryable, suppressionListId: string): Promise<SuppressionList> {
  const { rows } = await db.query<SuppressionListRow>(
    `select ${SUPPRESSION_LIST_COLUMNS} from lists.suppression_lists l where tenant_id = $1 and id = $2`,
    [db.tenantId, suppressionListId],
  );
  if (!rows[0]) throw suppressionListNotFound(suppressionListId);
  return toSuppressionList(rows[0]);
}

/** Newest first. */
export async function listSuppressionLists(
  db: TenantQueryable,
  page: Page,
): Promise<{ items: SuppressionList[]; nextPageToken: string }> {
  const { rows } = await db.query<SuppressionListRow>(
    `select ${SUPPRESSION_LIST_COLUMNS} from lists.suppression_lists l
      where tenant_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
    [db.tenantId, page.after?.[0] ?? null, page.limit],
  );
  return pageOf(page, rows, (row) => [row.id], toSuppressionList);
}

/** Makes an empty list. Gives it and whether it is new (or was made before by the same request); undefined when the name is taken. */
export async function insertSuppressionList(
  tx: TenantQueryable,
  fields: SuppressionListFields & { kind: SuppressionKind; requestId: string | undefined },
  now: Date,
): Promise<{ list: SuppressionList; isNew: boolean } | undefined> {
  const { rows } = await tx.query<SuppressionListRow>(
    `insert into lists.suppression_lists as l (tenant_id, id, name, description, kind, channels, required, request_id, create_time, update_time)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) on conflict do nothing returning ${SUPPRESSION_LIST_COLUMNS}`,
    [
      tx.tenantId,
      newId(),
      fields.name,
      fields.description,
      fields.kind,
      fields.channels,
      fields.required,
      fields.requestId,
      now,
    ],
  );
  if (rows[0]) return { list: toSuppressionList(rows[0]), isNew: true };
  const { rows: before } = await tx.query<SuppressionListRow>(
    `select ${SUPPRESSION_LIST_COLUMNS} from lists.suppression_lists l where tenant_id = $1 and request_id = $2`,
    [tx.tenantId, fields.requestId ?? null],
  );
  return before[0] && { list: toSuppressionList(before[0]), isNew: false };
}

/** Changes a list's settings; undefined when it is gone, or `version` is given and no longer the row's. */
export async function updateSuppressionList(
  tx: TenantQueryable,
  suppressionListId: string,
  version: number | undefined,
  set: Partial<SuppressionListFields>,
  now: Date,
): Promise<SuppressionList | undefined> {
  const changed = assignments({ ...set, updateTime: now }, 4);
  const { rows } = await tx.query<SuppressionListRow>(
    `update lists.suppression_lists l set ${changed.sql}, version = version + 1
      where tenant_id = $1 and id = $2 and ($3::integer is null or version = $3) returning ${SUPPRESSION_LIST_COLUMNS}`,
    [tx.tenantId, suppressionListId, version, ...changed.values],
  );
  return rows[0] && toSuppressionList(rows[0]);
}

/** Changes the count of entries; throws NOT_FOUND when the list is gone. The row stays locked, so that a list changes once at a time. */
export async function countEntries(
  tx: TenantQueryable,
  suppressionListId: string,
  difference: number,
  now: Date,
): Promise<SuppressionList> {
  const { rows } = await tx.query<SuppressionListRow>(
    `update lists.suppression_lists l set entry_count = entry_count + $3, update_time = $4
      where tenant_id = $1 and id = $2 returning ${SUPPRESSION_LIST_COLUMNS}`,
    [tx.tenantId, suppressionListId, difference, now],
  );
  if (!rows[0]) throw suppressionListNotFound(suppressionListId);
  return toSuppressionList(rows[0]);
}

/** Removes a list. Its entries hold no longer and are removed in the background. Throws NOT_FOUND when it is gone already. */
export async function deleteSuppressionList(tx: TenantQueryable, suppressionListId: string): Promise<void> {
  const { rowCount } = await tx.query("delete from lists.suppression_lists where tenant_id = $1 and id = $2", [
    tx.tenantId,
    suppressionListId,
  ]);
  if (rowCount !== 1) throw suppressionListNotFound(suppressionListId);
  await tx.query(
    "insert into lists.removals (tenant_id, kind, id) values ($1, 'suppression_entries', $2) on conflict do nothing",
    [tx.tenantId, suppressionListId],
  );
}

export const toSuppressionList = (row: SuppressionListRow): SuppressionList => ({
  id: row.id,
  name: row.name,
  description: row.description,
  kind: row.kind as SuppressionKind,
  channels: row.channels as Channel[],
  required: row.required,
  entryCount: row.entry_count,
  createTime: row.create_time,
  updateTime: row.update_time,
  etag: etagOf(row.version),
  optOutChannel: (row.opt_out_channel ?? 0) as Channel,
  keepsOptOuts: row.opt_out_channel !== null,
  programId: row.program_id ?? "",
});
