/** ImportEntries: a file of entries, read while it is uploaded, that holds from the end of the upload or not at all. */
import type { SuppressionList } from "../../gen/herald/lists/v1/suppression_list.ts";
import type {
  ImportEntriesRequest,
  ImportEntriesResponse,
} from "../../gen/herald/lists/v1/suppression_list_service.ts";
import type { Ctx } from "../lib/context.ts";
import type { Database, Transaction } from "../lib/db.ts";
import { newId, readId } from "../lib/ids.ts";
import type { Now } from "../lib/time.ts";
import { Checks } from "../lib/validate.ts";
import { insertParts, sequenceChange } from "./change-store.ts";
import { checkRegion } from "./contact-list-service.ts";
import { CopyIn } from "./copy-store.ts";
import { suppressionListNotFound } from "./errors.ts";
import type { Events } from "./events.ts";
import type { Rejected } from "./reader/result.ts";
import { noCounts } from "./reader/result.ts";
import { STAGED_COLUMNS, type SuppressionTask } from "./reader/suppression-file.ts";
import { readFile } from "./reader/read-file.ts";
import type { Slots } from "./slots.ts";
import { createStaging, putStaged } from "./suppression-entry-store.ts";
import { countEntries, getSuppressionList } from "./suppression-list-store.ts";
import type { TenantSettings } from "./tenant-defaults.ts";
import { asRpcError, openUpload, readFormat } from "./upload.ts";

export interface EntryImportDeps {
  db: Database;
  tenants: TenantSettings;
  slots: Slots;
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
  const check = new Checks();
  const given = checkRegion(check, "default_region", first.defaultRegion);
  check.done();
  const list = await getSuppressionList(deps.db.tenant(ctx.tenantId), ctx.tenantId, suppressionListId);
  if (!list) throw suppressionListNotFound(suppressionListId);
  const region = given || (await deps.tenants.of(ctx.tenantId)).region;
  const task: SuppressionTask = {
    kind: "suppression",
    format: readFormat({ encoding: "", delimiter: "" }),
    tenantId: ctx.tenantId,
    names: list.kind,
    region,
    mostRows: deps.mostRows,
  };
  const read = () =>
    deps.db.transaction(ctx.tenantId, (tx) => readInto(deps, tx, list, task, pieces), {
      statementTimeoutMs: 0,
      attempts: 1,
    });
  return deps.slots.run(read).catch((error: unknown) => {
    throw asRpcError(error);
  });
}

/** Stages the file, puts it into the list in one statement, and logs the change, whose parts were kept on the way. */
async function readInto(
  { db, events, now }: EntryImportDeps,
  tx: Transaction,
  list: SuppressionList,
  task: SuppressionTask,
  pieces: AsyncIterable<Uint8Array>,
): Promise<ImportEntriesResponse> {
  const { tenantId } = task;
  const changeId = newId();
  const rejectedRows: Rejected[] = [];
  let counts = noCounts();
  let parts = 0;
  await createStaging(tx);
  const copy = new CopyIn(tx, `pg_temp.staged_entries (${STAGED_COLUMNS})`);
  try {
    for await (const part of readFile(task, pieces)) {
      counts = part.counts;
      rejectedRows.push(...part.rejected.slice(0, MOST_SHOWN - rejectedRows.length));
      if (part.messages.length > 0) await insertParts(db.tenant(tenantId), tenantId, changeId, parts, part.messages);
      parts += part.messages.length;
      await copy.write(part.copy);
    }
    await copy.end();
  } catch (error) {
    await copy.fail();
    throw error;
  }
  const added = await putStaged(tx, tenantId, list.id, now());
  const suppressionList = await countEntries(tx, tenantId, list.id, added, now());
  if (!suppressionList) throw suppressionListNotFound(list.id);
  await sequenceChange(tx, tenantId, { changeId, suppressionListId: list.id, parts }, now());
  events.entriesAdded(counts.accepted);
  return {
    suppressionList,
    rowCount: counts.rows,
    acceptedCount: counts.accepted,
    rejectedCount: counts.rejected,
    rejectedRows,
  };
}
