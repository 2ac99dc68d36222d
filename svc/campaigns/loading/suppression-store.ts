/** SQL of who is suppressed, as far as a queue need not hold them. */
import { createHash } from "node:crypto";
import type { TenantQueryable } from "../../lib/postgres/db.ts";
import type { Group } from "../groups/group-rows.ts";
import type { Suppression } from "./queries/load-question.ts";

/** The lists that hold for a group. */
export interface GroupSuppression extends Suppression {
  /** Names the lists as they are: another entry, another name. */
  name: string;
}

interface ListRow {
  id: string;
  byClient: boolean;
  entries: number;
  updateTime: Date;
}

/** More entries than this are looked up one by one. */
const MOST_READ_WHOLE = 2_000_000;

/** The non-empty suppression lists that apply to a group: required ones, and those that the group names, for its channel and program. The usual program has the tenant's id. */
export async function groupSuppression(db: TenantQueryable, { shown }: Group): Promise<GroupSuppression> {
  const { rows } = await db.query<ListRow>(
    `select suppression_list_id as id, by_client as "byClient", entry_count::float8 as entries, update_time as "updateTime"
       from lists.suppression_lists_v1
      where tenant_id = $1 and (required or suppression_list_id = any($2::uuid[])) and (channels = '{}' or $3 = any(channels)) and entry_count > 0
        and (program_id is null or program_id = $4::uuid)
      order by suppression_list_id`,
    [db.tenantId, shown.suppressionListIds, shown.channel, shown.programId || db.tenantId],
  );
  const ids = (byClient: boolean) => rows.filter((row) => row.byClient === byClient).map(({ id }) => id);
  return {
    deviceListIds: ids(false),
    clientListIds: ids(true),
    isLarge: rows.reduce((sum, { entries }) => sum + entries, 0) > MOST_READ_WHOLE,
    name: createHash("sha256").update(JSON.stringify(rows)).digest("hex").slice(0, 32),
  };
}
