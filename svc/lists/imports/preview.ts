/** PreviewImport and PreviewEntries: read the beginning of a file as an import would. */
import { Record as ContactRecord } from "../../../gen/herald/lists/v1/record.ts";
import type { PreviewImportResponse } from "../../../gen/herald/lists/v1/record_service.ts";
import type { PreviewEntriesResponse } from "../../../gen/herald/lists/v1/suppression_list_service.ts";
import type { Ctx } from "../../lib/rpc/context.ts";
import type { PreviewTask } from "../reader/records/preview.ts";
import type { ThreadPool } from "../reader/threads/thread-pool.ts";
import type { ReadRecord, RowFault } from "../reader/records/record.ts";
import type { EntryPreviewTask } from "../reader/suppression/suppression-preview.ts";
import { toDevice } from "../records/record-store.ts";
import type { FairSlots } from "../../lib/async/fair-slots.ts";
import { asRpcError } from "./uploads/upload.ts";
import { UploadStop } from "./uploads/upload-turn.ts";

export interface FilePreviewDeps {
  /** Places of previews. When as many wait as may, the next one is refused. */
  previews: FairSlots;
  threads: ThreadPool;
}

export async function previewImport(
  deps: FilePreviewDeps,
  bytes: Uint8Array,
  task: PreviewTask,
  ctx: Ctx,
): Promise<PreviewImportResponse> {
  const { records, rejected, ...understood } = await inTurn(deps, bytes, task, ctx);
  return {
    ...understood,
    records: records.map(({ record, line }) => toRecord(record, line)),
    rejectedRows: rejected.map(toRejected),
  };
}

export async function previewEntries(
  deps: FilePreviewDeps,
  bytes: Uint8Array,
  task: EntryPreviewTask,
  ctx: Ctx,
): Promise<PreviewEntriesResponse> {
  const { rejected, ...understood } = await inTurn(deps, bytes, task, ctx);
  return { ...understood, rejectedRows: rejected.map(toRejected) };
}

async function inTurn<Task extends PreviewTask | EntryPreviewTask>(
  { previews, threads }: FilePreviewDeps,
  bytes: Uint8Array,
  task: Task,
  ctx: Ctx,
) {
  const { signal } = new UploadStop(ctx);
  const turn = { owner: ctx.tenantId, signal };
  return previews
    .run(turn, () => threads.preview(task, bytes, turn))
    .catch((error: unknown) => {
      throw asRpcError(error);
    });
}

const toRejected = ({ line, reason, column, detail }: RowFault & { line: number }) => ({
  line,
  reason,
  column,
  detail,
});

const toRecord = (read: ReadRecord, line: number): ContactRecord =>
  ContactRecord.fromPartial({
    clientId: read.client_id,
    firstName: read.first_name,
    lastName: read.last_name,
    company: read.company,
    postalCode: read.postal_code,
    state: read.state,
    country: read.country,
    zone: read.zone,
    fields: read.fields ?? {},
    devices: read.devices.map(({ index, type, contactInfo, zones }) =>
      toDevice(index, type, contactInfo, zones.join(" ")),
    ),
    sourceLine: line,
  });
