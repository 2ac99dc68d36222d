/** Removes what spreadsheets and copied texts put around and into cells, before anything reads them. */
import { visible } from "../../../lib/devices/text.ts";

const APOSTROPHE = 39;
const EQUALS = 61;
const END_OF_FILE = 26;

/** Text that `cleaned` would leave as it is: most rows. */
const NOTHING_TO_DO = /^[\t\x20-\x26\x28-\x3c\x3e-\x7e]*$/;

/** The values that the cells of a row mean. */
export const cleanedCells = (cells: string[], original: string): string[] =>
  NOTHING_TO_DO.test(original) ? cells : cells.map(cleaned);

/** The value that a cell means: without invisible signs, `="…"` around a constant, and the apostrophe that marks text. */
export function cleaned(cell: string): string {
  const value = visible(cell);
  const first = value.charCodeAt(0);
  if (first > EQUALS || Number.isNaN(first)) return withoutEnd(value);
  const text = withoutEnd(value.trimStart());
  if (text.charCodeAt(0) === EQUALS) return constantOf(text);
  return text.charCodeAt(0) === APOSTROPHE ? unmarked(text) : text;
}

/** The constant in `="000123"`, `=T("000123")` or `=123`. Other formulas are left as they are. */
function constantOf(text: string): string {
  const formula = text.trimEnd();
  const quoted = /^=(?:T\()?"((?:[^"]|"")*)"\)?$/i.exec(formula)?.[1];
  if (quoted !== undefined) return quoted.replaceAll('""', '"');
  return /^=([+-]?\d+(?:\.\d+)?)$/.exec(formula)?.[1] ?? text;
}

/** An apostrophe before a text marks it as text, unless it begins a Dutch name: `'t Hart`, `'s-Gravesande`. */
const unmarked = (text: string) => (/^'[a-z](?:[ -]|$)/i.test(text) ? text : text.slice(1));

function withoutEnd(text: string): string {
  let end = text.length;
  while (text.charCodeAt(end - 1) === END_OF_FILE) end -= 1;
  return text.slice(0, end);
}
