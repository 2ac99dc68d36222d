/** Renders Liquid templates for a record. They are parsed once for each version of the content. Pure. */
import type { Liquid, Template } from "liquidjs";
import type { MessageContent } from "../../../gen/herald/campaigns/v1/content.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { Record as ContactRecord } from "../../../gen/herald/lists/v1/record.ts";
import { templateEngine } from "../../lib/templates/template-engine.ts";
import { smsText } from "../sms/sms-text.ts";

export interface Message {
  subject: string;
  text: string;
  html: string;
}

/** There is no message for this record. The reason contains nothing of the record. */
export class InvalidContentError extends Error {
  /** It took too much time or memory, which is seldom the record's fault. */
  readonly limit: boolean;

  constructor(message: string, { limit = false } = {}) {
    super(message);
    this.limit = limit;
  }
}

/** The names that a template may use: the record's fields and the tenant's own fields. */
export type TemplateScope = Record<string, string>;

/** Makes the message for one record; throws InvalidContentError. */
export type CompiledContent = (scope: TemplateScope) => Message;

export const NO_CONTENT: MessageContent = { from: "", subject: "", text: "", html: "" };

/** Not every phone can join an SMS of more parts. */
const MOST_SMS_UNITS = 1_530;
const MOST_TEXT = 65_536;
const MOST_SUBJECT = 998;
const MOST_HTML = MOST_TEXT * 8;

const plain = templateEngine();
const escaped = templateEngine({ escapeHtml: true });

/** Parses the content; throws InvalidContentError when a template does not parse. */
export function compileContent(content: MessageContent, channel: Channel): CompiledContent {
  const part = (liquid: Liquid, template: string) => {
    const parsed = parse(liquid, template);
    return (scope: object) => render(liquid, parsed, scope);
  };
  const subject = part(plain, content.subject);
  const text = part(plain, content.text);
  const html = part(escaped, content.html);
  return (scope) => {
    if (channel === Channel.CHANNEL_SMS)
      return checkedSms(smsText(text(scope), { plainSigns: content.plainSigns ?? false }));
    return checkedEmail({ subject: subject(scope), text: text(scope), html: html(scope) });
  };
}

/** What a template may know of a record. */
export function scopeOf(record: ContactRecord): TemplateScope {
  return {
    ...record.fields,
    first_name: record.firstName,
    last_name: record.lastName,
    company: record.company,
    client_id: record.clientId,
    postal_code: record.postalCode,
    state: record.state,
    country: record.country,
  };
}

function parse(liquid: Liquid, template: string): Template[] {
  try {
    return liquid.parse(template);
  } catch {
    throw new InvalidContentError("The template does not parse.");
  }
}

function render(liquid: Liquid, parsed: Template[], scope: object): string {
  let made: string;
  try {
    made = String(liquid.renderSync(parsed, scope));
  } catch (error) {
    // The engine's own error message may quote the record.
    const limit = /limit exceeded|Invalid string length/.test((error as Error).message);
    throw new InvalidContentError(
      limit ? "The template takes more time or memory than a message may." : "The template fails for this record.",
      { limit },
    );
  }
  // Checked before anything reads the text: a text joined from many parts is built in memory only when it is read.
  if (made.length > MOST_HTML) throw new InvalidContentError("The message is too long.", { limit: true });
  return made;
}

function checkedSms(text: string): Message {
  const message = { subject: "", text, html: "" };
  if (message.text === "") throw new InvalidContentError("The text is empty.");
  if (message.text.length > MOST_SMS_UNITS)
    throw new InvalidContentError(`The text is longer than ${MOST_SMS_UNITS} characters.`);
  return message;
}

function checkedEmail({ subject, text, html }: Message): Message {
  // With a line break in the subject, a record could add headers of its own.
  const message = { subject: subject.replaceAll(/[\s\p{Cc}]+/gu, " ").trim(), text, html };
  if (text.trim() === "" && html.trim() === "") throw new InvalidContentError("The message is empty.");
  if (message.subject.length > MOST_SUBJECT)
    throw new InvalidContentError(`The subject is longer than ${MOST_SUBJECT} characters.`);
  if (text.length > MOST_TEXT || html.length > MOST_HTML) throw new InvalidContentError("The message is too long.");
  return message;
}
