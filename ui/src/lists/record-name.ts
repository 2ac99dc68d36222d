import type { Record as ContactRecord } from "../api/contract.ts";

/** What to call a record: the name, or something else that is known. */
export const recordName = (record: ContactRecord): string =>
  [record.firstName, record.lastName].filter(Boolean).join(" ") || record.company || record.clientId || "No name";
