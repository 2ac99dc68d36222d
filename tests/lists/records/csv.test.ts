import assert from "node:assert/strict";
import { test } from "node:test";
import { csvLine } from "../../../svc/lists/records/csv.ts";
import { cleaned, cleanedCells } from "../../../svc/lists/reader/text/cells.ts";

/** The same numbers every time. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}

const SIGNS = [
  "'",
  "=",
  "+",
  "-",
  "@",
  "\t",
  "\r",
  "\n",
  " ",
  '"',
  ",",
  ";",
  "|",
  "t",
  "s",
  "1",
  "(",
  ")",
  "é",
  "＝",
  "＋",
];

test("whatever a cell holds, an export marks what a spreadsheet would run, and reading it gives the same", () => {
  const next = chance(7);
  for (let i = 0; i < 50_000; i++) {
    // What is stored came through the reader: it is one of the values that cells mean.
    const value = cleaned(Array.from({ length: next(7) }, () => SIGNS[next(SIGNS.length)]).join(""));
    const line = csvLine([value]);
    const cell = line.startsWith('"') ? line.slice(1, -3).replaceAll('""', '"') : line.slice(0, -2);
    assert.doesNotMatch(cell, /^[=+\-@\t\r\n＝＋－＠]/, JSON.stringify(value));
    assert.deepEqual(cleanedCells([cell], line), [value], JSON.stringify(value));
  }
});
