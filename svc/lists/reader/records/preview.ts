/** The beginning of a file, read as an import would read it: its columns, and the first rows taken and refused. */
import { type Column, fieldOf, mapColumns, readMapping } from "../columns/columns.ts";
import { type FileFormat, FileReader } from "../text/file-reader.ts";
import { headerRating } from "../columns/header-names.ts";
import { type RecordDefaults, isFault, quoteMisplaced, type ReadRecord, type RowFault } from "./record.ts";
import { RecordReader } from "./record-row.ts";
import type { RowHandler } from "../text/rows.ts";

export interface PreviewTask {
  kind: "records";
  format: FileFormat;
  mapping: readonly string[];
  defaults: RecordDefaults;
}

export interface ColumnPreview {
  header: string;
  field: string;
  samples: string[];
}

export interface Preview {
  encoding: string;
  isEncodingGuessed: boolean;
  delimiter: string;
  headerLine: number;
  columns: ColumnPreview[];
  records: { line: number; record: ReadRecord }[];
  rejected: (RowFault & { line: number })[];
  /** Rows that were read. Everything else here is about these rows. */
  rowsRead: number;
}

/** What is known of a file before its header is read. */
export const nothingFound = { encoding: "", isEncodingGuessed: false, delimiter: "", headerLine: 0 };

export const MOST_ROWS = 10;
/** Rows that a preview reads at most: enough to see what is usual in a file. */
export const MOST_READ = 1_000;
const MOST_SAMPLES = 3;

export function previewRecords({ format, mapping, defaults }: PreviewTask, bytes: Uint8Array): Preview {
  const preview: Preview = { ...nothingFound, columns: [], records: [], rejected: [], rowsRead: 0 };
  const told = readMapping(mapping);
  let records: RecordReader | undefined;
  const reader = new FileReader(format, {
    rateHeader: (cells) => headerRating(cells, told),
    takeHeader: (header, found) => {
      const columns = mapColumns(header, told);
      preview.delimiter = found.delimiter;
      preview.headerLine = found.headerLine;
      preview.columns = columns.map(toColumn);
      const rows = (records = new RecordReader(columns, defaults, () => {}));
      const take: RowHandler = (cells, line, _original, isBroken) => {
        addRow(preview, rows, cells, line, isBroken);
        if (preview.rowsRead === MOST_READ) reader.stop();
      };
      return { take, isHeader: true };
    },
    swallows: (cells, lines) => records?.swallows(cells, lines) === true,
  });
  reader.push(bytes);
  reader.end({ mayBeCut: true });
  return { ...preview, ...reader.encodingFound };
}

const toColumn = ({ header, target }: Column) => ({
  header,
  field: target ? fieldOf(target) : "",
  samples: [] as string[],
});

function addRow(preview: Preview, records: RecordReader, cells: string[], line: number, isBroken: boolean): void {
  preview.rowsRead += 1;
  addSamples(preview.columns, cells);
  if (preview.records.length >= MOST_ROWS && preview.rejected.length >= MOST_ROWS) return;
  const read = isBroken ? quoteMisplaced : records.read(cells);
  if (!isFault(read)) {
    if (preview.records.length < MOST_ROWS) preview.records.push({ line, record: read });
  } else if (preview.rejected.length < MOST_ROWS) {
    preview.rejected.push({ ...read, line });
  }
}

/** Keeps the first values of each column. */
export function addSamples(columns: readonly ColumnPreview[], cells: readonly string[]): void {
  columns.forEach(({ samples }, i) => {
    const cell = (cells[i] ?? "").trim();
    if (cell !== "" && samples.length < MOST_SAMPLES) samples.push(cell.slice(0, 200));
  });
}
