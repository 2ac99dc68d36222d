/** SQL of planning: where the people of a group may be, and chains that wait for the hours there. */
import type { TenantQueryable } from "../../../lib/postgres/db.ts";
import { Lane } from "../../queue/chain.ts";
import { type DeviceKind, IS_DEVICE, placeKey } from "../queries/record-query.ts";

/** Where some of the people are. */
export interface PlaceRow {
  key: string;
  /** Zones, parted by spaces. */
  zones: string;
  zoneIsCertain: boolean;
  country: string;
  state: string;
  /** One of their devices. */
  contactInfo: string;
  /** Asked from when; undefined means now. */
  notBefore?: Date;
}

/** Hash aggregation: millions of records have only a few hundred places. PostgreSQL does not know that and would sort the records. */
const BY_HASHING = "set local enable_sort = off";

/** The distinct places of the devices of lists, those of most people first, at most `limit`. */
export async function distinctPlaces(
  tx: TenantQueryable,
  contactListIds: readonly string[],
  kind: DeviceKind,
  limit: number,
): Promise<PlaceRow[]> {
  const lists = "r.tenant_id = $1 and r.contact_list_id = any($2::uuid[])";
  const place = (info: string, zones: string) =>
    `${placeKey(kind, info, zones)} as key, ${info} as info, ${zones} as zones, r.zone <> '' as certain, r.country, r.state`;
  // Nearly all records have one device; those with several are read once more.
  const text = `
    select key::text, any_value(zones) as zones, any_value(certain) as "zoneIsCertain", any_value(country) as country, any_value(state) as state,
        any_value(info) as "contactInfo"
      from (
        select ${place("r.device_infos[1]", "r.device_zones[1]")} from lists.preload_v1 r cross join lateral (select r.device_types[1] as type) as d
         where ${lists} and cardinality(r.device_types) = 1 and ${IS_DEVICE[kind]}
        union all
        select ${place("d.info", "d.zones")} from lists.preload_v1 r cross join unnest(r.device_types, r.device_infos, r.device_zones) as d (type, info, zones)
         where ${lists} and cardinality(r.device_types) > 1 and ${IS_DEVICE[kind]}) as p
     group by key order by count(*) desc limit $3`;
  await tx.query(BY_HASHING);
  const { rows } = await tx.query<PlaceRow>(text, [tx.tenantId, contactListIds, limit]);
  return rows;
}

/** An open chain that nobody has taken. */
export interface OpenChain {
  recordId: string;
  contactListId: string;
  /** The device tried next: the N of `DeviceN`. */
  device: number;
  attempted: boolean;
  lane: Lane;
  due: Date;
  waitsFor: string;
}

/** The next `limit` open chains of a group after a record, in the order of their records. */
export async function readOpenChains(
  db: TenantQueryable,
  groupId: string,
  after: string,
  limit: number,
): Promise<OpenChain[]> {
  const { rows } = await db.query<OpenChain>(
    `select ${OPEN_CHAIN} from campaigns.chains
      where tenant_id = $1 and campaign_group_id = $2 and record_id > $3 and lane in (${Lane.AGAIN}, ${Lane.FRESH}) order by record_id limit $4`,
    [db.tenantId, groupId, after, limit],
  );
  return rows;
}

/** Those of the records whose chains wait for this reason: for a retry, or for contact hours. */
export async function readWaiting(
  db: TenantQueryable,
  groupId: string,
  recordIds: readonly string[],
  waitsFor: string,
): Promise<OpenChain[]> {
  const { rows } = await db.query<OpenChain>(
    `select ${OPEN_CHAIN} from campaigns.chains
      where tenant_id = $1 and campaign_group_id = $2 and record_id = any($3::uuid[]) and lane = ${Lane.AGAIN} and waits_for = $4`,
    [db.tenantId, groupId, recordIds, waitsFor],
  );
  return rows;
}

const OPEN_CHAIN = `record_id as "recordId", contact_list_id as "contactListId", device_indexes[place + 1] as device, attempts > 0 as attempted, lane, due,
  waits_for as "waitsFor"`;

/** Where the next devices of chains may be, by their records; those whose record is gone are missing. */
export async function placesOfChains(
  db: TenantQueryable,
  kind: DeviceKind,
  chains: readonly OpenChain[],
): Promise<Map<string, PlaceRow>> {
  const at = "array_position(r.device_indexes, c.device)";
  const [info, zones] = [`r.device_infos[${at}]`, `r.device_zones[${at}]`];
  // Arrays lead to the key's index whatever the planner believes about tables that were just filled.
  const text = `select r.record_id as "recordId", ${placeKey(kind, info, zones)}::text as key, ${zones} as zones, r.zone <> '' as "zoneIsCertain", r.country, r.state,
        ${info} as "contactInfo"
      from lists.preload_v1 r join unnest($3::uuid[], $4::smallint[]) as c (record_id, device) using (record_id)
     where r.tenant_id = $1 and r.contact_list_id = any($2::uuid[]) and r.record_id = any($3::uuid[]) and ${at} is not null`;
  const { rows } = await db.query<PlaceRow & { recordId: string }>(text, [
    db.tenantId,
    [...new Set(chains.map(({ contactListId }) => contactListId))],
    chains.map(({ recordId }) => recordId),
    chains.map(({ device }) => device),
  ]);
  return new Map(rows.map((row) => [row.recordId, row]));
}

/** Another time for a chain. */
export interface ChainMove {
  chain: OpenChain;
  due: Date;
  waitsFor: string;
}

/** Moves those of the chains that are as they were read; gives their records. */
export async function moveChains(
  tx: TenantQueryable,
  groupId: string,
  moves: readonly ChainMove[],
  now: Date,
): Promise<Set<string>> {
  const { rows } = await tx.query<{ recordId: string }>(
    `update campaigns.chains c set lane = ${Lane.AGAIN}, due = m.due, waits_for = m.waits_for, update_time = $7
       from unnest($3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::text[]) as m (record_id, due_before, due, waits_for)
      where c.tenant_id = $1 and c.campaign_group_id = $2 and c.record_id = any($3::uuid[]) and c.record_id = m.record_id
        and c.lane in (${Lane.AGAIN}, ${Lane.FRESH}) and c.due = m.due_before
     returning c.record_id as "recordId"`,
    [
      tx.tenantId,
      groupId,
      moves.map(({ chain }) => chain.recordId),
      moves.map(({ chain }) => chain.due),
      moves.map(({ due }) => due),
      moves.map(({ waitsFor }) => waitsFor),
      now,
    ],
  );
  return new Set(rows.map(({ recordId }) => recordId));
}
