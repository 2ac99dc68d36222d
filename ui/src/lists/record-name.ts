import type { Record as ContactRecord } from "../api/contract.ts";

/** What people call a record: the name, or what else is known. */
export const recordName = (record: ContactRecord): string =>
  [record.firstName, record.lastName].filter(Boolean).join(" ") || record.company || record.clientId || "No name";
