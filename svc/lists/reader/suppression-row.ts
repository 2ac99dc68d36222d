/** The cells of one row → its suppression entries, and what of it could not be read. Pure. */
import type { SuppressionEntry, SuppressionKind } from "../../../gen/herald/lists/v1/suppression_list.ts";
import { LONGEST_REASON, oneLine, readValue } from "../suppression-value.ts";
import type { EntryColumn, EntryField } from "./suppression-columns.ts";

export interface EntryFault {
  reason: string;
  /** Header of the column at fault; empty when it is the row. */
  column: string;
  detail: string;
}

/** A row that says of itself that it may be contacted is left out; of one with a fault, what can be read is still suppressed. */
export type ReadRow = { isLeftOut: true } | { isLeftOut: false; entries: SuppressionEntry[]; fault?: EntryFault };

/** Reads rows of one file. */
export class EntryReader {
  readonly #columns: readonly EntryColumn[];
  readonly #kind: SuppressionKind;
  readonly #region: string;

  constructor(columns: readonly EntryColumn[], kind: SuppressionKind, region: string) {
    this.#columns = columns;
    this.#kind = kind;
    this.#region = region;
  }

  read(cells: readonly string[]): ReadRow {
    if (this.#mayBeContacted(cells)) return { isLeftOut: true };
    const window = this.#window(cells);
    if ("reason" in window) return { isLeftOut: false, entries: [], fault: window };
    const reasons = this.#cells(cells, "reason").map(({ text }) => text);
    const more = { ...window, reason: oneLine(reasons.join("; ")).slice(0, LONGEST_REASON), createTime: undefined };
    const entries = new Map<string, SuppressionEntry>();
    let fault: EntryFault | undefined;
    for (const { text, header } of this.#cells(cells, "value")) {
      const read = readValue(this.#kind, text, this.#region);
      if (read.fault === undefined) entries.set(read.value, { value: read.value, ...more });
      else fault ??= { reason: read.fault, column: header, detail: read.detail };
    }
    if (entries.size === 0) return { isLeftOut: false, entries: [], fault: fault ?? this.#empty() };
    if (!fault) return { isLeftOut: false, entries: [...entries.values()] };
    const detail = `${fault.detail} What the row names besides was taken.`;
    return { isLeftOut: false, entries: [...entries.values()], fault: { ...fault, detail } };
  }

  /** Only a clear word lets a row out: what is empty or not understood is suppressed, since the file is one of those who are. */
  #mayBeContacted(cells: readonly string[]): boolean {
    const says = (field: EntryField, words: ReadonlySet<string>) => {
      const told = this.#cells(cells, field);
      return told.length > 0 && told.every(({ text }) => words.has(text.toLowerCase()));
    };
    const hasFlag = this.#cells(cells, "do_not_contact").length > 0;
    return hasFlag ? says("do_not_contact", NO) : says("consent", YES);
  }

  #window(cells: readonly string[]): Pick<SuppressionEntry, "fromTime" | "untilTime"> | EntryFault {
    const [from] = this.#cells(cells, "from");
    const [until] = this.#cells(cells, "until");
    const fromTime = from && readTime(from.text, "start");
    if (from && !fromTime) return { reason: "time_invalid", column: from.header, detail: TIME_FORMS };
    const untilTime = until && readTime(until.text, "end");
    if (until && !untilTime) return { reason: "time_invalid", column: until.header, detail: TIME_FORMS };
    if (until && fromTime && untilTime && fromTime >= untilTime)
      return { reason: "time_invalid", column: until.header, detail: "It must be after the beginning." };
    return { fromTime, untilTime };
  }

  /** The cells of a field that are not empty. */
  #cells(cells: readonly string[], field: EntryField): { text: string; header: string }[] {
    return this.#columns.flatMap((column, at) => {
      const text = column.field === field ? (cells[at] ?? "").trim() : "";
      return text === "" ? [] : [{ text, header: column.header }];
    });
  }

  #empty(): EntryFault {
    const headers = this.#columns.filter(({ field }) => field === "value").map(({ header }) => header);
    const column = headers.length === 1 ? (headers[0] ?? "") : "";
    return { reason: "value_invalid", column, detail: "It is empty: the row names nobody." };
  }
}

const NO = new Set("false f no n 0 off nein non".split(" "));
const YES = new Set("true t yes y 1 on ja oui si".split(" "));

const TIME_FORMS = "It is no time: write 2026-12-31 or 2026-12-31T17:30:00Z.";

/** A date (in UTC; as the end of a window it counts whole) or an instant; undefined when it is neither. */
function readTime(text: string, edge: "start" | "end"): Date | undefined {
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text);
  if (!isDate && !/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/i.test(text))
    return undefined;
  const time = new Date(text);
  if (Number.isNaN(time.getTime()) || (isDate && !time.toISOString().startsWith(text))) return undefined;
  return isDate && edge === "end" ? new Date(time.getTime() + DAY_MS) : time;
}

const DAY_MS = 86_400_000;
