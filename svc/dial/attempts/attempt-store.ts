/** SQL of attempts: intents, results, and the list that people see. */
import { AttemptOrigin, AttemptState, type Attempt as ShownAttempt } from "../../../gen/herald/dial/v1/attempt.ts";
import type { TenantQueryable } from "../../lib/postgres/db.ts";
import { plainArray, textArray, timeArray } from "../../lib/postgres/array-literals.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";
import type { Attempt, AttemptChange, AttemptRefusal } from "./attempt.ts";
import { type AttemptRow, FACTS_COLUMNS, type FactsRow, outcomeColumns, toAttempt } from "./attempt-rows.ts";
import { groupOf, NO_ID, originCode, sessionGroupOf } from "./origin.ts";
import { attemptNotFound } from "../errors.ts";

const COLUMNS = `tenant_id, id, campaign_group_id, contact_list_id, record_id, create_time, send_time, end_time, earliest_time, attempt_number,
  device_index, channel, state, call_result, delivery_state, counts, client_id, contact_info, own_address, refusal_reason, rule_id, provider_status, provider_message_id, origin, provider_id`;

/** An attempt to store: about to be made, or refused. */
export interface NewAttempt {
  attempt: Attempt;
  refusal: AttemptRefusal | undefined;
}

/**
 * Stores the intents of attempts before anything is sent, and refused attempts. All must have the same kind of origin, the same group, and the same route.
 * Gives the ids that are new: the others were begun or refused before, by this dialer or another, and must not be begun again.
 */
export async function insertAttempts(
  db: TenantQueryable,
  owner: string,
  rows: readonly NewAttempt[],
  now: Date,
): Promise<Set<string>> {
  const text = `
    with new as (
      insert into dial.attempts (tenant_id, id, campaign_group_id, contact_list_id, record_id, create_time, end_time, earliest_time, attempt_number,
        device_index, channel, state, client_id, contact_info, own_address, refusal_reason, rule_id, origin, is_test, provider_id)
      select $1, id, $17, list_id, record_id, $4::timestamptz, case when reason <> '' then $4::timestamptz end, earliest, number,
        device, channel, case when reason <> '' then 4 else 1 end, client, contact, own, reason, rule, $18::smallint, $18 = ${AttemptOrigin.ATTEMPT_ORIGIN_TEST}, $19::uuid
        from unnest($5::uuid[], $6::uuid[], $7::uuid[], $8::timestamptz[], $9::int[], $10::smallint[], $11::smallint[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[])
          as row (id, list_id, record_id, earliest, number, device, channel, client, contact, own, reason, rule)
      on conflict (tenant_id, id) do nothing
      returning id, state, channel),
    opened as (
      insert into dial.open_attempts (tenant_id, attempt_id, campaign_group_id, channel, owner, begin_time, provider_id, account_version)
      select $1, id, $3, channel, $2, $4::timestamptz, $19::uuid, $20::int from new where state = 1)
    select id from new`;
  const attempts = rows.map(({ attempt }) => attempt);
  const [first] = attempts;
  if (!first) return new Set();
  const tries = attempts.map(({ origin }) => (origin.kind === "chain" ? origin : NO_TRY));
  const refusals = rows.map(({ refusal }) => refusal);
  const result = await db.query<{ id: string }>({ name: "insert_attempts", text }, [
    db.tenantId,
    owner,
    sessionGroupOf(first.origin) ?? NO_ID,
    now,
    plainArray(attempts.map((one) => one.id)),
    plainArray(tries.map((one) => one.listId)),
    plainArray(tries.map((one) => one.recordId)),
    timeArray(refusals.map((one) => one?.earliestTime)),
    plainArray(tries.map((one) => one.attemptNumber)),
    plainArray(tries.map((one) => one.deviceIndex)),
    plainArray(attempts.map((one) => one.channel)),
    textArray(attempts.map((one) => one.clientId)),
    textArray(attempts.map((one) => one.contactInfo)),
    textArray(attempts.map((one) => one.ownAddress)),
    textArray(refusals.map((one) => one?.reason ?? "")),
    textArray(refusals.map((one) => one?.ruleId ?? "")),
    groupOf(first.origin) ?? NO_ID,
    originCode(first.origin),
    first.route.providerId || null,
    first.route.accountVersion,
  ]);
  return new Set(result.rows.map(({ id }) => id));
}

