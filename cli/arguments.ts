/** Reads the arguments of options, and says what would be right. */
import { InvalidArgumentError } from "commander";

const MOST_ROWS = 500;

/** `-n 50`: how many rows to show, as much as one page of the contract holds. */
export function readLimit(text: string): number {
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > MOST_ROWS) throw new InvalidArgumentError(`It is a whole number from 1 to ${MOST_ROWS}.`);
  return count;
}
