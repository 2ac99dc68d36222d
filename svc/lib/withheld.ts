/** What receivers say about messages that they refuse, for people who may see that there is such a message, but not what it says. Pure. */
import { isId } from "./ids.ts";

const WITHHELD = "…";
/** A number of so many digits may be a phone number, or part of one. */
const FEWEST_DIGITS = 5;
/** Pairs of marks between which a value is quoted. */
const QUOTED = /"[^"]*"|“[^“”]*”|`[^`]*`|(?<!\w)'[^']*'(?!\w)/g;
const OF_A_NUMBER = /^[\d+().,;:/-]+$/;

/** The reason without what it quotes: `“` values, addresses and numbers stand as `…`. Ids and the names of fields stay. */
export function withoutValues(reason: string): string {
  const words = reason.replaceAll(QUOTED, WITHHELD).split(" ");
  const told: string[] = [];
  for (let i = 0; i < words.length;) {
    const end = endOfNumber(words, i);
    const word = words.slice(i, end).join(" ");
    told.push(isWithheld(word) ? WITHHELD : word);
    i = end;
  }
  return told.join(" ");
}

/** A number may be written in several words: `+1 (212) 555 0123`. */
function endOfNumber(words: readonly string[], from: number): number {
  let end = from;
  while (OF_A_NUMBER.test(words[end] ?? "")) end++;
  return Math.max(end, from + 1);
}

const isWithheld = (word: string) =>
  word.includes("@") || (digitsOf(word) >= FEWEST_DIGITS && !isId(word.replaceAll(/[^\w-]/g, "")));
const digitsOf = (word: string) => word.replaceAll(/\D/g, "").length;
