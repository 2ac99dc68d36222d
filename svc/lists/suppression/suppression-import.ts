/** ImportEntries: reads a file of entries while it is uploaded. All entries hold from the end of the upload, or none does. */
import type { SuppressionList } from "../../../gen/herald/lists/v1/suppression_list.ts";
import type {
  ImportEntriesRequest,
  ImportEntriesResponse,
} from "../../../gen/herald/lists/v1/suppression_list_service.ts";
import type { Ctx } from "../../lib/rpc/context.ts";
import type { Database, TenantTransaction } from "../../lib/postgres/db.ts";
import { RpcError } from "../../lib/errors/errors.ts";
import { newId, readId } from "../../lib/request/ids.ts";
import type { jobReporter, RunningJob } from "../../lib/client/jobs.ts";
import type { Now } from "../../lib/async/time.ts";
import { insertParts, sequenceChange } from "../change-log/change-store.ts";
import { CopyIn } from "../imports/copy-store.ts";
import { noRowTaken, suppressionListNotFound, uploadIncomplete } from "../errors.ts";
import type { Events } from "../events.ts";
import { refuseOnOptOuts } from "./opt-outs.ts";
import { CountedPieces } from "../imports/import-progress.ts";
import { type FileReading, type FileReadingRequest, readReading } from "../imports/import-request.ts";
import { type RowCounts, noCounts, type RejectedRow, type ReadPart } from "../reader/result.ts";
import { STAGED_COLUMNS } from "../reader/suppression/suppression-file.ts";
import { type BegunFile, readFile } from "../reader/threads/read-file.ts";
import { createStaging, putStaged } from "./suppression-entry-store.ts";
import { countEntries, getSuppressionList } from "./suppression-list-store.ts";
import type { TenantDefaultsLookup } from "../../lib/client/tenant-defaults.ts";
import { asRpcError, openUpload } from "../imports/uploads/upload.ts";
import { inTurn, UploadStop, type TurnDeps } from "../imports/uploads/upload-turn.ts";
import type { SuppressionTask } from "../reader/file-task.ts";

export interface EntryImportDeps extends TurnDeps {
  db: Database;
  defaultsOf: TenantDefaultsLookup;
  jobs: ReturnType<typeof jobReporter>;
  events: Events;
  mostRows: number;
  now: Now;
}

const MOST_SHOWN = 1_000;

export async function importEntries(
  deps: EntryImportDeps,
  requests: AsyncIterable<ImportEntriesRequest>,
  ctx: Ctx,
): Promise<ImportEntriesResponse> {
  const { first, pieces } = await openUpload(requests);
  const suppressionListId = readId(first.suppressionListId, "suppression_list_id");
  const { format, mapping, region } = await readEntryReading(deps.defaultsOf, ctx.tenantId, first);
  const list = await getSuppressionList(deps.db.tenant(ctx.tenantId), suppressionListId);
  refuseOnOptOuts(list, "it takes no files; import into a list of your own.");
  const task: SuppressionTask = {
    kind: "suppression",
    format,
    mapping,
    tenantId: ctx.tenantId,
    names: list.kind,
    region,
    mostRows: deps.mostRows,
  };
  return new EntryImport(deps, list, task, ctx, first).go(pieces);
}

/** How a file of entries is to be read, for ImportEntries and PreviewEntries. */
export async function readEntryReading(
  defaultsOf: TenantDefaultsLookup,
  tenantId: string,
  req: FileReadingRequest,
): Promise<FileReading> {
  const reading = readReading(req);
  return { ...reading, region: reading.region || (await defaultsOf({ tenantId })).region };
}

/** One import, with its job. */
class EntryImport {
  readonly #deps: EntryImportDeps;
  readonly #list: SuppressionList;
  readonly #task: SuppressionTask;
  readonly #totalBytes: number;
  readonly #stop: UploadStop;
  readonly #job: RunningJob;

