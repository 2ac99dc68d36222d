/** Tenants of the tests of message templates. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { MessageTemplateContent } from "../../../gen/herald/dial/v1/message_template.ts";
import { MessageTemplateServiceDefinition } from "../../../gen/herald/dial/v1/message_template_service.ts";
import type { DeepPartial } from "../../../gen/herald/dial/v1/message_template.ts";
import type { Owner } from "../../lib/cleanup.ts";
import { newId, userClient } from "../../lib/harness.ts";
import { type DialWorld, office } from "../boot.ts";

export const { CHANNEL_SMS: SMS, CHANNEL_EMAIL: EMAIL } = Channel;

/** The content of an SMS in one language. */
export const smsDraft = (text: string, more: DeepPartial<MessageTemplateContent> = {}) => ({
  variants: [{ text }],
  ...more,
});

export const emailDraft = (
  variant: { subject?: string; text?: string; html?: string },
  more: DeepPartial<MessageTemplateContent> = {},
) => ({ variants: [{ subject: "News", ...variant }], ...more });

/** A tenant with a client for its templates. */
export async function templateOffice(t: Owner, at: DialWorld, more: string[] = []) {
  const tenant = await office(t, at);
  const permissions = ["templates.read", "templates.write", "campaigns.start", ...more];
  const templates = await userClient(t, at.addresses.dial, MessageTemplateServiceDefinition, {
    tenantId: tenant.tenantId,
    permissions,
  });
  /** Creates a template; gives it. */
  const make = async (draft: DeepPartial<MessageTemplateContent>, channel: Channel = SMS) => {
    const answer = await templates.createMessageTemplate({ messageTemplate: { name: `T ${newId()}`, channel, draft } });
    if (!answer.messageTemplate) throw new Error("no template");
    return answer.messageTemplate;
  };
  /** Publishes the draft; gives the number of the version. */
  const publish = async (messageTemplateId: string) =>
    (await templates.publishMessageTemplate({ messageTemplateId })).version?.version ?? 0;
  return { ...tenant, templates, make, publish };
}
