/** The statements for a list from which no record is left out and that goes into an empty queue. */
import {
  CHAIN_COLUMNS,
  OPEN_COUNTS,
  openColumns,
  type LoadQuestion,
  placeWaits,
  scopeOf,
  type Statement,
} from "./load-question.ts";
import { DEVICES, FIRST_PLACE_KEY, HAS_DEVICE, KEYS } from "./record-query.ts";

/**
 * Checks a list that goes into an empty queue: does any device occur twice, and is any record without a device? Nearly all lists have
 * neither. They can be inserted without comparing records with each other, which would take half as long again.
 */
export function lookStatement(question: LoadQuestion): Statement {
  const { kind, allowDuplicates } = question;
  const { values, from, group } = scopeOf(question);
  const hasDevice = HAS_DEVICE[kind];
  // If each record has one device, counting distinct keys is faster than grouping them.
  const doubles = `case when bool_or(cardinality(keys) > 1)
      then exists (select from (select unnest(${KEYS[kind]}) as key ${from} and ${hasDevice}) as held group by key having count(*) > 1)
      else count(distinct keys[1]) < count(keys[1]) end`;
  const text = `
    select ${allowDuplicates ? "false" : `coalesce(${doubles}, false)`} as doubles, coalesce(bool_or(keys is null), false) as without
      from (select case when ${hasDevice} then ${allowDuplicates ? "'{}'" : KEYS[kind]} end as keys ${from} offset 0) as devices
     where ${group} is not null`;
  return { text, values: values.all };
}

/** Puts one list that was checked into the empty queue. */
export function plainStatement(question: LoadQuestion, time: Date): Statement {
  const { kind } = question;
  const scope = scopeOf(question);
  const { values, tenant, group } = scope;
  const now = values.put(time, "timestamptz");
  const rows = `${scope.from} and ${HAS_DEVICE[kind]} order by r.record_id`;
  const waits = placeWaits(question, scope);
  // With an offset, the planner computes `wait` once for each record instead of once for each column.
  const from = waits ? `from (select r.*, ${waits.number(FIRST_PLACE_KEY[kind])} as wait ${rows} offset 0) as r` : rows;
  const dueColumns = waits?.dueColumns("r.wait", now) ?? openColumns(now);
  const counts = waits?.counts(time) ?? OPEN_COUNTS;
  const text = `with chains as (
      insert into campaigns.chains (${CHAIN_COLUMNS})
      select ${tenant}, ${group}, r.record_id, r.contact_list_id, ${dueColumns}, ${now}, r.client_id, ${DEVICES[kind]}, ${KEYS[kind]} ${from}
      returning ${counts.returning})
    select chains, waits, '{}'::json as "leftOut", '{}'::json as cut from ${counts.from}`;
  return { text, values: values.all };
}
