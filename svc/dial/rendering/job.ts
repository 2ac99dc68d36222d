/** The jobs of the rendering process and its answers. Plain data. */
import type { MessageContent } from "../../../gen/herald/campaigns/v1/content.ts";
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type {
  EmailWarning,
  MessageTemplateContent,
  MissingValue,
} from "../../../gen/herald/dial/v1/message_template.ts";
import type { NameUse } from "../../lib/templates/placeholders.ts";
import type { TemplateMistake } from "../../lib/templates/template-faults.ts";
import type { Message, TemplateScope } from "./content.ts";

/** What is rendered: the content of one group, or a message template. */
export type RenderedContent = { inline: MessageContent } | { template: MessageTemplateContent };

export interface RenderJob {
  kind: "render";
  /** The same key means the same content. */
  key: string;
  /** Missing when the process knows the key already. */
  content: RenderedContent | undefined;
  channel: Channel;
  scopes: TemplateScope[];
}

/** Parses one text. */
export interface ReadJob {
  kind: "read";
  template: string;
}

/** Looks for what may keep people from reading an email. */
export interface InspectJob {
  kind: "inspect";
  message: Message;
  isMarketing: boolean;
}

export type FencedJob = RenderJob | ReadJob | InspectJob;

/** A message, or why there is none for this record. Language and missing values are those of message templates. */
export type RenderResult =
  | { message: Message; language?: string; missing?: MissingValue[] }
  | { invalid: string; language?: string; missing?: MissingValue[] };

/** What is known of a text: its mistake, or the names that it uses without a default. */
export interface TemplateFacts {
  mistake: TemplateMistake | undefined;
  asked: ReadonlyMap<string, NameUse>;
}

export type FencedAnswer =
  /** The key is not known here: send the content too. */
  | { kind: "unknown" }
  /** As many results as fit into the slice of time, in order: at least one. */
  | { kind: "rendered"; rendered: RenderResult[] }
  /** The content cannot be rendered at all; the reason is for people. */
  | { kind: "unusable"; why: string }
  | { kind: "read"; facts: TemplateFacts }
  | { kind: "inspected"; warnings: EmailWarning[] };
