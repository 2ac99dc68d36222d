/** Finds what sounds like a refusal but is not certain. It is held until a person decides. Pure. */
import { REFUSED_THINGS } from "../inbound/opt-out-words.ts";
import { sentencesOf } from "../inbound/opt-out.ts";
import { DOUBTFUL_PHRASES } from "./usual-words.ts";

const MOST_CHARACTERS = 2_000;
/** A refused thing must follow within so many words. */
const NEAR = 5;
const spoken = (text: string) => (sentencesOf(text)[0] ?? []).join(" ");
const PHRASES = DOUBTFUL_PHRASES.map((phrase) => ` ${spoken(phrase)} `);
const THINGS = new Set(REFUSED_THINGS.map(spoken));
const ENDING = new Set(["STOP", "STOPPING", "QUIT", "CEASE", "UNSUBSCRIBE", "REMOVE"]);
const NOT = new Set(["NOT", "DONT", "DON'T", "NEVER", "CANT", "CAN'T", "WONT", "WON'T", "CANNOT"]);
/** Misspelt, they mean the same where they stand alone. */
const MISSPELT = ["STOP", "UNSUBSCRIBE", "OPTOUT", "CANCEL", "ARRET"];

/** `can you stop sending these?` may be a refusal; `We have got to STOP this bill` and `Don't stop` are none. */
export function mayRefuse(text: string): boolean {
  const sentences = sentencesOf(text.slice(0, MOST_CHARACTERS)).map((words) =>
    words.map((word) => word.replaceAll("?", "")).filter((word) => word !== ""),
  );
  if (sentences.length === 1 && sentences[0]?.length === 1 && isMisspelt(sentences[0][0] ?? "")) return true;
  return sentences.some((words) => saysPhrase(words) || endsThing(words) || forbidsThing(words));
}

const saysPhrase = (words: readonly string[]) => {
  const said = ` ${words.join(" ")} `;
  return PHRASES.some((phrase) => said.includes(phrase));
};

/** `stop … texts`, but not `don't stop … texts`. */
const endsThing = (words: readonly string[]) =>
  words.some((word, i) => ENDING.has(word) && !isNegated(words, i) && namesThing(words.slice(i + 1, i + 1 + NEAR)));

const isNegated = (words: readonly string[], at: number) =>
  words.slice(Math.max(0, at - 2), at).some((word) => NOT.has(word));

/** `don't … text me`. */
const forbidsThing = (words: readonly string[]) =>
  words.some((word, i) => FORBIDDING.has(word) && VERBS.has(words[i + 1] ?? "") && isToMe(words.slice(i + 2)));

const FORBIDDING = new Set(["NOT", "DONT", "DON'T", "NEVER"]);
const VERBS = new Set(["TEXT", "MESSAGE", "CALL", "CONTACT", "SEND", "WRITE", "EMAIL", "BOTHER", "SPAM", "TXT", "MSG"]);
const isToMe = (rest: readonly string[]) =>
  rest.slice(0, NEAR).some((word) => word === "ME" || word === "US" || word === "ANYMORE");

const namesThing = (words: readonly string[]) => words.some((word) => THINGS.has(word));

function isMisspelt(word: string): boolean {
  return MISSPELT.some(
    (right) => Math.abs(right.length - word.length) <= 1 && word.length > 3 && isOneSlipFrom(word, right),
  );
}

/** One letter more, less, other, or two letters the wrong way round. */
function isOneSlipFrom(word: string, right: string): boolean {
  if (word === right) return false;
  let from = 0;
  while (from < word.length && word[from] === right[from]) from++;
  const [a, b] = [word.slice(from), right.slice(from)];
  return (
    a.slice(1) === b.slice(1) ||
    a.slice(1) === b ||
    a === b.slice(1) ||
    (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
  );
}
