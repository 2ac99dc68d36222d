/** Numbers as message centres write them → the numbers that they may be. Pure. */
import { normalisePhone } from "../../lib/devices/phone.ts";

/** A number as the centre wrote it, with its type of number: 1 international, 2 national, 0 whatever. */
export interface WrittenNumber {
  address: string;
  type: number;
}

const INTERNATIONAL = 1;
const NATIONAL = 2;
const ANY_REGION = "US";

/**
 * The numbers in use that this may be, the likeliest first: with its country code, or without it in one of `regions` (those of the
 * number that was written to). Empty for a name or a short code.
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
  // A centre that says nothing of the type writes national numbers of the number's own country, or whole ones.
  const order =
    type === INTERNATIONAL || (type !== NATIONAL && digits.length > 10)
      ? [...international, ...national]
      : [...national, ...international];
  return [...new Set(order.filter((number) => number !== undefined))];
}

/** All ways in which attempts may have kept the number; those of an older numbering plan included. */
export const writingsOf = ({ address }: WrittenNumber, readings: readonly string[]): string[] => [
  ...new Set([...readings, `+${bare(address).replaceAll(/\D/g, "").replace(/^00/, "")}`]),
];

/** Without `tel:` and parameters, as gateways from other networks leave them. */
const bare = (address: string) =>
  address
    .trim()
    .replace(/^(?:tel|sms|smsto):/i, "")
    .split(";", 1)[0] ?? "";
