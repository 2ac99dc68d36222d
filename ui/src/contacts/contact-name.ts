import type { Contact } from "../api/contract.ts";

/** What to call a contact: the name, or something else that is known. */
export const contactName = (contact: Contact): string =>
  [contact.firstName, contact.lastName].filter(Boolean).join(" ") ||
  contact.clientId ||
  contact.identities[0]?.value ||
  "Unknown person";
