/** Parses message templates (Liquid), so that mistakes are found before anything is sent. Pure. */
import { distance } from "fastest-levenshtein";
import type { Template } from "liquidjs";
import { TAGS_THAT_READ_FILES, templateEngine } from "./template-engine.ts";

/** The engine that parses templates. */
export const templates = templateEngine();

/** A mistake in a template. */
export interface TemplateMistake {
  /** Counted from 1. */
  line: number;
  column: number;
  /** For people, with what would be right. */
  explanation: string;
}

/** What is wrong with a template; undefined when it parses. */
export function templateMistake(template: string): TemplateMistake | undefined {
  try {
    templates.parse(template);
    return undefined;
  } catch (error) {
    // The message of liquidjs has the place: "ParseError: unclosed output, line:2, col:7".
    const [first = ""] = (error as Error).message.split("\n");
    const { words = first, line = "1", column = "1" } = PLACED.exec(first)?.groups ?? {};
    return { line: Number(line), column: Number(column), explanation: explain(words || "it does not parse") };
  }
}

/** The same in one line. */
export function templateFault(template: string): string | undefined {
  const mistake = templateMistake(template);
  return mistake && `${mistake.explanation}, line:${mistake.line}, col:${mistake.column}`;
}

/** The parts of a template; empty if it does not parse. */
export function parseTemplate(template: string): readonly Template[] {
  return templateMistake(template) === undefined ? templates.parse(template) : [];
}

const PLACED = /^(?:\w+Error: )?(?<words>.*?)(?:, line:(?<line>\d+), col:(?<column>\d+))?$/;
const UNKNOWN_FILTER = /^undefined filter: (.+)$/;
const UNKNOWN_TAG = /^tag "(.+)" not found$/;
const ENDS_NOTHING = /^(end\w*|else|elsif|when)$/;

function explain(words: string): string {
  const filter = UNKNOWN_FILTER.exec(words)?.[1];
  if (filter !== undefined) return words + suggestion(filter, Object.keys(templates.filters));
  const tag = UNKNOWN_TAG.exec(words)?.[1];
  if (tag === undefined) return words;
  if (TAGS_THAT_READ_FILES.includes(tag)) return `${words}: a template stands alone and reads no other`;
  if (ENDS_NOTHING.test(tag)) return `${words}: nothing is open here that it could belong to`;
  return words + suggestion(tag, Object.keys(templates.tags));
}

/** The known name that differs least, if it differs by no more than a third of its letters. */
function suggestion(name: string, known: readonly string[]): string {
  const ranked = known.map((one) => ({ one, far: distance(name.toLowerCase(), one) })).sort((a, b) => a.far - b.far);
  const [best] = ranked;
  return best && best.far <= Math.max(1, Math.floor(best.one.length / 3)) ? `; did you mean ${best.one}?` : "";
}
