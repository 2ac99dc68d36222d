/** The input of the loading statements, and the SQL that they share. */
import { Lane } from "../../queue/chain.ts";
import type { DeviceKind } from "./record-query.ts";
import { type ClosedPlaces, waitTable } from "./wait-table.ts";

/** An SQL statement with its parameters. */
export interface Statement {
  text: string;
  values: unknown[];
}

/** The suppression lists that hold for a group. */
export interface Suppression {
  deviceListIds: readonly string[];
  clientListIds: readonly string[];
  /** Whether the lists have so many entries that it is faster to look up each device than to read all entries. */
  isLarge: boolean;
}

/** The lists to load, and how. */
export interface LoadQuestion {
  tenantId: string;
  groupId: string;
  contactListIds: readonly string[];
  kind: DeviceKind;
  /** Whether a device may be in several chains. */
  allowDuplicates: boolean;
  /** Whether the queue already has chains. Then records and devices that are in it are skipped. */
  hasQueue: boolean;
  closed: ClosedPlaces;
  suppression: Suppression;
  /** If given, only these records. */
  recordIds?: readonly string[];
}

/** Whether any record may be left out because nobody may ever be tried there, or because it is suppressed. */
export const hasBarred = ({ closed, suppression }: LoadQuestion): boolean =>
  closed.dues.includes(null) || suppression.deviceListIds.length > 0 || suppression.clientListIds.length > 0;

/** Collects the parameters of a statement and gives each its placeholder, such as `$1::uuid`. */
class Values {
  readonly all: unknown[] = [];

  put(value: unknown, type: string): string {
    return `$${this.all.push(value)}::${type}`;
  }
}

/** The parts that all statements share. */
export function scopeOf(question: LoadQuestion) {
  const values = new Values();
  const tenant = values.put(question.tenantId, "uuid");
  const group = values.put(question.groupId, "uuid");
  const { isIn, list } = listsOf(question, values);
  const records = question.recordIds ? ` and r.record_id = any(${values.put(question.recordIds, "uuid[]")})` : "";
  return {
    values,
    tenant,
    group,
    /** The position of a record's list among the lists. */
    list,
    from: `from lists.preload_v1 r where r.tenant_id = ${tenant} and ${isIn}${records}`,
    queue: `campaigns.chains q where q.tenant_id = ${tenant} and q.campaign_group_id = ${group}`,
  };
}

export type StatementScope = ReturnType<typeof scopeOf>;

/** A single list is compared with `=`: its records are then read in the order of the primary key and need no sorting. */
function listsOf({ contactListIds }: LoadQuestion, values: Values): { isIn: string; list: string } {
  if (contactListIds.length === 1)
    return { isIn: `r.contact_list_id = ${values.put(contactListIds[0], "uuid")}`, list: "1" };
  const lists = values.put(contactListIds, "uuid[]");
  return {
    isIn: `r.contact_list_id = any(${lists})`,
    list: `array_position(${lists}, r.contact_list_id)`,
  };
}

/** SQL expressions for the wait of a place. Waits have numbers; 0 or null is the number of an open place. */
export interface PlaceWaits {
  number: (placeKey: string) => string;
  /** When a wait ends; null if there is no wait, or if it never ends. */
  due: (number: string) => string;
  reason: (number: string) => string;
  /** The lane, due time and reason to wait of a new chain. */
  dueColumns: (number: string, now: string) => string;
  /** The number of inserted chains, and how many of them wait for which time. Chains without a wait are due at `time`. */
  counts: (time: Date) => ChainCounts;
}

/** Counts inserted chains: the columns that the INSERT returns, and the subquery over them. */
export interface ChainCounts {
  returning: string;
  from: string;
}

/**
 * Finds the wait of a place in sorted arrays. A join would lose the order of the records, so that they had to be sorted again. Undefined if no
 * place is closed.
 */
export function placeWaits({ closed }: LoadQuestion, { values }: StatementScope): PlaceWaits | undefined {
  if (closed.keys.length === 0) return undefined;
  const table = waitTable(closed);
  const column = (name: keyof typeof table, type: string) => {
    let text: string | undefined;
    return () => (text ??= `(${values.put(table[name], type)})`);
  };
  const [bounds, numbers] = [column("bounds", "bigint[]"), column("numbers", "smallint[]")];
  const [dues, reasons] = [column("dues", "timestamptz[]"), column("reasons", "text[]")];
  const due = (number: string) => `${dues()}[${number}]`;
  const reason = (number: string) => `coalesce(${reasons()}[${number}], '')`;
  return {
    number: (placeKey) => `${numbers()}[width_bucket(${placeKey}, ${bounds()})]`,
    due,
    reason,
    dueColumns: (number, now) =>
      `case when ${due(number)} is null then ${Lane.FRESH} else ${Lane.AGAIN} end, coalesce(${due(number)}, ${now}), ${reason(number)}`,
    counts: (time) => waitCounts([time, ...table.dues], dues, reasons),
  };
}

/** The same columns if no place is closed. */
export const openColumns = (now: string): string => `${Lane.FRESH}, ${now}, ''`;

/** The columns of a chain that loading fills. */
export const CHAIN_COLUMNS = `tenant_id, campaign_group_id, record_id, contact_list_id, lane, due, waits_for, update_time, client_id, device_indexes, device_keys`;

/** The count of waits if no place is closed: none. */
export const OPEN_COUNTS: ChainCounts = {
  returning: "lane",
  from: "(select count(*)::float8 as chains, '[]'::json as waits from chains) as counted",
};

const WAITS = `coalesce(json_agg(json_build_object('due', due, 'reason', reason, 'count', n)) filter (where reason is not null), '[]') as waits`;

/** If each due time has only one reason, which is nearly always so, only the due time is returned: counting a million rows then takes half as long. */
function waitCounts(times: readonly (Date | null)[], dues: () => string, reasons: () => string): ChainCounts {
  const isOneReasonEach = new Set(times.map((due) => due?.getTime())).size === times.length;
  return isOneReasonEach
    ? {
        returning: "due",
        from: `(select coalesce(sum(n), 0)::float8 as chains, ${WAITS}
          from (select due, count(*) as n from chains group by due) as alike left join unnest(${dues()}, ${reasons()}) as wait (due, reason) using (due)) as counted`,
      }
    : {
        returning: "lane, due, waits_for",
        from: `(select coalesce(sum(n), 0)::float8 as chains, ${WAITS}
          from (select due, case when lane = ${Lane.AGAIN} then waits_for end as reason, count(*) as n from chains group by lane, due, waits_for) as alike) as counted`,
      };
}
