/** Sends the message of a template to up to five devices. Each takes the steps of every test message, and counts towards the same limits. */
import { createHash } from "node:crypto";
import type { TestMessage } from "../../../gen/herald/campaigns/v1/test_message.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { DialingSettings } from "../../../gen/herald/dial/v1/dialing_settings.ts";
import { MessageTemplateContent } from "../../../gen/herald/dial/v1/message_template.ts";
import { SendTestMessagesRequest } from "../../../gen/herald/dial/v1/message_template_service.ts";
import type { CallScope } from "../../lib/client/client.ts";
import { readMessageDevice } from "../../lib/request/message-device.ts";
import type { RegionLookup } from "../../lib/devices/written.ts";
import { RpcError, status } from "../../lib/errors/errors.ts";
import { Checks } from "../../lib/request/validate.ts";
import { checkEmailSender, checkSmsSender } from "../../lib/templates/message-checks.ts";
import { NO_ID } from "../attempts/origin.ts";
import { notSentBecause } from "../test-messages/answers.ts";
import { sendTest, type SendTestDeps } from "../test-messages/send-test.ts";
import type { ChosenValues } from "./chosen-values.ts";

const MOST_DEVICES = 5;

export interface TestedTemplate {
  content: MessageTemplateContent;
  channel: Channel;
  chosen: ChosenValues;
  requestId: string;
  requestedBy: string;
}

/** The devices of a request, each once. */
export async function readDevices(
  { contactInfos, from }: SendTestMessagesRequest,
  channel: Channel,
  regionOf: RegionLookup,
): Promise<string[]> {
  const check = new Checks();
  check.count("contact_infos", contactInfos, { least: 1, most: MOST_DEVICES });
  (channel === Channel.CHANNEL_SMS ? checkSmsSender : checkEmailSender)(check, "from", from);
  check.done();
  const devices: string[] = [];
  for (const [i, text] of contactInfos.entries()) {
    const device = await readMessageDevice(`contact_infos[${i}]`, text, channel, regionOf);
    check.that(!devices.includes(device), `contact_infos[${i}]`, "It is listed twice; remove one.");
    devices.push(device);
  }
  check.done();
  return devices;
}

/** Sends them all at once; the answer about each says what became of it. */
export async function testTemplate(
  deps: SendTestDeps,
  req: SendTestMessagesRequest,
  devices: readonly string[],
  { content, channel, chosen, requestId, requestedBy }: TestedTemplate,
  country: string,
  scope: CallScope,
): Promise<TestMessage[]> {
  const settings = DialingSettings.fromPartial({
    campaignGroupId: NO_ID,
    channel,
    purpose: content.purpose,
    content: { from: req.from, subject: "", text: "", html: "" },
  });
  const order = {
    ...{ tenantId: scope.tenantId, settings, record: chosen.record, scope: chosen.scope, requestedBy, country },
    contactListIds: req.contactListId === "" ? [] : [req.contactListId.toLowerCase()],
    content: { template: content },
  };
  const sent = devices.map(async (contactInfo) => {
    const own = { ...order, contactInfo, requestId: idOf(requestId, contactInfo), digest: digestOf(req, content) };
    return { ...(await sendTest(deps, own, scope).catch(limitAsAnswer)), contactInfo };
  });
  return Promise.all(sent);
}

/** A limit that is reached in the middle is an answer about this message: the others have left. */
function limitAsAnswer(error: unknown) {
  if (error instanceof RpcError && error.code === status.RESOURCE_EXHAUSTED) return notSentBecause(error);
  throw error;
}

/** Equal when the same message is requested again, to whichever devices. */
function digestOf(req: SendTestMessagesRequest, content: MessageTemplateContent): string {
  const values = Object.fromEntries(Object.entries(req.values).sort(([a], [b]) => (a < b ? -1 : 1)));
  const asked = SendTestMessagesRequest.toJSON({ ...req, values, contactInfos: [], requestId: "" });
  return createHash("sha256")
    .update(JSON.stringify([asked, MessageTemplateContent.toJSON(content)]))
    .digest("hex");
}

/** The request id of one device (a UUID of version 8), so that a repeated request finds each message again. */
function idOf(requestId: string, contactInfo: string): string {
  const hex = createHash("sha256").update(`${requestId} ${contactInfo}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
