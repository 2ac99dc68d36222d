/** Decides to which contact a client id, a number or an address belongs: the rule by which interactions find their contact. */
import type { IdentityKind } from "../../../gen/herald/contacts/v1/contact.ts";

/** A number or address in its comparable form. */
export interface ContactValue {
  value: string;
  kind: IdentityKind;
}

/** What a caller knows about a person. Empty texts mean unknown. */
export interface PersonDetails {
  clientId: string;
  /** The first known one decides if the client id does not. */
  values: readonly ContactValue[];
  firstName: string;
  lastName: string;
}

export interface KnownContact {
  id: string;
  clientId: string;
  isNamed: boolean;
}

/** Known contacts, by client id and by number or address. */
export interface KnownContacts {
  byClientId: ReadonlyMap<string, KnownContact>;
  byValue: ReadonlyMap<string, KnownContact>;
}

/** The changes to write, so that the same details find the same contacts from now on. */
export interface ContactChanges {
  made: { id: string; clientId: string; firstName: string; lastName: string }[];
  learned: (ContactValue & { contactId: string })[];
  /** Contacts that had no client id and got one. */
  adopted: { contactId: string; clientId: string }[];
  named: { contactId: string; firstName: string; lastName: string }[];
}

export interface Resolution {
  /** The contact of each person, in order. */
  contactIds: string[];
  changes: ContactChanges;
}

export const changesNothing = ({ made, learned, adopted, named }: ContactChanges): boolean =>
  made.length + learned.length + adopted.length + named.length === 0;

/** Whether all changes are new contacts with their own numbers and addresses. */
export function onlyMakes({ made, learned, adopted, named }: ContactChanges): boolean {
  if (adopted.length + named.length > 0) return false;
  const fresh = new Set(made.map(({ id }) => id));
  return learned.every(({ contactId }) => fresh.has(contactId));
}

/**
 * Finds or makes the contact of each person. A client id wins over numbers and addresses. A contact without a client id takes on the client
 * id that comes with its number or address. A contact with another client id is not the same person (a family shares a phone), and keeps
 * its numbers and addresses. A name is stored if the contact has none.
 */
export function resolve(all: readonly PersonDetails[], known: KnownContacts, newId: () => string): Resolution {
  const byClientId = new Map(known.byClientId);
  const byValue = new Map(known.byValue);
  const changes: ContactChanges = { made: [], learned: [], adopted: [], named: [] };

  const find = ({ clientId, values }: PersonDetails): KnownContact | undefined => {
    const owner = clientId ? byClientId.get(clientId) : undefined;
    if (owner) return owner;
    const owners = values.map(({ value }) => byValue.get(value)).filter((contact) => contact !== undefined);
    return clientId ? owners.find((contact) => contact.clientId === "") : owners[0];
  };

  const make = ({ clientId, firstName, lastName }: PersonDetails): KnownContact => {
    const contact = { id: newId(), clientId, isNamed: Boolean(firstName || lastName) };
    changes.made.push({ id: contact.id, clientId, firstName, lastName });
    if (clientId) byClientId.set(clientId, contact);
    return contact;
  };

  const complete = (contact: KnownContact, { clientId, values, firstName, lastName }: PersonDetails): void => {
    if (clientId && contact.clientId === "") {
      contact.clientId = clientId;
      byClientId.set(clientId, contact);
      changes.adopted.push({ contactId: contact.id, clientId });
    }
    if (!contact.isNamed && (firstName || lastName)) {
      contact.isNamed = true;
      changes.named.push({ contactId: contact.id, firstName, lastName });
    }
    for (const value of values) {
      if (byValue.has(value.value)) continue;
      byValue.set(value.value, contact);
      changes.learned.push({ ...value, contactId: contact.id });
    }
  };

  const contactIds = all.map((details) => {
    const contact = find(details) ?? make(details);
    complete(contact, details);
    return contact.id;
  });
  return { contactIds, changes };
}
