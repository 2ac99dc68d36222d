/**
 * Measures rows a second that `lists` imports from an upload (BENCH_IMPORT_ROWS, 1,000,000 by default), against COPY of the same stored
 * rows into the same table and indexes. Also the same for a suppression list, with the snapshot that listeners get of it.
 */
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { startTestServers } from "../deploy/local/test-servers.ts";
import { HttpBody } from "../gen/google/api/httpbody.ts";
import { ContactListServiceDefinition } from "../gen/herald/lists/v1/contact_list_service.ts";
import { ImportRecordsRequest, RecordServiceDefinition } from "../gen/herald/lists/v1/record_service.ts";
import {
  ImportEntriesRequest,
  SuppressionListServiceDefinition,
} from "../gen/herald/lists/v1/suppression_list_service.ts";
import { bindScope } from "../svc/lib/client/client.ts";
import { newId } from "../svc/lib/request/ids.ts";
import { COPY_COLUMNS } from "../svc/lists/reader/records/record-copy.ts";
import { printFigure } from "./lib/figures.ts";
import { retried, startListsProcess } from "./lib/lists-process.ts";

const ROWS = Number(process.env["BENCH_IMPORT_ROWS"] ?? 1_000_000);
const PIECE_BYTES = 1_048_576;

const folder = mkdtempSync(join(tmpdir(), "herald-bench-import-"));
const servers = await startTestServers({ durable: true });
const lists = await startListsProcess(servers);
const scope = { tenantId: lists.tenantId };
const contactLists = bindScope(lists.connection.client(ContactListServiceDefinition), scope);
const records = bindScope(lists.connection.client(RecordServiceDefinition), scope);
const suppression = bindScope(lists.connection.client(SuppressionListServiceDefinition), scope);
const sql = new pg.Client({ connectionString: lists.databaseUrl });
await sql.connect();
await sql.query("set role herald_lists_owner");

