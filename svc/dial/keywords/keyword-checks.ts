/** Checks what callers give of a keyword. Pure. */
import { type Keyword, KeywordKind } from "../../../gen/herald/dial/v1/keyword.ts";
import { Checks } from "../../lib/request/validate.ts";
import { keywordTaken } from "../errors.ts";
import { LONGEST_ANSWER, unknownNames } from "./answer-text.ts";
import { spokenForm, fixedMeaning } from "./read-message.ts";

const MOST_WORDS = 50;
const LANGUAGE = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?$/;

/** Returns the keyword as it is stored; throws an error with all violations. */
export function readFields(given: Keyword): Keyword {
  const check = new Checks();
  const at = (field: string) => `keyword.${field}`;
  const isOwn = given.kind === KeywordKind.KEYWORD_KIND_OWN;
  check.that(
    given.language === "" || LANGUAGE.test(given.language),
    at("language"),
    "Must be a language code such as `en` or `pt-BR`; empty means any.",
  );
  check.count(at("words"), given.words, { least: isOwn ? 1 : 0, most: MOST_WORDS });
  const words = given.words.map((word, i) => {
    const text = check.text(at(`words[${i}]`), word, { most: 40 });
    check.that(text === "" || spokenForm(text) !== "", at(`words[${i}]`), "Must have a letter or a digit.");
    return text;
  });
  const answer = check.text(at("answer"), given.answer, { least: 0, most: LONGEST_ANSWER, lines: true });
  check.that(answer !== "" || given.silent || !isOwn, at("answer"), "Required for an own word, unless it is silent.");
  check.that(answer === "" || !given.silent, at("answer"), "Nothing is answered while it is silent; leave it out.");
  for (const name of unknownNames(answer))
    check.that(false, at("answer"), `Nothing is known as "${name}"; use {{ program }} and {{ contact }}.`);
  check.that(
    words.length > 0 || answer !== "" || given.silent,
    at("words"),
    "Give words, an answer, or silent: else nothing would change.",
  );
  check.done();
  return { ...given, words: [...new Map(words.map((word) => [spokenForm(word), word])).values()], answer };
}

/** Throws ALREADY_EXISTS for the first word that means something else already. */
export function refuseTaken(keyword: Keyword, others: readonly Keyword[]): void {
  for (const word of keyword.words) {
    const fixed = fixedMeaning(word);
    if (fixed !== undefined && fixed !== keyword.kind) throw keywordTaken(word, MEANINGS[fixed] ?? "");
    const said = spokenForm(word);
    const other = others.find(
      (one) => overlaps(one, keyword) && one.kind !== keyword.kind && one.words.some((its) => spokenForm(its) === said),
    );
    if (other) throw keywordTaken(word, MEANINGS[other.kind] ?? "");
    const twin = others.find(
      (one) =>
        one.kind === KeywordKind.KEYWORD_KIND_OWN &&
        overlaps(one, keyword) &&
        one.words.some((its) => spokenForm(its) === said),
    );
    if (twin) throw keywordTaken(word, MEANINGS[twin.kind] ?? "");
  }
}

/** Whether both may be meant by one message. */
const overlaps = (a: Keyword, b: Keyword): boolean =>
  a.programId === "" || b.programId === "" || a.programId === b.programId;

const MEANINGS: Readonly<Partial<Record<KeywordKind, string>>> = {
  [KeywordKind.KEYWORD_KIND_STOP]: "STOP",
  [KeywordKind.KEYWORD_KIND_START]: "START",
  [KeywordKind.KEYWORD_KIND_HELP]: "HELP",
  [KeywordKind.KEYWORD_KIND_OWN]: "another keyword of the tenant",
};
