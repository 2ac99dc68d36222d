/** SQL about test messages: who asked for them, and the attempts that they are. */
import type { Queryable, Transaction } from "../../lib/postgres/db.ts";
import type { Attempt, AttemptKey, Refusal } from "../attempts/attempt.ts";
import { removeIntents } from "../attempts/attempt-store.ts";
import { newId } from "../../lib/request/ids.ts";
import { LIMIT_NAMES, type LimitName, type TestCounts, WINDOW_MS } from "./limits.ts";

/** In `open_attempts`: of no session, so that no dialer takes them over with one. */
const NO_GROUP = "00000000-0000-0000-0000-000000000000";
/** A request that comes again after that is a new one. */
const REMEMBERED_DAYS = 7;

export interface TestRequest {
  tenantId: string;
  requestId: string;
  requestedBy: string;
  /** Tells the message that was asked for from any other. */
  digest: string;
}

/** A request as it was made before: for which message, and the attempt that it came to, null while there is none. */
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
    `select digest, attempt_id as "attemptId" from dial.test_requests where tenant_id = $1 and request_id = $2`,
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

/** Writes down the attempt of a request before anything of it leaves. False when the request has one already, or became that of another message. */
export async function insertTest(
  db: Queryable,
  { requestId, digest }: TestRequest,
  attempt: Attempt,
  refusal: Refusal | undefined,
  owner: string,
  now: Date,
): Promise<boolean> {
  const text = `
    with request as (
      update dial.test_requests set attempt_id = $3 
       where tenant_id = $1 and request_id = $2 and attempt_id is null and digest = $13 returning attempt_id),
    new as (
      insert into dial.attempts (tenant_id, id, campaign_group_id, contact_list_id, record_id, create_time, end_time, earliest_time, attempt_number,
        device_index, channel, state, client_id, contact_info, own_address, refusal_reason, rule_id, is_test)
      select $1, attempt_id, $4, '${NO_GROUP}', '${NO_GROUP}', $5::timestamptz, case when $9 <> '' then $5::timestamptz end, $11::timestamptz, 0,
        0, $6::smallint, case when $9 <> '' then 4 else 1 end, '', $7, $8, $9, $10, true
        from request
      returning id, state, channel),
    opened as (
      insert into dial.open_attempts (tenant_id, attempt_id, campaign_group_id, channel, owner, begin_time)
      select $1, id, '${NO_GROUP}', channel, $12, $5::timestamptz from new where state = 1)
    select id from new`;
  const { rowCount } = await db.query(text, [
    attempt.tenantId,
    requestId,
    attempt.id,
    attempt.groupId,
    now,
    attempt.channel,
    attempt.contactInfo,
    attempt.ownAddress,
    refusal?.reason ?? "",
    refusal?.ruleId ?? "",
    refusal?.earliestTime ?? null,
    owner,
    digest,
  ]);
  return rowCount === 1;
}

/** Nothing of it left: there was no attempt, and the same request may be made again. */
export async function removeTest(
  tx: Transaction,
  tenantId: string,
  requestId: string,
  attemptId: string,
  owner: string,
): Promise<void> {
  await removeIntents(tx, tenantId, owner, [attemptId]);
  await tx.query(
    "update dial.test_requests set attempt_id = null where tenant_id = $1 and request_id = $2 and attempt_id = $3",
    [tenantId, requestId, attemptId],
  );
}

/** Test messages of any tenant that were about to leave before `before`, and of which nothing was heard since. */
export async function findLostTests(db: Queryable, before: Date, limit: number): Promise<AttemptKey[]> {
  const { rows } = await db.query<{ tenant_id: string; attempt_id: string; channel: AttemptKey["channel"] }>(
    `select o.tenant_id, o.attempt_id, o.channel from dial.test_tenants t
       join dial.open_attempts o on o.tenant_id = t.tenant_id and o.campaign_group_id = '${NO_GROUP}'
      where o.provider_message_id = '' and o.begin_time < $1 limit $2`,
    [before, limit],
  );
  return rows.map((row) => ({
    tenantId: row.tenant_id,
    id: row.attempt_id,
    groupId: NO_GROUP,
    recordId: NO_GROUP,
    channel: row.channel,
  }));
}
