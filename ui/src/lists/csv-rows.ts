/**
 * The whole rows at the beginning of a CSV text (RFC 4180). A last row without its line end may be cut off, and is left
 * out. Our own few lines, because the packages at hand either evaluate code, which the page's security policy forbids, or
 * refuse a text that ends inside quotes.
 */
export function csvRows(text: string, mostRows: number): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let start = 0;
  for (const { 0: cell, index, 1: quoted, 2: bare = "", 3: end } of text.matchAll(cells)) {
    // A gap before a cell is text that is no CSV; what follows cannot be trusted.
    if (index !== start || rows.length === mostRows) break;
    start = index + cell.length;
    row.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** One cell, in quotes or bare, with the comma or line end after it. */
const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n)/g;
