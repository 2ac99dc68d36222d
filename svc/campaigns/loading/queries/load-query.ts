/** The careful statements, which compare each record with all others. They put lists into a queue, or only count what they would put there. */
import {
  CHAIN_COLUMNS,
  OPEN_COUNTS,
  hasBarred,
  type LoadQuestion,
  openColumns,
  type PlaceWaits,
  placeWaits,
  type StatementScope,
  scopeOf,
  type Statement,
} from "./load-question.ts";
import { DEVICES, HAS_DEVICE, INFOS, KEYS, placesWhere } from "./record-query.ts";

/** `barred`: the places of devices in a record that must never be tried, each with the first reason that a check would give. */
function barred({ closed, suppression }: LoadQuestion, scope: StatementScope, waits: PlaceWaits | undefined): string {
  const { deviceListIds, clientListIds, isLarge } = suppression;
  const suppressed = (listIds: readonly string[], value: string) => {
    const entries = `lists.suppressed_v1 s where s.tenant_id = ${scope.tenant} and s.suppression_list_id = any(${scope.values.put(listIds, "uuid[]")})`;
    return isLarge
      ? `cross join lateral (select from ${entries} and s.value = ${value} collate "C" limit 1) as found`
      : `join (select distinct s.value from ${entries}) as found on found.value = ${value} collate "C"`;
  };
  const parts = [
    ...(waits && closed.dues.includes(null)
      ? [
          `select record_id, d.place, ${waits.reason("d.wait")} from candidates, unnest(waits) with ordinality as d (wait, place) where d.wait > 0 and ${waits.due("d.wait")} is null`,
        ]
      : []),
    ...(deviceListIds.length > 0
      ? [
          `select record_id, d.place, 'suppressed_device' from candidates cross join unnest(infos) with ordinality as d (info, place) ${suppressed(deviceListIds, "d.info")}`,
        ]
      : []),
    ...(clientListIds.length > 0
      ? [
          `select record_id, d.place, 'suppressed_client' from (select * from candidates where client_id <> '') as candidates
             cross join generate_series(1::bigint, cardinality(devices)) as d (place) ${suppressed(clientListIds, "candidates.client_id")}`,
        ]
      : []),
  ];
  return `barred as materialized (select record_id, place, max(reason) as reason from (
      ${parts.join("\n        union all ") || "select null::uuid, null::bigint, null::text where false"}) as b (record_id, place, reason) group by record_id, place)`;
}

/**
 * The common table expressions. `candidates` are records with their devices, keys and waits. `cut` are the devices to leave out: they must never be tried, or an
 * earlier record or a queued chain has them already. A device goes to the first record, in the order of the lists, that may be tried.
 * Most records have one key, so further keys are handled apart: that keeps this fast.
 */
function candidates(question: LoadQuestion, scope: StatementScope, waits = placeWaits(question, scope)): string {
  const { kind, allowDuplicates, hasQueue, suppression } = question;
  const rest = "unnest(keys[2:]) with ordinality as d (key, place)";
  const open = hasBarred(question)
    ? " where not exists (select from barred b where b.record_id = h.record_id and b.place = h.place)"
    : "";
  const infos = suppression.deviceListIds.length > 0 ? INFOS[kind] : "null::text[]";
  const numbers = waits ? placesWhere(kind, waits.number) : "null::smallint[]";
  return `
    candidates as materialized (
      select ${scope.list} as list, r.record_id, r.contact_list_id, r.client_id, ${DEVICES[kind]} as devices, ${KEYS[kind]} as keys, ${infos} as infos,
        ${numbers} as waits
        ${scope.from} and ${HAS_DEVICE[kind]}
         ${hasQueue ? `and not exists (select from ${scope.queue} and q.record_id = r.record_id)` : ""}),
    ${barred(question, scope, waits)},
    held as not materialized (
      select * from (
        select list, record_id, 1::bigint as place, keys[1] as key from candidates
        union all select list, record_id, place + 1, key from candidates, ${rest} where cardinality(keys) > 1) as h${open}),
    queued as (${
      hasQueue
        ? `select q.device_keys[1] as key from ${scope.queue} union all select unnest(q.device_keys[2:]) from ${scope.queue} and cardinality(q.device_keys) > 1`
        : "select null::bigint as key where false"
    }),
    doubles as materialized (
      select key, bool_or(is_queued) as is_queued from (
        select key, false as is_queued from held group by key having count(*) > 1
        union all select key, true from held where key in (select key from queued)) as k
       ${allowDuplicates ? "where false" : ""} group by key),
    cut_places as materialized (
      select record_id, place, 'duplicate_device' as reason from (
        select record_id, place, is_queued or row_number() over (partition by key order by list, record_id, place) > 1 as goes
          from held join doubles using (key)) as h
       where goes
      union all select record_id, place, reason from barred),
    cut as materialized (
      select record_id, array_agg(place) as places, (array_agg(reason order by place))[1] as reason from cut_places group by record_id),
    without_chain as not materialized (
      select record_id, contact_list_id, client_id, reason from candidates join cut using (record_id) where not (${IS_LEFT})
      union all select r.record_id, r.contact_list_id, r.client_id, 'no_device_for_channel' ${scope.from} and not (${HAS_DEVICE[kind]}))`;
}

