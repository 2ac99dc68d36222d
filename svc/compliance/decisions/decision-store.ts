/** All SQL about decisions, which prove why each attempt was allowed or refused. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { decisionNotFound } from "../errors.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";
import {
  CountState,
  type DecisionRow,
  type NewDecision,
  type BatchOf,
  type NewIds,
  type DecisionFilter,
  type CountedRow,
  type ProgressRow,
  type EndedRow,
  type OutcomeOf,
} from "./decision-rows.ts";
import { KEEP, keepColumns } from "./keep-statement.ts";

const COLUMNS = `attempt_id, decide_time, reason, channel, count_state, contact_info, client_id, campaign_group_id, rule_set_id,
  facts, rule_id, rule_name, explanation, earliest_time, call_result, end_time, lease_number`;

/** Locks the rows of these attempts in the order of their ids, so that two batches with the same attempts cannot deadlock. */
const lockedRows = (ids: string, least: string, greatest: string) => `locked as materialized (
  select d.attempt_id from compliance.decisions d join ${ids} on d.tenant_id = ${ids}.tenant_id and d.attempt_id = ${ids}.attempt_id
   where d.attempt_id between ${least} and ${greatest} order by d.attempt_id for no key update of d)`;
/** A call whose outcome nobody has reported. */
const ON_CALL = "end_time is null and call_result is null";
const NO_ID = "00000000-0000-0000-0000-000000000000";

export type DecisionStore = ReturnType<typeof createDecisionStore>;

