/** A file of suppression entries → lines for COPY, encoded parts of the change, and the rows that were not taken. */
import { type SuppressionEntry, SuppressionKind } from "../../../gen/herald/lists/v1/suppression_list.ts";
import { encodePart } from "../change-part.ts";
import { LONGEST_REASON, oneLine, readValue } from "../suppression-value.ts";
import { type FileFormat, FileReader } from "./file-reader.ts";
import { keyOf, looksLikeDevice } from "./header-names.ts";
import { FileFault } from "./problem.ts";
import { escaped } from "./record-copy.ts";
import type { OpenFile } from "./open.ts";
import { type Counts, noCounts, type Rejected } from "./result.ts";
import type { ReadPart } from "./read-file.ts";
import type { TakeRow } from "./rows.ts";
import { TextBuffer } from "./text-buffer.ts";

/** How to read a file of entries, and for which list. */
export interface SuppressionTask {
  kind: "suppression";
  format: FileFormat;
  tenantId: string;
  /** What the list's entries name. */
  names: SuppressionKind;
  region: string;
  mostRows: number;
}

type Field = "value" | "from" | "until" | "reason";

/** The columns of the staging table in the order of a line. */
export const STAGED_COLUMNS = "line, value, from_time, until_time, reason";

const PART_ENTRIES = 5_000;
const NAMES: Readonly<Record<Field, string>> = {
  value:
    "value device phone phonenumber number mobile tel telephone email emailaddress mail address clientid client customerid customerno account",
  from: "from fromtime start startdate validfrom since",
  until: "until untiltime till to end enddate expires expiry expirydate validuntil",
  reason: "reason why comment note source",
};
const fields = new Map(
  Object.entries(NAMES).flatMap(([field, names]) =>
    names.split(" ").map((name): [string, Field] => [name, field as Field]),
  ),
);

const fieldNamed = (header: string) => fields.get(keyOf(header));

export class SuppressionFile implements OpenFile {
  readonly #task: SuppressionTask;
  readonly #reader: FileReader;
  readonly #counts: Counts = noCounts();
  #at: Record<Field, number> = { value: 0, from: -1, until: -1, reason: -1 };
  #header: string[] = [];
  readonly #copy = new TextBuffer();
  #entries: SuppressionEntry[] = [];
  #messages: Uint8Array[] = [];
  #rejected: Rejected[] = [];

