/** The way of an answer: through the provider by which the person was last written to, or else the usual one of SMS. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { lastProviderOf } from "./hub-store.ts";
import type { ProviderHub } from "./provider-hub.ts";
import type { Lane } from "./provider-lane.ts";

export const answerLanes =
  (hub: Pick<ProviderHub, "lane">, db: Database) =>
  async (tenantId: string, answer: { contactInfo: string; ownAddress: string }): Promise<Lane> => {
    const providerId = await lastProviderOf(db.tenant(tenantId), answer.contactInfo, answer.ownAddress);
    return hub.lane({ tenantId, channel: Channel.CHANNEL_SMS, providerId });
  };
