/** The jobs of the rendering process and its answers. Plain data. */
import type { MessageContent } from "../../../gen/herald/campaigns/v1/content.ts";
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { Message, TemplateScope } from "./content.ts";

export interface RenderJob {
  /** The same key means the same content. */
  key: string;
  /** Missing when the process knows the key already. */
  content: MessageContent | undefined;
  channel: Channel;
  scopes: TemplateScope[];
}

/** A message, or why there is none for this record. */
export type RenderResult = { message: Message } | { invalid: string };

export type RenderAnswer =
  /** The key is not known here: send the content too. */
  | { kind: "unknown" }
  /** As many results as fit into the slice of time, in order: at least one. */
  | { kind: "rendered"; rendered: RenderResult[] }
  /** The content cannot be rendered at all; the reason is for people. */
  | { kind: "unusable"; why: string };
