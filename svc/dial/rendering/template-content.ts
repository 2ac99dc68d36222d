/** Renders a message template for a record: chooses the variant of the person's language, and fills what is missing. Pure. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type {
  MessageTemplateContent,
  MessageTemplateVariant,
  MissingValue,
} from "../../../gen/herald/dial/v1/message_template.ts";
import { canonicalLanguage, languageChain } from "../../lib/templates/languages.ts";
import { askedNames } from "../../lib/templates/placeholders.ts";
import {
  type CompiledContent,
  compileContent,
  InvalidContentError,
  type Message,
  type TemplateScope,
} from "./content.ts";
import { missingValues, refusedNames } from "./missing-values.ts";
import { plainPart } from "./plain-part.ts";

export interface TemplateMessage {
  message: Message;
  /** The language of the variant. */
  language: string;
  missing: MissingValue[];
}

/** There is no message because values are missing, not because of what the template says. */
export class ValueMissingError extends InvalidContentError {
  readonly missing: MissingValue[];
  readonly language: string;

  constructor(missing: MissingValue[], language: string) {
    const names = refusedNames(missing);
    super(`The record has no ${names.join(", no ")}, and the template sends no message without.`);
    this.missing = missing;
    this.language = language;
  }
}

export type CompiledTemplate = (scope: TemplateScope) => TemplateMessage;

interface CompiledVariant {
  language: string;
  render: CompiledContent;
  shown: ReadonlySet<string>;
}

/** The name of the field with a person's language, unless the template names another. */
const USUAL_LANGUAGE_FIELD = "language";

/** Parses all variants; throws InvalidContentError when one does not parse. */
export function compileTemplate(content: MessageTemplateContent, channel: Channel): CompiledTemplate {
  const variants = content.variants.map((variant) => compileVariant(variant, content, channel));
  const choose = chooser(variants, content.defaultLanguage);
  const fill = missingValues(content);
  return (scope) => {
    const variant = choose(recordLanguage(content, scope));
    if (!variant) throw new InvalidContentError("The template has no text.");
    const { scope: filled, missing } = fill(scope, variant.shown);
    if (refusedNames(missing).length > 0) throw new ValueMissingError(missing, variant.language);
    const message = variant.render(filled);
    return { message: withPlainPart(message, channel), language: variant.language, missing };
  };
}

/** The person's language as the record has it; empty if it has none. */
export function recordLanguage({ languageField }: MessageTemplateContent, scope: TemplateScope): string {
  const name = languageField || USUAL_LANGUAGE_FIELD;
  return (Object.hasOwn(scope, name) ? (scope[name] ?? "") : "").trim();
}

/** Chooses by the person's language, or what it is a form of, or else the template's default. */
function chooser<V extends { language: string }>(
  variants: readonly V[],
  defaultLanguage: string,
): (language: string) => V | undefined {
  const byLanguage = new Map(variants.map((variant) => [canonicalLanguage(variant.language) ?? "", variant]));
  const usual = byLanguage.get(canonicalLanguage(defaultLanguage) ?? "") ?? variants[0];
  return (language) => {
    if (language === "" || byLanguage.size < 2) return usual;
    const chain = languageChain(canonicalLanguage(language) ?? "");
    return chain.map((one) => byLanguage.get(one)).find((one) => one !== undefined) ?? usual;
  };
}

function compileVariant(
  { language, subject, text, html }: MessageTemplateVariant,
  { plainSigns }: MessageTemplateContent,
  channel: Channel,
): CompiledVariant {
  const render = compileContent({ from: "", subject, text, html, plainSigns }, channel);
  const asked = [subject, text, html].flatMap((template) => [...askedNames(template)]);
  return { language, render, shown: new Set(asked.filter(([, use]) => use === "shown").map(([name]) => name)) };
}

/** Mail programs without HTML, and people who prefer text, get the words of the HTML. */
const withPlainPart = (message: Message, channel: Channel): Message =>
  channel === Channel.CHANNEL_EMAIL && message.text.trim() === ""
    ? { ...message, text: plainPart(message.html) }
    : message;
