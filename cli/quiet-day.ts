/** Finds out whether anything in a group can still happen today. Pure. */
import { CampaignGroupState } from "../gen/herald/campaigns/v1/campaign_group.ts";
import type { WatchCampaignGroupResponse } from "../gen/herald/campaigns/v1/campaign_group_service.ts";
import { instant } from "./output.ts";

const NOT_STARTED: ReadonlySet<CampaignGroupState | undefined> = new Set([
  CampaignGroupState.CAMPAIGN_GROUP_STATE_NOT_LOADED,
  CampaignGroupState.CAMPAIGN_GROUP_STATE_ACTIVE,
]);

/** Why nothing of a group can happen today, in the reader's own zone; undefined while something can. */
export function whyNothingToday(
  { campaignGroup, progress }: WatchCampaignGroupResponse,
  now: Date,
): string | undefined {
  if (NOT_STARTED.has(campaignGroup?.state)) return "Nothing happens before it is started.";
  if (campaignGroup?.state !== CampaignGroupState.CAMPAIGN_GROUP_STATE_RUNNING || !progress) return undefined;
  const { nextDueTime, inFlight, stalls } = progress;
  const midnight = new Date(now);
  midnight.setHours(24, 0, 0, 0);
  if (inFlight > 0 || !nextDueTime || nextDueTime < midnight) return undefined;
  const why = stalls.map(({ explanation }) => explanation).join(" ");
  return `Nothing happens before ${instant(nextDueTime)}: ${why}`;
}
