/** The beginning of a file of suppression entries, read as ImportEntries would read it. */
import type { SuppressionEntry } from "../../../../gen/herald/lists/v1/suppression_entry.ts";
import type { SuppressionKind } from "../../../../gen/herald/lists/v1/suppression_list.ts";
import { readMapping } from "../columns/columns.ts";
import { type FileFormat, FileReader } from "../text/file-reader.ts";
import { addSamples, type ColumnPreview, MOST_READ, MOST_ROWS, nothingFound } from "../records/preview.ts";
import type { RowHandler } from "../text/rows.ts";
import { entryHeaderRating } from "./suppression-columns.ts";
import { understandHeader } from "./suppression-file.ts";
import { type EntryFault, EntryReader } from "./suppression-row.ts";

export interface EntryPreviewTask {
  kind: "suppression";
  format: FileFormat;
  mapping: readonly string[];
  names: SuppressionKind;
  region: string;
}

export interface EntryPreview {
  encoding: string;
  isEncodingGuessed: boolean;
  delimiter: string;
  headerLine: number;
  columns: ColumnPreview[];
  entries: SuppressionEntry[];
  rejected: (EntryFault & { line: number })[];
  /** Rows that were read. Everything else here is about these rows. */
  rowsRead: number;
}

/** Shows the columns even of a file without a column of values, so that people can correct the mapping. */
export function previewEntries({ format, mapping, names, region }: EntryPreviewTask, bytes: Uint8Array): EntryPreview {
  const preview: EntryPreview = { ...nothingFound, columns: [], entries: [], rejected: [], rowsRead: 0 };
  const told = readMapping(mapping);
  const file = new FileReader(format, {
    rateHeader: (cells) => entryHeaderRating(cells, names, told),
    takeHeader: (header, found) => {
      const { columns, isHeader } = understandHeader(header, { names, region, format, told });
      preview.delimiter = found.delimiter;
      preview.headerLine = isHeader ? found.headerLine : 0;
      preview.columns = columns.map((column) => ({ header: column.header, field: column.field ?? "", samples: [] }));
      const rows = new EntryReader(columns, names, region);
      const hasValue = columns.some(({ field }) => field === "value");
      const take: RowHandler = (cells, line, _original, isBroken) => {
        addRow(preview, hasValue ? rows : undefined, cells, line, isBroken);
        if (preview.rowsRead === MOST_READ) file.stop();
      };
      return { take, isHeader };
    },
    swallows: () => false,
  });
  file.push(bytes);
  file.end({ mayBeCut: true });
  return { ...preview, ...file.encodingFound };
}

function addRow(
  preview: EntryPreview,
  rows: EntryReader | undefined,
  cells: string[],
  line: number,
  isBroken: boolean,
): void {
  preview.rowsRead += 1;
  addSamples(preview.columns, cells);
  if (!rows || (preview.entries.length >= MOST_ROWS && preview.rejected.length >= MOST_ROWS)) return;
  const read = rows.read(cells, isBroken);
  if (read.isLeftOut) return;
  preview.entries.push(...read.entries.slice(0, MOST_ROWS - preview.entries.length));
  if (read.fault && preview.rejected.length < MOST_ROWS) preview.rejected.push({ ...read.fault, line });
}
