/**
 * Splits text into rows of cells, as RFC 4180 describes it and as real files deviate from it: any of the usual separators and line ends,
 * quoted cells over several lines, quotes within an unquoted cell. It works on pieces of any size and holds one row at most.
 *
 * No line gets lost: a quote that never closes properly breaks only the line on which it opens, and reading goes on at the next.
 */
import { FileFault } from "../problem.ts";
import { readBrokenLine, readQuotedRow, withoutReturn } from "./quoted-row.ts";

/**
 * Takes one row: its cells, the line on which it begins, and its text in the file. In a broken row a quote opens and never closes
 * properly; its cells are a guess from that one line.
 */
export type RowHandler = (cells: string[], line: number, original: string, isBroken: boolean) => void;

/** Whether the cells of a row over several lines are really several rows that a stray quote joined. */
export type SwallowedRowsTest = (cells: readonly string[]) => boolean;

/** Characters of one row at most. */
const LONGEST_ROW = 1_048_576;
/** Limits the search for closing quotes that are not there: each stray quote costs one search of what follows it. */
const VAIN = 16 * LONGEST_ROW;
const VAIN_TIMES = 64;

export class RowSplitter {
  /** Cells that a row over several lines may have; set once the header is known. */
  mostCells = Infinity;
  readonly #delimiter: string;
  readonly #take: RowHandler;
  readonly #swallows: SwallowedRowsTest;
  #rest = "";
  #line = 1;
  #read = 0;
  #vain = 0;
  #isStopped = false;

  constructor(delimiter: string, take: RowHandler, swallows: SwallowedRowsTest = () => false) {
    this.#delimiter = delimiter;
    this.#take = take;
    this.#swallows = swallows;
  }

  push(text: string): void {
    this.#read += text.length;
    const buffer = this.#rest === "" ? text : this.#rest + text;
    const end = this.#split(buffer, false);
    this.#rest = end === buffer.length ? "" : buffer.slice(end);
  }

  /** Takes no more rows, because the caller has enough. */
  stop(): void {
    this.#isStopped = true;
  }

  end(): void {
    if (this.#rest !== "") this.#split(this.#rest, true);
    this.#rest = "";
  }

  /** Takes every whole row. Gives the position where the unfinished one begins. */
  #split(buffer: string, isLast: boolean): number {
    let begin = 0;
    while (begin < buffer.length && !this.#isStopped) {
      const lineEnd = buffer.indexOf("\n", begin);
      if (lineEnd < 0 && !isLast) {
        this.#fits(buffer.length - begin);
        return begin;
      }
      const end = lineEnd < 0 ? buffer.length : lineEnd;
      const line = withoutReturn(buffer.slice(begin, end));
      this.#fits(line.length);
      if (line.includes('"')) {
        const next = this.#quotedRow(buffer, begin, line, isLast);
        if (next < 0) return begin;
        begin = next;
        continue;
      }
      if (line !== "") this.#take(line.split(this.#delimiter), this.#line, line, false);
      this.#line += 1;
      begin = end + 1;
    }
    return buffer.length;
  }

  /** Takes the row that begins with this line, which has quotes. Gives the position after it, or -1 when the row is not whole yet. */
  #quotedRow(buffer: string, begin: number, line: string, isLast: boolean): number {
    const row = readQuotedRow(buffer, begin, this.#delimiter, { isLast, mostCells: this.mostCells });
    if (row === "unfinished") {
      return buffer.length - begin > LONGEST_ROW ? this.#broken(buffer, begin, line, LONGEST_ROW) : -1;
    }
    if ("brokenAt" in row) return this.#broken(buffer, begin, line, Math.min(row.brokenAt - begin, LONGEST_ROW));
    const { cells, end } = row;
    const original = withoutReturn(buffer.slice(begin, end));
    const isLong = original.length > line.length;
    if (isLong && (original.length > LONGEST_ROW || this.#swallows(cells)))
      return this.#broken(buffer, begin, line, Math.min(original.length, LONGEST_ROW));
    this.#take(cells, this.#line, original, false);
    this.#line += isLong ? linesOf(original) + 1 : 1;
    return end + 1;
  }

  /** Takes this one line as a broken row. */
  #broken(buffer: string, begin: number, line: string, looked: number): number {
    this.#vain += looked;
    if (this.#vain > VAIN + VAIN_TIMES * this.#read) throw tooManyQuotes(this.#line);
    this.#take(readBrokenLine(line, this.#delimiter), this.#line, line, true);
    this.#line += 1;
    const lineEnd = buffer.indexOf("\n", begin);
    return lineEnd < 0 ? buffer.length : lineEnd + 1;
  }

  #fits(length: number): void {
    if (length <= LONGEST_ROW) return;
    throw new FileFault(
      "line_too_long",
      `Line ${this.#line} is longer than 1 MiB. Is the separator of the lines right?`,
      { line: this.#line },
    );
  }
}

const tooManyQuotes = (line: number) =>
  new FileFault(
    "quote_not_closed",
    `Too many quotes up to line ${line} open a cell and do not close it. Close them, or double every quote within a quoted cell.`,
    { line },
  );

function linesOf(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}
