/** Finds or makes the contacts behind some marks, also while others do the same. */
import type { Database } from "../../lib/postgres/db.ts";
import { newId } from "../../lib/request/ids.ts";
import { findKnown, keepChanges, lockContacts } from "./contact-store.ts";
import { changesNothing, type Marks, resolve, type Resolution } from "./resolve.ts";

/** The contact of each of the marks. Most are known and only read; what is new is decided again under the tenant's lock, and kept. */
export async function identify(db: Database, tenantId: string, all: readonly Marks[], now: Date): Promise<Resolution> {
  const seen = resolve(all, await findKnown(db.tenant(tenantId), all), newId);
  if (changesNothing(seen.changes)) return seen;
  return db.transaction(tenantId, async (tx) => {
    await lockContacts(tx);
    const resolution = resolve(all, await findKnown(tx, all), newId);
    await keepChanges(tx, resolution.changes, now);
    return resolution;
  });
}
