/** SQL of test messages: who requested them, how often, and the attempts that were made. */
import type { Queryable, TenantQueryable, TenantTransaction } from "../../lib/postgres/db.ts";
import { newId } from "../../lib/request/ids.ts";
import { LIMIT_NAMES, type LimitName, type TestCounts, WINDOW_MS } from "./limits.ts";

/** After this time, the same request counts as a new one. */
const REMEMBERED_DAYS = 7;

export interface TestRequest {
  requestId: string;
  requestedBy: string;
  /** Distinguishes the requested message from any other. */
  digest: string;
}

/** An earlier request: its message, and its attempt; null while there is none, or when nothing was sent. */
export interface EarlierRequest {
  digest: string;
  attemptId: string | null;
}

/** Makes the tenant's other requests wait until the transaction ends. */
export async function lockTenant(tx: TenantTransaction, now: Date): Promise<void> {
  await tx.query(
    `insert into dial.test_tenants (tenant_id, last_request_time) values ($1, $2)
     on conflict (tenant_id) do update set last_request_time = excluded.last_request_time`,
    [tx.tenantId, now],
  );
}

export async function findRequest(
  db: TenantQueryable,
  { requestId }: TestRequest,
): Promise<EarlierRequest | undefined> {
  const { rows } = await db.query<EarlierRequest>(
    `select r.digest, a.id as "attemptId" from dial.test_requests r
       left join dial.attempts a on a.tenant_id = r.tenant_id and a.id = r.attempt_id
      where r.tenant_id = $1 and r.request_id = $2`,
    [db.tenantId, requestId],
  );
  return rows[0];
}

/** Stores a new or repeated request, and counts it. */
export async function insertTry(
  tx: TenantTransaction,
  { requestId, requestedBy, digest }: TestRequest,
  now: Date,
): Promise<void> {
  await tx.query(
    `with request as (
       insert into dial.test_requests (tenant_id, request_id, requested_by, create_time, digest) values ($1, $2, $3, $4, $5)
       on conflict (tenant_id, request_id) do update set digest = excluded.digest, create_time = excluded.create_time)
     insert into dial.test_tries (tenant_id, id, requested_by, create_time) values ($1, $6, $3, $4)`,
    [tx.tenantId, requestId, requestedBy, now, digest, newId()],
  );
}

/** The counts for the limits of one caller. */
export async function countTries(tx: TenantTransaction, { requestedBy }: TestRequest, now: Date): Promise<TestCounts> {
  const counted = LIMIT_NAMES.map((name, i) => {
    const condition = `create_time > $${i + 3}${name.startsWith("caller") ? " and requested_by = $2" : ""}`;
    return `count(*) filter (where ${condition})::int as ${name}, min(create_time) filter (where ${condition}) as ${name}_first`;
  });
  const since = LIMIT_NAMES.map((name) => new Date(now.getTime() - WINDOW_MS[name]));
  const { rows } = await tx.query<Record<LimitName, number> & Record<`${LimitName}_first`, Date | null>>(
    `select ${counted.join(", ")} from dial.test_tries where tenant_id = $1 and create_time > least($3, $4, $5, $6)`,
    [tx.tenantId, requestedBy, ...since],
  );
  const [row] = rows;
  const of = (name: LimitName) => ({ count: row?.[name] ?? 0, first: row?.[`${name}_first`] ?? null });
  return {
    caller_minute: of("caller_minute"),
    caller_day: of("caller_day"),
    tenant_minute: of("tenant_minute"),
    tenant_day: of("tenant_day"),
  };
}

/** Removes old requests. */
export async function forgetOldRequests(db: Queryable, now: Date): Promise<void> {
  for (const table of ["test_requests", "test_tries"])
    await db.query(`delete from dial.${table} where create_time < $1::timestamptz - $2 * interval '1 day'`, [
      now,
      REMEMBERED_DAYS,
    ]);
}

/** Gives a request its attempt. False when it has one already, or was used for another message. */
export async function claimRequest(
  tx: TenantTransaction,
  { requestId, digest }: TestRequest,
  attemptId: string,
): Promise<boolean> {
  // Waits for another transaction that is claiming it. The next statement sees what that one wrote.
  await tx.query("select from dial.test_requests where tenant_id = $1 and request_id = $2 for update", [
    tx.tenantId,
    requestId,
  ]);
  const { rowCount } = await tx.query(
    `update dial.test_requests r set attempt_id = $3
      where r.tenant_id = $1 and r.request_id = $2 and r.digest = $4
        and not exists (select from dial.attempts a where a.tenant_id = $1 and a.id = r.attempt_id)`,
    [tx.tenantId, requestId, attemptId, digest],
  );
  return rowCount === 1;
}
