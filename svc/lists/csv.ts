/** Writes CSV as RFC 4180 has it. */
import { HttpBody } from "../../gen/google/api/httpbody.ts";

/** One line; cells that need it are quoted. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(quoted).join(",")}\r\n`;

/** A piece of a download. */
export const csvPiece = (text: string): HttpBody =>
  HttpBody.fromPartial({ contentType: "text/csv; charset=utf-8", data: Buffer.from(text) });

const quoted = (cell: string) =>
  /[",\r\n]/.test(cell) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell;