export function createDecisionStore(db: Database) {
  /** Gives the decisions of these attempts. Attempts without one are left out. */
  async function find(tenantId: string, attemptIds: readonly string[]): Promise<DecisionRow[]> {
    const { rows } = await db.tenant(tenantId).query<DecisionRow>(
      {
        name: "find_decisions",
        text: `select ${COLUMNS} from compliance.decisions where tenant_id = $1 and attempt_id = any($2::uuid[])`,
      },
      [tenantId, attemptIds],
    );
    return rows;
  }

  return {
    /**
     * Stores a batch in one statement, if the tenant's rules and campaign states have not changed since it was decided. Gives the ids
     * that are new: an attempt that already has a decision keeps it. Gives undefined when the rules have changed.
     */
    async keep(tenantId: string, batch: BatchOf, decisions: readonly NewDecision[]): Promise<NewIds | undefined> {
      const { rows } = await db
        .tenant(tenantId)
        .query<{ is_current: boolean; kept: number; ids: string[] | null }>(KEEP, [
          tenantId,
          batch.version,
          batch.decideTime,
          batch.ruleSetId,
          ...keepColumns(decisions),
        ]);
      const [row] = rows as [(typeof rows)[0]];
      if (!row.is_current) return undefined;
      return row.ids === null ? "all" : new Set(row.ids);
    },

    /** Throws NOT_FOUND where the tenant has no decision for the attempt. */
    async get(tenantId: string, attemptId: string): Promise<DecisionRow> {
      const [row] = await find(tenantId, [attemptId]);
      if (!row) throw decisionNotFound(attemptId);
      return row;
    },

    find,

    /** Replaces an attempt's permission by a refusal. The permission is kept in `superseded`. */
    async supersede(tenantId: string, { decideTime, ruleSetId }: BatchOf, refusal: NewDecision): Promise<void> {
      await db.tenant(tenantId).query(
        `update compliance.decisions set
           superseded = coalesce(superseded, '[]') || jsonb_build_object('decideTime', decide_time, 'ruleSetId', rule_set_id, 'facts', facts),
           decide_time = $3, rule_set_id = $4, reason = $5, facts = $6, rule_id = $7, rule_name = $8, explanation = $9, earliest_time = $10
         where tenant_id = $1 and attempt_id = $2 and reason = 0`,
        [
          tenantId,
          refusal.attempt_id,
          decideTime,
          ruleSetId,
          refusal.reason,
          refusal.facts,
          refusal.rule_id,
          refusal.rule_name,
          refusal.explanation,
          refusal.earliest_time,
        ],
      );
    },

    /**
     * Replaces the decisions of attempts that were refunded, since they never reached the network, by the permissions that they got now. False when some of them
     * are not refunded any more.
     */
    async replaceRefunded(
      tenantId: string,
      { decideTime, ruleSetId }: BatchOf,
      permissions: readonly NewDecision[],
    ): Promise<boolean> {
      if (permissions.length === 0) return true;
      const { rowCount } = await db.tenant(tenantId).query(
        `with now as materialized (
           select $1::uuid as tenant_id, * from unnest($4::uuid[], $5::text[], $6::integer[]) as now (attempt_id, facts, lease_number)),
           ${lockedRows("now", "$7", "$8")}
         update compliance.decisions d set decide_time = $2, rule_set_id = $3, facts = now.facts::json,
           lease_number = greatest(d.lease_number, now.lease_number), count_state = ${CountState.RESERVED}, call_result = null,
           delivery_state = null, end_time = null
         from now join locked using (attempt_id) where d.tenant_id = now.tenant_id and d.attempt_id = now.attempt_id and d.attempt_id between $7 and $8 and d.count_state = ${CountState.REFUNDED}`,
        [
          tenantId,
          decideTime,
          ruleSetId,
          permissions.map((one) => one.attempt_id),
          permissions.map((one) => one.facts),
          permissions.map((one) => one.lease_number),
          ...leastAndGreatest(permissions.map((one) => one.attempt_id)),
        ],
      );
      return rowCount === permissions.length;
    },

    /**
     * Notes that attempts are allowed under later leases, so that reports of earlier ones refund them no more. False when some of them have been
     * refunded already.
     */
    async raiseLeases(
      tenantId: string,
      attempts: readonly Pick<NewDecision, "attempt_id" | "lease_number">[],
    ): Promise<boolean> {
      if (attempts.length === 0) return true;
      const { rowCount } = await db.tenant(tenantId).query(
        `with later as materialized (
           select $1::uuid as tenant_id, * from unnest($2::uuid[], $3::integer[]) as later (attempt_id, lease_number)),
           ${lockedRows("later", "$4", "$5")}
         update compliance.decisions d set lease_number = greatest(d.lease_number, later.lease_number)
         from later join locked using (attempt_id) where d.tenant_id = later.tenant_id and d.attempt_id = later.attempt_id and d.attempt_id between $4 and $5
           and d.count_state <> ${CountState.REFUNDED}`,
        [
          tenantId,
          attempts.map((one) => one.attempt_id),
          attempts.map((one) => one.lease_number),
          ...leastAndGreatest(attempts.map((one) => one.attempt_id)),
        ],
      );
      return rowCount === attempts.length;
    },

    /** Newest first. */
    async list(
      tenantId: string,
      filter: DecisionFilter,
      page: Page,
    ): Promise<{ items: DecisionRow[]; nextPageToken: string }> {
      const conditions = ["tenant_id = $1"];
      const values: unknown[] = [tenantId];
      const where = (condition: (place: string) => string, value: unknown) =>
        conditions.push(condition(`$${values.push(value)}`));
      if (filter.campaignGroupId) where((place) => `campaign_group_id = ${place}`, filter.campaignGroupId);
      if (filter.contactInfo) where((place) => `contact_info = ${place}`, filter.contactInfo);
      if (filter.clientId) where((place) => `client_id = ${place} and client_id <> ''`, filter.clientId);
      if (filter.refused !== undefined) conditions.push(filter.refused ? "reason <> 0" : "reason = 0");
      if (filter.reason) where((place) => `reason = ${place}`, filter.reason);
      if (page.after) {
        const time = `to_timestamp($${values.push(page.after[0])} / 1000.0)`;
        where((place) => `(decide_time, attempt_id) < (${time}, ${place}::uuid)`, page.after[1]);
      }
      const { rows } = await db.tenant(tenantId).query<DecisionRow>(
        `select ${COLUMNS} from compliance.decisions where ${conditions.join(" and ")}
          order by decide_time desc, attempt_id desc limit $${values.push(page.limit)}`,
        values,
      );
      return pageOf(
        page,
        rows,
        (row) => [row.decide_time.getTime(), row.attempt_id],
        (row) => row,
      );
    },

    /**
     * Stores how attempts ended, and gives their decisions. A repeated outcome changes nothing; nor does a report that an attempt was not made
     * under a lease, if it was allowed under a later one.
     * The tenant is a column of the batch rather than a constant: for a tenant without statistics, PostgreSQL would otherwise read all of its
     * rows. The least and the greatest id tell PostgreSQL which partitions to look in.
     */
    async applyOutcomes(tenantId: string, outcomes: readonly OutcomeOf[]): Promise<EndedRow[]> {
      const { rows } = await db.tenant(tenantId).query<EndedRow>(
        `with o as materialized (
           select $1::uuid as tenant_id, * from unnest($2::uuid[], $3::boolean[], $4::smallint[], $5::smallint[], $6::timestamptz[], $9::integer[])
             as o (attempt_id, counts, call_result, delivery_state, end_time, lease_number)),
           ${lockedRows("o", "$7", "$8")}
         update compliance.decisions d set
           count_state = case when count_state = 0 then 0 when counts then ${CountState.CONFIRMED} else ${CountState.REFUNDED} end,
           call_result = o.call_result, delivery_state = o.delivery_state, end_time = o.end_time
         from o join locked using (attempt_id) where d.tenant_id = o.tenant_id and d.attempt_id = o.attempt_id and d.attempt_id between $7 and $8
           and (o.lease_number = 0 or o.lease_number >= d.lease_number)
         returning d.attempt_id, decide_time, channel, contact_info, client_id, campaign_group_id, facts, counts, o.lease_number`,
        [
          tenantId,
          outcomes.map((o) => o.attemptId),
          outcomes.map((o) => o.counts),
          outcomes.map((o) => o.callResult),
          outcomes.map((o) => o.deliveryState),
          outcomes.map((o) => o.endTime),
          ...leastAndGreatest(outcomes.map((o) => o.attemptId)),
          outcomes.map((o) => o.leaseNumber),
        ],
      );
      return rows;
    },

    /** One page of the attempts that may be in progress, oldest first: calls without an outcome, and messages that may have reached the network. */
    async inProgress(
      tenantId: string,
      since: { call: Date; message: Date },
      after: ProgressRow | undefined,
      limit: number,
    ): Promise<ProgressRow[]> {
      const first = since.call < since.message ? since.call : since.message;
      const { rows } = await db.tenant(tenantId).query<ProgressRow>(
        `select attempt_id, decide_time, channel, contact_info, client_id, campaign_group_id, record_id, lease_number from compliance.decisions
          where tenant_id = $1 and decide_time > $2 and (decide_time, attempt_id) > ($3, $4::uuid) and count_state in (1, 2)
            and case when channel = ${Channel.CHANNEL_VOICE} then decide_time > $5 and ${ON_CALL} else decide_time > $6 end
          order by decide_time, attempt_id limit $7`,
        [tenantId, first, after?.decide_time ?? first, after?.attempt_id ?? NO_ID, since.call, since.message, limit],
      );
      return rows;
    },

    /** Those of these attempts that are over: calls with an outcome, and attempts that never reached the network. */
    async over(tenantId: string, attemptIds: readonly string[]): Promise<ReadonlySet<string>> {
      if (attemptIds.length === 0) return new Set();
      const { rows } = await db.tenant(tenantId).query<{ attempt_id: string }>(
        `select attempt_id from compliance.decisions where tenant_id = $1 and attempt_id = any($2::uuid[])
            and (count_state = ${CountState.REFUNDED} or (channel = ${Channel.CHANNEL_VOICE} and not (${ON_CALL})))`,
        [tenantId, attemptIds],
      );
      return new Set(rows.map((row) => row.attempt_id));
    },

    /** One page of the attempts that count since an instant, oldest first. Facts are slow to read and only included on request. */
    async counted(
      tenantId: string,
      since: Date,
      after: CountedRow | undefined,
      { withFacts, limit }: { withFacts: boolean; limit: number },
    ): Promise<CountedRow[]> {
      const { rows } = await db.tenant(tenantId).query<CountedRow>(
        {
          name: "counted_attempts",
          text: `select attempt_id, decide_time, channel, contact_info, client_id, campaign_group_id, case when $6 then facts end as facts from compliance.decisions
            where tenant_id = $1 and decide_time > $2 and (decide_time, attempt_id) > ($3, $4::uuid) and count_state in (1, 2)
            order by decide_time, attempt_id limit $5`,
        },
        [tenantId, since, after?.decide_time ?? since, after?.attempt_id ?? NO_ID, limit, withFacts],
      );
      return rows;
    },
  };
}

/** The least and the greatest of some ids. */
function leastAndGreatest(ids: readonly string[]): [string | undefined, string | undefined] {
  const sorted = [...ids].sort();
  return [sorted[0], sorted.at(-1)];
}
