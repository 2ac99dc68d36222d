/** Numbers in two or three columns: which columns belong together, and the whole number. Pure. */
import type { PhoneFault } from "../../../lib/devices/phone.ts";
import { deviceHeader, type DeviceHeader } from "./device-headers.ts";

/** A column with a code that stands before a number. */
export interface NumberPart {
  at: number;
  /** Whether it is a country code, which may have a plus sign. */
  isCallingCode: boolean;
}

const INTERNATIONAL = /^\s*(?:\+|00|tel:)/i;
const DECIMALS = /\.0+$/;

/**
 * Decides which codes stand before which numbers. A code belongs to the number with the same name (`home area code`, `home phone`), or
 * else to the number right after it, or right before it. If it stands elsewhere, it belongs to the only number that there is.
 */
export function partsOfNumbers(
  headers: readonly string[],
  numbers: readonly number[],
  codes: readonly number[],
): Map<number, NumberPart[]> {
  const said = headers.map(deviceHeader);
  const found = new Map<number, NumberPart[]>();
  for (const at of codes) {
    const owner = ownerOf(at, { said, numbers, codes });
    if (owner === undefined) continue;
    const part = { at, isCallingCode: said[at]?.part === "calling_code" };
    found.set(owner, [...(found.get(owner) ?? []), part]);
  }
  return found;
}

function ownerOf(
  code: number,
  {
    said,
    numbers,
    codes,
  }: { said: readonly (DeviceHeader | undefined)[]; numbers: readonly number[]; codes: readonly number[] },
): number | undefined {
  const which = said[code]?.which ?? "";
  const same = numbers.filter((at) => (said[at]?.which ?? "") === which);
  if (which !== "" && same.length === 1) return same[0];
  const isCode = new Set(codes);
  let next = code + 1;
  while (isCode.has(next) || said[next]?.part === "label") next += 1;
  if (numbers.includes(next)) return next;
  let before = code - 1;
  while (isCode.has(before) || said[before]?.part === "label") before -= 1;
  if (numbers.includes(before)) return before;
  return numbers.length === 1 ? numbers[0] : undefined;
}

/**
 * Joins the cells of a row to one number. A number stays as it is when it is whole already: it begins with a plus sign, a zero or its
 * area code, or it would be too long with the code.
 */
export function joinedNumber(
  cells: readonly string[],
  parts: readonly NumberPart[],
  number: string,
  faultOf: (text: string) => PhoneFault | undefined,
): string {
  const codes = (isCallingCode: boolean) =>
    parts.filter((part) => part.isCallingCode === isCallingCode).map(({ at }) => digitsIn(cells[at] ?? ""));
  const area = codes(false).join("");
  const calling = codes(true).join("");
  if (number === "") return area.length >= 7 ? area : "";
  if (area + calling === "" || number.includes("@") || INTERNATIONAL.test(number)) return number;
  if (/^\s*0/.test(number) && faultOf(number) === undefined) return number;
  const local = lineOf(number.replace(DECIMALS, ""), codes(false));
  const country = calling === "" ? "" : `+${calling.replace(/^0+/, "")} `;
  const whole = `${country}${area} ${local}`.trim();
  const fault = faultOf(whole);
  if (fault === undefined) return whole;
  const isWhole = fault === "too_long" || area === "" || local.replaceAll(/\D/g, "").startsWith(area.replace(/^0/, ""));
  return isWhole && faultOf(local) === undefined ? local : whole;
}

const digitsIn = (cell: string) => cell.trim().replace(DECIMALS, "").replaceAll(/\D/g, "");

/** The last four digits of an American number. A spreadsheet may have removed zeros at their beginning. */
const lineOf = (number: string, codes: readonly string[]) =>
  codes.length >= 2 && codes.every((code) => code.length === 3) && /^\d{1,3}$/.test(number)
    ? number.padStart(4, "0")
    : number;
