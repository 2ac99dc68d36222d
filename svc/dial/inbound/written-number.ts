/** Finds which numbers a number may be, as a message centre wrote it. Pure. */
import { normalisePhone } from "../../lib/devices/phone.ts";

/** A number as the centre wrote it, with its type of number: 1 international, 2 national, 0 unknown. */
export interface WrittenNumber {
  address: string;
  type: number;
}

const INTERNATIONAL = 1;
const NATIONAL = 2;
const ANY_REGION = "US";

/**
 * The numbers in use that this may be, the most likely first: with its country code, or without it in one of `regions` (the regions of
 * the number to which the message went). Empty for a name or a short code.
 */
export function readingsOf({ address, type }: WrittenNumber, regions: readonly string[]): string[] {
  const text = bare(address);
  if (!/^\+?[\d ().-]{7,25}$/.test(text)) return [];
  const digits = text.replaceAll(/\D/g, "");
  const abroad = text.startsWith("+") ? digits : digits.replace(/^00/, "");
  const international = abroad.startsWith("0")
    ? []
    : [`+${abroad}`].map((number) => normalisePhone(number, ANY_REGION).e164);
  const isWhole = text.startsWith("+") || digits.startsWith("00");
  const national = isWhole ? [] : regions.map((region) => normalisePhone(digits, region).e164);
  // If the centre gives no type, the number is national in the country of our own number, or international.
  const order =
    type === INTERNATIONAL || (type !== NATIONAL && digits.length > 10)
      ? [...international, ...national]
      : [...national, ...international];
  return [...new Set(order.filter((number) => number !== undefined))];
}

/** All forms in which attempts may have stored the number, including those of an older numbering plan. */
export const writingsOf = ({ address }: WrittenNumber, readings: readonly string[]): string[] => [
  ...new Set([...readings, `+${bare(address).replaceAll(/\D/g, "").replace(/^00/, "")}`]),
];

/** Removes `tel:` and parameters, which gateways from other networks leave in. */
const bare = (address: string) =>
  address
    .trim()
    .replace(/^(?:tel|sms|smsto):/i, "")
    .split(";", 1)[0] ?? "";
