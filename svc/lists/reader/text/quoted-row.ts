/** Reads one row that has quotes, as RFC 4180 describes it, or finds that its quotes are broken. Pure. */

/** The row's cells and its end; or the place of a quote that opens and never closes properly; or that more text is needed. */
export type QuotedRow = { cells: string[]; end: number } | { brokenAt: number } | "unfinished";

const QUOTE = 34;

export interface QuotedRowLimits {
  /** Whether no more text comes. */
  isLast: boolean;
  /** A row over several lines cannot have more cells: a stray quote must have joined several rows. */
  mostCells: number;
}

/** Reads the row that begins at `begin`. Its `end` is the position of its line end. */
export function readQuotedRow(
  buffer: string,
  begin: number,
  delimiter: string,
  { isLast, mostCells }: QuotedRowLimits,
): QuotedRow {
  const lineEnd = buffer.indexOf("\n", begin);
  const cells: string[] = [];
  const places = new CellEnds(buffer, delimiter);
  let at = begin;
  for (;;) {
    let cell: string;
    if (buffer.charCodeAt(at) === QUOTE) {
      const close = closingQuote(buffer, at + 1);
      if (close < 0) return isLast ? { brokenAt: buffer.length } : "unfinished";
      const after = pastSpaces(buffer, close + 1, delimiter);
      if (after === buffer.length && !isLast) return "unfinished";
      if (!endsCell(buffer, after, delimiter)) return { brokenAt: after };
      cell = buffer.slice(at + 1, close).replaceAll('""', '"');
      at = after;
    } else {
      const end = places.cellEnd(at);
      if (end === buffer.length && !isLast) return "unfinished";
      cell = buffer.slice(at, end);
      at = end;
    }
    if (at < buffer.length && buffer.startsWith(delimiter, at)) {
      cells.push(cell);
      at += delimiter.length;
      if (cells.length >= mostCells && lineEnd >= 0 && at > lineEnd) return { brokenAt: at };
      continue;
    }
    cells.push(withoutReturn(cell));
    const end = buffer.indexOf("\n", at);
    return { cells, end: end < 0 ? buffer.length : end };
  }
}

/** The cells of a single line with broken quotes. Properly quoted cells are read as such; in the rest no sign is special. */
export function readBrokenLine(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let at = 0;
  while (at <= line.length) {
    const close = line.charCodeAt(at) === QUOTE ? closingQuote(line, at + 1) : -1;
    const after = close < 0 ? -1 : pastSpaces(line, close + 1, delimiter);
    if (after >= 0 && endsCell(line, after, delimiter)) {
      cells.push(line.slice(at + 1, close).replaceAll('""', '"'));
      at = after + delimiter.length;
      continue;
    }
    const next = line.indexOf(delimiter, at);
    const end = next < 0 ? line.length : next;
    cells.push(line.slice(at, end).replaceAll('"', ""));
    at = end + delimiter.length;
  }
  return cells;
}

/**
 * The cells of each line of a row over several lines, as if the row's quotes were not there. They show whether the row is one long note
 * or several rows that a stray quote joined.
 */
export function cellsByLine(cells: readonly string[], delimiter: string): string[][] {
  const lines: string[][] = [[]];
  for (const cell of cells) {
    const [first = "", ...others] = cell.split("\n");
    if (others.length === 0) {
      lines.at(-1)?.push(first);
      continue;
    }
    lines.at(-1)?.push(...first.split(delimiter));
    for (const other of others) lines.push(other.split(delimiter));
  }
  return lines;
}

export const withoutReturn = (line: string): string =>
  line.charCodeAt(line.length - 1) === 13 ? line.slice(0, -1) : line;

/** The quote that ends a cell: the first that is not doubled. */
function closingQuote(buffer: string, from: number): number {
  let at = buffer.indexOf('"', from);
  while (at >= 0 && buffer.charCodeAt(at + 1) === QUOTE) at = buffer.indexOf('"', at + 2);
  return at;
}

/** Skips blanks between a closing quote and the end of the cell. */
function pastSpaces(buffer: string, from: number, delimiter: string): number {
  const tab = delimiter === "\t" ? " " : "\t";
  let at = from;
  while (buffer.startsWith(" ", at) || buffer.startsWith(tab, at)) at += 1;
  return at;
}

function endsCell(buffer: string, at: number, delimiter: string): boolean {
  if (at >= buffer.length || buffer.startsWith(delimiter, at) || buffer.startsWith("\n", at)) return true;
  return buffer.charCodeAt(at) === 13 && (at + 1 === buffer.length || buffer.startsWith("\n", at + 1));
}

/** Finds the ends of cells without quotes. It remembers what it found, so that a line of many cells is searched once. */
class CellEnds {
  readonly #buffer: string;
  readonly #delimiter: string;
  #lineEnd = -1;
  #next = -1;

  constructor(buffer: string, delimiter: string) {
    this.#buffer = buffer;
    this.#delimiter = delimiter;
  }

  cellEnd(at: number): number {
    if (this.#lineEnd < at) this.#lineEnd = this.#find("\n", at);
    if (this.#next < at) this.#next = this.#find(this.#delimiter, at);
    return Math.min(this.#lineEnd, this.#next);
  }

  #find(sign: string, at: number): number {
    const found = this.#buffer.indexOf(sign, at);
    return found < 0 ? this.#buffer.length : found;
  }
}
