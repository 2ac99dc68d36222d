/** Asks dial about the session of a running group. */
import { CampaignGroupState } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import type { SessionServiceDefinition } from "../../../gen/herald/dial/v1/session_service.ts";
import type { Calls, CallScope } from "../../lib/client/client.ts";
import { isServiceError } from "../../lib/errors/error-details.ts";
import { status } from "../../lib/errors/errors.ts";
import type { Group } from "../groups/group-rows.ts";
import type { SessionView } from "./stalls.ts";

/** Reads a group's session. */
export type ViewSession = (group: Group, scope: CallScope) => Promise<SessionView>;

/** If dial does not answer within this time, it is shown as unavailable. */
const TIMEOUT_MS = 1_000;
/** While dial does not answer, it is asked at most this often. Progress is read often and must not wait for dial each time. */
const AWAY_MS = 2_000;

export function sessionViews(sessions: Calls<SessionServiceDefinition>): ViewSession {
  let awayUntil = -Infinity;
  return async ({ tenantId, shown }, { requestId, signal }) => {
    if (shown.state !== CampaignGroupState.CAMPAIGN_GROUP_STATE_RUNNING) return { kind: "none" };
    if (performance.now() < awayUntil) return { kind: "away" };
    try {
      const scope = { tenantId, requestId, signal, timeoutMs: TIMEOUT_MS };
      const { session } = await sessions.getSession({ campaignGroupId: shown.id }, scope);
      return { kind: "open", stall: session?.stall ?? "", explanation: session?.stallExplanation ?? "" };
    } catch (error) {
      if (!isServiceError(error)) throw error;
      if (error.code === status.NOT_FOUND) return { kind: "none" };
      awayUntil = performance.now() + AWAY_MS;
      return { kind: "away" };
    }
  };
}
