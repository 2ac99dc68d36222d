/** One import. The file is read while it is uploaded and copied in one transaction, so that all of it becomes visible or nothing does. */
import { randomBytes } from "node:crypto";
import type { ContactList } from "../../../gen/herald/lists/v1/contact_list.ts";
import { type Import, ImportMode, ImportState } from "../../../gen/herald/lists/v1/import.ts";
import type { ImportRecordsRequest } from "../../../gen/herald/lists/v1/record_service.ts";
import type { Ctx } from "../../lib/rpc/context.ts";
import type { Database, TenantTransaction } from "../../lib/postgres/db.ts";
import { RpcError } from "../../lib/errors/errors.ts";
import { isUniqueViolation } from "../../lib/errors/faults.ts";
import { newId, readId } from "../../lib/request/ids.ts";
import type { jobReporter, RunningJob } from "../../lib/client/jobs.ts";
import type { Now } from "../../lib/async/time.ts";
import { getContactList } from "../contact-lists/contact-list-store.ts";
import { CopyIn } from "./copy-store.ts";
import { importInProgress, listNotFound, noRowTaken, uploadIncomplete } from "../errors.ts";
import type { Events } from "../events.ts";
import { CountedPieces, ImportProgress } from "./import-progress.ts";
import { readingDefaults, readImportRequest, readReading } from "./import-request.ts";
import { addedAll, comparesRecords, mergeStaged } from "./import-merge.ts";
import { createStagedRecords } from "./import-merge-store.ts";
import {
  endImport,
  getImport,
  holdImport,
  insertImport,
  noteOutcome,
  runningImport,
  showRecords,
} from "./import-store.ts";
import { COPY_COLUMNS } from "../reader/records/record-copy.ts";
import type { RejectedRow } from "../reader/result.ts";
import { type BegunFile, readFile } from "../reader/threads/read-file.ts";
import { insertRejectedRows } from "./rejected-row-store.ts";
import type { TenantDefaultsLookup } from "../../lib/client/tenant-defaults.ts";
import { asRpcError, openUpload } from "./uploads/upload.ts";
import { inTurn, UploadStop, type TurnDeps } from "./uploads/upload-turn.ts";
import type { RecordsTask } from "../reader/file-task.ts";

export interface ImportDeps extends TurnDeps {
  db: Database;
  defaultsOf: TenantDefaultsLookup;
  jobs: ReturnType<typeof jobReporter>;
  events: Events;
  mostRows: number;
  now: Now;
  /** Called when rows are left to be removed in the background. */
  removalsWaiting: () => void;
}

/** What to read, and where it goes. */
interface Plan extends ReturnType<typeof readImportRequest> {
  importId: string;
  jobId: string;
  list: ContactList;
  task: Omit<RecordsTask, "importNumber">;
  pieces: CountedPieces;
}

const REJECTED_AT_ONCE = 1_000;

/** Reads the upload, and answers when the whole file is in the list. */
export async function runImport(
  deps: ImportDeps,
  requests: AsyncIterable<ImportRecordsRequest>,
  ctx: Ctx,
): Promise<Import> {
  const plan = await planImport(deps, requests, ctx);
  await new ImportRun(deps, plan, ctx).go();
  return getImport(deps.db.tenant(ctx.tenantId), plan.importId);
}

async function planImport(
  { db, defaultsOf, mostRows, now }: ImportDeps,
  requests: AsyncIterable<ImportRecordsRequest>,
  { tenantId }: Ctx,
): Promise<Plan> {
  const { first, pieces } = await openUpload(requests);
  const contactListId = readId(first.contactListId, "contact_list_id");
  const asked = readImportRequest(first);
  const { format, mapping, region } = readReading(first);
  const list = await getContactList(db.tenant(tenantId), contactListId);
  const defaults = await readingDefaults(defaultsOf, tenantId, region, list);
  const random = randomBytes(8).toString("hex");
  const task = {
    kind: "records",
    format,
    mapping,
    defaults,
    tenantId,
    contactListId,
    startTime: now(),
    random,
    mostRows,
  } as const;
  return { ...asked, importId: newId(), jobId: newId(), list, task, pieces: new CountedPieces(pieces) };
}

