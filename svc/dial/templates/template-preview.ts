/** Shows the message that a template makes for one person: it takes all steps of a real message up to the provider. */
import { createHash } from "node:crypto";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { Purpose } from "../../../gen/herald/common/v1/purpose.ts";
import {
  type EmailDetails,
  MessageTemplateContent,
  MessageTemplatePreview,
  SmsAlphabet,
  type SmsDetails,
} from "../../../gen/herald/dial/v1/message_template.ts";
import type { Ctx } from "../../lib/rpc/context.ts";
import { canonicalLanguage } from "../../lib/templates/languages.ts";
import { sizeOfSms } from "../previews/preview.ts";
import type { Message, TemplateScope } from "../rendering/content.ts";
import { UnusableContentError, type Renderer } from "../rendering/renderer.ts";
import { recordLanguage } from "../rendering/template-content.ts";
import { encodeSms } from "../sms/sms-encoding.ts";
import { times } from "./price.ts";

export interface TemplateToPreview {
  content: MessageTemplateContent;
  channel: Channel;
  scope: TemplateScope;
}

export async function previewTemplate(
  renderer: Pick<Renderer, "show" | "inspect">,
  ctx: Pick<Ctx, "tenantId" | "signal">,
  { content, channel, scope }: TemplateToPreview,
): Promise<MessageTemplatePreview> {
  const { tenantId, signal } = ctx;
  const known = { recordLanguage: recordLanguage(content, scope) };
  // Parsed templates are cached by their key. A draft has no version, so its key is made from its content and channel.
  const digest = createHash("sha256").update(MessageTemplateContent.encode(content).finish()).digest("hex");
  const named = { tenantId, contentKey: `preview ${channel} ${digest}`, channel, content: { template: content } };
  try {
    const [rendered] = await renderer.show(named, [scope], signal);
    if (!rendered) return MessageTemplatePreview.fromPartial({ ...known, refusal: "Nothing came of the template." });
    const { language = "", missing: missingValues = [] } = rendered;
    const chosen = { ...known, language, missingValues };
    if ("invalid" in rendered) return MessageTemplatePreview.fromPartial({ ...chosen, refusal: rendered.invalid });
    const { message } = rendered;
    const details =
      channel === Channel.CHANNEL_SMS
        ? { sms: smsDetails(message, content) }
        : { email: await emailDetails(renderer, ctx, message, content, language) };
    return MessageTemplatePreview.fromPartial({ ...chosen, ...message, ...details });
  } catch (error) {
    if (!(error instanceof UnusableContentError)) throw error;
    return MessageTemplatePreview.fromPartial({ ...known, refusal: error.explanation });
  }
}

function smsDetails({ text }: Message, { pricePerPart }: MessageTemplateContent): SmsDetails {
  const size = sizeOfSms(text);
  const isGsm = encodeSms(text).dataCoding === 0;
  return {
    alphabet: isGsm ? SmsAlphabet.SMS_ALPHABET_GSM : SmsAlphabet.SMS_ALPHABET_UCS2,
    ...size,
    price: pricePerPart && times(pricePerPart, size.partCount),
  };
}

async function emailDetails(
  renderer: Pick<Renderer, "inspect">,
  { tenantId, signal }: Pick<Ctx, "tenantId" | "signal">,
  message: Message,
  { purpose, variants }: MessageTemplateContent,
  language: string,
): Promise<EmailDetails> {
  const isMarketing = purpose === Purpose.PURPOSE_MARKETING || purpose === Purpose.PURPOSE_UNSPECIFIED;
  const variant = variants.find(
    (one) => (canonicalLanguage(one.language) ?? "") === (canonicalLanguage(language) ?? ""),
  );
  return {
    htmlBytes: Buffer.byteLength(message.html),
    textFromHtml: message.html.trim() !== "" && variant?.text.trim() === "",
    warnings: await renderer.inspect(tenantId, message, { isMarketing, signal }),
  };
}
