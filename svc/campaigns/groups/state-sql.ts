/** SQL conditions on the state of `campaigns.groups`. The stored numbers are those of the contract. */
import { CampaignGroupState } from "../../../gen/herald/campaigns/v1/campaign_group.ts";

const {
  CAMPAIGN_GROUP_STATE_LOADING: LOADING,
  CAMPAIGN_GROUP_STATE_RUNNING: RUNNING,
  CAMPAIGN_GROUP_STATE_PAUSED: PAUSED,
} = CampaignGroupState;

export const IS_LOADING = `state = ${LOADING}`;
export const IS_RUNNING = `state = ${RUNNING}`;

/** Whether background work may have something to do for the group: it is being loaded, is loaded, runs, is paused, or is being emptied. The index `groups_working` has the same condition. */
export const IS_AT_WORK = `(state between ${LOADING} and ${PAUSED} or cancelling)`;
