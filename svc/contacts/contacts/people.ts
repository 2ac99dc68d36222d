/** Finds or makes the contacts behind what is told of people, also while others do the same. */
import type { Database } from "../../lib/postgres/db.ts";
import { newId } from "../../lib/request/ids.ts";
import { findKnown, keepChanges, lockContacts } from "./contact-store.ts";
import { changesNothing, type PersonDetails, resolve, type Resolution } from "./resolve.ts";

/**
 * The contact of each of the details. Most are known and only read; what is new is decided again under the tenant's lock, and kept. `times`
 * says when each was reached for or heard of, where that is the reason for asking: a new contact begins with it.
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

/** When each contact was last reached for or heard of. */
export function lastTimes(contactIds: readonly string[], times: readonly Date[]): Map<string, Date> {
  const last = new Map<string, Date>();
  times.forEach((time, i) => {
    const contactId = contactIds[i] ?? "";
    const known = last.get(contactId);
    if (!known || known < time) last.set(contactId, time);
  });
  return last;
}
