/** Ends the holds of attempts that are over: calls that have an outcome, and messages that never reached the network. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { comparedForm } from "../../lib/devices/old-forms.ts";
import type { EndedRow } from "../decisions/decision-rows.ts";
import { type ComplianceRedis, dataPrefix } from "../redis/redis-store.ts";
import type { RuleBook } from "../rules/rule-book.ts";
import { holdKeys } from "../rules/engine/hold.ts";

export type HoldRelease = ReturnType<typeof createHoldRelease>;

interface Deps {
  redis: ComplianceRedis;
  rules: RuleBook;
  now: () => Date;
}

export function createHoldRelease({ redis, rules, now }: Deps) {
  return {
    /** Changes the holds that are in Redis now. Holds that are filled later leave out attempts that are over. */
    async release(tenantId: string, ended: readonly EndedRow[]): Promise<void> {
      const over = ended.filter(({ channel, counts }) => channel === Channel.CHANNEL_VOICE || !counts);
      if (over.length === 0) return;
      const { policy } = (await rules.of(tenantId)).ruleSet;
      const state = policy && (await redis.readState());
      if (!state) return;
      const holds = over.flatMap(({ attempt_id: attemptId, contact_info, client_id: clientId, lease_number }) =>
        holdKeys({ device: comparedForm(contact_info), clientId }).map((key) => ({
          key,
          attemptId,
          leaseNumber: lease_number,
        })),
      );
      await redis.release(dataPrefix(tenantId, state.epoch), holds, policy, now().getTime());
    },
  };
}
