/** What is sent: Liquid templates over one record, parsed once for each version of the content. Pure. */
import { Liquid, type Template } from "liquidjs";
import type { MessageContent } from "../../../gen/herald/campaigns/v1/content.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { Record as ContactRecord } from "../../../gen/herald/lists/v1/record.ts";
import { smsText } from "../sms/sms-text.ts";

export interface Message {
  subject: string;
  text: string;
  html: string;
}

/** A message that cannot be sent to this record; the reason holds nothing of the record. */
export class InvalidContentError extends Error {
  /** It took too much to make: seldom the record's fault. */
  readonly limit: boolean;

  constructor(message: string, { limit = false } = {}) {
    super(message);
    this.limit = limit;
  }
}

/** The names a template knows: those of the record, and the tenant's own fields by theirs. */
export type TemplateScope = Record<string, string>;

/** Makes the message for one record; throws InvalidContentError. */
export type CompiledContent = (scope: TemplateScope) => Message;

export const NO_CONTENT: MessageContent = { from: "", subject: "", text: "", html: "" };

/** Concatenated SMS of more parts are not reassembled by every phone. */
const MOST_SMS_UNITS = 1_530;
const MOST_TEXT = 65_536;
const MOST_SUBJECT = 998;
const MOST_HTML = MOST_TEXT * 8;

/** No template may take longer, or build more, than this. */
const LIMITS = { parseLimit: 1_000_000, renderLimit: 100, memoryLimit: 5_000_000, strictFilters: true };
const TAGS_THAT_READ_FILES = ["include", "render", "layout", "block"];

const plain = engine({});
const escaped = engine({ outputEscape: "escape" });

function engine(options: { outputEscape?: "escape" }): Liquid {
  const made = new Liquid({ ...LIMITS, ...options });
  for (const tag of TAGS_THAT_READ_FILES) delete made.tags[tag];
  return made;
}

/** Parses the content; throws InvalidContentError where a template does not parse. */
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
    // The engine's words may quote the record.
    const limit = /limit exceeded|Invalid string length/.test((error as Error).message);
    throw new InvalidContentError(
      limit ? "The template takes more time or memory than a message may." : "The template fails for this record.",
      { limit },
    );
  }
  // Looked at before anything reads it: what was put together from many parts is laid out in memory only then.
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
  // A line break in a subject would begin a header of the record's choosing.
  const message = { subject: subject.replaceAll(/[\s\p{Cc}]+/gu, " ").trim(), text, html };
  if (text.trim() === "" && html.trim() === "") throw new InvalidContentError("The message is empty.");
  if (message.subject.length > MOST_SUBJECT)
    throw new InvalidContentError(`The subject is longer than ${MOST_SUBJECT} characters.`);
  if (text.length > MOST_TEXT || html.length > MOST_HTML) throw new InvalidContentError("The message is too long.");
  return message;
}
