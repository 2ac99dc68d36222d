/** Removes values from receivers' reasons for refusals: people may see that a message was refused, but not what it says. Pure. */
import { isId } from "../request/ids.ts";

const WITHHELD = "…";
/** A number with so many digits may be a phone number, or part of one. */
const FEWEST_DIGITS = 5;
const DIGITS = /\p{Nd}/gu;
const OF_A_NUMBER = /^[\p{Nd}\p{Pd}\u2212+().,;:/]+$/u;
const WORDLY = /[\p{L}\p{N}_]/u;

/** Opening quotation marks, each with the marks that may close it. */
const QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "`": "`",
  "“": "”",
  "„": "“”",
  "‟": "”",
  "‘": "’",
  "‚": "‘’",
  "‛": "’",
  "«": "»",
  "»": "«",
  "‹": "›",
  "›": "‹",
  "「": "」",
  "『": "』",
  "《": "》",
  "〈": "〉",
  "〝": "〞〟",
};
/** Quotation marks that are apostrophes inside words. */
const APOSTROPHES = "'‘’";

/** Replaces values in a reason by `…`: quoted text, text after `=`, addresses and numbers. Ids and names of fields stay. */
export function withoutValues(reason: string): string {
  const words = withoutGiven(withoutQuoted(plain(reason))).split(" ");
  const told: string[] = [];
  for (let i = 0; i < words.length;) {
    const end = endOfNumber(words, i);
    const word = words.slice(i, end).join(" ");
    told.push(isWithheld(word) ? WITHHELD : word);
    i = end;
  }
  return told.join(" ");
}

/** Normalises characters, so that `＠` and full-width digits are recognised. Values that were removed before stay removed. */
const plain = (text: string): string =>
  text
    .split(WITHHELD)
    .map((part) => part.replaceAll(/\p{Cf}/gu, "").normalize("NFKC"))
    .join(WITHHELD)
    .replaceAll(/\s/g, " ");

/** Removes quoted text with its marks. After a mark that is never closed, removes everything. */
function withoutQuoted(text: string): string {
  let told = "";
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const ends = QUOTES[text.charAt(at)];
    if (ends === undefined || isApostrophe(text, at)) continue;
    told += text.slice(from, at) + WITHHELD;
    at = endOfQuote(text, at + 1, ends);
    from = at + 1;
  }
  return told + text.slice(from);
}

function endOfQuote(text: string, from: number, ends: string): number {
  for (let at = from; at < text.length; at++)
    if (ends.includes(text.charAt(at)) && !(APOSTROPHES.includes(text.charAt(at)) && WORDLY.test(text.charAt(at + 1))))
      return at;
  return text.length;
}

const isApostrophe = (text: string, at: number): boolean =>
  APOSTROPHES.includes(text.charAt(at)) && at > 0 && WORDLY.test(text.charAt(at - 1));

/** Removes everything after `=`: in `name=Ann Smith` nothing shows where the value ends. */
function withoutGiven(text: string): string {
  const at = text.indexOf("=");
  return at < 0 ? text : text.slice(0, at + 1) + WITHHELD;
}

/** The end of a number, which may consist of several words: `+1 (212) 555 0123`. */
function endOfNumber(words: readonly string[], from: number): number {
  let end = from;
  while (OF_A_NUMBER.test(words[end] ?? "")) end++;
  return Math.max(end, from + 1);
}

const isWithheld = (word: string) =>
  word.includes("@") || (digitsOf(word) >= FEWEST_DIGITS && !isId(word.replaceAll(/[^\w-]/g, "")));
const digitsOf = (word: string) => word.match(DIGITS)?.length ?? 0;
