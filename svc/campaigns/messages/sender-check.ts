/** Asks `dial`, which owns senders and providers, whether the tenant may use those that a group names. */
import type { CampaignGroup } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import type { SenderServiceDefinition } from "../../../gen/herald/dial/v1/sender_service.ts";
import type { ProviderServiceDefinition } from "../../../gen/herald/dial/v1/provider_service.ts";
import type { Calls, CallScope } from "../../lib/client/client.ts";
import { isServiceAway } from "../../lib/errors/error-details.ts";
import { providerUnusable, senderTaken } from "../errors.ts";

type SenderChoice = Pick<CampaignGroup, "channel" | "content" | "voice">;
type ProviderChoice = SenderChoice & Pick<CampaignGroup, "providerId">;

/** Throws FAILED_PRECONDITION for a sender of another tenant, and for a provider through which the group cannot be sent. While `dial` is unavailable the check is skipped: `dial` checks again before it sends. */
export type CheckSender = (group: ProviderChoice, scope: CallScope) => Promise<void>;

const TIMEOUT_MS = 2_000;

/** The sender that a group names, and the field that names it. */
export const senderOf = ({ content, voice }: SenderChoice): { sender: string; field: string } =>
  voice
    ? { sender: voice.callerId, field: "campaign_group.voice.caller_id" }
    : { sender: content?.from ?? "", field: "campaign_group.content.from" };

export interface SenderOwners {
  senders: Calls<typeof SenderServiceDefinition>;
  providers: Calls<typeof ProviderServiceDefinition>;
}

export const senderChecks =
  ({ senders, providers }: SenderOwners): CheckSender =>
  async (group, scope) => {
    const { sender, field } = senderOf(group);
    const { channel, providerId } = group;
    const { tenantId, requestId = "", signal } = scope;
    const asked = { tenantId, requestId, timeoutMs: TIMEOUT_MS, ...(signal && { signal }) };
    if (sender !== "") {
      const answer = await unlessAway(senders.checkSender({ channel, sender }, asked));
      if (answer && answer.takenSender !== "") throw senderTaken(answer.takenSender, field);
    }
    if (providerId === "") return;
    const answer = await unlessAway(providers.checkProvider({ channel, providerId, sender }, asked));
    if (answer && answer.problem !== "") throw providerUnusable(answer.problem);
  };

const unlessAway = <T>(asked: Promise<T>): Promise<T | undefined> =>
  asked.catch((error: unknown) => {
    if (isServiceAway(error)) return undefined;
    throw error;
  });