/** Stands for the columns that only an attempt of a chain has. */
const NO_TRY = { listId: NO_ID, recordId: NO_ID, attemptNumber: 0, deviceIndex: 0 };

const STATES = {
  sent: AttemptState.ATTEMPT_STATE_IN_FLIGHT,
  ended: AttemptState.ATTEMPT_STATE_ENDED,
  stale: AttemptState.ATTEMPT_STATE_STALE,
  refused: AttemptState.ATTEMPT_STATE_REFUSED,
} as const;

/** Changes after which the attempt is still stored; a returned attempt is removed. */
export type KeptChange = Exclude<AttemptChange, { kind: "returned" }>;

/**
 * Stores the results of attempts of one tenant, one change for each. Gives the rows that it changed. An ended or refused attempt stays as
 * it is, and a stale one changes only when it ends.
 *
 * The statement is planned for each batch, and the tenant is a column of the batch. With the tenant as a parameter, PostgreSQL may read all
 * attempts of a tenant of which it has no statistics yet, instead of looking up each attempt by its key.
 */
export async function writeChanges(db: TenantQueryable, changes: readonly KeptChange[]): Promise<FactsRow[]> {
  const text = `
    with change as materialized (
      select $1::uuid as tenant_id, * from unnest($2::uuid[], $3::smallint[], $4::smallint[], $5::smallint[], $6::bool[], $7::text[], $8::text[], $9::timestamptz[], $10::timestamptz[], $11::timestamptz[],
          $12::text[], $13::text[], $14::timestamptz[])
        as c (id, state, call_result, delivery_state, counts, provider_status, message_id, sent, ended, receipt_until, refusal_reason, rule_id, earliest)),
    closed as (
      delete from dial.open_attempts o using change c where o.tenant_id = c.tenant_id and o.attempt_id = c.id and c.state <> 2),
    waiting as (
      update dial.open_attempts o set provider_message_id = c.message_id, receipt_until = c.receipt_until
        from change c where o.tenant_id = c.tenant_id and o.attempt_id = c.id and c.state = 2)
    update dial.attempts a
       set state = c.state, call_result = c.call_result, delivery_state = c.delivery_state, counts = c.counts,
           provider_status = case when c.provider_status <> '' then c.provider_status else a.provider_status end,
           provider_message_id = case when c.message_id <> '' then c.message_id else a.provider_message_id end,
           send_time = coalesce(a.send_time, c.sent), end_time = c.ended,
           refusal_reason = c.refusal_reason, rule_id = c.rule_id, earliest_time = c.earliest
      from change c
     where a.tenant_id = c.tenant_id and a.id = c.id and (a.state < 3 or (a.state = 5 and c.state = 3))
    returning ${FACTS_COLUMNS.map((column) => `a.${column}`).join(", ")}`;
  const rows = changes.map(columnsOf);
  const column = <Name extends keyof Columns>(name: Name) => rows.map((row) => row[name]);
  const result = await db.query<FactsRow>(text, [
    db.tenantId,
    plainArray(changes.map(({ key }) => key.id)),
    plainArray(changes.map(({ kind }) => STATES[kind])),
    plainArray(column("callResult")),
    plainArray(column("deliveryState")),
    plainArray(column("counts")),
    textArray(column("providerStatus")),
    textArray(column("messageId")),
    timeArray(column("sent")),
    timeArray(column("ended")),
    timeArray(column("receiptUntil")),
    textArray(column("refusalReason")),
    textArray(column("ruleId")),
    timeArray(column("earliest")),
  ]);
  return result.rows;
}

interface Columns {
  callResult: number | null;
  deliveryState: number | null;
  counts: boolean;
  providerStatus: string;
  messageId: string;
  sent: Date | null;
  ended: Date | null;
  receiptUntil: Date | null;
  refusalReason: string;
  ruleId: string;
  earliest: Date | null;
}