/** An array of a candidate without its cut places. */
const uncut = (array: string) =>
  `case when places is null then ${array} else array(select item from unnest(${array}) with ordinality as d (item, place) where place <> all(places) order by place) end`;
const IS_LEFT = "places is null or cardinality(places) < cardinality(devices)";

/** Candidates with their cut places. */
const CANDIDATES_CUT = "candidates left join cut using (record_id)";
/** The wait of the first device that a candidate still has. */
const WAIT = `(${uncut("waits")})[1]`;

/** Counts rows by a column, as one JSON object. */
const byReason = (rows: string) =>
  `(select coalesce(json_object_agg(reason, n), '{}') from (select reason, count(*) as n from ${rows} group by reason) as counted)`;
const CUT_DEVICES = byReason(
  `(select p.reason from cut_places p join cut using (record_id) join candidates using (record_id) where ${IS_LEFT}) as kept`,
);

/** Puts the lists into the queue, stores who is left out, and counts both. */
export function loadStatement(question: LoadQuestion, time: Date): Statement {
  const scope = scopeOf(question);
  const { values, tenant, group } = scope;
  const now = values.put(time, "timestamptz");
  const waits = placeWaits(question, scope);
  const counts = waits?.counts(time) ?? OPEN_COUNTS;
  const text = `with ${candidates(question, scope, waits)},
    chains as (
      insert into campaigns.chains (${CHAIN_COLUMNS})
      select ${tenant}, ${group}, record_id, contact_list_id, ${waits?.dueColumns(WAIT, now) ?? openColumns(now)}, ${now}, client_id, ${uncut("devices")}, ${uncut("keys")}
        from ${CANDIDATES_CUT} where ${IS_LEFT} order by list, record_id
      returning ${counts.returning}),
    left_out as (
      insert into campaigns.left_out (tenant_id, campaign_group_id, record_id, contact_list_id, client_id, reason)
      select ${tenant}, ${group}, record_id, contact_list_id, client_id, reason from without_chain
      returning reason)
    select chains, waits, ${byReason("left_out")} as "leftOut", ${CUT_DEVICES} as cut from ${counts.from}`;
  return { text, values: values.all };
}

/** Gives the same counts and writes nothing. */
export function countStatement(question: LoadQuestion): Statement {
  const scope = scopeOf(question);
  const waits = placeWaits(question, scope);
  const text = `with ${candidates(question, scope, waits)}
    select count(*)::float8 as chains, count(*) filter (where due is null)::float8 as "dueNow", min(due) as "nextDue", ${byReason("without_chain")} as "leftOut"
      from (select ${waits?.due(WAIT) ?? "null::timestamptz"} as due from ${CANDIDATES_CUT} where (${IS_LEFT}) and ${scope.group} is not null) as left_of_them`;
  return { text, values: scope.values.all };
}

/** Finds those of the records that would give a chain. */
export function chosenStatement(question: LoadQuestion): Statement {
  const scope = scopeOf(question);
  const text = `with ${candidates(question, scope)}
    select record_id as "recordId" from ${CANDIDATES_CUT} where (${IS_LEFT}) and ${scope.group} is not null`;
  return { text, values: scope.values.all };
}

/** Finds the first records that would be queued, each with its first device. If nobody is barred, duplicates are not searched: few of the first records are duplicates. */
export function firstStatement(question: LoadQuestion, limit: number): Statement {
  const { kind, hasQueue } = question;
  const scope = scopeOf(question);
  const { values, from, queue, list, group } = scope;
  const most = values.put(limit, "integer");
  const text = hasBarred(question)
    ? `with ${candidates(question, scope)}
    select contact_list_id as "contactListId", record_id as "recordId", (${uncut("devices")})[1] as "deviceIndex"
      from ${CANDIDATES_CUT} where (${IS_LEFT}) and ${group} is not null order by list, record_id limit ${most}`
    : `
    select r.contact_list_id as "contactListId", r.record_id as "recordId", (${DEVICES[kind]})[1] as "deviceIndex"
      ${from} and ${HAS_DEVICE[kind]}
       and ${hasQueue ? `not exists (select from ${queue} and q.record_id = r.record_id)` : `${group} is not null`}
     order by ${list}, r.record_id limit ${most}`;
  return { text, values: values.all };
}
