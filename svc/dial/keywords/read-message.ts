/** Reads what a person wrote: a refusal, a wish to be written to again, a question for help, a keyword of the tenant, or anything else. Pure. */
import { type Keyword, KeywordKind } from "../../../gen/herald/dial/v1/keyword.ts";
import { REFUSAL_WORDS } from "../inbound/opt-out-words.ts";
import { bare, isOptOut, sentencesOf } from "../inbound/opt-out.ts";
import { mayRefuse } from "./doubtful.ts";
import { HELP_WORDS, START_WORDS } from "./usual-words.ts";

export interface Reading {
  /** Undefined for a message like any other. */
  kind: KeywordKind | undefined;
  /** It sounds like a refusal, and a person has to decide. */
  doubtful: boolean;
  /** The tenant's keyword whose word was written. */
  keyword: Keyword | undefined;
  /** As far as the word tells it; empty otherwise. */
  language: string;
}

const { KEYWORD_KIND_HELP, KEYWORD_KIND_START, KEYWORD_KIND_STOP } = KeywordKind;
const MOST_CHARACTERS = 2_000;

/** A refusal counts whatever the tenant's keywords say. */
export function readMessage(text: string, keywords: readonly Keyword[]): Reading {
  const said = spokenForm(text);
  const keyword = keywords.find(({ words }) => words.some((word) => spokenForm(word) === said));
  const isQuestion = text.includes("?");
  if (isOptOut(text))
    return { kind: KEYWORD_KIND_STOP, doubtful: false, keyword: undefined, language: REFUSALS.get(said) ?? "" };
  if (keyword && said !== "" && !(isQuestion && isDecision(keyword.kind)))
    return { kind: keyword.kind, doubtful: false, keyword, language: keyword.language };
  for (const [kind, words] of USUAL) {
    const language = words.get(said);
    if (language !== undefined && !(isQuestion && isDecision(kind)))
      return { kind, doubtful: false, keyword: undefined, language };
  }
  const mayBeRefusal = mayRefuse(text) || keyword?.kind === KEYWORD_KIND_STOP;
  return { kind: undefined, doubtful: mayBeRefusal, keyword: undefined, language: "" };
}

/** `HELP?` asks for help, but `START?` starts nothing: a question is no decision. */
const isDecision = (kind: KeywordKind) => kind === KEYWORD_KIND_START || kind === KEYWORD_KIND_STOP;

/** The keywords that may be meant by an answer to a program. */
export const ofProgram = (keywords: readonly Keyword[], programId: string): Keyword[] =>
  keywords.filter((keyword) => keyword.programId === "" || keyword.programId === programId);

/** The form in which words are compared: without case, accents, punctuation, signs and polite words around it. */
export function spokenForm(text: string): string {
  const words = sentencesOf(text.slice(0, MOST_CHARACTERS)).flat();
  return bare(words.map((word) => word.replaceAll("?", "")).filter((word) => word !== ""));
}

/** What a word means that no keyword may give another meaning: refusals, and the words that laws and carriers prescribe. */
export function fixedMeaning(word: string): KeywordKind | undefined {
  if (isOptOut(word)) return KEYWORD_KIND_STOP;
  return FIXED.get(spokenForm(word));
}

const FIXED = new Map([
  ["START", KEYWORD_KIND_START],
  ["UNSTOP", KEYWORD_KIND_START],
  ["HELP", KEYWORD_KIND_HELP],
  ["INFO", KEYWORD_KIND_HELP],
]);

function byWord(all: Readonly<Record<string, readonly string[]>>): Map<string, string> {
  const languages = new Map<string, string>();
  for (const [language, words] of Object.entries(all))
    for (const word of words) {
      const said = spokenForm(word);
      if (!languages.has(said)) languages.set(said, language);
    }
  return languages;
}

const REFUSALS = byWord(
  Object.fromEntries(
    Object.entries(REFUSAL_WORDS).map(([language, { sure, alone }]) => [language, [...sure, ...alone]]),
  ),
);
const USUAL = [
  [KEYWORD_KIND_HELP, byWord(HELP_WORDS)],
  [KEYWORD_KIND_START, byWord(START_WORDS)],
] as const;
