/** PreviewImport: the beginning of a file, understood as ImportRecords would. */
import { Record as ContactRecord } from "../../gen/herald/lists/v1/contact_list.ts";
import type { PreviewImportResponse } from "../../gen/herald/lists/v1/record_service.ts";
import type { Ctx } from "../lib/context.ts";
import type { PreviewTask } from "./reader/preview.ts";
import { previewInThread } from "./reader/preview-thread.ts";
import type { ReadRecord } from "./reader/record-row.ts";
import { toDevice } from "./record-store.ts";
import type { Slots } from "./slots.ts";
import { asRpcError } from "./upload.ts";
import { Stop } from "./upload-turn.ts";

export async function previewFile(
  previews: Slots,
  bytes: Uint8Array,
  task: PreviewTask,
  ctx: Ctx,
): Promise<PreviewImportResponse> {
  const { signal } = new Stop(ctx);
  const turn = { tenantId: ctx.tenantId, signal };
  try {
    const read = await previews.run(turn, () => previewInThread(task, bytes, signal));
    const { encoding, delimiter, columns, records, rejected } = read;
    return {
      encoding,
      delimiter,
      columns,
      records: records.map(({ record, line }) => toRecord(record, line)),
      rejectedRows: rejected.map(({ line, reason, column, detail }) => ({ line, reason, column, detail })),
    };
  } catch (error) {
    throw asRpcError(error);
  }
}

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
