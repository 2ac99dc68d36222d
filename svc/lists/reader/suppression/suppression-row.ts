/** Turns the cells of one row into suppression entries, and says what could not be read. Pure. */
import type { SuppressionEntry } from "../../../../gen/herald/lists/v1/suppression_entry.ts";
import { SuppressionKind } from "../../../../gen/herald/lists/v1/suppression_list.ts";
import { asWritten, LONGEST_REASON, oneLine, readValue } from "./suppression-value.ts";
import { devicesIn } from "../columns/devices.ts";
import { looksLikeDevice } from "../columns/header-names.ts";
import { normalisePhone, possiblePhone } from "../../../lib/devices/phone.ts";
import { joinedNumber, type NumberPart } from "../columns/number-parts.ts";
import { type EntryColumn, type EntryField, partsOfValues } from "./suppression-columns.ts";

export interface EntryFault {
  reason: string;
  /** Header of the column at fault; empty when the whole row is. */
  column: string;
  detail: string;
}

/** A row that says it may be contacted is left out. In a row with a fault, what can be read is still suppressed. */
export type ReadRow = { isLeftOut: true } | { isLeftOut: false; entries: SuppressionEntry[]; fault?: EntryFault };

/** Reads the rows of one file. */
export class EntryReader {
  readonly #columns: readonly EntryColumn[];
  readonly #kind: SuppressionKind;
  readonly #region: string;
  readonly #parts: ReadonlyMap<number, readonly NumberPart[]>;

  constructor(columns: readonly EntryColumn[], kind: SuppressionKind, region: string) {
    this.#columns = columns;
    this.#kind = kind;
    this.#region = region;
    this.#parts = partsOfValues(columns);
  }

