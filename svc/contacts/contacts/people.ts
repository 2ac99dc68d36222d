/** Finds or creates the contacts of people, safely while other calls do the same. */
import type { Database } from "../../lib/postgres/db.ts";
import { newId } from "../../lib/request/ids.ts";
import { findKnown, keepChanges, lockContacts } from "./contact-store.ts";
import { changesNothing, type PersonDetails, resolve, type Resolution } from "./resolve.ts";

/**
 * Gives the contact of each person. Most are known and only read. If anything is new, it is decided again under the tenant's lock, and
 * stored. `times` has the times of the interactions, if the call is about any: a new contact begins with them.
 */
export async function identify(
  db: Database,
  tenantId: string,
  all: readonly PersonDetails[],
  now: Date,
  times: readonly Date[] = [],
): Promise<Resolution> {
  const seen = resolve(all, await findKnown(db.tenant(tenantId), all), newId);
  if (changesNothing(seen.changes)) return seen;
  return db.transaction(tenantId, async (tx) => {
    await lockContacts(tx);
    const resolution = resolve(all, await findKnown(tx, all), newId);
    await keepChanges(tx, resolution.changes, now, lastTimes(resolution.contactIds, times));
    return resolution;
  });
}

/** The time of each contact's latest interaction. */
export function lastTimes(contactIds: readonly string[], times: readonly Date[]): Map<string, Date> {
  const last = new Map<string, Date>();
  times.forEach((time, i) => {
    const contactId = contactIds[i] ?? "";
    const known = last.get(contactId);
    if (!known || known < time) last.set(contactId, time);
  });
  return last;
}
