/** What is known of a content: its own texts, or those of the message template that it names, which `dial` keeps. */
import type { MessageContent } from "../../../gen/herald/campaigns/v1/content.ts";
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { type MessageTemplateContent, MissingValueAction } from "../../../gen/herald/dial/v1/message_template.ts";
import type { MessageTemplateServiceDefinition } from "../../../gen/herald/dial/v1/message_template_service.ts";
import type { Calls, CallScope } from "../../lib/client/client.ts";
import { isServiceError } from "../../lib/errors/error-details.ts";
import { invalidField, status } from "../../lib/errors/errors.ts";
import { readId } from "../../lib/request/ids.ts";
import type { NameUse } from "../../lib/templates/placeholders.ts";
import { referenceNotFound, templateNotPublished } from "../errors.ts";
import type { ReadTexts } from "./template-reader.ts";

/** One text of a message. */
export interface ContentPart {
  /** As problems name it: `text`, `de.text`. */
  field: string;
  template: string;
}

/** Facts about the texts of a content. Each is looked up by its text. */
export interface ReadContent {
  parts: readonly ContentPart[];
  /** What is wrong with a text, for people; undefined if nothing is, or if it is not of this content. */
  faultOf(template: string): string | undefined;
  /** The names that a text uses without a default. */
  askedIn(template: string): ReadonlyMap<string, NameUse>;
  /** The channel of the message template; undefined for a content of its own. */
  channel: Channel | undefined;
  /** Whether the message template has a default for a value that is missing. */
  hasDefault(name: string): boolean;
  /** The names that the message template needs, whether a text shows them or not. */
  needed: readonly string[];
}

/** Throws FAILED_PRECONDITION when the message template is not there or was never published, and UNAVAILABLE while `dial` is. */
export type ReadTemplates = (content: MessageContent | undefined, scope: CallScope) => Promise<ReadContent>;

const FIELDS = ["subject", "text", "html"] as const;
const ID_FIELD = "content.message_template_id";
const TIMEOUT_MS = 5_000;
const { MISSING_VALUE_ACTION_DEFAULT: DEFAULT, MISSING_VALUE_ACTION_REFUSE: REFUSE } = MissingValueAction;

export const contentReader =
  (readTexts: ReadTexts, templates: Calls<typeof MessageTemplateServiceDefinition>): ReadTemplates =>
  async (content, scope) => {
    const named = content?.messageTemplateId ? await templateOf(templates, content, scope) : undefined;
    const parts = named ? variantParts(named.content) : content ? ownParts(content) : [];
    const factsOf = await readTexts(
      scope,
      parts.map(({ template }) => template),
    );
    return {
      parts,
      faultOf: (template) => factsOf(template).fault,
      askedIn: (template) => factsOf(template).asked,
      channel: named?.channel,
      ...missingRules(named?.content),
    };
  };

const ownParts = (content: MessageContent): ContentPart[] =>
  FIELDS.map((field) => ({ field, template: content[field] }));

const variantParts = ({ variants }: MessageTemplateContent): ContentPart[] =>
  variants.flatMap((variant) =>
    FIELDS.map((field) => ({
      field: variants.length > 1 ? `${variant.language}.${field}` : field,
      template: variant[field],
    })),
  );

/** What the message template does about values that are missing. A content of its own refuses nobody. */
function missingRules(content: MessageTemplateContent | undefined): Pick<ReadContent, "hasDefault" | "needed"> {
  if (!content) return { hasDefault: () => false, needed: [] };
  const rules = new Map(content.fields.map(({ name, missing }) => [name, missing]));
  return {
    hasDefault: (name) => (rules.get(name) ?? content.missingValues) === DEFAULT,
    needed: [...rules].flatMap(([name, missing]) => (missing === REFUSE ? [name] : [])),
  };
}

async function templateOf(
  templates: Calls<typeof MessageTemplateServiceDefinition>,
  { messageTemplateId, messageTemplateVersion: wanted = 0 }: MessageContent,
  { tenantId, requestId = "", signal }: CallScope,
): Promise<{ channel: Channel; content: MessageTemplateContent }> {
  const id = readId(messageTemplateId, ID_FIELD);
  const asked = { tenantId, requestId, timeoutMs: TIMEOUT_MS, ...(signal && { signal }) };
  try {
    const { messageTemplate } = await templates.getMessageTemplate({ messageTemplateId: id }, asked);
    const version = wanted || (messageTemplate?.publishedVersion ?? 0);
    if (!messageTemplate || version === 0) throw templateNotPublished(id);
    const answer = await templates.getMessageTemplateVersion({ messageTemplateId: id, version }, asked);
    if (!answer.version?.content) throw templateNotPublished(id);
    return { channel: messageTemplate.channel, content: answer.version.content };
  } catch (error) {
    if (isServiceError(error) && [status.NOT_FOUND, status.INVALID_ARGUMENT].includes(error.code))
      throw referenceNotFound("message template", ID_FIELD, wanted > 0 ? `${id} (version ${wanted})` : id);
    throw error;
  }
}

/** Throws INVALID_ARGUMENT for a message template of another channel. */
export function checkTemplateChannel(
  { channel: own }: ReadContent,
  channel: Channel,
  prefix = "campaign_group.",
): void {
  if (own !== undefined && own !== channel)
    throw invalidField(`${prefix}${ID_FIELD}`, "It is a template for another channel; choose one for this channel.");
}
