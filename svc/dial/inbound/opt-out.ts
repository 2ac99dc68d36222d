/** Decides whether a message is an opt-out and nothing else. Pure; the words are in opt-out-words.ts. */
import { POLITENESS, REFUSAL_WORDS, REFUSED_THINGS, REFUSING_VERBS, SMALL_WORDS } from "./opt-out-words.ts";

/** Longer texts say more than that, so a person reads them. */
const MOST_WORDS = 14;
const MOST_CHARACTERS = 2_000;
/** `S T O P`, `S.T.O.P.` */
const SPELLED = /(?<![\p{L}\p{N}'])\p{L}(?:[. -]\p{L}){2,11}(?![\p{L}\p{N}'])\.?/gu;

/**
 * `STOP`, `Stop. Thank you`, `please stop texting me` refuse; `Don't stop`, `END of the month works` do not. If the first sentence is a
 * sure refusal, it counts whatever follows: people sign, explain, and quote the message that they answer.
 */
export function isOptOut(text: string): boolean {
  const sentences = sentencesOf(text.slice(0, MOST_CHARACTERS));
  const [first = []] = sentences;
  if (refusesSurely(first)) return true;
  const words = sentences.flat();
  return words.length > 0 && words.length <= MOST_WORDS && (ALONE.has(bare(words)) || refusesSurely(words));
}

/** The words of each sentence, in capitals, without accents, punctuation and invisible characters. Questions are not split: they are no refusals. */
export function sentencesOf(text: string): string[][] {
  return plain(text)
    .split(/[.!\n\r;。！]+/)
    .map((sentence) =>
      sentence
        .split(/[^\p{L}\p{N}'?]+/u)
        .map(unquoted)
        .filter((word) => /[\p{L}\p{N}?]/u.test(word)),
    )
    .filter((words) => words.length > 0);
}

/** Single quotes around a word, and not those within one. */
function unquoted(word: string): string {
  const begin = word.startsWith("'") ? 1 : 0;
  return word.slice(begin, word.length > 1 && word.endsWith("'") ? -1 : undefined);
}

const plain = (text: string) =>
  withoutRepeats(text.normalize("NFKD"))
    .replaceAll("🛑", " STOP ")
    .replaceAll("’", "'")
    .replaceAll(/[\p{M}\p{Cf}\p{Cc}]/gu, (sign) => (/[\n\r\t]/.test(sign) ? "\n" : ""))
    .replaceAll(SPELLED, (word) => word.replaceAll(/[^\p{L}]/gu, ""))
    .toUpperCase();

/** `STOOOP` is STOP: a letter that is repeated three times or more within a word is written once. */
function withoutRepeats(text: string): string {
  const letters = [...text];
  const kept: string[] = [];
  for (let i = 0; i < letters.length;) {
    const letter = letters[i] as string;
    let end = i + 1;
    while (end < letters.length && isAlike(letters[end] as string, letter)) end++;
    const isInWord = isLetter(letters[i - 1]) || isLetter(letters[end]);
    const most = end - i >= REPEATED && isLetter(letter) && isInWord ? 1 : end - i;
    kept.push(...letters.slice(i, i + most));
    i = end;
  }
  return kept.join("");
}

const REPEATED = 3;
const isLetter = (sign: string | undefined) => sign !== undefined && /^\p{L}$/u.test(sign);
const isAlike = (a: string, b: string) => a === b || a.toLowerCase() === b.toLowerCase();

const setOf = (words: readonly string[]) =>
  new Set(
    words.map((word) =>
      plain(word)
        .replaceAll(/[^\p{L}\p{N}']+/gu, " ")
        .trim(),
    ),
  );

const SURE = setOf(Object.values(REFUSAL_WORDS).flatMap(({ sure }) => sure));
const ALONE = setOf(Object.values(REFUSAL_WORDS).flatMap(({ alone }) => alone));
const VERBS = setOf(REFUSING_VERBS);
const THINGS = setOf(REFUSED_THINGS);
const SMALL = setOf(SMALL_WORDS);
const POLITE = setOf(POLITENESS);
const FORBIDDING = setOf(["do not", "dont", "don't", "never"]);
const LONGEST_VERB = 5;

function refusesSurely(words: readonly string[]): boolean {
  if (words.length > MOST_WORDS) return false;
  const rest = withoutPoliteness(words);
  const said = rest.join(" ");
  if (SURE.has(said)) return true;
  // STOP STOP please STOP
  const repeated = rest.filter((word) => !POLITE.has(word));
  if (repeated.length > 1 && repeated.every((word) => SURE.has(word) || ALONE.has(word))) return true;
  return verbLengths(rest).some((length) => {
    const [verb, what] = [rest.slice(0, length).join(" "), rest.slice(length)];
    // Whoever writes `don't stop sending offers` wants them.
    return refusesWith(what) && !(FORBIDDING.has(verb) && what.some((word) => SURE.has(word)));
  });
}

/** The numbers of words of the verbs with which the sentence may begin. */
const verbLengths = (words: readonly string[]) =>
  Array.from({ length: LONGEST_VERB }, (_, i) => i + 1).filter((length) => VERBS.has(words.slice(0, length).join(" ")));

const refusesWith = (rest: readonly string[]) =>
  rest.some((word) => THINGS.has(word)) &&
  rest.every((word) => THINGS.has(word) || SMALL.has(word) || POLITE.has(word) || SURE.has(word));

function withoutPoliteness(words: readonly string[]): string[] {
  const begin = words.findIndex((word) => !POLITE.has(word));
  const end = words.findLastIndex((word) => !POLITE.has(word));
  return begin < 0 ? [...words] : words.slice(begin, end + 1);
}

/** The words without polite ones around them, in one text. */
export const bare = (words: readonly string[]) => withoutPoliteness(words).join(" ");
