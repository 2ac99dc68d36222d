/** All SQL about attempt policies. */
import type { AttemptPolicy } from "../../../gen/herald/compliance/v1/attempt_policy.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { type PolicyRow, toPolicy, USUAL } from "./attempt-policy.ts";
import { bumpVersion } from "./rule-store.ts";

/** What a change may set; what is undefined stays. */
export type PolicyChange = Partial<
  Pick<AttemptPolicy, "callsExclusive" | "callHoldSeconds" | "messagesExclusive" | "messageHoldSeconds">
>;

const COLUMNS = "calls_exclusive, call_hold_seconds, messages_exclusive, message_hold_seconds, version, update_time";

export type AttemptPolicyStore = ReturnType<typeof createAttemptPolicyStore>;

export function createAttemptPolicyStore(db: Database) {
  return {
    async readPolicy(tenantId: string): Promise<AttemptPolicy> {
      const { rows } = await db
        .tenant(tenantId)
        .query<PolicyRow>(`select ${COLUMNS} from compliance.attempt_policies where tenant_id = $1`, [tenantId]);
      return toPolicy(rows[0] ?? USUAL);
    },

    /** Changes the policy if it still has this version (undefined: any); undefined when it has not. */
    async updatePolicy(
      tenantId: string,
      version: number | undefined,
      set: PolicyChange,
      now: Date,
    ): Promise<AttemptPolicy | undefined> {
      return db.transaction(tenantId, async (tx) => {
        const { rows } = await tx.query<PolicyRow>(
          `insert into compliance.attempt_policies as kept (tenant_id, ${COLUMNS})
           select $1, coalesce($4::boolean, $8), coalesce($5::int, $9), coalesce($6::boolean, $10), coalesce($7::int, $11), 1, $3::timestamptz
            where $2::int is null or $2 = coalesce((select version from compliance.attempt_policies where tenant_id = $1), 0)
           on conflict (tenant_id) do update set
             calls_exclusive = coalesce($4, kept.calls_exclusive), call_hold_seconds = coalesce($5, kept.call_hold_seconds),
             messages_exclusive = coalesce($6, kept.messages_exclusive), message_hold_seconds = coalesce($7, kept.message_hold_seconds),
             version = kept.version + 1, update_time = excluded.update_time
             where $2::int is null or kept.version = $2
           returning ${COLUMNS}`,
          [
            tenantId,
            version ?? null,
            now,
            set.callsExclusive ?? null,
            set.callHoldSeconds ?? null,
            set.messagesExclusive ?? null,
            set.messageHoldSeconds ?? null,
            USUAL.calls_exclusive,
            USUAL.call_hold_seconds,
            USUAL.messages_exclusive,
            USUAL.message_hold_seconds,
          ],
        );
        if (rows[0]) await bumpVersion(tx);
        return rows[0] && toPolicy(rows[0]);
      });
    },
  };
}
