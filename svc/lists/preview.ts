/** PreviewImport: the beginning of a file, read as ImportRecords would read it. */
import { Record as ContactRecord } from "../../gen/herald/lists/v1/contact_list.ts";
import type { PreviewImportResponse } from "../../gen/herald/lists/v1/record_service.ts";
import { type Column, fieldOf, mapColumns, readMapping } from "./reader/columns.ts";
import { type FileFormat, FileReader } from "./reader/file-reader.ts";
import { type Defaults, isFault, type ReadRecord, RecordReader } from "./reader/record-row.ts";
import { toDevice } from "./record-store.ts";
import { asRpcError } from "./upload.ts";

interface Asked {
  format: FileFormat;
  mapping: readonly string[];
  defaults: Defaults;
}

const MOST_ROWS = 10;
const MOST_SAMPLES = 3;

export function previewFile(bytes: Uint8Array, { format, mapping, defaults }: Asked): PreviewImportResponse {
  const preview: PreviewImportResponse = { encoding: "", delimiter: "", columns: [], records: [], rejectedRows: [] };
  const reader = new FileReader(format, (header, found) => {
    const columns = mapColumns(header, readMapping(mapping));
    preview.delimiter = found.delimiter;
    preview.columns = columns.map(toColumn);
    const records = new RecordReader(columns, defaults, () => {});
    const take = (cells: string[], line: number) => addRow(preview, records, cells, line);
    return { take, isHeader: true };
  });
  try {
    reader.push(bytes);
    reader.end({ mayBeCut: true });
  } catch (error) {
    throw asRpcError(error);
  }
  return { ...preview, encoding: reader.encoding };
}

const toColumn = ({ header, target }: Column) => ({
  header,
  field: target ? fieldOf(target) : "",
  samples: [] as string[],
});

function addRow(preview: PreviewImportResponse, records: RecordReader, cells: string[], line: number): void {
  preview.columns.forEach(({ samples }, i) => {
    const cell = (cells[i] ?? "").trim();
    if (cell !== "" && samples.length < MOST_SAMPLES) samples.push(cell.slice(0, 200));
  });
  if (preview.records.length >= MOST_ROWS && preview.rejectedRows.length >= MOST_ROWS) return;
  const read = records.read(cells);
  if (!isFault(read)) {
    if (preview.records.length < MOST_ROWS) preview.records.push(toRecord(read, line));
  } else if (preview.rejectedRows.length < MOST_ROWS) {
    preview.rejectedRows.push({ line, reason: read.reason, column: read.column, detail: read.detail });
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
