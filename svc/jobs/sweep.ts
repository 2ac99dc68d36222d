/** Ends jobs whose service fell silent, and removes old ones. */
import type { Database } from "../lib/postgres/db.ts";
import type { Now } from "../lib/async/time.ts";
import type { Events } from "./events.ts";
import { failSilent, removeOld } from "./store.ts";

export interface SweepRules {
  silenceMs: number;
  retentionMs: number;
}

const BATCH_ROWS = 500;

/**
 * Gives the work of one sweep. Silence counts only while this service could have heard a report. After its own start, and after the
 * database was away, services get the whole time again.
 */
export function sweeper({
  db,
  rules,
  events,
  now,
}: {
  db: Database;
  rules: SweepRules;
  events: Events;
  now: Now;
}): () => Promise<boolean> {
  let hearingSince = now();
  return async () => {
    const at = now();
    try {
      const failed = (await failIfHeard(at)) ?? 0;
      const removed = await removeOld(db.everyTenant(), new Date(at.getTime() - rules.retentionMs), BATCH_ROWS);
      return failed === BATCH_ROWS || removed === BATCH_ROWS;
    } catch (error) {
      hearingSince = now();
      throw error;
    }
  };

  async function failIfHeard(at: Date): Promise<number | undefined> {
    const since = new Date(at.getTime() - rules.silenceMs);
    if (hearingSince > since) return undefined;
    const failed = await db.everyTenant().transaction((tx) => failSilent(tx, since, at, BATCH_ROWS));
    if (failed > 0) events.jobsFellSilent(failed);
    return failed;
  }
}
