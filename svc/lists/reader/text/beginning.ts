/** Finds out from the beginning of a file what separates its cells and where its header is. Pure. */
import { RowSplitter } from "./rows.ts";

/** What the beginning of a file shows. */
export interface FileBeginning {
  delimiter: string;
  /** Line of the header; lines before it are notes. 1 if no line is a better header than the first, 0 if this text has no header. */
  headerLine: number;
}

/** Rates a row as the header; more is better. 0 means that it is no header, and a negative number that it is a row of data. */
export type HeaderRating = (cells: readonly string[]) => number;

const DELIMITERS = [",", ";", "|", "\t"];
/** The header must be one of the first so many rows. */
const LOOKED_AT = 25;

/** Names that callers may give → the separator; undefined when it is not one that can be read. */
export function delimiterNamed(name: string): string | undefined {
  const named: Readonly<Record<string, string>> = { tab: "\t", "\\t": "\t", comma: ",", semicolon: ";", pipe: "|" };
  const delimiter = named[name.toLowerCase()] ?? name;
  return DELIMITERS.includes(delimiter) ? delimiter : undefined;
}

/** The separator that a spreadsheet names in a line of its own, `sep=;`; undefined when the line is another. */
export const namedSeparator = (line: string): string | undefined => /^"?sep=([^\w\s"]|\t)"?[,;|\t]*$/i.exec(line)?.[1];

/**
 * Finds the separator and the header. The separator is the first with which a header with a known name is found. Those that are most
 * frequent in the first line are tried first.
 */
export function understand(text: string, isWhole: boolean, given: FileBeginning, rate: HeaderRating): FileBeginning {
  const named = namedSeparator(firstLine(text));
  const certain = given.delimiter || named;
  if (given.headerLine > 0)
    return { delimiter: certain ?? guessDelimiter(fromLine(text, given.headerLine)), headerLine: given.headerLine };
  const candidates = certain ? [certain] : byFrequency(text);
  for (const delimiter of candidates) {
    const headerLine = findHeader(text, isWhole, delimiter, rate);
    if (headerLine > 0) return { delimiter, headerLine };
  }
  return { delimiter: certain ?? guessDelimiter(text), headerLine: named === undefined ? 1 : 2 };
}

const fromLine = (text: string, line: number) =>
  text
    .split("\n", line + LOOKED_AT)
    .slice(line - 1)
    .join("\n");

/** The separator that the first line has most of, outside quotes; a comma where it has none. */
export function guessDelimiter(text: string): string {
  const first = withoutQuoted(firstLine(text.trimStart()));
  const count = (delimiter: string) => first.split(delimiter).length;
  return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

/** The guess from the first line, then all other separators, the most frequent in any line first. */
function byFrequency(text: string): string[] {
  const lines = withoutQuoted(text).split("\n", LOOKED_AT * 2);
  const most = (delimiter: string) => Math.max(...lines.map((line) => line.split(delimiter).length));
  const guess = guessDelimiter(text);
  const others = DELIMITERS.filter((delimiter) => delimiter !== guess);
  return [guess, ...others.sort((a, b) => most(b) - most(a))];
}

/** The line of the best header, or the first row if no row is better. 0 when there is none. */
function findHeader(text: string, isWhole: boolean, delimiter: string, rate: HeaderRating): number {
  const rows: { cells: string[]; line: number }[] = [];
  const trial = new RowSplitter(delimiter, (cells, line, original) => {
    if (rows.length < LOOKED_AT && original.trim() !== "" && namedSeparator(original) === undefined)
      rows.push({ cells: cells.map((cell) => cell.trim()), line });
    if (rows.length === LOOKED_AT) trial.stop();
  });
  trial.push(text);
  if (isWhole) trial.end();
  let best = { rating: 0, line: 0 };
  for (const { cells, line } of rows) {
    const rating = rate(cells);
    // Only notes stand before a header, so a row of data ends the search.
    if (rating < 0) break;
    if (rating > 0 && best.line === 0 && line === rows[0]?.line) return line;
    if (rating > best.rating) best = { rating, line };
  }
  return best.line;
}

function firstLine(text: string): string {
  const lineEnd = text.indexOf("\n");
  return (lineEnd < 0 ? text : text.slice(0, lineEnd)).replace(/\r$/, "");
}

const withoutQuoted = (text: string) => text.replaceAll(/"[^"]*"/g, "");
