/** What goes into the fence of rendering, and what comes out. Plain data. */
import type { MessageContent } from "../../../gen/herald/campaigns/v1/content.ts";
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { Message, TemplateScope } from "./content.ts";

export interface RenderJob {
  /** Names the content: the same key is the same content. */
  key: string;
  /** Absent where the process knows the key already. */
  content: MessageContent | undefined;
  channel: Channel;
  scopes: TemplateScope[];
}

/** A message, or why there is none for this record. */
export type RenderResult = { message: Message } | { invalid: string };

export type RenderAnswer =
  /** The key is not known here: send the content too. */
  | { kind: "unknown" }
  /** As far as its slice of time reached: at least the first, in order. */
  | { kind: "rendered"; rendered: RenderResult[] }
  /** Nothing can be made of this content; why, for people. */
  | { kind: "unusable"; why: string };
