/** Shows how a content would look for one contact. `dial` renders it with the same code that renders real messages. */
import type { CheckContentRequest } from "../../../gen/herald/campaigns/v1/campaign_group_service.ts";
import type { MessageContent } from "../../../gen/herald/campaigns/v1/content.ts";
import { MessagePreview } from "../../../gen/herald/campaigns/v1/message_preview.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { PreviewServiceDefinition } from "../../../gen/herald/dial/v1/preview_service.ts";
import type { Calls } from "../../lib/client/client.ts";
import { invalidField } from "../../lib/errors/errors.ts";
import type { Ctx } from "../../lib/rpc/context.ts";
import { type ChosenRecordDeps, chosenRecord } from "./chosen-record.ts";
import { isServiceAway } from "../../lib/errors/error-details.ts";
import { checkTemplateChannel, type ReadContent } from "./read-content.ts";

export interface PreviewContentDeps extends ChosenRecordDeps {
  previews: Calls<PreviewServiceDefinition>;
}

const TIMEOUT_MS = 3_000;
const FIELDS_OF: Partial<Record<Channel, readonly ("subject" | "text" | "html")[]>> = {
  [Channel.CHANNEL_SMS]: ["text"],
  [Channel.CHANNEL_EMAIL]: ["subject", "text", "html"],
};

/** The message as one contact would get it; undefined without a channel, and while `dial` is unavailable. */
export async function previewContent(
  deps: PreviewContentDeps,
  req: CheckContentRequest,
  read: ReadContent,
  ctx: Ctx,
): Promise<MessagePreview | undefined> {
  const { channel, content } = req;
  if (channel === Channel.CHANNEL_UNSPECIFIED || !content) return undefined;
  const fields = FIELDS_OF[channel];
  if (!fields) throw invalidField("channel", "Must be SMS or email; calls have no message.");
  checkTemplateChannel(read, channel, "");
  // The texts of a message template parse, or it could not have been published.
  const fault = content.messageTemplateId ? undefined : faultIn(content, fields, read);
  if (fault !== undefined) return MessagePreview.fromPartial({ fault });
  const record = await chosenRecord(deps, req, read, ctx);
  const { tenantId, requestId, signal } = ctx;
  try {
    const asked = { content, channel, record };
    return (await deps.previews.previewMessage(asked, { tenantId, requestId, signal, timeoutMs: TIMEOUT_MS })).preview;
  } catch (error) {
    if (isServiceAway(error)) return undefined;
    throw error;
  }
}

/** Mistakes are reported here, because only here their line and column are known. */
function faultIn(
  content: MessageContent,
  fields: readonly ("subject" | "text" | "html")[],
  { faultOf }: ReadContent,
): string | undefined {
  for (const field of fields) {
    const fault = faultOf(content[field]);
    if (fault !== undefined) return `The ${field} does not parse: ${fault}.`;
  }
  return undefined;
}
