/** Checks the content of a message template before it is stored. Reports all violations, each with what would be right. Pure. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { Purpose } from "../../../gen/herald/common/v1/purpose.ts";
import {
  type MessageTemplateContent,
  type MessageTemplateField,
  type MessageTemplateVariant,
  MissingValueAction,
  type Price,
  type TemplateFault,
} from "../../../gen/herald/dial/v1/message_template.ts";
import type { Checks } from "../../lib/request/validate.ts";
import { canonicalLanguage } from "../../lib/templates/languages.ts";
import { checkEmailTexts, checkSmsTexts } from "../../lib/templates/message-checks.ts";
import { isAmount, isCurrency } from "./price.ts";

const MOST_VARIANTS = 30;
const MOST_FIELDS = 100;
const MOST_CHARACTERS = 1_000_000;
const LONGEST_LANGUAGE = 35;
const FIELD_NAME = /^[\p{L}\p{N}_-]{1,64}$/u;
const LANGUAGE_WANTED = "Must be a language as BCP 47 names it: `en`, `pt-BR`, `zh-Hant`.";

/** The texts of a variant. */
export const TEXT_FIELDS = ["subject", "text", "html"] as const;

/** The content in the form in which it is stored. `at` names the field of the request that holds it. */
export function checkContent(
  check: Checks,
  at: string,
  content: MessageTemplateContent | undefined,
  channel: Channel,
): MessageTemplateContent | undefined {
  if (!content) {
    check.that(false, at, "Required.");
    return undefined;
  }
  const variants = checkVariants(check, `${at}.variants`, content.variants, channel);
  const fields = checkFields(check, `${at}.fields`, content.fields);
  const isSms = channel === Channel.CHANNEL_SMS;
  check.that(isSms || !content.plainSigns, `${at}.plain_signs`, "Only for CHANNEL_SMS; leave it out.");
  check.that(isSms || !content.pricePerPart, `${at}.price_per_part`, "Only for CHANNEL_SMS; leave it out.");
  if (isSms && content.pricePerPart) checkPrice(check, `${at}.price_per_part`, content.pricePerPart);
  check.that(
    isKnown(MissingValueAction, content.missingValues),
    `${at}.missing_values`,
    "Must be MISSING_VALUE_ACTION_REFUSE or MISSING_VALUE_ACTION_DEFAULT.",
  );
  check.that(
    isKnown(Purpose, content.purpose),
    `${at}.purpose`,
    "Must be PURPOSE_MARKETING, PURPOSE_INFORMATIONAL or PURPOSE_TRANSACTIONAL.",
  );
  check.that(
    content.languageField === "" || FIELD_NAME.test(content.languageField),
    `${at}.language_field`,
    "Must be the name of a field: up to 64 letters, digits, `_` and `-`.",
  );
  const defaultLanguage = checkDefaultLanguage(check, `${at}.default_language`, content.defaultLanguage, variants);
  return { ...content, variants, fields, defaultLanguage };
}

const isKnown = (values: Record<string, string | number>, value: number) => Object.values(values).includes(value);

function checkVariants(
  check: Checks,
  at: string,
  variants: readonly MessageTemplateVariant[],
  channel: Channel,
): MessageTemplateVariant[] {
  check.count(at, variants, { least: 1, most: MOST_VARIANTS });
  const total = variants.reduce((sum, one) => sum + TEXT_FIELDS.reduce((all, field) => all + one[field].length, 0), 0);
  check.that(
    total <= MOST_CHARACTERS,
    at,
    `All texts together must have at most ${MOST_CHARACTERS} characters; they have ${total}.`,
  );
  const read = variants.map((variant) => ({ ...variant, language: canonicalLanguage(variant.language) ?? "" }));
  const languages = read.map(({ language }) => language);
  variants.forEach((variant, i) => {
    const inVariant = (field: string) => `${at}[${i}].${field}`;
    const language = languages[i] ?? "";
    const mayBeEmpty = variant.language === "" && variants.length === 1;
    check.that(
      mayBeEmpty || (language !== "" && language.length <= LONGEST_LANGUAGE),
      inVariant("language"),
      variant.language === "" ? `Required where there are several variants. ${LANGUAGE_WANTED}` : LANGUAGE_WANTED,
    );
    check.that(
      language === "" || languages.indexOf(language) === i,
      inVariant("language"),
      `There are two variants of ${language}; remove one.`,
    );
    if (channel === Channel.CHANNEL_SMS) checkSmsTexts(check, inVariant, variant);
    else checkEmailTexts(check, inVariant, variant);
  });
  return read;
}

function checkDefaultLanguage(
  check: Checks,
  at: string,
  given: string,
  variants: readonly MessageTemplateVariant[],
): string {
  const language = canonicalLanguage(given) ?? "";
  check.that(given === "" || language !== "", at, LANGUAGE_WANTED);
  const known = variants.map((one) => one.language);
  check.that(
    language === "" || known.includes(language),
    at,
    `There is no variant of ${language}; these are there: ${known.join(", ") || "none with a language"}.`,
  );
  return language || (known[0] ?? "");
}

function checkFields(check: Checks, at: string, fields: readonly MessageTemplateField[]): MessageTemplateField[] {
  check.count(at, fields, { most: MOST_FIELDS });
  const names = fields.map(({ name }) => name.trim());
  fields.forEach(({ missing, defaultValue }, i) => {
    const inField = (field: string) => `${at}[${i}].${field}`;
    const name = names[i] ?? "";
    check.that(FIELD_NAME.test(name), inField("name"), "Must be a name of up to 64 letters, digits, `_` and `-`.");
    check.that(names.indexOf(name) === i, inField("name"), `${name} is there twice; remove one.`);
    check.chosen(inField("missing"), missing);
    check.text(inField("default_value"), defaultValue, { least: 0, most: 500, lines: true });
    check.that(
      missing !== MissingValueAction.MISSING_VALUE_ACTION_REFUSE || defaultValue === "",
      inField("default_value"),
      "Only with MISSING_VALUE_ACTION_DEFAULT; leave it out.",
    );
  });
  return fields.map((field, i) => ({ ...field, name: names[i] ?? "" }));
}

function checkPrice(check: Checks, at: string, { amount, currency }: Price): void {
  check.that(
    isAmount(amount),
    `${at}.amount`,
    "Must be a number with up to 6 digits after the point, from 0 to 999999: `0.0075`.",
  );
  check.that(isCurrency(currency), `${at}.currency`, "Must be an ISO 4217 code: `USD`.");
}

/** Adds the mistakes of the texts, each at its field with its line and column. */
export function checkFaults(
  check: Checks,
  at: string,
  { variants }: MessageTemplateContent,
  faults: readonly TemplateFault[],
): void {
  for (const { language, field, line, column, explanation } of faults) {
    const i = variants.findIndex((variant) => variant.language === language);
    const of = language === "" ? "" : ` (${language})`;
    check.that(
      false,
      `${at}.variants[${i}].${field}`,
      `Not a Liquid template${of}: line ${line}, column ${column}: ${explanation}.`,
    );
  }
}
