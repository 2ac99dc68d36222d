/** SQL of results that could not be stored when they came. */
import type { TenantQueryable } from "../../../lib/postgres/db.ts";
import { newId } from "../../../lib/request/ids.ts";
import { storable, storableJson } from "../../../lib/postgres/storable.ts";
import type { AttemptChange } from "../../attempts/attempt.ts";
import { NO_ID, sessionGroupOf } from "../../attempts/origin.ts";

const REASON_CHARACTERS = 500;

/** A change in the form in which it was kept: times are texts, and the attempt says whom it concerns. */
export interface UnwrittenResult {
  id: string;
  attemptId: string;
  change: object;
}

/** Keeps what can be kept of a change, without the message. */
export async function keepUnwritten(db: TenantQueryable, given: AttemptChange, why: unknown): Promise<void> {
  const { key, ...change } = { ...given, attempt: undefined };
  await db.query(
    `insert into dial.unwritten_results (tenant_id, id, attempt_id, campaign_group_id, kind, change, reason) values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      db.tenantId,
      newId(),
      key.id,
      sessionGroupOf(key.origin) ?? NO_ID,
      change.kind,
      storableJson(change),
      reasonOf(why),
    ],
  );
}

export interface UnwrittenRow {
  id: string;
  attempt_id: string;
  reason: string;
  tries: number;
  create_time: Date;
}

/** Newest first; only ids below `beforeId`, unless that is empty. */
export async function listUnwritten(db: TenantQueryable, beforeId: string, limit: number): Promise<UnwrittenRow[]> {
  const { rows } = await db.query<UnwrittenRow>(
    `select id, attempt_id, reason, tries, create_time from dial.unwritten_results
      where tenant_id = $1 and ($2 = '' or id < nullif($2, '')::uuid) order by id desc limit $3`,
    [db.tenantId, beforeId, limit],
  );
  return rows;
}

/** Takes one out; undefined when it is gone. */
export async function takeUnwritten(tx: TenantQueryable, id: string): Promise<UnwrittenResult | undefined> {
  const { rows } = await tx.query<{ attempt_id: string; change: object }>(
    "delete from dial.unwritten_results where tenant_id = $1 and id = $2 returning attempt_id, change",
    [tx.tenantId, id],
  );
  return rows[0] && { id, attemptId: rows[0].attempt_id, change: rows[0].change };
}

/** Notes that another try failed. */
export async function noteUnwritten(db: TenantQueryable, id: string, why: unknown): Promise<void> {
  await db.query("update dial.unwritten_results set reason = $3, tries = tries + 1 where tenant_id = $1 and id = $2", [
    db.tenantId,
    id,
    reasonOf(why),
  ]);
}

const reasonOf = (why: unknown): string => storable(String(why)).slice(0, REASON_CHARACTERS);
