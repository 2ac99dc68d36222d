/** The statements that put a list into an empty queue where nobody of it is left out. */
import {
  CHAIN_COLUMNS,
  closedPlaces,
  type LoadQuestion,
  scopeOf,
  type Statement,
  WAITS,
  whenDue,
} from "./load-question.ts";
import { Lane } from "../queue/chain.ts";
import { DEVICES, FIRST_PLACE_KEY, HAS_DEVICE, KEYS } from "./record-query.ts";

/**
 * Looks at one list that goes into an empty queue: whether any of its devices comes twice, and whether any record has none. Nearly all
 * lists have neither, and are then put there without looking at each record beside the others, which takes half as long again.
 */
export function lookStatement(question: LoadQuestion): Statement {
  const { kind, allowDuplicates } = question;
  const { values, from, group } = scopeOf(question);
  const text = `
    select ${
      allowDuplicates
        ? "false"
        : `exists (select from (
        select (${KEYS[kind]})[1] as key ${from} and ${HAS_DEVICE[kind]}
        union all select unnest((${KEYS[kind]})[2:]) ${from} and ${HAS_DEVICE[kind]} and cardinality(r.device_types) > 1) as held
       group by key having count(*) > 1)`
    } as doubles,
      exists (select ${from} and not (${HAS_DEVICE[kind]})) as without
     where ${group} is not null`;
  return { text, values: values.all };
}

/** Puts one list that was looked at into the empty queue. */
export function plainStatement(question: LoadQuestion, time: Date): Statement {
  const { kind, closed } = question;
  const scope = scopeOf(question);
  const { values, tenant, group } = scope;
  const now = values.put(time, "timestamptz");
  // Without a closed place nothing is asked of a record: this is the bare INSERT … SELECT.
  const isOpen = closed.keys.length === 0;
  const rows = isOpen
    ? scope.from
    : `from (select *, ${FIRST_PLACE_KEY[kind]} as place_key ${scope.from}) as r left join closed using (place_key) where true`;
  const text = `with ${isOpen ? "" : `${closedPlaces(question, scope)},`} chains as (
      insert into campaigns.chains (${CHAIN_COLUMNS})
      select ${tenant}, ${group}, r.record_id, r.contact_list_id, ${isOpen ? `${Lane.FRESH}, ${now}, ''` : whenDue(now)}, ${now}, r.client_id, ${DEVICES[kind]}, ${KEYS[kind]}
        ${rows} and ${HAS_DEVICE[kind]} order by r.record_id
      returning lane${isOpen ? "" : ", due, waits_for"})
    select count(*)::float8 as chains, ${isOpen ? "'[]'::json" : WAITS} as waits, '{}'::json as "leftOut", '{}'::json as cut from chains`;
  return { text, values: values.all };
}
