/** SQL about test messages: who asked for them, how often, and the attempts that they came to. */
import type { Queryable, Transaction } from "../../lib/postgres/db.ts";
import { newId } from "../../lib/request/ids.ts";
import { LIMIT_NAMES, type LimitName, type TestCounts, WINDOW_MS } from "./limits.ts";

/** A request that comes again after that is a new one. */
const REMEMBERED_DAYS = 7;

export interface TestRequest {
  tenantId: string;
  requestId: string;
  requestedBy: string;
  /** Tells the message that was asked for from any other. */
  digest: string;
}

/** A request as it was made before: for which message, and the attempt that it came to; null while there is none, or when nothing of it left. */
export interface EarlierRequest {
  digest: string;
  attemptId: string | null;
}

/** Until the transaction ends, the tenant's other requests wait. */
export async function lockTenant(tx: Transaction, tenantId: string, now: Date): Promise<void> {
  await tx.query(
    `insert into dial.test_tenants (tenant_id, last_request_time) values ($1, $2)
     on conflict (tenant_id) do update set last_request_time = excluded.last_request_time`,
    [tenantId, now],
  );
}

export async function findRequest(
  db: Queryable,
  { tenantId, requestId }: TestRequest,
): Promise<EarlierRequest | undefined> {
  const { rows } = await db.query<EarlierRequest>(
    `select r.digest, a.id as "attemptId" from dial.test_requests r
       left join dial.attempts a on a.tenant_id = r.tenant_id and a.id = r.attempt_id
      where r.tenant_id = $1 and r.request_id = $2`,
    [tenantId, requestId],
  );
  return rows[0];
}

/** Writes down a request, or that it is made anew, and counts the try. */
export async function insertTry(
  tx: Transaction,
  { tenantId, requestId, requestedBy, digest }: TestRequest,
  now: Date,
): Promise<void> {
  await tx.query(
    `with request as (
       insert into dial.test_requests (tenant_id, request_id, requested_by, create_time, digest) values ($1, $2, $3, $4, $5)
       on conflict (tenant_id, request_id) do update set digest = excluded.digest, create_time = excluded.create_time)
     insert into dial.test_tries (tenant_id, id, requested_by, create_time) values ($1, $6, $3, $4)`,
    [tenantId, requestId, requestedBy, now, digest, newId()],
  );
}

/** What the limits count, for one who asks. */
export async function countTries(
  tx: Transaction,
  { tenantId, requestedBy }: TestRequest,
  now: Date,
): Promise<TestCounts> {
  const counted = LIMIT_NAMES.map((name, i) => {
    const condition = `create_time > $${i + 3}${name.startsWith("caller") ? " and requested_by = $2" : ""}`;
    return `count(*) filter (where ${condition})::int as ${name}, min(create_time) filter (where ${condition}) as ${name}_first`;
  });
  const since = LIMIT_NAMES.map((name) => new Date(now.getTime() - WINDOW_MS[name]));
  const { rows } = await tx.query<Record<LimitName, number> & Record<`${LimitName}_first`, Date | null>>(
    `select ${counted.join(", ")} from dial.test_tries where tenant_id = $1 and create_time > least($3, $4, $5, $6)`,
    [tenantId, requestedBy, ...since],
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

/** Forgets requests of long ago. */
export async function forgetOldRequests(db: Queryable, now: Date): Promise<void> {
  for (const table of ["test_requests", "test_tries"])
    await db.query(`delete from dial.${table} where create_time < $1::timestamptz - $2 * interval '1 day'`, [
      now,
      REMEMBERED_DAYS,
    ]);
}

/** Gives a request its attempt. False when it has one already, or became that of another message. */
export async function claimRequest(
  tx: Transaction,
  { tenantId, requestId, digest }: TestRequest,
  attemptId: string,
): Promise<boolean> {
  // Waits for whoever claims it now; what they wrote is seen by the next statement.
  await tx.query("select from dial.test_requests where tenant_id = $1 and request_id = $2 for update", [
    tenantId,
    requestId,
  ]);
  const { rowCount } = await tx.query(
    `update dial.test_requests r set attempt_id = $3
      where r.tenant_id = $1 and r.request_id = $2 and r.digest = $4
        and not exists (select from dial.attempts a where a.tenant_id = $1 and a.id = r.attempt_id)`,
    [tenantId, requestId, attemptId, digest],
  );
  return rowCount === 1;
}
