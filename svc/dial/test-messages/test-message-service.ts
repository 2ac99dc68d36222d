/** The RPC of TestMessageService, and the cleaning up after tests that were cut short. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { DeliveryState } from "../../../gen/herald/common/v1/outcome.ts";
import type {
  SendTestMessageRequest,
  TestMessageServiceImplementation,
} from "../../../gen/herald/dial/v1/test_message_service.ts";
import type { Handlers } from "../../lib/rpc/context.ts";
import { Checks } from "../../lib/request/validate.ts";
import { findLost } from "../attempts/open-store.ts";
import { deliveryOutcome } from "../../lib/outcomes/outcomes.ts";
import { sendTest, type SendTestDeps, type TestOrder } from "./send-test.ts";
import { forgetOldRequests } from "./test-store.ts";

/** No provider takes longer, so the dialer that was sending has died. */
const LOST_AFTER_MS = 600_000;
const LOST_AT_ONCE = 500;

export const testMessageService = (deps: SendTestDeps): Handlers<TestMessageServiceImplementation> => ({
  async sendTestMessage(req, ctx) {
    const order = readOrder(req, ctx.tenantId);
    const { requestId, signal, deadlineMs } = ctx;
    const scope = { tenantId: ctx.tenantId, requestId, signal, timeoutMs: deadlineMs - Date.now() };
    return { testMessage: { ...(await sendTest(deps, order, scope)), contactInfo: order.contactInfo } };
  },
});

/** Marks tests whose dialer died as unknown, and forgets old requests. Gives whether there may be more. */
export async function tidyTests({ db, results, now }: SendTestDeps): Promise<boolean> {
  const at = now();
  const lost = await findLost(db.everyTenant(), new Date(at.getTime() - LOST_AFTER_MS), LOST_AT_ONCE);
  const outcome = deliveryOutcome(DeliveryState.DELIVERY_STATE_UNKNOWN);
  const change = { attempt: undefined, at, kind: "stale", outcome, providerStatus: "dialer stopped" } as const;
  await Promise.all(lost.map((key) => results.put({ key, ...change })));
  await forgetOldRequests(db.everyTenant(), at);
  return lost.length === LOST_AT_ONCE;
}

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
