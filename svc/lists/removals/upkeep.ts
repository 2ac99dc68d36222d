/** Background work: removes the rows of what was deleted, and forgets old suppression changes. */
import type { Database } from "../../lib/postgres/db.ts";
import { forgetChanges, forgetOrphans } from "../change-log/change-store.ts";
import type { Events } from "../events.ts";
import { endRemoval, removeRows, takeRemoval } from "./removal-store.ts";

const ROWS_AT_ONCE = 10_000;
const CHANGES_AT_ONCE = 200;

/** Removes one batch of rows; true when there may be more. */
export function removeDeleted(db: Database, events: Events): Promise<boolean> {
  return db.everyTenant().transaction(async (tx) => {
    const removal = await takeRemoval(tx);
    if (!removal) return false;
    const removed = await removeRows(tx, removal, ROWS_AT_ONCE);
    if (removed < ROWS_AT_ONCE) await endRemoval(tx, removal);
    events.rowsRemoved(removal.kind, removed);
    return true;
  });
}

/** Forgets one batch of changes that are older than any listener may be behind; true when there may be more. */
export async function forgetOldChanges(db: Database, before: Date): Promise<boolean> {
  const isMore = await db.everyTenant().transaction((tx) => forgetChanges(tx, before, CHANGES_AT_ONCE));
  const areOrphans = await forgetOrphans(db.everyTenant(), before, CHANGES_AT_ONCE);
  return isMore || areOrphans;
}