  /**
   * Reads a row. Nothing is skipped silently: a value that cannot be understood is kept as it is written, an entry whose times cannot be
   * read holds for ever, and both are reported. In a row with broken quotes every number counts, in whichever column it is.
   */
  read(cells: readonly string[], isBroken = false): ReadRow {
    if (this.#mayBeContacted(cells)) return { isLeftOut: true };
    const { fault: windowFault, ...window } = this.#window(cells);
    const reasons = this.#cells(cells, "reason").map(({ text }) => text);
    const more = { ...window, reason: oneLine(reasons.join("; ")).slice(0, LONGEST_REASON), createTime: undefined };
    const entries = new Map<string, SuppressionEntry>();
    let fault = windowFault;
    for (const { text, header } of this.#values(cells, isBroken)) {
      const read = readValue(this.#kind, text, this.#region);
      const value = read.value ?? asWritten(this.#kind, text);
      if (value !== undefined) entries.set(value, { value, ...more });
      const isKept = value === undefined ? "" : " It is kept as it is written.";
      if (read.fault !== undefined) fault ??= { reason: read.fault, column: header, detail: read.detail + isKept };
    }
    if (entries.size === 0) return { isLeftOut: false, entries: [], fault: fault ?? this.#empty() };
    return { isLeftOut: false, entries: [...entries.values()], ...(fault && { fault: alsoTaken(fault) }) };
  }

  /** Whether a line of a row may be an entry by itself; `columns` is the number of columns that the row has. */
  mayBeEntry(line: readonly string[], columns: number): boolean {
    const isOfClients = this.#kind === SuppressionKind.SUPPRESSION_KIND_CLIENT_ID;
    return this.#columns.some(({ field }, at) => {
      if (field !== "value") return false;
      if (isOfClients) return line.length >= columns && (line[at] ?? "").trim() !== "";
      const codes = (this.#parts.get(at) ?? []).map((part) => line[part.at] ?? "");
      return looksLikeDevice(codes.join("") + (line[at] ?? ""));
    });
  }

  /** The values that the row names; a cell may name several devices. */
  #values(cells: readonly string[], isBroken: boolean): { text: string; header: string }[] {
    const values = this.#cells(cells, "value");
    if (this.#kind === SuppressionKind.SUPPRESSION_KIND_CLIENT_ID) return values;
    if (isBroken && !values.some(({ text }) => looksLikeDevice(text))) {
      const anywhere = cells.filter(looksLikeDevice).map((text) => ({ text: text.trim(), header: "" }));
      if (anywhere.length > 0) return anywhere;
    }
    return values.flatMap(({ text, header }) => devicesIn(text).map((one) => ({ text: one, header })));
  }

  /** A value with its codes from other columns. */
  #joined(cells: readonly string[], at: number): string {
    const parts = this.#parts.get(at);
    const cell = (cells[at] ?? "").trim();
    if (!parts) return cell;
    const faultOf = (number: string) =>
      possiblePhone(number, this.#region) === undefined ? normalisePhone(number, this.#region).fault : undefined;
    return devicesIn(cell)
      .map((device) => joinedNumber(cells, parts, device, faultOf))
      .join(";");
  }

  /** Only a clear yes leaves a row out. An empty cell, or one that is not understood, is suppressed: that is what the file is for. */
  #mayBeContacted(cells: readonly string[]): boolean {
    const says = (field: EntryField, words: ReadonlySet<string>) => {
      const told = this.#cells(cells, field);
      return told.length > 0 && told.every(({ text }) => words.has(text.toLowerCase()));
    };
    const hasFlag = this.#cells(cells, "do_not_contact").length > 0;
    return hasFlag ? says("do_not_contact", NO) : says("consent", YES);
  }

  /** When the entries hold. If that cannot be read, they hold for ever and the row has a fault. */
  #window(cells: readonly string[]): Pick<SuppressionEntry, "fromTime" | "untilTime"> & { fault?: EntryFault } {
    const [from] = this.#cells(cells, "from");
    const [until] = this.#cells(cells, "until");
    const fromTime = from && readTime(from.text, "start");
    const untilTime = until && readTime(until.text, "end");
    const isBackward = fromTime !== undefined && untilTime !== undefined && fromTime >= untilTime;
    const wrong = from && !fromTime ? from : until && (!untilTime || isBackward) ? until : undefined;
    if (!wrong) return { fromTime, untilTime };
    const detail = `${isBackward ? "It must be after the beginning." : TIME_FORMS} The entry holds for always.`;
    return {
      fromTime: undefined,
      untilTime: undefined,
      fault: { reason: "time_invalid", column: wrong.header, detail },
    };
  }

  /** The cells of a field that are not empty. */
  #cells(cells: readonly string[], field: EntryField): { text: string; header: string }[] {
    return this.#columns.flatMap((column, at) => {
      const text = column.field !== field ? "" : field === "value" ? this.#joined(cells, at) : (cells[at] ?? "").trim();
      return text === "" ? [] : [{ text, header: column.header }];
    });
  }

  #empty(): EntryFault {
    const headers = this.#columns.filter(({ field }) => field === "value").map(({ header }) => header);
    const column = headers.length === 1 ? (headers[0] ?? "") : "";
    return { reason: "value_invalid", column, detail: "It is empty: the row names nobody." };
  }
}

const alsoTaken = (fault: EntryFault): EntryFault => ({
  ...fault,
  detail: `${fault.detail} What the row names besides was taken.`,
});

const NO = new Set("false f no n 0 off nein non".split(" "));
const YES = new Set("true t yes y 1 on ja oui si".split(" "));

const TIME_FORMS = "It is no time: write 2026-12-31 or 2026-12-31T17:30:00Z.";

/** A date in UTC (the end of a window includes the whole day) or an instant; undefined when it is neither. */
function readTime(text: string, edge: "start" | "end"): Date | undefined {
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text);
  if (!isDate && !/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/i.test(text))
    return undefined;
  const time = new Date(text);
  if (Number.isNaN(time.getTime()) || (isDate && !time.toISOString().startsWith(text))) return undefined;
  return isDate && edge === "end" ? new Date(time.getTime() + DAY_MS) : time;
}

const DAY_MS = 86_400_000;
