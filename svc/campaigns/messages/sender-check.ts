/** Asks `dial`, which owns the senders, whether the tenant may use the sender that a group names. */
import type { CampaignGroup } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import type { SenderServiceDefinition } from "../../../gen/herald/dial/v1/sender_service.ts";
import type { Calls, CallScope } from "../../lib/client/client.ts";
import { isServiceAway } from "../../lib/errors/error-details.ts";
import { senderTaken } from "../errors.ts";

type SenderChoice = Pick<CampaignGroup, "channel" | "content" | "voice">;

/** Throws FAILED_PRECONDITION for a sender of another tenant. While `dial` is unavailable the check is skipped: `dial` checks again before it sends. */
export type CheckSender = (group: SenderChoice, scope: CallScope) => Promise<void>;

const TIMEOUT_MS = 2_000;

/** The sender that a group names, and the field that names it. */
export const senderOf = ({ content, voice }: SenderChoice): { sender: string; field: string } =>
  voice
    ? { sender: voice.callerId, field: "campaign_group.voice.caller_id" }
    : { sender: content?.from ?? "", field: "campaign_group.content.from" };

export const senderChecks =
  (senders: Calls<typeof SenderServiceDefinition>): CheckSender =>
  async (group, scope) => {
    const { sender, field } = senderOf(group);
    if (sender === "") return;
    const { tenantId, requestId = "", signal } = scope;
    const asked = { tenantId, requestId, timeoutMs: TIMEOUT_MS, ...(signal && { signal }) };
    const taken = await senders.checkSender({ channel: group.channel, sender }, asked).then(
      ({ takenSender }) => takenSender,
      (error: unknown) => {
        if (isServiceAway(error)) return "";
        throw error;
      },
    );
    if (taken !== "") throw senderTaken(taken, field);
  };
