/** SQL of refusals that repeat an earlier one. */
import type { TenantQueryable } from "../../lib/postgres/db.ts";
import { plainArray, textArray, timeArray } from "../../lib/postgres/array-literals.ts";
import type { Attempt, AttemptRefusal } from "./attempt.ts";

/** A refusal for this reason ends with another attempt and not with a window, so its earliest time need not agree. */
const WITHOUT_WINDOW = "attempt_in_progress";

/**
 * Gives the ids of refusals that repeat the last attempt of their chain on the same device: it was refused for the same reason by the same rule,
 * until the same time. After any other attempt on it in between, the refusal is a new one.
 */
export async function repeatedRefusals(
  db: TenantQueryable,
  refused: readonly { attempt: Attempt; refusal: AttemptRefusal }[],
): Promise<ReadonlySet<string>> {
  const ofChains = refused.flatMap(({ attempt: { id, origin }, refusal }) =>
    origin.kind === "chain" ? [{ id, origin, refusal }] : [],
  );
  if (ofChains.length === 0) return new Set();
  const text = `
    select now.id
      from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::smallint[], $6::text[], $7::text[], $8::timestamptz[])
             as now (id, group_id, record_id, device, reason, rule, earliest)
     cross join lateral (
       select a.id, a.state, a.refusal_reason, a.rule_id, a.earliest_time from dial.attempts a
        where a.tenant_id = $1 and a.record_id = now.record_id and a.campaign_group_id = now.group_id and a.device_index = now.device
        order by a.id desc limit 1) last
     where last.id <> now.id and last.state = 4 and last.refusal_reason = now.reason and last.rule_id = now.rule
       and (last.earliest_time is not distinct from now.earliest or now.reason = '${WITHOUT_WINDOW}')`;
  const { rows } = await db.query<{ id: string }>({ name: "repeated_refusals", text }, [
    db.tenantId,
    plainArray(ofChains.map(({ id }) => id)),
    plainArray(ofChains.map(({ origin }) => origin.groupId)),
    plainArray(ofChains.map(({ origin }) => origin.recordId)),
    plainArray(ofChains.map(({ origin }) => origin.deviceIndex)),
    textArray(ofChains.map(({ refusal }) => refusal.reason)),
    textArray(ofChains.map(({ refusal }) => refusal.ruleId)),
    timeArray(ofChains.map(({ refusal }) => refusal.earliestTime)),
  ]);
  return new Set(rows.map(({ id }) => id));
}
