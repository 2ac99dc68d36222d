/** Several numbers or addresses in one cell, as people and address books write them. Pure. */
import { looksLikeDevice } from "./header-names.ts";

const PARTS = /[;,|&\n\r]|:::| \/ |\s(?:or|and|oder|und|ou|et|o|y|e)\s/i;
/** Longer than any cell that holds devices; what is longer is read as one, and refused. */
const LONGEST = 4_000;
/** Digits of the longest number. */
const MOST_DIGITS = 15;
/** What RFC 3966 and people write after a number and is no number of its own: `;ext=12`, `, ext. 12`, `x12`. */
const PARAMETER = /^(?:ext|x|isub|tsub|postd|phone-context)/i;

/** The devices that a cell names, each to be read on its own; the cell itself where it names one, or nothing that can be parted. */
export function devicesIn(cell: string): string[] {
  if (cell.length > LONGEST) return [cell];
  const parts = partsOf(cell);
  return parts.length > 1 && parts.every(looksLikeDevice) ? parts : [cell];
}

function partsOf(cell: string): string[] {
  const parts: string[] = [];
  for (const part of cell.split(slashesPart(cell) ? /[;,|&\n\r/]/ : PARTS).map((text) => text.trim())) {
    if (part === "") continue;
    if (parts.length > 0 && PARAMETER.test(part)) parts.push(`${parts.pop()};${part}`);
    else parts.push(part);
  }
  return parts;
}

/** A slash is a usual sign within a number, but not where there are more digits than a number has. */
const slashesPart = (cell: string) =>
  cell.includes("/") && !cell.includes("@") && cell.replaceAll(/\D/g, "").length > MOST_DIGITS;
