/** PreviewImport: the beginning of a file, read as ImportRecords would read it. */
import { Record as ContactRecord } from "../../gen/herald/lists/v1/contact_list.ts";
import type { PreviewImportResponse } from "../../gen/herald/lists/v1/record_service.ts";
import { type Column, fieldOf, mapColumns, readMapping } from "./reader/columns.ts";
import { type FileFormat, FileReader } from "./reader/file-reader.ts";
import { headerRating } from "./reader/header-names.ts";
import { type Defaults, isFault, quoteMisplaced, type ReadRecord, RecordReader } from "./reader/record-row.ts";
import type { TakeRow } from "./reader/rows.ts";
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
  try {
    const told = readMapping(mapping);
    let records: RecordReader | undefined;
    const reader = new FileReader(format, {
      rateHeader: (cells) => headerRating(cells, told),
      takeHeader: (header, found) => {
        const columns = mapColumns(header, told);
        preview.delimiter = found.delimiter;
        preview.columns = columns.map(toColumn);
        const rows = (records = new RecordReader(columns, defaults, () => {}));
        const take: TakeRow = (cells, line, _original, isBroken) => addRow(preview, rows, cells, line, isBroken);
        return { take, isHeader: true };
      },
      swallows: (cells, lines) => records?.swallows(cells, lines) === true,
    });
    reader.push(bytes);
    reader.end({ mayBeCut: true });
    return { ...preview, encoding: reader.encoding };
  } catch (error) {
    throw asRpcError(error);
  }
}

const toColumn = ({ header, target }: Column) => ({
  header,
  field: target ? fieldOf(target) : "",
  samples: [] as string[],
});

function addRow(
  preview: PreviewImportResponse,
  records: RecordReader,
  cells: string[],
  line: number,
  isBroken: boolean,
): void {
  preview.columns.forEach(({ samples }, i) => {
    const cell = (cells[i] ?? "").trim();
    if (cell !== "" && samples.length < MOST_SAMPLES) samples.push(cell.slice(0, 200));
  });
  if (preview.records.length >= MOST_ROWS && preview.rejectedRows.length >= MOST_ROWS) return;
  const read = isBroken ? quoteMisplaced : records.read(cells);
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
