/** Records and rejected rows as CSV, page by page. */
import type { HttpBody } from "../../../gen/google/api/httpbody.ts";
import type { Record as ContactRecord } from "../../../gen/herald/lists/v1/record.ts";
import type { TenantQueryable } from "../../lib/postgres/db.ts";
import { csvLine, csvPieces } from "./csv.ts";
import { nextRecords, ownFieldNames } from "./record-store.ts";
import { listRejectedRows } from "../imports/rejected-row-store.ts";

const ROWS_OF_A_PAGE = 200;
const DEVICES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** All records of a list in the order of their import, in columns that ImportRecords understands by their headers. */
export async function* recordsAsCsv(
  db: TenantQueryable,
  tenantId: string,
  contactListId: string,
): AsyncGenerator<HttpBody, void> {
  const names = await ownFieldNames(db, contactListId);
  const devices = DEVICES.flatMap((index) => [`device${index}`, `device${index}_type`]);
  const standard = ["client_id", "first_name", "last_name", "company", ...devices];
  yield* csvPieces([csvLine([...standard, "postal_code", "state", "country", "zone", ...names])]);
  let after = "";
  for (;;) {
    const records = await nextRecords(db, contactListId, after, ROWS_OF_A_PAGE);
    if (records.length === 0) return;
    yield* csvPieces(records.map((record) => csvLine(cellsOf(record, names))));
    after = records.at(-1)?.id ?? "";
  }
}

function cellsOf(record: ContactRecord, names: readonly string[]): string[] {
  const devices = DEVICES.flatMap((index) => {
    const device = record.devices.find((one) => one.index === index);
    return device ? [device.contactInfo, String(device.type)] : ["", ""];
  });
  const { clientId, firstName, lastName, company, postalCode, state, country, zone, fields } = record;
  return [
    clientId,
    firstName,
    lastName,
    company,
    ...devices,
    postalCode,
    state,
    country,
    zone,
    ...names.map((name) => fields[name] ?? ""),
  ];
}

/** Every rejected row in the order of its line. */
export async function* rejectedRowsAsCsv(
  db: TenantQueryable,
  tenantId: string,
  importId: string,
): AsyncGenerator<HttpBody, void> {
  yield* csvPieces([csvLine(["line", "reason", "column", "detail", "row"])]);
  let after = 0;
  for (;;) {
    const rows = await listRejectedRows(db, importId, after, ROWS_OF_A_PAGE);
    if (rows.length === 0) return;
    yield* csvPieces(rows.map((row) => csvLine([String(row.line), row.reason, row.column, row.detail, row.original])));
    after = rows.at(-1)?.line ?? 0;
  }
}
