/** Writes CSV as RFC 4180 describes it. */
import { HttpBody } from "../../../gen/google/api/httpbody.ts";

/** One line. Cells that a spreadsheet would execute or change are marked as text, and cells that need quotes get them. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => quoted(asText(cell))).join(",")}\r\n`;

/**
 * A spreadsheet takes cells that begin with one of these for a formula, a number or nothing; full-width forms and white space are among
 * them. They get the apostrophe that marks text in spreadsheets. A cell that already begins with an apostrophe gets another one, because
 * the reader (reader/text/cells.ts) takes one off.
 */
const NEEDS_MARK = /^[\s'=+\-@\uff1d\uff0b\uff0d\uff20]/;

const asText = (cell: string) => (NEEDS_MARK.test(cell) ? `'${cell}` : cell);

/** The lines as pieces of a download. They are small, so that the few that wait for a slow reader take little memory. */
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
