/** The RPC of TestMessageService. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type {
  SendTestMessageRequest,
  TestMessageServiceImplementation,
} from "../../../gen/herald/dial/v1/test_message_service.ts";
import type { Handlers } from "../../lib/rpc/context.ts";
import { Checks } from "../../lib/request/validate.ts";
import { sendTest, type SendTestDeps, type TestOrder } from "./send-test.ts";

export const testMessageService = (deps: SendTestDeps): Handlers<TestMessageServiceImplementation> => ({
  async sendTestMessage(req, ctx) {
    const order = readOrder(req, ctx.tenantId);
    const { requestId, signal, deadlineMs } = ctx;
    const scope = { tenantId: ctx.tenantId, requestId, signal, timeoutMs: deadlineMs - Date.now() };
    return { testMessage: { ...(await sendTest(deps, order, scope)), contactInfo: order.contactInfo } };
  },
});

function readOrder(req: SendTestMessageRequest, tenantId: string): TestOrder {
  const { settings, contactListIds, record, contactInfo, requestedBy, country, digest } = req;
  const check = new Checks();
  check.id("settings.campaign_group_id", settings?.campaignGroupId);
  const isMessage = [Channel.CHANNEL_SMS, Channel.CHANNEL_EMAIL].includes(settings?.channel as 2);
  check.that(isMessage, "settings.channel", "Must be SMS or email.");
  check.that(record !== undefined, "record", "Required.");
  check.text("contact_info", contactInfo, { most: 320 });
  check.text("requested_by", requestedBy, { most: 128 });
  check.text("digest", digest, { least: 0, most: 64 });
  const requestId = check.id("request_id", req.requestId);
  check.done();
  const order = { tenantId, requestId, requestedBy, contactInfo, country, digest, contactListIds };
  return { ...order, settings, record } as TestOrder;
}
