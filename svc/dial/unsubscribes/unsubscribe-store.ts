/** SQL of what was done with unsubscribe links. */
import type { TenantQueryable } from "../../lib/postgres/db.ts";

/** What a link stopped: the emails of the program, all emails, or all advertising. */
export const STOPPED = { nothing: 0, program: 1, everything: 2, emails: 3 } as const;
export type Stopped = (typeof STOPPED)[keyof typeof STOPPED];

/** A link of which something was done. */
export interface UsedLink {
  /** The opt-outs that it recorded and that hold. */
  optOutIds: readonly string[];
  stopped: Stopped;
  /** How often it was changed. */
  changes: number;
}

interface LinkRow {
  opt_out_ids: string[];
  stopped: Stopped;
  changes: number;
}

const UNUSED: UsedLink = { optOutIds: [], stopped: STOPPED.nothing, changes: 0 };
const COLUMNS = "opt_out_ids, stopped, changes";

/** What was done with the link of an attempt's email. */
export async function findLink(db: TenantQueryable, attemptId: string): Promise<UsedLink> {
  const { rows } = await db.query<LinkRow>(
    `select ${COLUMNS} from dial.unsubscribes where tenant_id = $1 and attempt_id = $2`,
    [db.tenantId, attemptId],
  );
  return toLink(rows[0]);
}

/** The same, locked until the transaction ends, so that two clicks at once are one. */
export async function lockLink(tx: TenantQueryable, attemptId: string, now: Date): Promise<UsedLink> {
  const { rows } = await tx.query<LinkRow>(
    `insert into dial.unsubscribes (tenant_id, attempt_id, create_time, update_time) values ($1, $2, $3, $3)
     on conflict (tenant_id, attempt_id) do update set update_time = $3 returning ${COLUMNS}`,
    [tx.tenantId, attemptId, now],
  );
  return toLink(rows[0]);
}

export async function changeLink(tx: TenantQueryable, attemptId: string, link: UsedLink, now: Date): Promise<void> {
  await tx.query(
    `update dial.unsubscribes set opt_out_ids = $3, stopped = $4, changes = $5, update_time = $6 where tenant_id = $1 and attempt_id = $2`,
    [tx.tenantId, attemptId, link.optOutIds, link.stopped, link.changes, now],
  );
}

const toLink = (row: LinkRow | undefined): UsedLink =>
  row ? { optOutIds: row.opt_out_ids, stopped: row.stopped, changes: row.changes } : UNUSED;
