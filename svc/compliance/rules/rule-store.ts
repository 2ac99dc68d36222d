/** All SQL about rules, campaign states and the rule sets that decisions name. */
import { Rule } from "../../../gen/herald/compliance/v1/rule.ts";
import type { CampaignState } from "../../../gen/herald/compliance/v1/campaign_state.ts";
import type { Database, TenantQueryable, TenantTransaction } from "../../lib/postgres/db.ts";
import { etagOf } from "../../lib/request/etag.ts";
import { isUniqueViolation } from "../../lib/errors/faults.ts";
import { assignments } from "../../lib/request/mask.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";
import { ruleNameTaken, ruleNotFound } from "../errors.ts";
import { holdPolicyOf, type PolicyRow } from "./attempt-policy.ts";
import type { HoldPolicy } from "./engine/hold.ts";

/** Notified after every change of a tenant's rules, policy or campaign states. The payload is the tenant's id. */
export const RULES_CHANNEL = "compliance_rules";

/** A row; `body` is the oneof of the message as JSON: `{"attemptCap": {…}}`. */
interface RuleRow {
  id: string;
  name: string;
  description: string;
  required: boolean;
  channels: number[];
  body: object;
  version: number;
  create_time: Date | string;
  update_time: Date | string;
}

/** A tenant's rules, policy and running groups, read at one moment. */
export interface TenantRules {
  version: number;
  rules: Rule[];
  /** The ids of deleted rules. A campaign group may still name them. */
  deletedRuleIds: string[];
  runningGroupIds: string[];
  policy: HoldPolicy;
}

export interface NewRule {
  id: string;
  requestId: string;
  rule: Rule;
}

/** Columns to set; `body` as `bodyOf` writes it. */
export type RuleChange = Partial<Pick<Rule, "name" | "description" | "required" | "channels">> & { body?: string };

const COLUMNS = "id, name, description, required, channels, body, version, create_time, update_time";

export type RuleStore = ReturnType<typeof createRuleStore>;

