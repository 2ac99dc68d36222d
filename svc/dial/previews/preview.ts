/** A message as it would be sent to one record: the way that messages go, up to the provider. */
import { createHash } from "node:crypto";
import { CampaignGroup } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import { MessageContent } from "../../../gen/herald/campaigns/v1/content.ts";
import { MessagePreview, type SmsSize } from "../../../gen/herald/campaigns/v1/message_preview.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { Record as ContactRecord } from "../../../gen/herald/lists/v1/record.ts";
import { writeGsm } from "../../lib/smpp/gsm.ts";
import { ContentUnusable, type RenderAll } from "../rendering/renderer.ts";
import { readSessionSettings } from "../sessions/session-settings.ts";
import { encodeSms } from "../sms/sms-encoding.ts";

export interface MessageToPreview {
  content: MessageContent;
  channel: Channel;
  record: ContactRecord;
}

/** Nothing is sent, so that no sender matters. */
const NO_SENDERS = { email: "", sms: "", voice: "" };
const MOST_UNICODE_CHARACTERS = 10;

export async function previewMessage(
  render: RenderAll,
  tenantId: string,
  { content, channel, record }: MessageToPreview,
): Promise<MessagePreview> {
  // Templates that were parsed are known by their group; a preview belongs to none, and is known by what it says.
  const id = `preview ${createHash("sha256").update(MessageContent.encode(content).finish()).digest("hex")}`;
  const group = CampaignGroup.fromPartial({ id, channel, content });
  try {
    const [rendered] = await render(readSessionSettings(tenantId, group, 0, NO_SENDERS), [record]);
    if (!rendered || "invalid" in rendered) return withFault(rendered?.invalid ?? "Nothing came of the template.");
    const { message } = rendered;
    const smsSize = channel === Channel.CHANNEL_SMS ? sizeOfSms(message.text) : undefined;
    return MessagePreview.fromPartial({ ...message, ...(smsSize && { smsSize }) });
  } catch (error) {
    if (error instanceof ContentUnusable) return withFault(error.explanation);
    throw error;
  }
}

const withFault = (fault: string) => MessagePreview.fromPartial({ fault });

/** How much a text takes as it is sent. Pure. */
export function sizeOfSms(text: string): SmsSize {
  const characters = [...text];
  const unicodeCharacters = [...new Set(characters.filter((one) => writeGsm(one) === undefined))];
  return {
    characterCount: characters.length,
    partCount: encodeSms(text).parts.length,
    unicodeCharacters: unicodeCharacters.slice(0, MOST_UNICODE_CHARACTERS),
  };
}
