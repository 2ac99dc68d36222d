/** SQL of snapshots and exports. A thousand entries are read as one text, which is several times faster than row by row. */
import type { SuppressionEntry } from "../../../gen/herald/lists/v1/suppression_entry.ts";
import type { SuppressionList } from "../../../gen/herald/lists/v1/suppression_list.ts";
import type { Queryable } from "../../lib/postgres/db.ts";
import {
  SUPPRESSION_LIST_COLUMNS,
  type SuppressionListRow,
  toSuppressionList,
} from "../suppression/suppression-list-store.ts";

const ENTRIES_OF_A_BATCH = 5_000;

/** The suppression lists of every tenant. */
export async function everySuppressionList(
  db: Queryable,
): Promise<{ tenantId: string; suppressionList: SuppressionList }[]> {
  const { rows } = await db.query<SuppressionListRow & { tenant_id: string }>(
    `select tenant_id, ${SUPPRESSION_LIST_COLUMNS} from lists.suppression_lists l order by tenant_id, id`,
  );
  return rows.map((row) => ({ tenantId: row.tenant_id, suppressionList: toSuppressionList(row) }));
}

// Values and reasons hold no control characters, so tabs and line ends can separate them.
const PACKED = `select string_agg(case when from_time is null and until_time is null and reason = '' then value
    else concat(value, e'\\t', extract(epoch from from_time) * 1000, e'\\t', extract(epoch from until_time) * 1000, e'\\t', reason) end, e'\\n') as packed
  from (select value, from_time, until_time, reason from lists.suppression_entries
         where tenant_id = $1 and suppression_list_id = $2 and value > $3 order by value limit ${ENTRIES_OF_A_BATCH}) batch`;

/** The entries of a list in the order of their values, in batches; without the time each was added. */
export async function* entriesOf(
  db: Queryable,
  tenantId: string,
  suppressionListId: string,
): AsyncGenerator<SuppressionEntry[], void> {
  let after = "";
  for (;;) {
    const { rows } = await db.query<{ packed: string | null }>({ name: "packed_entries", text: PACKED }, [
      tenantId,
      suppressionListId,
      after,
    ]);
    const packed = rows[0]?.packed;
    if (!packed) return;
    const entries = packed.split("\n").map(unpack);
    yield entries;
    if (entries.length < ENTRIES_OF_A_BATCH) return;
    after = entries.at(-1)?.value ?? "";
  }
}

function unpack(line: string): SuppressionEntry {
  if (!line.includes("\t")) {
    return { value: line, fromTime: undefined, untilTime: undefined, reason: "", createTime: undefined };
  }
  const [value = "", from = "", until = "", reason = ""] = line.split("\t");
  return { value, fromTime: timeOf(from), untilTime: timeOf(until), reason, createTime: undefined };
}

const timeOf = (ms: string): Date | undefined => (ms === "" ? undefined : new Date(Number(ms)));
