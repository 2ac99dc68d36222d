/** The statement that stores a batch of decisions. */
import { plainArray, textArray } from "../../lib/postgres/array-literals.ts";
import type { NewDecision } from "./decision-rows.ts";

/**
 * Rows are inserted in the order of their ids, so that two batches with the same attempts cannot deadlock. Most decisions of a batch have the same
 * facts and refusal: these are sent and read once, and rows name their position.
 */
export const KEEP = {
  name: "keep_decisions",
  text: `with rules as (
      select coalesce((select version from compliance.tenant_versions where tenant_id = $1), 0) = $2::bigint as is_current
    ), kept as (
      insert into compliance.decisions (tenant_id, attempt_id, decide_time, rule_set_id, reason, channel, count_state, contact_info, client_id,
        campaign_group_id, record_id, lease_number, earliest_time, facts, rule_id, rule_name, explanation)
      select $1, attempt_id, $3, $4, reason, channel, count_state, contact_info, client_id,
             campaign_group_id, record_id, lease_number, to_timestamp(earliest_ms / 1000.0), facts, rule_id, rule_name, explanation
        from unnest($5::uuid[], $6::smallint[], $7::smallint[], $8::smallint[], $9::text[], $10::text[], $11::uuid[], $12::float8[], $13::int[], $18::uuid[], $19::int[])
          as new (attempt_id, reason, channel, count_state, contact_info, client_id, campaign_group_id, earliest_ms, said, record_id, lease_number)
        join unnest($14::json[], $15::text[], $16::text[], $17::text[]) with ordinality as what (facts, rule_id, rule_name, explanation, position)
          on position = said
       where (select is_current from rules)
       order by attempt_id
      on conflict (tenant_id, attempt_id) do nothing
      returning attempt_id
    )
    select is_current, (select case when count(*) < cardinality($5::uuid[]) then coalesce(array_agg(attempt_id::text), '{}') end from kept) as ids from rules`,
};

/** The values of `KEEP` that differ from row to row. */
export function keepColumns(decisions: readonly NewDecision[]): string[] {
  const said = new Map<string, { position: number; decision: NewDecision }>();
  const positions = decisions.map((decision) => {
    const what = decision.reason === 0 ? decision.facts : `${decision.facts}${decision.rule_id}${decision.explanation}`;
    let one = said.get(what);
    if (!one) said.set(what, (one = { position: said.size + 1, decision }));
    return one.position;
  });
  const whats = [...said.values()].map(({ decision }) => decision);
  return [
    plainArray(decisions.map((decision) => decision.attempt_id)),
    plainArray(decisions.map((decision) => decision.reason)),
    plainArray(decisions.map((decision) => decision.channel)),
    plainArray(decisions.map((decision) => decision.count_state)),
    textArray(decisions.map((decision) => decision.contact_info)),
    textArray(decisions.map((decision) => decision.client_id)),
    plainArray(decisions.map((decision) => decision.campaign_group_id)),
    plainArray(decisions.map((decision) => decision.earliest_time?.getTime() ?? null)),
    plainArray(positions),
    textArray(whats.map((decision) => decision.facts)),
    textArray(whats.map((decision) => decision.rule_id)),
    textArray(whats.map((decision) => decision.rule_name)),
    textArray(whats.map((decision) => decision.explanation)),
    plainArray(decisions.map((decision) => decision.record_id)),
    plainArray(decisions.map((decision) => decision.lease_number)),
  ];
}
