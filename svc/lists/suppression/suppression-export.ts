/** Entries of a suppression list as CSV, in the form that ImportEntries reads. */
import type { HttpBody } from "../../../gen/google/api/httpbody.ts";
import { SuppressionKind, type SuppressionList } from "../../../gen/herald/lists/v1/suppression_list.ts";
import type { SuppressionEntry } from "../../../gen/herald/lists/v1/suppression_entry.ts";
import type { Queryable } from "../../lib/postgres/db.ts";
import { csvLine, csvPieces } from "../records/csv.ts";
import { entriesOf } from "../change-log/snapshot-store.ts";

/** The header, then the entries in the order of their values. */
export async function* entriesAsCsv(
  db: Queryable,
  tenantId: string,
  list: SuppressionList,
): AsyncGenerator<HttpBody, void> {
  const value = list.kind === SuppressionKind.SUPPRESSION_KIND_CLIENT_ID ? "client_id" : "value";
  yield* csvPieces([csvLine([value, "from", "until", "reason"])]);
  for await (const entries of entriesOf(db, tenantId, list.id)) yield* csvPieces(entries.map(entryLine));
}

const entryLine = ({ value, fromTime, untilTime, reason }: SuppressionEntry) =>
  csvLine([value, fromTime?.toISOString() ?? "", untilTime?.toISOString() ?? "", reason]);
