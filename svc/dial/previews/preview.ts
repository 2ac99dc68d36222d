/** Shows a message as it would be sent to one record: it takes all steps of a real message up to the provider. */
import { createHash } from "node:crypto";
import { MessageContent } from "../../../gen/herald/campaigns/v1/content.ts";
import { MessagePreview, type SmsSize } from "../../../gen/herald/campaigns/v1/message_preview.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { Record as ContactRecord } from "../../../gen/herald/lists/v1/record.ts";
import { newId } from "../../lib/request/ids.ts";
import type { Ctx } from "../../lib/rpc/context.ts";
import { writeGsm } from "../../lib/smpp/gsm.ts";
import { scopeOf } from "../rendering/content.ts";
import { UnusableContentError, type ContentRenderer } from "../rendering/renderer.ts";
import { sourceOf } from "../sessions/session-settings.ts";
import type { Contents } from "../templates/contents.ts";
import { asksForLink, type UnsubscribeLinks, withLink } from "../unsubscribes/links.ts";
import { encodeSms } from "../sms/sms-encoding.ts";

export interface MessageToPreview {
  content: MessageContent;
  channel: Channel;
  record: ContactRecord;
}

export interface PreviewDeps {
  show: ContentRenderer;
  contents: Contents;
  links: Pick<UnsubscribeLinks, "example">;
}

const MOST_UNICODE_CHARACTERS = 10;

export async function previewMessage(
  { show, links, contents }: PreviewDeps,
  { tenantId, signal }: Pick<Ctx, "tenantId" | "signal">,
  { content, channel, record }: MessageToPreview,
): Promise<MessagePreview> {
  // Parsed templates are cached by their session. A preview has no session, so its key is made from its content and channel.
  const digest = createHash("sha256").update(MessageContent.encode(content).finish()).digest("hex");
  const contentKey = `preview ${channel} ${digest}`;
  try {
    // The newest version of a message template is looked up each time.
    const fresh = content.messageTemplateId ? `${contentKey} ${newId()}` : contentKey;
    const named = await contents.find({ tenantId, contentKey: fresh, channel, source: sourceOf(content) });
    const asksLink = content.messageTemplateId !== undefined || asksForLink(content);
    const link = channel === Channel.CHANNEL_EMAIL && asksLink ? await links.example(tenantId) : "";
    const [rendered] = await show(named, [withLink(scopeOf(record), link)], signal);
    if (!rendered || "invalid" in rendered) return withFault(rendered?.invalid ?? "Nothing came of the template.");
    const { message } = rendered;
    const smsSize = channel === Channel.CHANNEL_SMS ? sizeOfSms(message.text) : undefined;
    return MessagePreview.fromPartial({ ...message, ...(smsSize && { smsSize }) });
  } catch (error) {
    if (error instanceof UnusableContentError) return withFault(error.explanation);
    throw error;
  }
}

const withFault = (fault: string) => MessagePreview.fromPartial({ fault });

/** The size of a text as it is sent. Pure. */
export function sizeOfSms(text: string): SmsSize {
  const characters = [...text];
  const unicodeCharacters = [...new Set(characters.filter((one) => writeGsm(one) === undefined))];
  return {
    characterCount: characters.length,
    partCount: encodeSms(text).parts.length,
    unicodeCharacters: unicodeCharacters.slice(0, MOST_UNICODE_CHARACTERS),
  };
}
