/** Writes CSV as RFC 4180 has it. */
import { HttpBody } from "../../../gen/google/api/httpbody.ts";

/** One line; cells that a spreadsheet would run or change are marked as text, and those that need it are quoted. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => quoted(asText(cell))).join(",")}\r\n`;

/**
 * What a spreadsheet takes for a formula, a number or nothing: cells that begin with one of these, wide forms and white space included. They get
 * the apostrophe by which spreadsheets mark text, and so does a cell that begins with an apostrophe of its own: the reader takes one off
 * (reader/cells.ts), and has the same again.
 */
const NEEDS_MARK = /^[\s'=+\-@\uff1d\uff0b\uff0d\uff20]/;

const asText = (cell: string) => (NEEDS_MARK.test(cell) ? `'${cell}` : cell);

/** The lines as pieces of a download, small enough that the few which wait for a slow reader take little memory. */
export function* csvPieces(lines: Iterable<string>): Generator<HttpBody, void> {
  let text = "";
  for (const line of lines) {
    text += line;
    if (text.length < PIECE_LENGTH) continue;
    yield piece(text);
    text = "";
  }
  if (text !== "") yield piece(text);
}

const PIECE_LENGTH = 64 * 1024;

const piece = (text: string): HttpBody =>
  HttpBody.fromPartial({ contentType: "text/csv; charset=utf-8", data: Buffer.from(text) });

const quoted = (cell: string) =>
  /[",\r\n]/.test(cell) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell;
