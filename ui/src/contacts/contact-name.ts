import type { Contact } from "../api/contract.ts";

/** What people call a contact: the name, or what else is known. */
export const contactName = (contact: Contact): string =>
  [contact.firstName, contact.lastName].filter(Boolean).join(" ") ||
  contact.clientId ||
  contact.identities[0]?.value ||
  "Unknown person";
