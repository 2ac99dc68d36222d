/** What receivers say about messages that they refuse, for people who may see that there is such a message, but not what it says. Pure. */
import { isId } from "../request/ids.ts";

const WITHHELD = "…";
/** A number of so many digits may be a phone number, or part of one. */
const FEWEST_DIGITS = 5;
const DIGITS = /\p{Nd}/gu;
const OF_A_NUMBER = /^[\p{Nd}\p{Pd}\u2212+().,;:/]+$/u;
const WORDLY = /[\p{L}\p{N}_]/u;

/** The marks that quote a value, each with those that may end it. */
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
/** Within words these are apostrophes. */
const APOSTROPHES = "'‘’";

/** The reason without what it quotes: `“` values, what `=` gives a name, addresses and numbers stand as `…`. Ids and the names of fields stay. */
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

/** Each sign in its usual form, so that `＠` and full-width digits are what they look like; what was withheld before stays so. */
const plain = (text: string): string =>
  text
    .split(WITHHELD)
    .map((part) => part.replaceAll(/\p{Cf}/gu, "").normalize("NFKC"))
    .join(WITHHELD)
    .replaceAll(/\s/g, " ");

/** What is quoted is left out with its marks; after a mark that nothing ends, everything. */
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

/** `name=Ann Smith`: nobody can tell where the value ends. */
function withoutGiven(text: string): string {
  const at = text.indexOf("=");
  return at < 0 ? text : text.slice(0, at + 1) + WITHHELD;
}

/** A number may be written in several words: `+1 (212) 555 0123`. */
function endOfNumber(words: readonly string[], from: number): number {
  let end = from;
  while (OF_A_NUMBER.test(words[end] ?? "")) end++;
  return Math.max(end, from + 1);
}

const isWithheld = (word: string) =>
  word.includes("@") || (digitsOf(word) >= FEWEST_DIGITS && !isId(word.replaceAll(/[^\w-]/g, "")));
const digitsOf = (word: string) => word.match(DIGITS)?.length ?? 0;