class ImportRun {
  readonly #deps: ImportDeps;
  readonly #plan: Plan;
  readonly #ctx: Ctx;
  readonly #stop: UploadStop;
  #job: RunningJob | undefined;
  #progress: ImportProgress | undefined;

  constructor(deps: ImportDeps, plan: Plan, ctx: Ctx) {
    this.#deps = deps;
    this.#plan = plan;
    this.#ctx = ctx;
    this.#stop = new UploadStop(ctx);
  }

  /** Registers the import, waits for its turn, and reads the file. */
  async go(): Promise<void> {
    const { tenantId } = this.#ctx;
    const { pieces } = this.#plan;
    const number = await this.#begin();
    const waits = (ahead: number) => this.#job?.progress(pieces.bytes, { counts: { imports_ahead: ahead } });
    try {
      await inTurn(this.#deps, { tenantId, pieces, stop: this.#stop, waits }, (file) => this.#import(file, number));
    } catch (error) {
      const told = asRpcError(error);
      await this.#failed(told);
      throw told;
    }
  }

  async #import(file: BegunFile, number: number): Promise<void> {
    const { db, events, removalsWaiting } = this.#deps;
    const { importId, mode } = this.#plan;
    const startedAt = performance.now();
    // An upload cannot be read twice, so there is no second try.
    const options = { statementTimeoutMs: 0, attempts: 1 };
    await db.transaction(this.#ctx.tenantId, (tx) => this.#readInto(tx, file, number), options);
    const { counts } = this.#progress as ImportProgress;
    events.importSucceeded(importId, counts, (performance.now() - startedAt) / 1_000);
    void this.#job?.succeed({ rows: counts.rows, accepted: counts.accepted, rejected: counts.rejected });
    if (mode === ImportMode.IMPORT_MODE_REPLACE) removalsWaiting();
  }

  async #readInto(tx: TenantTransaction, file: BegunFile, number: number): Promise<void> {
    const { tenantId } = this.#ctx;
    const { importId, list, mode, known } = this.#plan;
    const { now } = this.#deps;
    await holdImport(tx, importId);
    const progress = this.#progress as ImportProgress;
    await tx.asOwner();
    const { recordCount } = await getContactList(tx, list.id);
    const compares = comparesRecords({ mode, known }, recordCount);
    if (compares) await createStagedRecords(tx);
    await this.#copy(
      tx,
      { ...this.#plan.task, importNumber: number },
      file,
      compares ? "pg_temp.staged_records" : "lists.records",
    );
    await progress.rest();
    const { counts, understood } = progress;
    const target = { tenantId, contactListId: list.id, number };
    const { accepted } = counts;
    const merge = { wish: { mode, known }, accepted, recordCount, mapping: understood.mapping };
    const outcome = compares ? await mergeStaged(tx, target, merge) : addedAll(accepted);
    const isReplace = mode === ImportMode.IMPORT_MODE_REPLACE;
    await showRecords(tx, target, { ...outcome, isReplace }, now());
    await noteOutcome(tx, importId, outcome);
    const end = { state: ImportState.IMPORT_STATE_SUCCEEDED, errorMessage: "", counts, understood };
    await endImport(tx, importId, end, now());
  }

  /** Registers the import before its file is read. Gives its number within the list. */
  async #begin(): Promise<number> {
    const { db, events, now } = this.#deps;
    const { importId, jobId, list, fileName, mode, known } = this.#plan;
    const { tenantId } = this.#ctx;
    const fresh = { id: importId, contactListId: list.id, jobId, fileName, mode, known };
    const number = await db
      .transaction(tenantId, (tx) => insertImport(tx, fresh, now()))
      .catch((error: unknown) => this.#refused(error));
    if (number === 0) throw listNotFound(list.id);
    this.#job = this.#beginJob();
    this.#progress = new ImportProgress(db, { tenantId, importId }, this.#job, this.#stop);
    events.importBegan(importId, list.id);
    return number;
  }

