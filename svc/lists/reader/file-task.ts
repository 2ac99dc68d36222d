/** How a file is to be read. */
import type { SuppressionKind } from "../../../gen/herald/lists/v1/suppression_list.ts";
import type { SlotTurn } from "../../lib/async/fair-slots.ts";
import type { FileFormat } from "./text/file-reader.ts";
import type { RecordDefaults } from "./records/record.ts";

/** Whose file it is, and the signal that ends its reading. */
export type ReadTurn = SlotTurn & { signal: AbortSignal };

export type FileTask = RecordsTask | SuppressionTask;

/** How to read a file of contacts, and where its records go. */
export interface RecordsTask {
  kind: "records";
  format: FileFormat;
  mapping: readonly string[];
  defaults: RecordDefaults;
  tenantId: string;
  contactListId: string;
  importNumber: number;
  startTime: Date;
  /** For the ids of the records: at least 44 random bits in hexadecimal. */
  random: string;
  mostRows: number;
}

/** How to read a file of entries, and for which list. */
export interface SuppressionTask {
  kind: "suppression";
  format: FileFormat;
  mapping: readonly string[];
  tenantId: string;
  /** What the list's entries are: devices or client ids. */
  names: SuppressionKind;
  region: string;
  mostRows: number;
}
