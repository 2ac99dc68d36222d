/**
 * Reads the complete rows at the beginning of a CSV text (RFC 4180). A last row without a line end may be cut off, so it is left
 * out. This is own code, because the known packages either evaluate code, which the page's security policy forbids, or
 * refuse a text that ends inside quotes. An apostrophe before a cell only marks it as text for spreadsheets.
 */
export function csvRows(text: string, mostRows: number): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const { 1: quoted, 2: bare = "", 3: end } of text.matchAll(cells)) {
    if (rows.length === mostRows) break;
    row.push((quoted === undefined ? bare : quoted.replaceAll('""', '"')).replace(/^'/, ""));
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** One cell, in quotes or bare, with the comma or line end after it; it must follow directly after the previous cell, since the rest of a text that is not CSV cannot be trusted. */
const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n)/gy;
