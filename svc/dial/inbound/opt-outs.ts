/** Brings numbers that opted out into the list that `lists` keeps for them. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { SuppressionListServiceDefinition } from "../../../gen/herald/lists/v1/suppression_list_service.ts";
import type { Calls, CallScope } from "../../lib/client/client.ts";

export interface OptOuts {
  /** Resolves once the numbers are suppressed. */
  add(numbers: readonly string[], scope: CallScope & { tenantId: string }): Promise<void>;
}

const REASON = "Opted out by SMS";

export const createOptOuts = (lists: Calls<typeof SuppressionListServiceDefinition>): OptOuts => ({
  async add(numbers, scope) {
    const request = { channel: Channel.CHANNEL_SMS, contactInfos: [...numbers], reason: REASON };
    await lists.recordOptOuts(request, scope);
  },
});
