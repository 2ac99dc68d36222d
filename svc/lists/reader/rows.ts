/**
 * Text → rows of cells, as RFC 4180 has it and as real files bend it: any of the usual separators and line ends, quoted cells over
 * several lines, quotes within a cell that is not quoted. Works on pieces of any size and holds one row at most.
 */
import { FileFault } from "./problem.ts";

/** Takes one row: its cells, the line it begins on, and the row as it stands in the file. */
export type TakeRow = (cells: string[], line: number, original: string) => void;

/** Characters of one row at most. */
export const LONGEST_ROW = 1_048_576;

const QUOTE = 34;

export class RowSplitter {
  readonly #delimiter: string;
  readonly #take: TakeRow;
  #rest = "";
  #line = 1;

  constructor(delimiter: string, take: TakeRow) {
    this.#delimiter = delimiter;
    this.#take = take;
  }

  push(text: string): void {
    const buffer = this.#rest === "" ? text : this.#rest + text;
    const end = this.#split(buffer, false);
    this.#rest = end === buffer.length ? "" : buffer.slice(end);
    if (this.#rest.length > LONGEST_ROW) this.#refuse(this.#rest);
  }

  end(): void {
    if (this.#rest !== "") this.#split(this.#rest, true);
    this.#rest = "";
  }

  /** Takes every whole row; gives the place where the unfinished one begins. */
  #split(buffer: string, isLast: boolean): number {
    let begin = 0;
    while (begin < buffer.length) {
      const lineEnd = buffer.indexOf("\n", begin);
      if (lineEnd < 0 && !isLast) return begin;
      const end = lineEnd < 0 ? buffer.length : lineEnd;
      const line = withoutReturn(buffer.slice(begin, end));
      if (line.includes('"')) {
        const next = this.#quotedRow(buffer, begin, isLast);
        if (next < 0) return begin;
        begin = next;
        continue;
      }
      if (line.length > LONGEST_ROW) this.#refuse(line);
      if (line !== "") this.#take(line.split(this.#delimiter), this.#line, line);
      this.#line += 1;
      begin = end + 1;
    }
    return buffer.length;
  }

  /** Takes one row that has quotes; gives the place after it, or -1 when it is not whole yet. */
  #quotedRow(buffer: string, begin: number, isLast: boolean): number {
    const cells: string[] = [];
    let at = begin;
    for (;;) {
      let cell = "";
      if (buffer.charCodeAt(at) === QUOTE) {
        const close = closingQuote(buffer, at + 1);
        if (close < 0 || (close === buffer.length - 1 && !isLast)) return this.#unclosed(buffer, begin, at, isLast);
        cell = buffer.slice(at + 1, close).replaceAll('""', '"');
        at = close + 1;
      }
      // Beside the usual nothing, what follows a closing quote belongs to the cell too.
      const lineEnd = buffer.indexOf("\n", at);
      if (lineEnd < 0 && !isLast) return -1;
      const stop = lineEnd < 0 ? buffer.length : lineEnd;
      const next = buffer.indexOf(this.#delimiter, at);
      if (next >= 0 && next < stop) {
        cells.push(cell + buffer.slice(at, next));
        at = next + 1;
        continue;
      }
      cells.push(cell + withoutReturn(buffer.slice(at, stop)));
      const original = withoutReturn(buffer.slice(begin, stop));
      if (original.length > LONGEST_ROW) this.#refuse(original);
      this.#take(cells, this.#line, original);
      this.#line += linesOf(original) + 1;
      return stop + 1;
    }
  }

  #unclosed(buffer: string, begin: number, quote: number, isLast: boolean): number {
    if (isLast || buffer.length - begin > LONGEST_ROW) {
      const line = this.#line + linesOf(buffer.slice(begin, quote));
      throw new FileFault(
        "quote_not_closed",
        `The quote that opens a cell on line ${line} is never closed. Close it, or double every quote within a quoted cell.`,
        { line },
      );
    }
    return -1;
  }

  #refuse(text: string): never {
    if (text.includes('"')) this.#quotedRow(text, 0, false);
    throw new FileFault(
      "line_too_long",
      `Line ${this.#line} is longer than 1 MiB. Is the separator of the lines right?`,
      { line: this.#line },
    );
  }
}

/** The quote that ends a cell: the first that is not doubled. */
function closingQuote(buffer: string, from: number): number {
  let at = buffer.indexOf('"', from);
  while (at >= 0 && buffer.charCodeAt(at + 1) === QUOTE) at = buffer.indexOf('"', at + 2);
  return at;
}

const withoutReturn = (line: string) => (line.charCodeAt(line.length - 1) === 13 ? line.slice(0, -1) : line);

function linesOf(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

const DELIMITERS = [",", ";", "|", "\t"];

/** Names that callers may give → the separator; undefined when it is not one that can be read. */
export function delimiterNamed(name: string): string | undefined {
  const named: Readonly<Record<string, string>> = { tab: "\t", "\\t": "\t", comma: ",", semicolon: ";", pipe: "|" };
  const delimiter = named[name.toLowerCase()] ?? name;
  return DELIMITERS.includes(delimiter) ? delimiter : undefined;
}

/** The separator that the first line has most of, outside quotes; a comma where it has none. */
export function guessDelimiter(text: string): string {
  const lineEnd = text.search(/[\r\n]/);
  const first = (lineEnd < 0 ? text : text.slice(0, lineEnd)).replaceAll(/"[^"]*"/g, "");
  const count = (delimiter: string) => first.split(delimiter).length;
  return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}
