/** The text of the statement that puts lists into a queue, or only counts what it would put there. */
import { Lane } from "../queue/chain.ts";

/** The code of an email address among contact info types; every other device is a phone. */
const EMAIL = 10;

/** What a channel's devices are. */
export type DeviceKind = "phone" | "email";

/** How a number or address is known when the same one comes again, however it is written. */
const key = (info: string) => `hashtextextended(lower(${info}), 0)`;

/** What a record has at the places of its devices for a channel, in their order. Dear: only for records that the quicker ways do not fit. */
const devicesWhere = (condition: string, what: string) =>
  `array(select ${what} from unnest(r.device_indexes, r.device_types, r.device_infos) with ordinality as d (index, type, info, place) where ${condition} order by place)`;

const TYPES = "r.device_types";
const ONE_EMAIL = `cardinality(array_positions(${TYPES}, ${EMAIL}::smallint)) = 1`;
const EMAIL_PLACE = `array_position(${TYPES}, ${EMAIL}::smallint)`;

/** A record's devices for the channel. Nearly all have one email address or none, which is cut out, or taken, by its place. */
const DEVICES = {
  phone: `case
      when ${EMAIL} <> all(${TYPES}) then r.device_indexes
      when ${ONE_EMAIL} then r.device_indexes[:${EMAIL_PLACE} - 1] || r.device_indexes[${EMAIL_PLACE} + 1:]
      else ${devicesWhere(`type <> ${EMAIL}`, "index")} end`,
  email: `case
      when ${ONE_EMAIL} then array[r.device_indexes[${EMAIL_PLACE}]]
      else ${devicesWhere(`type = ${EMAIL}`, "index")} end`,
};

/** The keys of those devices, in the same places. */
const KEYS = {
  phone: `case
      when ${TYPES} = '{4}' then array[${key("r.device_infos[1]")}]
      else ${devicesWhere(`type <> ${EMAIL}`, key("info"))} end`,
  email: `case
      when ${ONE_EMAIL} then array[${key(`r.device_infos[${EMAIL_PLACE}]`)}]
      else ${devicesWhere(`type = ${EMAIL}`, key("info"))} end`,
};

/** Whether a record has a device for the channel. */
const HAS_DEVICE = { phone: `${EMAIL} <> any(${TYPES})`, email: `${EMAIL} = any(${TYPES})` };

const LIST = "from lists.preload_v1 r where r.tenant_id = $1 and r.contact_list_id = any($3::uuid[])";
const QUEUE = "campaigns.chains q where q.tenant_id = $1 and q.campaign_group_id = $2";

/** What of the lists is asked for. */
export interface LoadQuestion {
  kind: DeviceKind;
  /** Whether a device is taken every time it comes. */
  allowDuplicates: boolean;
  /** Whether the queue holds chains already: records that are there are passed over, and so are devices that are. */
  hasQueue: boolean;
}

/**
 * The common part, over the lists `$3` of the group `$2` of the tenant `$1`: `candidates` with `devices` and `keys`; `cut`, the places of devices that
 * an earlier record, or a chain that is queued, has already. The first record in the order of the lists keeps a device. Keys beyond a
 * record's first are rare, which is what this is quick by.
 */
function candidates({ kind, allowDuplicates, hasQueue }: LoadQuestion): string {
  const rest = "unnest(keys[2:]) with ordinality as d (key, place)";
  return `candidates as materialized (
      select array_position($3::uuid[], r.contact_list_id) as list, r.record_id, r.contact_list_id, r.client_id, ${DEVICES[kind]} as devices, ${KEYS[kind]} as keys
        from lists.preload_v1 r
       where r.tenant_id = $1 and r.contact_list_id = any($3::uuid[]) and ${HAS_DEVICE[kind]}
         ${hasQueue ? `and not exists (select from ${QUEUE} and q.record_id = r.record_id)` : ""}),
    held as not materialized (
      select list, record_id, 1::bigint as place, keys[1] as key from candidates
      union all select list, record_id, place + 1, key from candidates, ${rest} where cardinality(keys) > 1),
    queued as (${
      hasQueue
        ? `select q.device_keys[1] as key from ${QUEUE} union all select unnest(q.device_keys[2:]) from ${QUEUE} and cardinality(q.device_keys) > 1`
        : "select null::bigint as key where false"
    }),
    doubles as materialized (
      select key, bool_or(is_queued) as is_queued from (
        select key, false as is_queued from held group by key having count(*) > 1
        union all select key, true from held where key in (select key from queued)) as k
       ${allowDuplicates ? "where false" : ""} group by key),
    cut as materialized (
      select record_id, array_agg(place) as places from (
        select record_id, place, is_queued or row_number() over (partition by key order by list, record_id, place) > 1 as goes
          from held join doubles using (key)) as h
       where goes group by record_id)`;
}

/** What is left of an array of a candidate once the places that are cut are gone. */
const uncut = (array: string) =>
  `case when places is null then ${array} else array(select item from unnest(${array}) with ordinality as d (item, place) where place <> all(places) order by place) end`;
