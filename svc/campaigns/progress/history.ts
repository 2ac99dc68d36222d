/** Records how the counts of runs change: every few seconds, for all changed groups together. */
import type { GetProgressHistoryResponse } from "../../../gen/herald/campaigns/v1/campaign_group_service.ts";
import type { Database } from "../../lib/postgres/db.ts";
import type { Now } from "../../lib/async/time.ts";
import type { GroupChanges } from "./group-changes.ts";
import { isTooLong, listPoints, listRuns, notePoints, recentlyRun, thin } from "./history-store.ts";
import type { GroupKey } from "../groups/group-key.ts";

/** Most groups in one statement. */
const GROUPS_AT_ONCE = 500;
/** How long after the end of a run its last changes by another process are still recorded. */
const LOOK_BACK_MS = 2 * 86_400_000;

export class History {
  readonly #db: Database;
  readonly #now: Now;
  readonly #moved = new Map<string, GroupKey>();
  #isCaughtUp = false;

  constructor(db: Database, changes: GroupChanges, now: Now) {
    this.#db = db;
    this.#now = now;
    changes.onHere((key) => this.#moved.set(key.groupId, key));
  }

  /** Records what has changed since the last call; the first call records what changed before this process started. Returns true while there is more. */
  async note(): Promise<boolean> {
    if (!this.#isCaughtUp) {
      const since = new Date(this.#now().getTime() - LOOK_BACK_MS);
      for (const key of await recentlyRun(this.#db.everyTenant(), since)) this.#moved.set(key.groupId, key);
      this.#isCaughtUp = true;
    }
    const groups = [...this.#moved.values()].slice(0, GROUPS_AT_ONCE);
    if (groups.length === 0) return false;
    for (const { groupId } of groups) this.#moved.delete(groupId);
    try {
      const noted = await notePoints(this.#db.everyTenant(), groups, this.#now());
      for (const run of noted.filter(isTooLong)) await thin(this.#db, run);
    } catch (error) {
      for (const key of groups) this.#moved.set(key.groupId, key);
      throw error;
    }
    return this.#moved.size > 0;
  }
}

/** Gives one run with its points, and all stored runs. */
export async function readHistory(db: Database, key: GroupKey, number: number): Promise<GetProgressHistoryResponse> {
  return db.transaction(
    key.tenantId,
    async (tx) => {
      const runs = await listRuns(tx, key.groupId);
      const run = number === 0 ? runs[0] : runs.find((one) => one.number === number);
      return { run, points: run ? await listPoints(tx, key.groupId, run.number) : [], runs };
    },
    { isolation: "repeatable read" },
  );
}
