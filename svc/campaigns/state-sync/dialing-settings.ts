/** The settings of a campaign group that `dial` gets. Pure. */
import type { CampaignGroup } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import type { DialingSettings } from "../../../gen/herald/dial/v1/dialing_settings.ts";

export const dialingSettings = ({
  id: campaignGroupId,
  name: campaignGroupName,
  ...group
}: CampaignGroup): DialingSettings => {
  const { etag, channel, content, voice, messagesPerMinute, suppressionListIds, ruleIds, purpose, programId } = group;
  const { providerId } = group;
  return {
    ...{ campaignGroupId, campaignGroupName, etag, channel, content, voice },
    ...{ messagesPerMinute, suppressionListIds, ruleIds, purpose, programId, providerId },
  };
};
