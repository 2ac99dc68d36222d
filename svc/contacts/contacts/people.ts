/** Finds or creates the contacts of people, safely while other calls do the same. */
import { isUniqueViolation } from "../../lib/errors/faults.ts";
import type { Database, TenantTransaction } from "../../lib/postgres/db.ts";
import { newId } from "../../lib/request/ids.ts";
import { findKnown, keepChanges, lockContacts } from "./contact-store.ts";
import { changesNothing, onlyMakes, type PersonDetails, resolve, type Resolution } from "./resolve.ts";

/** A key that another call has just made is found when it is decided again. */
const MOST_TRIES = 5;

/**
 * Gives the contact of each person. Most are known and only read. People of whom nothing is known are made as they were decided: their keys are unique,
 * so if another call makes one of them at the same time, it is noticed. Then, and where a known contact changes, it is decided again under the tenant's
 * lock. `times` has the times of the interactions, if the call is about any: a new contact begins with them.
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
  const keep = (tx: TenantTransaction, { contactIds, changes }: Resolution) =>
    keepChanges(tx, changes, now, lastTimes(contactIds, times));
  for (let tries = 1; ; tries++) {
    try {
      return await db.transaction(tenantId, async (tx) => {
        const resolution = tries === 1 && onlyMakes(seen.changes) ? seen : await resolveLocked(tx, all);
        await keep(tx, resolution);
        return resolution;
      });
    } catch (error) {
      if (!isUniqueViolation(error) || tries === MOST_TRIES) throw error;
    }
  }
}

async function resolveLocked(tx: TenantTransaction, all: readonly PersonDetails[]): Promise<Resolution> {
  await lockContacts(tx);
  return resolve(all, await findKnown(tx, all), newId);
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
