/** Sends a test message of a group. The values and the recipient are determined here; `dial` sends it. */
import { createHash } from "node:crypto";
import { SendTestRequest } from "../../../gen/herald/campaigns/v1/campaign_group_service.ts";
import type { TestMessage } from "../../../gen/herald/campaigns/v1/test_message.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { TestMessageServiceDefinition } from "../../../gen/herald/dial/v1/test_message_service.ts";
import { mayCall } from "../../lib/auth/auth.ts";
import type { Calls } from "../../lib/client/client.ts";
import type { Ctx } from "../../lib/rpc/context.ts";
import { errorDetails } from "../../lib/errors/error-details.ts";
import { invalidFields, permissionMissing, status } from "../../lib/errors/errors.ts";
import { newId, readOptionalId } from "../../lib/request/ids.ts";
import { readMessageDevice } from "../../lib/request/message-device.ts";
import type { RegionLookup } from "../../lib/devices/written.ts";
import { channelNotTestable, testLimitReached } from "../errors.ts";
import { checkGroup } from "../groups/group-checks.ts";
import type { Group } from "../groups/group-rows.ts";
import { checkTemplateChannel, type ReadTemplates } from "./read-content.ts";
import { type ChosenRecordDeps, chosenRecord } from "./chosen-record.ts";
import { dialingSettings } from "../state-sync/dialing-settings.ts";

export interface TestMessageDeps extends ChosenRecordDeps {
  tests: Calls<TestMessageServiceDefinition>;
  readTemplates: ReadTemplates;
  regionOf: (ctx: Ctx) => RegionLookup;
}

export async function sendTest(
  deps: TestMessageDeps,
  { shown }: Group,
  req: SendTestRequest,
  ctx: Ctx,
): Promise<TestMessage | undefined> {
  const { channel } = shown;
  if (channel === Channel.CHANNEL_VOICE) throw channelNotTestable();
  // Callers who may only start groups must not send content of their own.
  if (req.content && !mayCall(ctx.caller, "campaigns.write")) throw permissionMissing("campaigns.write");
  const read = await deps.readTemplates(req.content ?? shown.content, ctx);
  const group = req.content ? { ...shown, ...checkGroup({ ...shown, content: req.content }, read.faultOf, "") } : shown;
  checkTemplateChannel(read, channel, "");
  const regionOf = deps.regionOf(ctx);
  const contactInfo = await readMessageDevice("contact_info", req.contactInfo, channel, regionOf);
  const record = await chosenRecord(deps, req, read, ctx);
  const order = {
    settings: dialingSettings(group),
    contactListIds: group.contactListIds,
    record,
    contactInfo,
    requestId: readOptionalId(req.requestId, "request_id") ?? newId(),
    requestedBy: ctx.caller.id,
    digest: digestOf(req, contactInfo),
    // An address counts as being in the tenant's country. If the country cannot be found out, the address has no place and no contact window.
    country: channel === Channel.CHANNEL_EMAIL ? await regionOf().catch(() => "") : "",
  };
  try {
    return (await deps.tests.sendTestMessage(order, ctx)).testMessage;
  } catch (error) {
    const details = errorDetails(error);
    if (details?.fields.some(({ field }) => field === "request_id")) throw invalidFields(details.fields);
    if (details?.code === status.RESOURCE_EXHAUSTED && details.reason === "ERROR_REASON_TEST_LIMIT_REACHED")
      throw testLimitReached(details);
    throw error;
  }
}

/** A digest that is equal when the same message is requested again, however the device is written. Pure. */
function digestOf(req: SendTestRequest, contactInfo: string): string {
  const sampleValues = Object.fromEntries(Object.entries(req.sampleValues).sort(([a], [b]) => (a < b ? -1 : 1)));
  const asked = JSON.stringify(SendTestRequest.toJSON({ ...req, contactInfo, sampleValues, requestId: "" }));
  return createHash("sha256").update(asked).digest("hex");
}
