/** Reads a file of contacts. Gives COPY lines for its records, and the rows that were rejected. */
import { mapColumns, readMapping, refuseWithoutDevice, shownMapping } from "../columns/columns.ts";
import { type FileFormat, FileReader } from "../text/file-reader.ts";
import { FileFault } from "../problem.ts";
import { KeySet } from "./key-set.ts";
import { copyLine, lineBegin } from "./record-copy.ts";
import { headerRating } from "../columns/header-names.ts";
import { isFault, quoteMisplaced, type ReadRecord, type RowFault } from "./record.ts";
import { RecordReader } from "./record-row.ts";
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
import { RowIds } from "./row-ids.ts";
import type { RecordsTask } from "../file-task.ts";
import { TextBuffer } from "../text-buffer.ts";

/** So many characters of a rejected row are kept. */
const LONGEST_ORIGINAL = 8_192;

export class RecordsFile implements OpenFile {
  readonly counts: RowCounts = noCounts();
  understood: Understanding | undefined;
  readonly #task: RecordsTask;
  readonly #reader: FileReader;
  readonly #keys: KeySet;
  readonly #ids: RowIds;
  readonly #begin: string;
  #told: ReadonlyMap<string, string> | undefined;
  #records: RecordReader | undefined;
  readonly #copy = new TextBuffer();
  #rejected: RejectedRow[] = [];

  constructor(task: RecordsTask) {
    this.#task = task;
    this.#keys = new KeySet(Number.parseInt(task.random.slice(0, 8), 16));
    this.#ids = new RowIds(task.startTime, task.random);
    this.#begin = lineBegin(task.tenantId, task.contactListId, task.importNumber);
    this.#reader = new FileReader(task.format, {
      rateHeader: (cells) => headerRating(cells, this.#mapping()),
      takeHeader: (header, format) => this.#header(header, format),
      swallows: (cells, lines) => this.#records?.swallows(cells, lines) === true,
    });
  }

  push(bytes: Uint8Array): void {
    this.#reader.push(bytes);
  }

  end(): void {
    this.#reader.end();
    // After an ASCII header the rest may have turned out to be in another character set.
    if (this.understood) Object.assign(this.understood, this.#reader.encodingFound);
  }

  take(): ReadPart {
    const part = {
      copy: this.#copy.take(),
      rejected: this.#rejected,
      counts: this.counts,
      understood: this.understood,
      messages: [],
    };
    this.#rejected = [];
    return part;
  }

  #mapping(): ReadonlyMap<string, string> {
    return (this.#told ??= readMapping(this.#task.mapping));
  }

  #header(header: string[], { encoding, delimiter, headerLine }: FileFormat) {
    const columns = mapColumns(header, this.#mapping());
    refuseWithoutDevice(columns);
    this.understood = { mapping: shownMapping(columns), encoding, delimiter, headerLine, isEncodingGuessed: false };
    const dropped = (reason: string) => count(this.counts.droppedByReason, reason);
    this.#records = new RecordReader(columns, this.#task.defaults, dropped);
    const take: RowHandler = (cells, line, original, isBroken) => this.#row(cells, line, original, isBroken);
    return { take, isHeader: true };
  }

  #row(cells: string[], line: number, original: string, isBroken: boolean): void {
    this.counts.rows += 1;
    if (this.counts.rows > this.#task.mostRows) {
      throw new FileFault("too_many_rows", `The file has more than ${this.#task.mostRows} rows. Split it.`, { line });
    }
    const read = isBroken ? quoteMisplaced : this.#read(cells, line, original);
    if (isFault(read)) return this.#reject(read, line, original);
    this.#copy.add(copyLine(this.#begin, this.#ids.next(), line, read));
    this.counts.accepted += 1;
  }

  #read(cells: string[], line: number, original: string): ReadRecord | RowFault {
    if (isBroken(original)) return badCharacters;
    const read = this.#records?.read(cells);
    if (!read || isFault(read)) return read ?? badCharacters;
    const [device] = read.devices;
    const before = this.#keys.lineOf(read.client_id === "" ? `d${device?.contactInfo}` : `c${read.client_id}`, line);
    if (before === 0) return read;
    const what = read.client_id === "" ? "first device" : "client id";
    return { reason: "duplicate_in_file", column: "", detail: `The same ${what} stands on line ${before}.` };
  }

  #reject({ reason, column, detail }: RowFault, line: number, original: string): void {
    this.counts.rejected += 1;
    count(this.counts.rejectedByReason, reason);
    const kept = original.length > LONGEST_ORIGINAL ? `${original.slice(0, LONGEST_ORIGINAL)}…` : original;
    this.#rejected.push({ line, reason, column, detail, original: kept.replaceAll("\0", "\ufffd") });
  }
}

const badCharacters: RowFault = {
  reason: "encoding",
  column: "",
  detail:
    "The row has bytes that are no characters in the file's encoding. Say which encoding it has, or save it as UTF-8.",
};

/** U+FFFD stands for bytes that the character set does not have. PostgreSQL does not store NUL. */
const isBroken = (text: string) => text.includes("\ufffd") || text.includes("\0");
