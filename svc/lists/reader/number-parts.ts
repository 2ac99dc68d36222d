/** Numbers that stand in two or three columns: which columns belong together, and the number that they make. Pure. */
import type { PhoneFault } from "../../lib/devices/phone.ts";
import { deviceHeader, type DeviceHeader } from "./device-headers.ts";

/** What stands before a number. */
export interface NumberPart {
  at: number;
  /** Whether it is the code of a country, before which there may be a plus sign. */
  isCallingCode: boolean;
}

const INTERNATIONAL = /^\s*(?:\+|00|tel:)/i;
const DECIMALS = /\.0+$/;

/**
 * Which columns of codes stand before which columns of numbers. A code belongs to the number that is the same one's (`home area code`,
 * `home phone`), else to the next after it, else to the one before; where it stands alone and far away, to the only number.
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
 * The number that a row's cells make. One that is whole by itself stays as it is: with a plus sign or a zero before it, or with its
 * area code at its beginning, or where it would be too long with one.
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

/** The last four digits of an American number, of which a spreadsheet took the zeros away. */
const lineOf = (number: string, codes: readonly string[]) =>
  codes.length >= 2 && codes.every((code) => code.length === 3) && /^\d{1,3}$/.test(number)
    ? number.padStart(4, "0")
    : number;
