/** Asks `campaigns` who uses a message template. */
import type { CampaignGroupServiceDefinition } from "../../../gen/herald/campaigns/v1/campaign_group_service.ts";
import type { MessageTemplateUse } from "../../../gen/herald/dial/v1/message_template.ts";
import type { Calls } from "../../lib/client/client.ts";
import { errorDetails } from "../../lib/errors/error-details.ts";
import { invalidFields, status } from "../../lib/errors/errors.ts";
import type { Ctx } from "../../lib/rpc/context.ts";
import { templateInUse } from "../errors.ts";

type Groups = Calls<typeof CampaignGroupServiceDefinition>;

/** So many users are named. */
const MOST_NAMED = 5;

/** One page of uses. Size and token are those of `campaigns`, which knows the uses and says what is wrong with them. */
export async function listUses(
  groups: Groups,
  messageTemplateId: string,
  { pageSize, pageToken }: { pageSize: number; pageToken: string },
  ctx: Ctx,
): Promise<{ uses: MessageTemplateUse[]; nextPageToken: string }> {
  const asked = groups.listCampaignGroups({ messageTemplateId, pageSize, pageToken }, ctx);
  const page = await asked.catch((error: unknown) => {
    const details = errorDetails(error);
    throw details?.code === status.INVALID_ARGUMENT ? invalidFields(details.fields) : error;
  });
  const uses = page.campaignGroups.map(({ id, name, content }) => ({
    campaignGroupId: id,
    campaignGroupName: name,
    version: content?.messageTemplateVersion ?? 0,
  }));
  return { uses, nextPageToken: page.nextPageToken };
}

/** Throws IN_USE with names of those who use it. */
export async function refuseWhileUsed(groups: Groups, messageTemplateId: string, ctx: Ctx): Promise<void> {
  const { uses, nextPageToken } = await listUses(
    groups,
    messageTemplateId,
    { pageSize: MOST_NAMED, pageToken: "" },
    ctx,
  );
  if (uses.length === 0) return;
  throw templateInUse(
    uses.map(({ campaignGroupName }) => campaignGroupName),
    nextPageToken !== "",
  );
}
