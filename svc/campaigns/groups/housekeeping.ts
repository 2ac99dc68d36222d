/** Background work on groups: stops finished groups, empties stopped ones, and gives up on results that never come. */
import { CampaignGroupState } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import type { Database, TenantQueryable } from "../../lib/postgres/db.ts";
import type { Now } from "../../lib/async/time.ts";
import type { GroupChanges } from "../progress/group-changes.ts";
import { clearCounts, forgetOldCounts, readCounts } from "../progress/count-store.ts";
import { cancelIdle, giveUpOverdue, type QueueLimits } from "../queue/dial-queue.ts";
import type { Events } from "../events.ts";
import { stateName } from "./group-states.ts";
import { findGroup } from "./group-store.ts";
import type { Group } from "./group-rows.ts";
import { moveGroup, noteCancelled } from "./group-life-store.ts";
import { removeLeftOut } from "../loading/left-out-store.ts";
import { finishedGroups, groupsAtWork, noteRemoved, removals } from "./groups-at-work-store.ts";
import { openChains } from "../progress/progress.ts";
import { removeChains } from "../queue/chain-store.ts";
import type { GroupKey } from "./group-key.ts";

export interface HousekeepingDeps {
  db: Database;
  limits: QueueLimits;
  changes: GroupChanges;
  events: Events;
  now: Now;
  batchChains: number;
}

const { CAMPAIGN_GROUP_STATE_RUNNING: RUNNING, CAMPAIGN_GROUP_STATE_STOPPED: STOPPED } = CampaignGroupState;
const GROUPS_AT_ONCE = 200;

/** Stops running groups whose chains are all closed. Returns true if there was one. */
export async function stopFinished(
  { db, changes, events, now }: HousekeepingDeps,
  signal: AbortSignal,
): Promise<boolean> {
  const finished = await finishedGroups(db, GROUPS_AT_ONCE);
  for (const { tenantId, groupId } of finished) {
    if (signal.aborted) break;
    const stopped = await db.transaction(tenantId, async (tx) => {
      const group = await findGroup(tx, groupId, true);
      // A result for a stale attempt may arrive at this moment and reopen its chain. With `cancelling`, the chain is then cancelled.
      return group?.shown.state === RUNNING && moveGroup(tx, group, { state: STOPPED, cancelling: true }, now());
    });
    if (!stopped) continue;
    events.moved({ tenantId, campaignGroupId: groupId, state: stateName(STOPPED) });
    changes.happened({ tenantId, groupId });
  }
  return finished.length > 0;
}

/** Cancels one batch of open chains for each stopped group. Returns true while there is more to do. */
export async function cancelStopped(
  { db, changes, now, batchChains }: HousekeepingDeps,
  signal: AbortSignal,
): Promise<boolean> {
  let more = false;
  await forEachGroup(db, "cancelling", signal, async ({ tenantId, groupId }) => {
    const scope = db.tenant(tenantId);
    const group = await findGroup(scope, groupId);
    if (!group?.cancelling) return;
    const cancelled = await cancelIdle(db, group, now(), batchChains);
    more ||= cancelled === batchChains;
    if (cancelled > 0) changes.happened({ tenantId, groupId });
    // Chains that are leased or in flight are closed by their report, or when their lease or their wait for the result ends.
    else if ((await countOpen(scope, groupId, now())) === 0) await noteCancelled(scope, group);
  });
  return more;
}

/** Removes one batch of the queue for each deleted group. Returns true while there is more. */
export async function removeQueues({ db, batchChains }: HousekeepingDeps, signal: AbortSignal): Promise<boolean> {
  const keys = await removals(db, GROUPS_AT_ONCE);
  for (const { tenantId, groupId } of keys) {
    if (signal.aborted) return false;
    const scope = db.tenant(tenantId);
    const removed = await removeChains(scope, groupId, batchChains);
    if (removed === batchChains) continue;
    if ((await removeLeftOut(scope, groupId, batchChains)) === batchChains) continue;
    await scope.transaction(async (tx) => {
      await clearCounts(tx, groupId);
      await noteRemoved(tx, groupId);
    });
  }
  return keys.length > 0;
}

/** Gives up on overdue results, and removes outdated counts. */
export async function sweep(
  { db, limits, changes, events, now, batchChains }: HousekeepingDeps,
  signal: AbortSignal,
): Promise<void> {
  await forEachGroup(db, "any", signal, async ({ tenantId, groupId }) => {
    const scope = db.tenant(tenantId);
    const group = await findGroup(scope, groupId);
    if (!group) return;
    const chains = await giveUpAll(db, group, limits, now, batchChains);
    if (chains > 0) {
      events.gaveUp({ tenantId, campaignGroupId: groupId, chains });
      changes.happened({ tenantId, groupId });
    }
    await forgetOldCounts(scope, groupId, now());
  });
}

async function giveUpAll(
  db: Database,
  group: Group,
  limits: QueueLimits,
  now: Now,
  batchChains: number,
): Promise<number> {
  let total = 0;
  for (;;) {
    const chains = await giveUpOverdue(db, group, limits, now(), batchChains);
    total += chains;
    if (chains < batchChains) return total;
  }
}

const countOpen = async (db: TenantQueryable, groupId: string, now: Date): Promise<number> =>
  openChains(await readCounts(db, groupId, now));

async function forEachGroup(
  db: Database,
  which: "cancelling" | "any",
  signal: AbortSignal,
  work: (key: GroupKey) => Promise<void>,
): Promise<void> {
  for (let after: GroupKey | undefined; !signal.aborted;) {
    const keys = await groupsAtWork(db, which, after, GROUPS_AT_ONCE);
    for (const key of keys) {
      if (signal.aborted) return;
      await work(key);
    }
    if (keys.length < GROUPS_AT_ONCE) return;
    after = keys.at(-1);
  }
}
