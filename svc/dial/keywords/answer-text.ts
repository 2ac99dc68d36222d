/** What is answered, and in which language. Pure. */
import { type Keyword, KeywordKind } from "../../../gen/herald/dial/v1/keyword.ts";
import type { Program } from "../../../gen/herald/dial/v1/program.ts";
import type { Reading } from "./read-message.ts";

/** An SMS of three parts. */
export const LONGEST_ANSWER = 459;

const { KEYWORD_KIND_HELP, KEYWORD_KIND_OWN, KEYWORD_KIND_START, KEYWORD_KIND_STOP } = KeywordKind;

type UsualAnswers = Readonly<Partial<Record<KeywordKind, string>>>;

const USUAL: Readonly<Record<string, UsualAnswers>> = {
  en: {
    [KEYWORD_KIND_STOP]:
      "{{ program }}: You are unsubscribed and will get no more messages. Reply START to subscribe again.",
    [KEYWORD_KIND_START]: "{{ program }}: You are subscribed again. Reply STOP to end, HELP for help.",
    [KEYWORD_KIND_HELP]: "{{ program }}. {{ contact }} Msg & data rates may apply. Reply STOP to end.",
  },
  es: {
    [KEYWORD_KIND_STOP]: "{{ program }}: Se ha dado de baja y no recibira mas mensajes. Responda START para volver.",
    [KEYWORD_KIND_START]: "{{ program }}: Vuelve a estar suscrito. Responda STOP para terminar, AYUDA para ayuda.",
    [KEYWORD_KIND_HELP]:
      "{{ program }}. {{ contact }} Pueden aplicarse tarifas de mensajes y datos. Responda STOP para terminar.",
  },
  fr: {
    [KEYWORD_KIND_STOP]:
      "{{ program }} : vous êtes désabonné et ne recevrez plus de messages. Répondez START pour revenir.",
    [KEYWORD_KIND_START]:
      "{{ program }} : vous êtes de nouveau abonné. Répondez STOP pour arrêter, AIDE pour de l'aide.",
    [KEYWORD_KIND_HELP]: "{{ program }}. {{ contact }} Des frais peuvent s'appliquer. Répondez STOP pour arrêter.",
  },
  de: {
    [KEYWORD_KIND_STOP]:
      "{{ program }}: Sie sind abgemeldet und erhalten keine Nachrichten mehr. Mit START melden Sie sich wieder an.",
    [KEYWORD_KIND_START]: "{{ program }}: Sie sind wieder angemeldet. STOP beendet, HILFE hilft weiter.",
    [KEYWORD_KIND_HELP]: "{{ program }}. {{ contact }} Es gelten die Preise Ihres Anbieters. STOP beendet.",
  },
  pt: {
    [KEYWORD_KIND_STOP]:
      "{{ program }}: Cancelamos a sua inscricao; nao recebera mais mensagens. Responda START para voltar.",
    [KEYWORD_KIND_START]: "{{ program }}: A sua inscricao voltou a valer. Responda STOP para sair, AJUDA para ajuda.",
    [KEYWORD_KIND_HELP]:
      "{{ program }}. {{ contact }} Podem aplicar-se tarifas de mensagens e dados. Responda STOP para sair.",
  },
  it: {
    [KEYWORD_KIND_STOP]:
      "{{ program }}: iscrizione annullata, non riceverà altri messaggi. Risponda START per tornare.",
    [KEYWORD_KIND_START]:
      "{{ program }}: iscrizione di nuovo attiva. Risponda STOP per terminare, AIUTO per assistenza.",
    [KEYWORD_KIND_HELP]: "{{ program }}. {{ contact }} Possono applicarsi costi. Risponda STOP per terminare.",
  },
};

/**
 * The answer to what was read; undefined if there is none. A keyword of the program goes before one of all programs, and one in the language
 * of the person before one in any language. Without one, Herald's usual answer is given.
 */
export function answerTo(
  { kind, keyword, language }: Pick<Reading, "kind" | "keyword" | "language">,
  program: Program,
  keywords: readonly Keyword[],
): { text: string; keywordId: string } | undefined {
  if (kind === undefined) return undefined;
  const languages = distinct([language, program.language, "en"]);
  const chosen = kind === KEYWORD_KIND_OWN ? keyword : best(keywords, { kind, programId: program.id, languages });
  if (chosen?.silent) return undefined;
  const text = chosen?.answer || usualAnswer(kind, languages);
  return text === undefined ? undefined : { text: filled(text, program), keywordId: chosen?.id ?? "" };
}

function best(
  keywords: readonly Keyword[],
  { kind, programId, languages }: { kind: KeywordKind; programId: string; languages: readonly string[] },
): Keyword | undefined {
  const rank = (keyword: Keyword): number => {
    const place = languages.findIndex((language) => speaks(keyword.language, language));
    const ofLanguage = keyword.language === "" ? languages.length : place < 0 ? Infinity : place;
    return ofLanguage + (keyword.programId === "" ? 0.5 : 0);
  };
  const mine = keywords.filter(
    (one) =>
      one.kind === kind && (one.programId === "" || one.programId === programId) && (one.answer !== "" || one.silent),
  );
  const ranked = mine.map((one) => ({ one, rank: rank(one) })).filter(({ rank: at }) => at < Infinity);
  return ranked.toSorted((a, b) => a.rank - b.rank)[0]?.one;
}

/** Whether somebody who wants the one understands the other: `pt-BR` and `pt`. */
const speaks = (has: string, wants: string) => has !== "" && wants !== "" && base(has) === base(wants);
const base = (language: string) => language.split("-", 1)[0]?.toLowerCase() ?? "";

const usualAnswer = (kind: KeywordKind, languages: readonly string[]): string | undefined =>
  languages.map((language) => USUAL[base(language)]?.[kind]).find((text) => text !== undefined);

const NAMES = /\{\{\s*(\w+)\s*\}\}/g;

/** The names in an answer that nothing can be put in for. */
export const unknownNames = (text: string): string[] =>
  [...text.matchAll(NAMES)].map(([, name = ""]) => name).filter((name) => name !== "program" && name !== "contact");

function filled(text: string, { name, contactWords }: Program): string {
  const values: Readonly<Record<string, string>> = { program: name, contact: sentence(contactWords) };
  return text
    .replaceAll(NAMES, (_all, key: string) => values[key] ?? "")
    .replaceAll(/ {2,}/g, " ")
    .trim()
    .slice(0, LONGEST_ANSWER);
}

const sentence = (words: string) => (words === "" || /[.!?]$/.test(words) ? words : `${words}.`);
const distinct = (texts: readonly string[]): string[] => [...new Set(texts.filter((text) => text !== ""))];
