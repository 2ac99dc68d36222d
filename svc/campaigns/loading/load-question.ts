/** What loading asks of the lists, and what all of its statements have in common. */
import { Lane } from "../queue/chain.ts";
import type { DeviceKind } from "./record-query.ts";

/** A statement with its values. */
export interface Statement {
  text: string;
  values: unknown[];
}

/** Places at which nobody may be tried at once, column by column: the key of each, from when (null: never), and why. */
export interface ClosedPlaces {
  keys: readonly string[];
  dues: readonly (Date | null)[];
  reasons: readonly string[];
}

/** The suppression lists that hold for a group. */
export interface Suppression {
  deviceListIds: readonly string[];
  clientListIds: readonly string[];
  /** They have so many entries that each device is looked up in them, instead of reading them whole. */
  isLarge: boolean;
}

/** What of the lists is asked for. */
export interface LoadQuestion {
  tenantId: string;
  groupId: string;
  contactListIds: readonly string[];
  kind: DeviceKind;
  /** Whether a device is taken every time it comes. */
  allowDuplicates: boolean;
  /** Whether the queue holds chains already: records that are there are passed over, and so are devices that are. */
  hasQueue: boolean;
  closed: ClosedPlaces;
  suppression: Suppression;
  /** Only these records, where given. */
  recordIds?: readonly string[];
}

/** Whether any record may be left out because nobody may ever be tried there, or because it is suppressed. */
export const hasBarred = ({ closed, suppression }: LoadQuestion): boolean =>
  closed.dues.includes(null) || suppression.deviceListIds.length > 0 || suppression.clientListIds.length > 0;

/** Values of a statement, each with the name under which its text has it. */
export class Values {
  readonly all: unknown[] = [];

  put(value: unknown, type: string): string {
    return `$${this.all.push(value)}::${type}`;
  }
}

/** What every statement names. */
export function scopeOf(question: LoadQuestion) {
  const values = new Values();
  const tenant = values.put(question.tenantId, "uuid");
  const group = values.put(question.groupId, "uuid");
  const lists = values.put(question.contactListIds, "uuid[]");
  const records = question.recordIds ? ` and r.record_id = any(${values.put(question.recordIds, "uuid[]")})` : "";
  return {
    values,
    tenant,
    group,
    lists,
    from: `from lists.preload_v1 r where r.tenant_id = ${tenant} and r.contact_list_id = any(${lists})${records}`,
    queue: `campaigns.chains q where q.tenant_id = ${tenant} and q.campaign_group_id = ${group}`,
  };
}

export type Scope = ReturnType<typeof scopeOf>;

/** `closed`: the places at which nobody may be tried at once. */
export function closedPlaces({ closed }: LoadQuestion, { values }: Scope): string {
  const columns = [
    values.put(closed.keys, "bigint[]"),
    values.put(closed.dues, "timestamptz[]"),
    values.put(closed.reasons, "text[]"),
  ];
  return `closed as materialized (select place_key, due, reason from unnest(${columns.join(", ")}) as c (place_key, due, reason))`;
}

/** The columns that loading fills. */
export const CHAIN_COLUMNS = `tenant_id, campaign_group_id, record_id, contact_list_id, lane, due, waits_for, update_time, client_id, device_indexes, device_keys`;
/** How many of the chains that were put in wait for which time. */
export const WAITS = `(select coalesce(json_agg(json_build_object('due', due, 'reason', waits_for, 'count', n)), '[]')
      from (select due, waits_for, count(*) as n from chains where lane = ${Lane.AGAIN} group by due, waits_for) as w)`;

/** Lane, due time and reason to wait of a chain whose first device is at a place that may be `closed`. */
export const whenDue = (now: string) =>
  `case when closed.due is null then ${Lane.FRESH} else ${Lane.AGAIN} end, coalesce(closed.due, ${now}), case when closed.due is null then '' else closed.reason end`;
