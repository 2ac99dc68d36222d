/** Prices as decimal numbers, without the rounding of floating point. Pure. */
import type { Price } from "../../../gen/herald/dial/v1/message_template.ts";

const AMOUNT = /^(\d{1,6})(?:\.(\d{1,6}))?$/;
const DIGITS = 6;

export const isAmount = (text: string): boolean => AMOUNT.test(text);

const CURRENCIES = new Set(Intl.supportedValuesOf("currency"));
export const isCurrency = (text: string): boolean => CURRENCIES.has(text);

/** The price of several: 3 times 0.0075 is 0.0225. */
export function times({ amount, currency }: Price, count: number): Price {
  const [, whole = "0", fraction = ""] = AMOUNT.exec(amount) ?? [];
  const millionths = BigInt(whole + fraction.padEnd(DIGITS, "0")) * BigInt(count);
  const digits = millionths.toString().padStart(DIGITS + 1, "0");
  const rest = digits.slice(-DIGITS);
  const shown = rest.slice(0, 1 + [...rest].findLastIndex((digit) => digit !== "0"));
  return { amount: digits.slice(0, -DIGITS) + (shown === "" ? "" : `.${shown}`), currency };
}