const IS_LEFT = "places is null or cardinality(places) < cardinality(devices)";

/**
 * Looks at one list (`$3` holds it alone) that goes into an empty queue: whether any of its devices comes twice, and whether any record has none. Nearly all
 * lists have neither, and are then put there without looking at each record beside the others, which takes half as long again.
 */
export const lookQuery = ({ kind, allowDuplicates }: LoadQuestion): string => `
    select ${
      allowDuplicates
        ? "false"
        : `exists (select from (
        select (${KEYS[kind]})[1] as key ${LIST} and ${HAS_DEVICE[kind]}
        union all select unnest((${KEYS[kind]})[2:]) ${LIST} and ${HAS_DEVICE[kind]} and cardinality(r.device_types) > 1) as held
       group by key having count(*) > 1)`
    } as doubles,
      exists (select ${LIST} and not (${HAS_DEVICE[kind]})) as without
     where $2::uuid is null`;

/** Puts one list (`$3` holds it alone) that was looked at into the empty queue of the group `$2` at the instant `$4`. */
export const plainQuery = ({ kind }: LoadQuestion): string => `with chains as (
      insert into campaigns.chains (tenant_id, campaign_group_id, record_id, contact_list_id, lane, due, update_time, client_id, device_indexes, device_keys)
      select $1, $2, r.record_id, r.contact_list_id, ${Lane.FRESH}, $4::timestamptz, $4::timestamptz, r.client_id, ${DEVICES[kind]}, ${KEYS[kind]}
        ${LIST} and ${HAS_DEVICE[kind]} order by r.record_id
      returning 1)
    select count(*)::float8 as chains, 0::float8 as duplicates, 0::float8 as "noDevice", 0::float8 as "cutDevices" from chains`;

/** Puts one list (`$3` holds it alone) into the queue at the instant `$4`, notes who is left out, and counts both. */
export const loadQuery = (question: LoadQuestion): string => `with ${candidates(question)},
    chains as (
      insert into campaigns.chains (tenant_id, campaign_group_id, record_id, contact_list_id, lane, due, update_time, client_id, device_indexes, device_keys)
      select $1, $2, record_id, contact_list_id, ${Lane.FRESH}, $4::timestamptz, $4::timestamptz, client_id, ${uncut("devices")}, ${uncut("keys")}
        from candidates left join cut using (record_id) where ${IS_LEFT} order by list, record_id
      returning 1),
    duplicates as (
      insert into campaigns.left_out (tenant_id, campaign_group_id, record_id, contact_list_id, client_id, reason)
      select $1, $2, record_id, contact_list_id, client_id, 'duplicate_device' from candidates join cut using (record_id) where not (${IS_LEFT})
      returning 1),
    without as (
      insert into campaigns.left_out (tenant_id, campaign_group_id, record_id, contact_list_id, client_id, reason)
      select $1, $2, r.record_id, r.contact_list_id, r.client_id, 'no_device_for_channel' from lists.preload_v1 r
       where r.tenant_id = $1 and r.contact_list_id = any($3::uuid[]) and not (${HAS_DEVICE[question.kind]})
      returning 1)
    select (select count(*) from chains)::float8 as chains, (select count(*) from duplicates)::float8 as duplicates,
      (select count(*) from without)::float8 as "noDevice",
      (select coalesce(sum(cardinality(places)), 0) from candidates join cut using (record_id) where ${IS_LEFT})::float8 as "cutDevices"`;

/** The same counts for all lists of a group (`$3`, in their order), and nothing is written. */
export const countQuery = (question: LoadQuestion): string => `with ${candidates(question)}
    select count(*) filter (where ${IS_LEFT})::float8 as chains, count(*) filter (where not (${IS_LEFT}))::float8 as duplicates,
      coalesce(sum(cardinality(places)) filter (where ${IS_LEFT}), 0)::float8 as "cutDevices",
      (select count(*) from lists.preload_v1 r where r.tenant_id = $1 and r.contact_list_id = any($3::uuid[]) and not (${HAS_DEVICE[question.kind]}))::float8 as "noDevice"
     from candidates left join cut using (record_id) where $2::uuid is not null`;

/** The first `$4` records that the lists would give, each with its first device. Duplicates are not looked for: they are few among the first. */
export const firstQuery = ({ kind, hasQueue }: LoadQuestion): string => `
    select r.contact_list_id as "contactListId", r.record_id as "recordId", (${DEVICES[kind]})[1] as "deviceIndex"
      from lists.preload_v1 r
     where r.tenant_id = $1 and r.contact_list_id = any($3::uuid[]) and ${HAS_DEVICE[kind]}
       and ${hasQueue ? `not exists (select from ${QUEUE} and q.record_id = r.record_id)` : "$2::uuid is not null"}
     order by array_position($3::uuid[], r.contact_list_id), r.record_id limit $4`;
