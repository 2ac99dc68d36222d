/** Requests test messages as people do. */
import type { CampaignGroup } from "../../gen/herald/campaigns/v1/campaign_group.ts";
import type { Office } from "./boot.ts";

/** Creates a group and gives its id. */
export const make = async ({ groups }: Office, group: Partial<CampaignGroup>): Promise<string> =>
  (await groups.createCampaignGroup({ campaignGroup: group })).campaignGroup?.id ?? "";

export const sendTest = async ({ groups }: Office, campaignGroupId: string, contactInfo: string, more: object = {}) => {
  const { testMessage } = await groups.sendTest({ campaignGroupId, contactInfo, ...more });
  if (!testMessage) throw new Error("no test message");
  return testMessage;
};
