/** Separates several numbers or addresses in one cell, as people and address books write them. Pure. */
import { looksLikeDevice } from "./header-names.ts";

const PARTS = /[;,|&\n\r]|:::| \/ |\s(?:or|and|oder|und|ou|et|o|y|e)\s/i;
/** No cell of devices is longer. A longer one is read as a single device, and refused. */
const LONGEST = 4_000;
/** Digits of the longest number. */
const MOST_DIGITS = 15;
/** An extension after a number is no number of its own: `;ext=12` (RFC 3966), `, ext. 12`, `x12`. */
const PARAMETER = /^(?:ext|x|isub|tsub|postd|phone-context)/i;

/** The devices that a cell names, to be read one by one; the cell itself if it names one or cannot be separated. */
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

/** A slash may be part of a number, unless there are more digits than one number can have. */
const slashesPart = (cell: string) =>
  cell.includes("/") && !cell.includes("@") && cell.replaceAll(/\D/g, "").length > MOST_DIGITS;