export function createRuleStore(db: Database) {
  return {
    /** Reads everything in one statement, so that version, rules and states belong together. */
    async readTenant(tenantId: string): Promise<TenantRules> {
      const { rows } = await db
        .tenant(tenantId)
        .query<{ version: number; rules: RuleRow[]; deleted: string[]; running: string[]; policy: PolicyRow | null }>(
          {
            name: "read_tenant",
            text: `select coalesce((select version from compliance.tenant_versions where tenant_id = $1), 0)::float8 as version,
              coalesce((select json_agg(r order by create_time, id) from compliance.rules r where tenant_id = $1 and delete_time is null), '[]') as rules,
              array(select id::text from compliance.rules where tenant_id = $1 and delete_time is not null) as deleted,
              array(select campaign_group_id::text from compliance.campaign_states where tenant_id = $1 and running) as running,
              (select row_to_json(p) from compliance.attempt_policies p where tenant_id = $1) as policy`,
          },
          [tenantId],
        );
      const [row] = rows as [(typeof rows)[0]];
      return {
        version: row.version,
        rules: row.rules.map(toRule),
        deletedRuleIds: row.deleted,
        runningGroupIds: row.running,
        policy: holdPolicyOf(row.policy),
      };
    },

    /** The present version of a tenant's rules and campaign states. */
    async readVersion(tenantId: string): Promise<number> {
      const { rows } = await db
        .tenant(tenantId)
        .query<{ version: number }>(
          "select version::float8 as version from compliance.tenant_versions where tenant_id = $1",
          [tenantId],
        );
      return rows[0]?.version ?? 0;
    },

    /** Throws NOT_FOUND where the tenant has no such rule. */
    async getRule(tenantId: string, id: string): Promise<Rule> {
      const { rows } = await db
        .tenant(tenantId)
        .query<RuleRow>(
          `select ${COLUMNS} from compliance.rules where tenant_id = $1 and id = $2 and delete_time is null`,
          [tenantId, id],
        );
      if (!rows[0]) throw ruleNotFound(id);
      return toRule(rows[0]);
    },

    /** Newest first. */
    async listRules(tenantId: string, page: Page): Promise<{ items: Rule[]; nextPageToken: string }> {
      const { rows } = await db.tenant(tenantId).query<RuleRow>(
        `select ${COLUMNS} from compliance.rules
          where tenant_id = $1 and delete_time is null and ($2::uuid is null or id < $2)
          order by id desc limit $3`,
        [tenantId, page.after?.[0] ?? null, page.limit],
      );
      return pageOf(page, rows, (row) => [row.id], toRule);
    },

    /** The same request again gives the rule that it made. */
    async createRule(tenantId: string, { id, requestId, rule }: NewRule, now: Date): Promise<Rule> {
      return namedOnce(rule.name, () =>
        db.transaction(tenantId, async (tx) => {
          const { rows } = await tx.query<RuleRow>(
            `insert into compliance.rules (tenant_id, id, name, description, required, channels, body, request_id, create_time, update_time)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
             on conflict (tenant_id, request_id) do nothing returning ${COLUMNS}`,
            [
              tenantId,
              id,
              rule.name,
              rule.description,
              rule.required,
              rule.channels,
              rule.body && bodyOf(rule.body),
              requestId,
              now,
            ],
          );
          if (rows[0]) await bumpVersion(tx);
          return toRule(rows[0] ?? (await ruleOfRequest(tx, requestId)));
        }),
      );
    },

    /** Changes one rule if it still has this version (undefined: any); undefined when it has not, or is not there. */
    async updateRule(
      tenantId: string,
      id: string,
      version: number | undefined,
      set: RuleChange,
      now: Date,
    ): Promise<Rule | undefined> {
      const change = assignments({ ...set, updateTime: now }, 4);
      return namedOnce(set.name, () =>
        db.transaction(tenantId, async (tx) => {
          const { rows } = await tx.query<RuleRow>(
            `update compliance.rules set ${change.sql}, version = version + 1
              where tenant_id = $1 and id = $2 and delete_time is null and ($3::int is null or version = $3) returning ${COLUMNS}`,
            [tenantId, id, version ?? null, ...change.values],
          );
          if (rows[0]) await bumpVersion(tx);
          return rows[0] && toRule(rows[0]);
        }),
      );
    },

    /** Throws NOT_FOUND where the tenant has no such rule. */
    async deleteRule(tenantId: string, id: string, now: Date): Promise<void> {
      await db.transaction(tenantId, async (tx) => {
        const { rowCount } = await tx.query(
          "update compliance.rules set delete_time = $3 where tenant_id = $1 and id = $2 and delete_time is null",
          [tenantId, id, now],
        );
        if (rowCount === 0) throw ruleNotFound(id);
        await bumpVersion(tx);
      });
    },

    /** An older version of a group's state changes nothing; tells whether anything changed. */
    async setCampaignStates(tenantId: string, states: readonly CampaignState[], now: Date): Promise<boolean> {
      return db.transaction(tenantId, async (tx) => {
        const { rowCount } = await tx.query(
          `insert into compliance.campaign_states as kept (tenant_id, campaign_group_id, running, version, update_time)
           select $1, id, running, version, $5 from unnest($2::uuid[], $3::boolean[], $4::bigint[]) as new (id, running, version) order by id
           on conflict (tenant_id, campaign_group_id) do update
             set running = excluded.running, version = excluded.version, update_time = excluded.update_time
             where kept.version < excluded.version`,
          [
            tenantId,
            states.map((s) => s.campaignGroupId),
            states.map((s) => s.running),
            states.map((s) => s.version),
            now,
          ],
        );
        if (rowCount > 0) await bumpVersion(tx);
        return rowCount > 0;
      });
    },

    /** Stores a rule set, and notes its lists as known. */
    async keepRuleSet(
      tenantId: string,
      id: string,
      content: string,
      listIds: readonly string[],
      now: Date,
    ): Promise<void> {
      await db.tenant(tenantId).query(
        `with known as (
           insert into compliance.known_suppression_lists (tenant_id, id) select $1, unnest($5::uuid[]) on conflict do nothing)
         insert into compliance.rule_sets (tenant_id, id, content, create_time) values ($1, $2, $3, $4) on conflict do nothing`,
        [tenantId, id, content, now, listIds],
      );
    },

    /** True when the tenant had this list when a decision was made, even if it is deleted now. */
    async knewSuppressionList(tenantId: string, listId: string): Promise<boolean> {
      const { rowCount } = await db
        .tenant(tenantId)
        .query("select from compliance.known_suppression_lists where tenant_id = $1 and id = $2", [tenantId, listId]);
      return rowCount > 0;
    },

    async readRuleSet(tenantId: string, id: string): Promise<unknown> {
      const { rows } = await db
        .tenant(tenantId)
        .query<{ content: unknown }>("select content from compliance.rule_sets where tenant_id = $1 and id = $2", [
          tenantId,
          id,
        ]);
      return rows[0]?.content;
    },
  };
}

/** Raises the tenant's version, because its rules, policy or campaign states have changed. */
export async function bumpVersion(tx: TenantTransaction): Promise<void> {
  await tx.query(
    `insert into compliance.tenant_versions values ($1, 1)
     on conflict (tenant_id) do update set version = tenant_versions.version + 1`,
    [tx.tenantId],
  );
  await tx.query("select pg_notify($1, $2)", [RULES_CHANNEL, tx.tenantId]);
}

async function ruleOfRequest(tx: TenantQueryable, requestId: string): Promise<RuleRow> {
  const { rows } = await tx.query<RuleRow>(
    `select ${COLUMNS} from compliance.rules where tenant_id = $1 and request_id = $2`,
    [tx.tenantId, requestId],
  );
  return rows[0] as RuleRow;
}

async function namedOnce<T>(name: string | undefined, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw isUniqueViolation(error, "rules_name") ? ruleNameTaken(name ?? "") : error;
  }
}

/** The oneof as it is stored. */
export function bodyOf(body: NonNullable<Rule["body"]>): string {
  const { contactWindow, attemptCap, location } = Rule.toJSON(Rule.create({ body })) as Record<string, unknown>;
  return JSON.stringify({ contactWindow, attemptCap, location });
}

function toRule({ create_time, update_time, version, body, ...row }: RuleRow): Rule {
  const times = { createTime: new Date(create_time).toISOString(), updateTime: new Date(update_time).toISOString() };
  return { ...Rule.fromJSON({ ...row, ...body, ...times }), etag: etagOf(version) };
}
