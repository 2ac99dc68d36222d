/** The states of groups as SQL of `campaigns.groups` names them. The numbers are those of the contract, and stored. */
import { CampaignGroupState } from "../../../gen/herald/campaigns/v1/campaign_group.ts";

const {
  CAMPAIGN_GROUP_STATE_LOADING: LOADING,
  CAMPAIGN_GROUP_STATE_RUNNING: RUNNING,
  CAMPAIGN_GROUP_STATE_PAUSED: PAUSED,
} = CampaignGroupState;

export const IS_LOADING = `state = ${LOADING}`;
export const IS_RUNNING = `state = ${RUNNING}`;

/** Background work has something to do for the group: it is being loaded, is loaded, runs, is paused, or is being emptied. The index `groups_working` has these, in the same words. */
export const IS_AT_WORK = `(state between ${LOADING} and ${PAUSED} or cancelling)`;
