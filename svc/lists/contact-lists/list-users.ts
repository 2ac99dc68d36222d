/** Asks `campaigns` who uses a list before the list is deleted. While `campaigns` cannot be asked, nothing is deleted. */
import type { CampaignGroupServiceDefinition } from "../../../gen/herald/campaigns/v1/campaign_group_service.ts";
import type { Calls } from "../../lib/client/client.ts";
import { isServiceAway } from "../../lib/errors/error-details.ts";
import { dependencyUnavailable } from "../../lib/errors/errors.ts";
import { listInUse } from "../errors.ts";

const DEADLINE_MS = 3_000;

export interface ListUsers {
  /** Throws LIST_IN_USE where a campaign group uses the list, and UNAVAILABLE where nobody can say. */
  requireUnused(tenantId: string, kind: "contact" | "suppression", listId: string): Promise<void>;
}

export const listUsers = (groups: Calls<typeof CampaignGroupServiceDefinition>): ListUsers => ({
  async requireUnused(tenantId, kind, listId) {
    const which = kind === "contact" ? { contactListId: listId } : { suppressionListId: listId };
    const request = { ...which, usingLists: true, pageSize: 1 };
    const answer = await groups
      .listCampaignGroups(request, { tenantId, timeoutMs: DEADLINE_MS })
      .catch((error: unknown) => {
        throw isServiceAway(error) ? dependencyUnavailable("campaigns", error) : error;
      });
    const [user] = answer.campaignGroups;
    if (user) throw listInUse(kind, user);
  },
});
