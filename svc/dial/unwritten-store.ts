/** SQL of results that could not be written as they came. */
import type { Queryable } from "../lib/db.ts";
import { newId } from "../lib/ids.ts";
import { storable, storableJson } from "../lib/storable.ts";
import type { Change } from "./attempt.ts";

const REASON_CHARACTERS = 500;

/** Keeps what can be kept of a change. What was sent is not part of it. */
export async function keepUnwritten(db: Queryable, given: Change, why: unknown): Promise<void> {
  const { key, ...change } = { ...given, attempt: undefined };
  await db.query(
    `insert into dial.unwritten_results (tenant_id, id, attempt_id, campaign_group_id, kind, change, reason) values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      key.tenantId,
      newId(),
      key.id,
      key.groupId,
      change.kind,
      storableJson(change),
      storable(String(why)).slice(0, REASON_CHARACTERS),
    ],
  );
}