  #beginJob(): RunningJob {
    const { importId, jobId, list, fileName, totalBytes } = this.#plan;
    const job = this.#deps.jobs.start({
      id: jobId,
      tenantId: this.#ctx.tenantId,
      kind: "lists.import",
      title: `Import ${fileName || "a file"} into ${list.name}`,
      objectId: list.id,
      unit: "bytes",
      totalUnits: totalBytes,
    });
    job.signal.addEventListener("abort", () => this.#stop.cancel(), { once: true });
    this.#ctx.sendHeaders({ "x-herald-job-id": jobId, "x-herald-import-id": importId });
    return job;
  }

  async #refused(error: unknown): Promise<never> {
    if (!isUniqueViolation(error, "imports_running")) throw error;
    const { tenantId } = this.#ctx;
    const { id } = this.#plan.list;
    throw importInProgress((await runningImport(this.#deps.db.tenant(tenantId), id)) ?? "");
  }

  async #copy(tx: TenantTransaction, task: RecordsTask, file: BegunFile, table: string): Promise<void> {
    const progress = this.#progress as ImportProgress;
    const { pieces, totalBytes } = this.#plan;
    const copy = new CopyIn(tx, `${table} (${COPY_COLUMNS})`);
    const turn = { owner: task.tenantId, signal: this.#stop.signal };
    let firstRejected: RejectedRow | undefined;
    try {
      for await (const part of readFile(this.#deps.threads, task, file, turn)) {
        firstRejected ??= part.rejected[0];
        await this.#keepRejected(part.rejected);
        await copy.write(part.copy);
        progress.has(part, pieces.bytes);
      }
      if (pieces.bytes < totalBytes) throw uploadIncomplete();
      const { rows, accepted } = progress.counts;
      if (firstRejected && accepted === 0) throw noRowTaken(rows, firstRejected);
      await copy.end();
    } catch (error) {
      await copy.fail();
      throw error;
    }
  }

  async #keepRejected(rejected: readonly RejectedRow[]): Promise<void> {
    const { tenantId } = this.#ctx;
    for (let at = 0; at < rejected.length; at += REJECTED_AT_ONCE) {
      const some = rejected.slice(at, at + REJECTED_AT_ONCE);
      await insertRejectedRows(this.#deps.db.tenant(tenantId), this.#plan.importId, some);
    }
  }

  /** Notes why nothing was imported. If that fails too, the sweep of abandoned imports does it later. */
  async #failed(error: unknown): Promise<void> {
    const progress = this.#progress as ImportProgress;
    await progress.rest();
    const { db, events, now } = this.#deps;
    const { tenantId, requestId, log } = this.#ctx;
    const { importId } = this.#plan;
    const isCancelled = error instanceof RpcError && error.reason === "ERROR_REASON_IMPORT_CANCELLED";
    const state = isCancelled ? ImportState.IMPORT_STATE_CANCELLED : ImportState.IMPORT_STATE_FAILED;
    const ours = `Something went wrong on our side; nothing was imported. The request id is ${requestId}.`;
    const errorMessage = error instanceof RpcError ? error.message : ours;
    // However much was read, nothing was accepted.
    const counts = { ...progress.counts, accepted: 0 };
    const end = { state, errorMessage, counts, understood: progress.understood };
    await endImport(db.tenant(tenantId), importId, end, now()).catch((cause: unknown) =>
      log.warn({ error: cause, importId }, "the end of an import could not be noted yet"),
    );
    events.importFailed(importId, isCancelled ? "cancelled" : "failed");
    void (isCancelled ? this.#job?.cancelled() : this.#job?.fail(errorMessage));
  }
}
