/** Merges a file into a list that has records. Known people are skipped, updated or added; with REPLACE their new rows keep the old ids. */
import { ImportMode, KnownRecords } from "../../../gen/herald/lists/v1/import.ts";
import type { Queryable } from "../../lib/postgres/db.ts";
import {
  addStaged,
  type MergeColumns,
  findKnownRecords,
  type MergeTarget,
  removeUnkept,
  updateKnown,
} from "./import-merge-store.ts";
import { isStandardField } from "../reader/columns/header-names.ts";

/** What an import did with the rows of its file. `removed` counts records that were there before. */
export interface MergeOutcome {
  added: number;
  updated: number;
  skipped: number;
  removed: number;
  /** All records of earlier imports stop counting at once; their rows are removed later. */
  putsAside: boolean;
}

export interface MergeOptions {
  mode: ImportMode;
  known: KnownRecords;
}

/** Whether rows must be compared with the list's records, or can simply be added. */
export const comparesRecords = ({ mode, known }: MergeOptions, recordCount: number): boolean =>
  recordCount > 0 && (mode === ImportMode.IMPORT_MODE_REPLACE || known !== KnownRecords.KNOWN_RECORDS_ADD);

/** The outcome when all rows were simply added. */
export const addedAll = (accepted: number): MergeOutcome => ({
  added: accepted,
  updated: 0,
  skipped: 0,
  removed: 0,
  putsAside: false,
});

/** Merges the staged rows into the list. */
export async function mergeStaged(
  tx: Queryable,
  target: MergeTarget,
  {
    wish,
    accepted,
    recordCount,
    mapping,
  }: { wish: MergeOptions; accepted: number; recordCount: number; mapping: ColumnMapping },
): Promise<MergeOutcome> {
  const kept = await findKnownRecords(tx, target);
  if (wish.mode === ImportMode.IMPORT_MODE_REPLACE) return replace(tx, target, { kept, accepted, recordCount });
  const isUpdate = wish.known === KnownRecords.KNOWN_RECORDS_UPDATE;
  const updated = isUpdate ? await updateKnown(tx, target, columnsOf(mapping)) : 0;
  const added = await addStaged(tx, { everyRow: false });
  return { added, updated, skipped: accepted - added - updated, removed: 0, putsAside: false };
}

async function replace(
  tx: Queryable,
  target: MergeTarget,
  { kept, accepted, recordCount }: { kept: number; accepted: number; recordCount: number },
): Promise<MergeOutcome> {
  const updated = kept === 0 ? 0 : await updateKnown(tx, target, EVERYTHING);
  // If no old record stays, all of them can be put aside with one statement.
  const removed = kept === 0 ? recordCount : await removeUnkept(tx, target);
  const added = await addStaged(tx, { everyRow: true });
  return { added, updated, skipped: accepted - added - updated, removed, putsAside: kept === 0 };
}

type ColumnMapping = Readonly<Record<string, string>>;

const EVERYTHING: MergeColumns = { everything: true, standard: new Set(), own: [] };

function columnsOf(mapping: ColumnMapping): MergeColumns {
  const fields = Object.values(mapping);
  return { everything: false, standard: new Set(fields), own: fields.filter((field) => !isStandardField(field)) };
}