  constructor(
    deps: EntryImportDeps,
    list: SuppressionList,
    task: SuppressionTask,
    ctx: Ctx,
    { fileName, totalBytes }: ImportEntriesRequest,
  ) {
    this.#deps = deps;
    this.#list = list;
    this.#task = task;
    this.#totalBytes = totalBytes;
    this.#stop = new UploadStop(ctx);
    this.#job = deps.jobs.start({
      tenantId: ctx.tenantId,
      kind: "lists.suppression_import",
      title: `Import ${fileName || "a file"} into ${list.name}`,
      objectId: list.id,
      unit: "bytes",
      totalUnits: totalBytes,
    });
    this.#job.signal.addEventListener("abort", () => this.#stop.cancel(), { once: true });
    ctx.sendHeaders({ "x-herald-job-id": this.#job.id });
  }

  async go(given: AsyncIterable<Uint8Array>): Promise<ImportEntriesResponse> {
    const { tenantId } = this.#task;
    const pieces = new CountedPieces(given);
    const waits = (ahead: number) => this.#job.progress(pieces.bytes, { counts: { imports_ahead: ahead } });
    try {
      const turn = { tenantId, pieces, stop: this.#stop, waits };
      const answer = await inTurn(this.#deps, turn, (file) => this.#import(file, pieces));
      void this.#job.succeed(countsOf(answer));
      return answer;
    } catch (error) {
      const told = asRpcError(error);
      const isCancelled = told instanceof RpcError && told.reason === "ERROR_REASON_IMPORT_CANCELLED";
      const errorMessage =
        told instanceof RpcError ? told.message : "Something went wrong on our side; nothing was imported.";
      void (isCancelled ? this.#job.cancelled() : this.#job.fail(errorMessage));
      throw told;
    }
  }

  #import(file: BegunFile, pieces: CountedPieces): Promise<ImportEntriesResponse> {
    const options = { statementTimeoutMs: 0, attempts: 1 };
    return this.#deps.db.transaction(
      this.#task.tenantId,
      (tx) => readInto(this.#deps, tx, this.#list, this.#task, this.#read(file, pieces)),
      options,
    );
  }

  async *#read(file: BegunFile, pieces: CountedPieces): AsyncGenerator<ReadPart, void> {
    const turn = { owner: this.#task.tenantId, signal: this.#stop.signal };
    for await (const part of readFile(this.#deps.threads, this.#task, file, turn)) {
      this.#job.progress(pieces.bytes, { counts: rowsOf(part.counts) });
      yield part;
    }
    if (pieces.bytes < this.#totalBytes) throw uploadIncomplete();
  }
}

/** Stages the file, adds it to the list in one statement, and logs the change, whose parts were stored on the way. */
async function readInto(
  { db, events, now }: EntryImportDeps,
  tx: TenantTransaction,
  list: SuppressionList,
  task: SuppressionTask,
  read: AsyncIterable<ReadPart>,
): Promise<ImportEntriesResponse> {
  const { tenantId } = task;
  const changeId = newId();
  const rejectedRows: RejectedRow[] = [];
  let { counts, understood }: Pick<ReadPart, "counts" | "understood"> = { counts: noCounts(), understood: undefined };
  let parts = 0;
  await createStaging(tx);
  const copy = new CopyIn(tx, `pg_temp.staged_entries (${STAGED_COLUMNS})`);
  try {
    for await (const part of read) {
      ({ counts, understood } = part);
      rejectedRows.push(...part.rejected.slice(0, MOST_SHOWN - rejectedRows.length));
      if (part.messages.length > 0) await insertParts(db.tenant(tenantId), changeId, parts, part.messages);
      parts += part.messages.length;
      await copy.write(part.copy);
    }
    const [firstRejected] = rejectedRows;
    if (parts === 0 && firstRejected) throw noRowTaken(counts.rows, firstRejected);
    await copy.end();
  } catch (error) {
    await copy.fail();
    throw error;
  }
  const added = await putStaged(tx, list.id, now());
  const suppressionList = await countEntries(tx, list.id, added, now());
  if (!suppressionList) throw suppressionListNotFound(list.id);
  await sequenceChange(tx, { changeId, suppressionListId: list.id, parts }, now());
  events.entriesAdded(counts.accepted);
  return {
    suppressionList,
    rowCount: counts.rows,
    acceptedCount: counts.accepted,
    rejectedCount: counts.rejected,
    rejectedRows,
    addedCount: added,
    leftOutCount: counts.droppedByReason["may_be_contacted"] ?? 0,
    mapping: understood?.mapping ?? {},
    encoding: understood?.encoding ?? "",
    delimiter: understood?.delimiter ?? "",
    headerLine: understood?.headerLine ?? 0,
    isEncodingGuessed: understood?.isEncodingGuessed ?? false,
  };
}

const rowsOf = ({ rows, accepted, rejected }: RowCounts) => ({ rows, accepted, rejected });

const countsOf = ({ rowCount, acceptedCount, rejectedCount }: ImportEntriesResponse) => ({
  rows: rowCount,
  accepted: acceptedCount,
  rejected: rejectedCount,
});
