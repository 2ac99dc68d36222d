import type { ImportMode, KnownRecords } from "../api/contract.ts";

/** What an import does with people who are in the list already. */
export type ImportWish = "skip" | "update" | "add" | "replace";

/** The wish in the form of the contract. */
export const wishParameters = (wish: ImportWish): { mode: ImportMode; knownRecords: KnownRecords } => wishes[wish];

const wishes: Readonly<Record<ImportWish, { mode: ImportMode; knownRecords: KnownRecords }>> = {
  skip: { mode: "IMPORT_MODE_APPEND", knownRecords: "KNOWN_RECORDS_SKIP" },
  update: { mode: "IMPORT_MODE_APPEND", knownRecords: "KNOWN_RECORDS_UPDATE" },
  add: { mode: "IMPORT_MODE_APPEND", knownRecords: "KNOWN_RECORDS_ADD" },
  replace: { mode: "IMPORT_MODE_REPLACE", knownRecords: "KNOWN_RECORDS_UNSPECIFIED" },
};
