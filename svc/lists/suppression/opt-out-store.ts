/** SQL about the lists in which Herald keeps opt-outs, and about their corrections. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { OptOutCorrection } from "../../../gen/herald/lists/v1/opt_out_correction.ts";
import type { SuppressionKind, SuppressionList } from "../../../gen/herald/lists/v1/suppression_list.ts";
import type { TenantQueryable } from "../../lib/postgres/db.ts";
import { newId } from "../../lib/request/ids.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";
import { SUPPRESSION_LIST_COLUMNS, type SuppressionListRow, toSuppressionList } from "./suppression-list-store.ts";

/** What one list of opt-outs keeps: those of a channel (unspecified: of all), from a program (empty: from all). */
export interface OptOutKind {
  kind: SuppressionKind;
  channel: Channel;
  programId: string;
}

/** The tenant's list for opt-outs of a kind; undefined before the first. */
export async function findOptOutList(
  db: TenantQueryable,
  { kind, channel, programId }: OptOutKind,
): Promise<SuppressionList | undefined> {
  const { rows } = await db.query<SuppressionListRow>(
    `select ${SUPPRESSION_LIST_COLUMNS} from lists.suppression_lists l
      where tenant_id = $1 and coalesce(opt_outs_of, opt_out_channel) = $2 and kind = $3 and program_id is not distinct from $4::uuid`,
    [db.tenantId, channel, kind, programId || null],
  );
  return rows[0] && toSuppressionList(rows[0]);
}

/** Makes the list; undefined when the name is taken, or the list was made meanwhile. */
export async function insertOptOutList(
  tx: TenantQueryable,
  { kind, channel, programId }: OptOutKind,
  { name, description }: { name: string; description: string },
  now: Date,
): Promise<SuppressionList | undefined> {
  const { rows } = await tx.query<SuppressionListRow>(
    `insert into lists.suppression_lists as l
       (tenant_id, id, name, description, kind, channels, required, opt_outs_of, program_id, create_time, update_time)
     values ($1, $2, $3, $4, $5, $6::smallint[], true, $7, $8, $9, $9) on conflict do nothing returning ${SUPPRESSION_LIST_COLUMNS}`,
    [
      tx.tenantId,
      newId(),
      name,
      description,
      kind,
      channel === Channel.CHANNEL_UNSPECIFIED ? [] : [channel],
      channel,
      programId || null,
      now,
    ],
  );
  return rows[0] && toSuppressionList(rows[0]);
}

/** Notes why an opt-out was taken back, and by whom. */
export async function noteCorrection(
  tx: TenantQueryable,
  correction: { suppressionListId: string; value: string; reason: string; correctedBy: string },
  now: Date,
): Promise<void> {
  const { suppressionListId, value, reason, correctedBy } = correction;
  await tx.query(
    `insert into lists.opt_out_corrections (tenant_id, id, suppression_list_id, value, reason, corrected_by, correct_time)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [tx.tenantId, newId(), suppressionListId, value, reason, correctedBy, now],
  );
}

/** Of one list, newest first. */
export async function listCorrections(
  db: TenantQueryable,
  suppressionListId: string,
  page: Page,
): Promise<{ items: OptOutCorrection[]; nextPageToken: string }> {
  const { rows } = await db.query<CorrectionRow>(
    `select id, value, reason, corrected_by, correct_time from lists.opt_out_corrections
      where tenant_id = $1 and suppression_list_id = $2 and ($3::uuid is null or id < $3) order by id desc limit $4`,
    [db.tenantId, suppressionListId, page.after?.[0] ?? null, page.limit],
  );
  return pageOf(page, rows, (row) => [row.id], toCorrection);
}

interface CorrectionRow {
  id: string;
  value: string;
  reason: string;
  corrected_by: string;
  correct_time: Date;
}

const toCorrection = (row: CorrectionRow): OptOutCorrection => ({
  id: row.id,
  value: row.value,
  reason: row.reason,
  correctedBy: row.corrected_by,
  correctTime: row.correct_time,
});
