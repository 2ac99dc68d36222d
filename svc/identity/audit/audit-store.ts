/** SQL of the audit trail, which only grows. */
import type { AuditEntry } from "../../../gen/herald/identity/v1/audit_entry.ts";
import type { AuditAction } from "../../../gen/herald/options/v1/options.ts";
import type { Queryable, TenantQueryable } from "../../lib/postgres/db.ts";
import { isId } from "../../lib/request/ids.ts";
import { networkOf } from "../../lib/request/networks.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";

/** Which entries are wanted. An empty field does not narrow the search. */
export interface AuditFilter {
  callerId: string;
  requestId: string;
  clientAddress: string;
  objectId: string;
  action: AuditAction;
  refused: boolean;
  startTime: Date | undefined;
  endTime: Date | undefined;
}

interface AuditRow {
  tenant_id: string;
  id: string;
  start_time: Date;
  duration_ms: number;
  rpc: string;
  action: number;
  caller_kind: string;
  caller_id: string;
  request_id: string;
  object_ids: Record<string, string>;
  status: string;
  client_address: string;
  count: number;
  last_time: Date | null;
}

/** No counted entry covers a longer time; see svc/lib/audit/audit-counter.ts. */
const LONGEST_COUNT_MS = 3_600_000;

/** Stores entries, each once by its id, with the objects that they name. If an entry is there with a lower count, its count is raised. */
export async function insertAuditEntries(db: Queryable, given: readonly AuditEntry[]): Promise<void> {
  const entries = highestCounts(given);
  const column = <T>(value: (entry: AuditEntry) => T) => entries.map(value);
  await db.query(
    {
      name: "insert_audit_entries",
      text: `with kept as (
        insert into identity.audit_entries
          (tenant_id, id, start_time, duration_ms, rpc, action, caller_kind, caller_id, request_id, object_ids, status, client_address, count, last_time)
        select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::integer[], $5::text[], $6::smallint[],
          $7::text[], $8::text[], $9::text[], $10::jsonb[], $11::text[], $12::text[], $13::integer[], $14::timestamptz[])
        on conflict (tenant_id, id) do update set count = excluded.count, last_time = excluded.last_time
          where excluded.count > audit_entries.count returning tenant_id, id, object_ids)
      insert into identity.audit_entry_objects (tenant_id, object_id, entry_id)
      select distinct tenant_id, value, id from kept, jsonb_each_text(object_ids)
      on conflict do nothing`,
    },
    [
      column((entry) => entry.tenantId),
      column((entry) => entry.id),
      column((entry) => entry.startTime),
      column((entry) => entry.durationMs),
      column((entry) => entry.rpc),
      column((entry) => entry.action),
      column((entry) => entry.callerKind),
      column((entry) => entry.callerId),
      column((entry) => entry.requestId),
      column((entry) => JSON.stringify(entry.objectIds)),
      column((entry) => entry.status),
      column((entry) => entry.clientAddress),
      column(countOf),
      column((entry) => (countOf(entry) > 1 ? (entry.lastTime ?? entry.startTime) : null)),
    ],
  );
}

/** Older services send no count: it was one call. */
const countOf = ({ count }: AuditEntry): number => Math.max(1, count);

/** Each entry once. If its count grew between two deliveries, the last one is taken. */
function highestCounts(entries: readonly AuditEntry[]): AuditEntry[] {
  const byId = new Map<string, AuditEntry>();
  for (const entry of entries) {
    const known = byId.get(`${entry.tenantId} ${entry.id}`);
    if (!known || countOf(entry) > countOf(known)) byId.set(`${entry.tenantId} ${entry.id}`, entry);
  }
  return [...byId.values()];
}

/** Newest first. */
export async function listAuditEntries(
  db: TenantQueryable,
  filter: AuditFilter,
  page: Page,
): Promise<{ items: AuditEntry[]; nextPageToken: string }> {
  const values: unknown[] = [db.tenantId, page.limit];
  const conditions = ["tenant_id = $1"];
  const narrow = (wanted: boolean, condition: (parameter: string) => string, value: unknown) => {
    if (wanted) conditions.push(condition(`$${values.push(value)}`));
  };
  narrow(filter.callerId !== "", (p) => `caller_id = ${p}`, filter.callerId);
  narrow(filter.requestId !== "", (p) => `request_id = ${p}`, filter.requestId);
  const addresses = [filter.clientAddress, networkOf(filter.clientAddress)];
  narrow(filter.clientAddress !== "", (p) => `client_address = any(${p}::text[])`, addresses);
  narrow(filter.refused, (p) => `status <> ${p}`, "OK");
  narrow(
    filter.objectId !== "",
    (p) => `id in (select entry_id from identity.audit_entry_objects where tenant_id = $1 and object_id = ${p})`,
    filter.objectId,
  );
  narrow(filter.action > 0, (p) => `action = ${p}`, filter.action);
  const { startTime } = filter;
  narrow(startTime !== undefined, (p) => `coalesce(last_time, start_time) >= ${p}`, startTime);
  // Follows from the condition above, but in a form for which the index can be used.
  const earliest = startTime && new Date(startTime.getTime() - LONGEST_COUNT_MS);
  narrow(earliest !== undefined, (p) => `start_time >= ${p}`, earliest);
  narrow(filter.endTime !== undefined, (p) => `start_time < ${p}`, filter.endTime);
  if (page.after) {
    const [time, id] = page.after;
    conditions.push(`(start_time, id) < ($${values.push(time)}::timestamptz, $${values.push(id)}::uuid)`);
  }
  const { rows } = await db.query<AuditRow>(
    `select tenant_id, id, start_time, duration_ms, rpc, action, caller_kind, caller_id, request_id, object_ids, status, client_address,
            count, last_time
       from identity.audit_entries where ${conditions.join(" and ")} order by start_time desc, id desc limit $2`,
    values,
  );
  const names = await namesOf(db, rows);
  const told = (row: AuditRow) => toEntry(row, names.get(row.caller_id) ?? "");
  return pageOf(page, rows, (row) => [row.start_time.toISOString(), row.id], told);
}

/** The present names of the callers of these entries, by their ids. */
async function namesOf(db: TenantQueryable, rows: readonly AuditRow[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.map((row) => row.caller_id))].filter(isId);
  if (ids.length === 0) return new Map();
  const found = await db.query<{ id: string; name: string }>(
    `select id, email as name from identity.users where tenant_id = $1 and id = any($2::uuid[])
     union all select id, name from identity.api_keys where tenant_id = $1 and id = any($2::uuid[])`,
    [db.tenantId, ids],
  );
  return new Map(found.rows.map(({ id, name }) => [id, name]));
}

const toEntry = (row: AuditRow, callerName: string): AuditEntry => ({
  id: row.id,
  tenantId: row.tenant_id,
  startTime: row.start_time,
  durationMs: row.duration_ms,
  rpc: row.rpc,
  action: row.action as AuditAction,
  callerKind: row.caller_kind,
  callerId: row.caller_id,
  requestId: row.request_id,
  objectIds: row.object_ids,
  status: row.status,
  clientAddress: row.client_address,
  count: row.count,
  lastTime: row.last_time ?? row.start_time,
  callerName,
});