  constructor(task: SuppressionTask) {
    this.#task = task;
    this.#reader = new FileReader(task.format, {
      rateHeader: (cells) => (cells.some((cell) => fieldNamed(cell) === "value") ? 1 : 0),
      takeHeader: (header) => this.#begin(header),
      swallows: (cells, lines) => this.#swallows(cells.length, lines),
    });
  }

  push(bytes: Uint8Array): void {
    this.#reader.push(bytes);
  }

  end(): void {
    this.#reader.end();
    this.#pack();
  }

  take(): ReadPart {
    const part = {
      copy: this.#copy.take(),
      rejected: this.#rejected,
      counts: this.#counts,
      understood: undefined,
      messages: this.#messages,
    };
    this.#rejected = [];
    this.#messages = [];
    return part;
  }

  /** The first row: names the columns if it has the name of the value's; else it is an entry itself. */
  #begin(header: string[]) {
    const named = header.map(fieldNamed);
    const take: TakeRow = (cells, line, original) => this.#row(cells, line, original);
    if (named.includes("value")) {
      const place = (field: Field) => named.indexOf(field);
      this.#at = { value: place("value"), from: place("from"), until: place("until"), reason: place("reason") };
      this.#header = header;
      return { take, isHeader: true };
    }
    if (header.length > 1) {
      throw new FileFault(
        "mapping",
        `A file of several columns needs a header that names them: value (or phone, email, client_id), from, until, reason. Its first line has ${header.length} columns and none of these names for the value.`,
      );
    }
    return { take, isHeader: false };
  }

  /**
   * Whether the lines of one row name a value each, so that a stray quote must have made one of several rows. Rather too many entries
   * than one too few: a number that stands alone on a line of somebody's note counts as one.
   */
  #swallows(columns: number, [first = [], ...others]: readonly (readonly string[])[]): boolean {
    const at = this.#at.value;
    const isEntry = (line: readonly string[]) =>
      this.#task.names === SuppressionKind.SUPPRESSION_KIND_CLIENT_ID
        ? line.length >= columns && (line[at] ?? "").trim() !== ""
        : looksLikeDevice(line[at] ?? "");
    return isEntry(first) && others.some(isEntry);
  }

  #row(cells: string[], line: number, original: string): void {
    this.#counts.rows += 1;
    if (this.#counts.rows > this.#task.mostRows) {
      throw new FileFault("too_many_rows", `The file has more than ${this.#task.mostRows} rows. Split it.`, { line });
    }
    const read = this.#read(cells, original);
    if ("fault" in read) return this.#reject(read, line, original);
    this.#counts.accepted += 1;
    this.#copy.add(
      `${line}\t${escaped(read.value)}\t${timestamp(read.fromTime)}\t${timestamp(read.untilTime)}\t${escaped(read.reason)}\n`,
    );
    this.#entries.push(read);
    if (this.#entries.length === PART_ENTRIES) this.#pack();
  }

  #read(cells: string[], original: string): SuppressionEntry | Fault {
    if (original.includes("\ufffd") || original.includes("\0"))
      return {
        fault: "encoding",
        field: "value",
        detail: "It has bytes that are no characters in the file's encoding.",
      };
    const cell = (field: Field) => (this.#at[field] < 0 ? "" : (cells[this.#at[field]] ?? "").trim());
    const { fault, value, ...why } = { detail: "", ...readValue(this.#task.names, cell("value"), this.#task.region) };
    if (fault !== undefined) return { fault, field: "value", detail: why.detail };
    const fromTime = readTime(cell("from"), "start");
    if (fromTime === null) return { fault: "time_invalid", field: "from", detail: TIME_FORMS };
    const untilTime = readTime(cell("until"), "end");
    if (untilTime === null) return { fault: "time_invalid", field: "until", detail: TIME_FORMS };
    if (fromTime && untilTime && fromTime >= untilTime)
      return { fault: "time_invalid", field: "until", detail: "It must be after the beginning." };
    return {
      value,
      fromTime,
      untilTime,
      reason: oneLine(cell("reason")).slice(0, LONGEST_REASON),
      createTime: undefined,
    };
  }

  #reject({ fault, field, detail }: Fault, line: number, original: string): void {
    this.#counts.rejected += 1;
    this.#counts.rejectedByReason[fault] = (this.#counts.rejectedByReason[fault] ?? 0) + 1;
    this.#rejected.push({
      line,
      reason: fault,
      column: this.#header[this.#at[field]] ?? "",
      detail,
      original: original.slice(0, 1_000),
    });
  }

  #pack(): void {
    if (this.#entries.length === 0) return;
    this.#messages.push(encodePart(this.#task.tenantId, { added: this.#entries }));
    this.#entries = [];
  }
}

interface Fault {
  fault: string;
  field: Field;
  detail: string;
}

const TIME_FORMS = "It is no time: write 2026-12-31 or 2026-12-31T17:30:00Z.";

/** A date (in UTC; as the end of a window it counts whole) or an instant; undefined when empty, null when it is neither. */
function readTime(text: string, edge: "start" | "end"): Date | undefined | null {
  if (text === "") return undefined;
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text);
  if (!isDate && !/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/i.test(text))
    return null;
  const time = new Date(text);
  if (Number.isNaN(time.getTime()) || (isDate && !time.toISOString().startsWith(text))) return null;
  return isDate && edge === "end" ? new Date(time.getTime() + DAY_MS) : time;
}

const DAY_MS = 86_400_000;

const timestamp = (time: Date | undefined) => time?.toISOString() ?? "\\N";
