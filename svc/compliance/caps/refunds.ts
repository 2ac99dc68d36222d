/** Takes attempts that never reached the network out of the counters of the tenant's caps. */
import { comparedForm } from "../../lib/devices/old-forms.ts";
import type { CountedRow } from "../decisions/decision-rows.ts";
import { dataPrefix, type ComplianceRedis } from "../redis/redis-store.ts";
import type { RuleBook } from "../rules/rule-book.ts";
import { counterKey } from "../rules/engine/counters.ts";

export type Refunds = ReturnType<typeof createRefunds>;

export function createRefunds({ redis, rules }: { redis: ComplianceRedis; rules: RuleBook }) {
  return {
    /** Changes the counters that are in Redis now. Counters that are filled later leave refunded attempts out. */
    async refund(tenantId: string, attempts: readonly CountedRow[]): Promise<void> {
      const { ruleSet } = await rules.of(tenantId);
      const state = attempts.length > 0 && ruleSet.counters.size > 0 ? await redis.readState() : undefined;
      if (!state) return;
      const prefix = dataPrefix(tenantId, state.epoch);
      const removals = attempts.flatMap((row) => {
        const subject = {
          device: comparedForm(row.contact_info),
          clientId: row.client_id,
          campaignGroupId: row.campaign_group_id ?? "",
        };
        const keys = [...ruleSet.counters.values()].flatMap((counter) => counterKey(counter, subject) ?? []);
        const untilMs = row.decide_time.getTime();
        return keys.map((key) => ({ key, attemptId: row.attempt_id, untilMs }));
      });
      await redis.refund(prefix, removals);
    },
  };
}
