/** Writes CSV as RFC 4180 has it. */
import { HttpBody } from "../../gen/google/api/httpbody.ts";

/** One line; cells that need it are quoted. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(quoted).join(",")}\r\n`;

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