const NOTHING: Columns = {
  callResult: null,
  deliveryState: null,
  counts: true,
  providerStatus: "",
  messageId: "",
  sent: null,
  ended: null,
  receiptUntil: null,
  refusalReason: "",
  ruleId: "",
  earliest: null,
};

function columnsOf({ at, ...change }: KeptChange): Columns {
  switch (change.kind) {
    case "sent":
      return { ...NOTHING, messageId: change.providerMessageId, sent: at, receiptUntil: change.receiptUntil ?? null };
    case "ended": {
      const { counts, providerStatus, providerMessageId: messageId, sentAt } = change;
      const outcome = outcomeColumns(change.outcome);
      return { ...NOTHING, ...outcome, counts, providerStatus, messageId, sent: sentAt ?? null, ended: at };
    }
    case "stale":
      return { ...NOTHING, ...outcomeColumns(change.outcome), providerStatus: change.providerStatus, ended: at };
    case "refused": {
      const { reason: refusalReason, ruleId, earliestTime } = change.refusal;
      return { ...NOTHING, refusalReason, ruleId, earliest: earliestTime ?? null, ended: at };
    }
  }
}

/** Removes intents of this dialer of which nothing was sent: they are no attempts. Gives the removed ids. Planned like `writeChanges`. */
export async function removeIntents(db: TenantQueryable, owner: string, ids: readonly string[]): Promise<Set<string>> {
  const text = `
    with key as materialized (select $1::uuid as tenant_id, unnest($2::uuid[]) as id),
    gone as (
      delete from dial.attempts a using dial.open_attempts o, key
       where a.tenant_id = key.tenant_id and a.id = key.id and a.state = 1
         and o.tenant_id = key.tenant_id and o.attempt_id = key.id and o.owner = $3
      returning a.id),
    closed as (delete from dial.open_attempts where tenant_id = $1 and attempt_id in (select id from gone))
    select id from gone`;
  const { rows } = await db.query<{ id: string }>(text, [db.tenantId, ids, owner]);
  return new Set(rows.map(({ id }) => id));
}

/** The attempts with these ids; ids without an attempt are left out. */
export async function findAttempts(db: TenantQueryable, ids: readonly string[]): Promise<AttemptRow[]> {
  const text = `select ${COLUMNS} from dial.attempts where tenant_id = $1 and id = any($2::uuid[])`;
  return (await db.query<AttemptRow>({ name: "find_attempts", text }, [db.tenantId, ids])).rows;
}

export async function getAttempt(db: TenantQueryable, attemptId: string): Promise<AttemptRow> {
  const [row] = await findAttempts(db, [attemptId]);
  if (!row) throw attemptNotFound(attemptId);
  return row;
}

/** Conditions for a list of attempts. An undefined one does not apply. */
export interface AttemptFilter {
  campaignGroupId?: string | undefined;
  recordId?: string | undefined;
  contactInfo?: string | undefined;
  state?: AttemptState | undefined;
  channel?: number | undefined;
  callResult?: number | null;
  deliveryState?: number | null;
  refusalReason?: string | undefined;
}

const FILTERS: Readonly<Record<keyof AttemptFilter, string>> = {
  campaignGroupId: "campaign_group_id",
  recordId: "record_id",
  contactInfo: "contact_info",
  state: "state",
  channel: "channel",
  callResult: "call_result",
  deliveryState: "delivery_state",
  refusalReason: "refusal_reason",
};

/** One page, newest first, since ids grow with time. */
export async function listAttempts(
  db: TenantQueryable,
  filter: AttemptFilter,
  page: Page,
): Promise<{ items: ShownAttempt[]; nextPageToken: string }> {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined && value !== null);
  const conditions = given.map(([name], i) => `and ${FILTERS[name as keyof AttemptFilter]} = $${i + 4}`).join(" ");
  const text = `select ${COLUMNS} from dial.attempts where tenant_id = $1 and ($2::uuid is null or id < $2) ${conditions} order by id desc limit $3`;
  const { rows } = await db.query<AttemptRow>(text, [
    db.tenantId,
    page.after?.[0] ?? null,
    page.limit,
    ...given.map(([, value]) => value as string | number),
  ]);
  return pageOf(page, rows, (row) => [row.id], toAttempt);
}