try {
  await retried(() => contactLists.listContactLists({}));
  await importRecords(await written("warm.csv", contacts(20_000)), 20_000);
  await measureRecords();
  await measureSuppression();
} finally {
  await sql.end();
  await lists.stop();
  await servers.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function measureRecords(): Promise<void> {
  const file = await written("contacts.csv", contacts(ROWS));
  const { contactListId, perSecond } = await importRecords(file, ROWS);
  const maxRssMb = lists.maxRssMb();
  const columns = COPY_COLUMNS.replace("contact_list_id", `'${newId()}'`);
  const same = `select ${columns} from lists.records where tenant_id = '${lists.tenantId}' and contact_list_id = '${contactListId}' order by id`;
  printFigure("import", perSecond, "rows/s", await copyPerSecond(same, `lists.records (${COPY_COLUMNS})`), maxRssMb);
}

async function importRecords(file: string, rows: number): Promise<{ contactListId: string; perSecond: number }> {
  const { contactList } = await contactLists.createContactList({ contactList: { name: newId() } });
  const contactListId = contactList?.id ?? "";
  const begun = performance.now();
  const answer = await records.importRecords(upload(ImportRecordsRequest, { contactListId }, file));
  const perSecond = rows / ((performance.now() - begun) / 1_000);
  if (answer.import?.acceptedCount !== rows)
    throw new Error(
      `${answer.import?.acceptedCount} of ${rows} rows were accepted: ${JSON.stringify(answer.import?.rejectedByReason)}`,
    );
  return { contactListId, perSecond };
}

async function measureSuppression(): Promise<void> {
  const { suppressionList } = await suppression.createSuppressionList({ suppressionList: { name: newId() } });
  const suppressionListId = suppressionList?.id ?? "";
  const file = await written("numbers.csv", numbers(ROWS));
  const begun = performance.now();
  const answer = await suppression.importEntries(upload(ImportEntriesRequest, { suppressionListId }, file));
  const perSecond = ROWS / ((performance.now() - begun) / 1_000);
  if (answer.suppressionList?.entryCount !== ROWS)
    throw new Error(`${answer.suppressionList?.entryCount} of ${ROWS} entries are there`);
  const columns = "tenant_id, suppression_list_id, value, from_time, until_time, reason, create_time";
  const same = `select ${columns.replace("suppression_list_id", `'${newId()}'`)} from lists.suppression_entries where suppression_list_id = '${suppressionListId}'`;
  const limit = await copyPerSecond(same, `lists.suppression_entries (${columns})`);
  printFigure("import.suppression", perSecond, "entries/s", limit, lists.maxRssMb());
  printFigure("import.snapshot", await snapshotPerSecond(), "entries/s", 300_000, lists.maxRssMb());
}

async function snapshotPerSecond(): Promise<number> {
  const everyTenant = bindScope(lists.connection.client(SuppressionListServiceDefinition), {
    tenantId: "*",
    timeoutMs: Infinity,
  });
  const begun = performance.now();
  let entries = 0;
  for await (const { added, snapshotEnd } of everyTenant.streamEntries({})) {
    entries += added.length;
    if (snapshotEnd) break;
  }
  return entries / ((performance.now() - begun) / 1_000);
}

/** Copies the rows of a query from a file into a table, as `\copy` does. */
async function copyPerSecond(query: string, target: string): Promise<number> {
  const file = join(folder, "rows.txt");
  await pipeline(sql.query(copyTo(`copy (${query}) to stdout`)), createWriteStream(file));
  await sql.query("reset role");
  await sql.query("set role herald_lists_owner");
  const begun = performance.now();
  await pipeline(
    createReadStream(file, { highWaterMark: PIECE_BYTES }),
    sql.query(copyFrom(`copy ${target} from stdin`)),
  );
  return ROWS / ((performance.now() - begun) / 1_000);
}

async function* upload<Message>(
  type: { fromPartial(object: never): Message },
  first: object,
  file: string,
): AsyncGenerator<Message, void> {
  let begin = first;
  for await (const data of createReadStream(file, { highWaterMark: PIECE_BYTES })) {
    yield type.fromPartial({ ...begin, file: HttpBody.fromPartial({ data: data as Buffer }) } as never);
    begin = {};
  }
}

/** Invented people, with two numbers and an address each. */
function* contacts(rows: number): Generator<string, void> {
  const names = ["Ada", "Ben", "Cleo", "Dan", "Eve", "Fay", "Gus"];
  const codes = ["212", "415", "312", "816", "904", "713", "206"];
  const zips = ["10001", "94103", "60601", "64101", "32202", "77001", "98101"];
  yield "Customer No,First Name,Last Name,Mobile,Home Phone,E-Mail,ZIP,State,Country,Balance\n";
  for (let i = 0; i < rows; i += 1) {
    const at = i % 7;
    const digits = String(2_000_000 + (i % 7_900_000));
    yield `C-${String(i).padStart(8, "0")},${names[at]},Novak,(${codes[at]}) ${digits.slice(0, 3)}-${digits.slice(3)},+1${codes[(i + 3) % 7]}${digits},ada.${i}@example.com,${zips[at]},NY,US,${i % 1_000}.50\n`;
  }
}

function* numbers(count: number): Generator<string, void> {
  yield "phone\n";
  const codes = ["212", "415", "312", "816", "904", "713", "206"];
  for (let i = 0; i < count; i += 1) yield `${codes[i % 7]}${2_000_000 + Math.floor(i / 7) * 7}\n`;
}

async function written(name: string, lines: Iterable<string>): Promise<string> {
  const file = join(folder, name);
  await pipeline(inChunks(lines), createWriteStream(file));
  return file;
}

function* inChunks(lines: Iterable<string>): Generator<string, void> {
  let chunk = "";
  for (const line of lines) {
    chunk += line;
    if (chunk.length < 65_536) continue;
    yield chunk;
    chunk = "";
  }
  yield chunk;
}
