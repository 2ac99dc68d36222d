/** Reads a file of suppression entries. Gives lines for COPY, encoded parts of the change, and the rows that were rejected. */
import type { SuppressionEntry } from "../../../../gen/herald/lists/v1/suppression_entry.ts";
import { encodePart } from "./change-part.ts";
import { type FileFormat, FileReader } from "../text/file-reader.ts";
import { readMapping } from "../columns/columns.ts";
import { FileFault } from "../problem.ts";
import { escaped } from "../records/record-copy.ts";
import type { SuppressionTask } from "../file-task.ts";
import {
  type RowCounts,
  count,
  noCounts,
  type OpenFile,
  type ReadPart,
  type RejectedRow,
  type Understanding,
} from "../result.ts";
import type { RowHandler } from "../text/rows.ts";
import {
  type EntryColumn,
  entryHeaderRating,
  bareColumns,
  mapEntryColumns,
  refuseWithoutValue,
  shownEntryMapping,
} from "./suppression-columns.ts";
import { type EntryFault, EntryReader } from "./suppression-row.ts";
import { TextBuffer } from "../text-buffer.ts";

/** The columns of the staging table in the order of a line. */
export const STAGED_COLUMNS = "line, value, from_time, until_time, reason";

const PART_ENTRIES = 5_000;
export class SuppressionFile implements OpenFile {
  readonly #task: SuppressionTask;
  readonly #reader: FileReader;
  readonly #counts: RowCounts = noCounts();
  #told: ReadonlyMap<string, string> | undefined;
  #entryReader: EntryReader | undefined;
  #understood: Understanding | undefined;
  readonly #copy = new TextBuffer();
  #entries: SuppressionEntry[] = [];
  #messages: Uint8Array[] = [];
  #rejected: RejectedRow[] = [];

  constructor(task: SuppressionTask) {
    this.#task = task;
    this.#reader = new FileReader(task.format, {
      rateHeader: (cells) => entryHeaderRating(cells, task.names, this.#mapping()),
      takeHeader: (header, format) => this.#begin(header, format),
      swallows: (cells, lines) =>
        this.#entryReader !== undefined && swallowsEntries(this.#entryReader, cells.length, lines),
    });
  }

  push(bytes: Uint8Array): void {
    this.#reader.push(bytes);
  }

  end(): void {
    this.#reader.end();
    if (this.#understood) Object.assign(this.#understood, this.#reader.encodingFound);
    this.#pack();
  }

  take(): ReadPart {
    const part = {
      copy: this.#copy.take(),
      rejected: this.#rejected,
      counts: this.#counts,
      understood: this.#understood,
      messages: this.#messages,
    };
    this.#rejected = [];
    this.#messages = [];
    return part;
  }

  #mapping(): ReadonlyMap<string, string> {
    return (this.#told ??= readMapping(this.#task.mapping));
  }

  /** Takes the first row, which names the columns or is already an entry. */
  #begin(header: string[], { encoding, delimiter, headerLine }: FileFormat) {
    const { names, region } = this.#task;
    const { columns, isHeader } = understandHeader(header, { ...this.#task, told: this.#mapping() });
    refuseWithoutValue(columns, names);
    this.#entryReader = new EntryReader(columns, names, region);
    const mapping = isHeader ? shownEntryMapping(columns) : {};
    this.#understood = {
      mapping,
      encoding,
      delimiter,
      headerLine: isHeader ? headerLine : 0,
      isEncodingGuessed: false,
    };
    const take: RowHandler = (cells, line, original, isBroken) => this.#row(cells, line, original, isBroken);
    return { take, isHeader };
  }

  #row(cells: string[], line: number, original: string, isBroken: boolean): void {
    this.#counts.rows += 1;
    if (this.#counts.rows > this.#task.mostRows) {
      throw new FileFault("too_many_rows", `The file has more than ${this.#task.mostRows} rows. Split it.`, { line });
    }
    const read = this.#entryReader?.read(cells, isBroken);
    if (!read) return;
    if (read.isLeftOut) return count(this.#counts.droppedByReason, "may_be_contacted");
    for (const entry of read.entries) this.#add(entry, line);
    if (read.fault) this.#reject(read.fault, line, original);
    else this.#counts.accepted += 1;
  }

  #add(entry: SuppressionEntry, line: number): void {
    const { value, fromTime, untilTime, reason } = entry;
    this.#copy.add(`${line}\t${escaped(value)}\t${timestamp(fromTime)}\t${timestamp(untilTime)}\t${escaped(reason)}\n`);
    this.#entries.push(entry);
    if (this.#entries.length === PART_ENTRIES) this.#pack();
  }

  #reject({ reason, column, detail }: EntryFault, line: number, original: string): void {
    this.#counts.rejected += 1;
    count(this.#counts.rejectedByReason, reason);
    this.#rejected.push({
      line,
      reason,
      column,
      detail,
      original: original.slice(0, 1_000).replaceAll("\0", "\ufffd"),
    });
  }

  #pack(): void {
    if (this.#entries.length === 0) return;
    this.#messages.push(encodePart(this.#task.tenantId, { added: this.#entries }));
    this.#entries = [];
  }
}

/** Decides whether the first row is the header or already an entry. If the caller says that a row is the header, it is. */
export function understandHeader(
  header: readonly string[],
  {
    names,
    region,
    format,
    told,
  }: Pick<SuppressionTask, "names" | "region" | "format"> & { told: ReadonlyMap<string, string> },
): { columns: EntryColumn[]; isHeader: boolean } {
  const columns = mapEntryColumns(header, names, told);
  const isNamed = format.headerLine > 0 || columns.some(({ field }) => field === "value");
  const bare = isNamed ? undefined : bareColumns(header, names, region);
  return bare ? { columns: bare, isHeader: false } : { columns, isHeader: true };
}

/**
 * Whether each line of a row names a value, so that a stray quote must have joined several rows. One entry too many is better than one
 * too few: a number alone on a line of somebody's note counts as an entry.
 */
function swallowsEntries(
  rows: EntryReader,
  columns: number,
  [first = [], ...others]: readonly (readonly string[])[],
): boolean {
  const isEntry = (line: readonly string[]) => rows.mayBeEntry(line, columns);
  return isEntry(first) && others.some(isEntry);
}

const timestamp = (time: Date | undefined) => time?.toISOString() ?? "\\N";
