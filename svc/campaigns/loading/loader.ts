/**
 * Puts the lists of groups that are LOADING into the dial queue. Each step is one transaction and notes what it did, so that
 * after a crash any process goes on where the last commit was.
 */
import { CampaignGroupState } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import type { Database } from "../../lib/postgres/db.ts";
import type { Now } from "../../lib/async/time.ts";
import type { Changes } from "../progress/changes.ts";
import { addToCounts, clearCounts, clearLeftOut } from "../progress/count-store.ts";
import { CountChanges } from "../progress/counts.ts";
import { type QueueLimits, reopenBatch } from "../queue/dial-queue.ts";
import type { Events } from "../events.ts";
import { stateName, whenLoaded } from "../groups/group-states.ts";
import { findGroup, type Group, moveGroup, noteLoading } from "../groups/group-store.ts";
import { groupsAtWork, loadList, type LoadedList, lockLoading, removeLeftOut } from "./load-store.ts";
import { removeChains } from "../queue/chain-store.ts";
import type { GroupKey } from "../groups/group-key.ts";

export interface LoaderDeps {
  db: Database;
  changes: Changes;
  events: Events;
  now: Now;
  limits: QueueLimits;
  loadTimeoutMs: number;
  batchChains: number;
  /** Called when a group that was to be started is loaded. */
  startedDialing: () => void;
}

const GROUPS_AT_ONCE = 20;

/** What one step did: `busy` when another process is at it. */
type Step = "more" | "done" | "busy";

/** Does one step for each loading group. Returns true while there is more to do. */
export async function loadGroups(deps: LoaderDeps, signal: AbortSignal): Promise<boolean> {
  const keys = await groupsAtWork(deps.db, "loading", undefined, GROUPS_AT_ONCE);
  let more = false;
  for (const key of keys) {
    if (signal.aborted) return false;
    const step = await loadStep(deps, key);
    if (step !== "busy") deps.changes.happened(key);
    more ||= step === "more";
  }
  return more;
}

async function loadStep(deps: LoaderDeps, key: GroupKey): Promise<Step> {
  const { db, loadTimeoutMs } = deps;
  return db
    .transaction(
      key.tenantId,
      async (tx) => {
        if (!(await lockLoading(tx, key.groupId))) return "busy";
        const group = await findGroup(tx, key.tenantId, key.groupId);
        if (!group || !isLoading(group)) return "done";
        if (!group.queueCleared) return clearStep(deps, tx, group);
        if (group.reopenedTo !== undefined) return reopenStep(deps, tx, group, group.reopenedTo);
        const contactListId = group.shown.contactListIds.find((id) => !group.loadedListIds.includes(id));
        return contactListId === undefined ? finishStep(deps, tx, group) : listStep(deps, tx, group, contactListId);
      },
      { statementTimeoutMs: loadTimeoutMs },
    )
    .catch((error: unknown) => {
      if (error instanceof Overtaken) return "more";
      throw error;
    });
}

type Tx = Parameters<Parameters<Database["transaction"]>[1]>[0];

/** Removes a batch of the run before. The counts go with its last chain: until then a late report may still change them. */
async function clearStep({ batchChains }: LoaderDeps, tx: Tx, group: Group): Promise<Step> {
  if ((await removeChains(tx, group.tenantId, group.shown.id, batchChains)) === batchChains) return "more";
  if ((await removeLeftOut(tx, group.tenantId, group.shown.id, batchChains)) === batchChains) return "more";
  await lockUnchanged(tx, group);
  await clearCounts(tx, group.tenantId, group.shown.id);
  await noteLoading(tx, group, { queueCleared: true });
  return "more";
}

/** Opens a batch of the chains that the end of the run before cut off. */
async function reopenStep(
  { limits, now, batchChains }: LoaderDeps,
  tx: Tx,
  group: Group,
  after: string,
): Promise<Step> {
  const last = await reopenBatch(tx, group, after, limits, now(), batchChains);
  // Whom the lists leave out is found out anew.
  if (!last && (await removeLeftOut(tx, group.tenantId, group.shown.id, batchChains)) === batchChains) return "more";
  await lockUnchanged(tx, group);
  if (last === undefined) await clearLeftOut(tx, group.tenantId, group.shown.id);
  await noteLoading(tx, group, { reopenedTo: last ?? null });
  return "more";
}

async function listStep({ events, now }: LoaderDeps, tx: Tx, group: Group, contactListId: string): Promise<Step> {
  const begun = performance.now();
  const loaded = await loadList(tx, group, contactListId, now());
  await lockUnchanged(tx, group);
  await noteLoading(tx, group, { loadedListIds: [...group.loadedListIds, contactListId] });
  await addToCounts(tx, group.tenantId, group.shown.id, loadedCounts(loaded));
  const { noDevice, duplicates } = loaded;
  const leftOut = {
    ...(noDevice > 0 && { no_device_for_channel: noDevice }),
    ...(duplicates > 0 && { duplicate_device: duplicates }),
  };
  events.listLoaded({
    tenantId: group.tenantId,
    campaignGroupId: group.shown.id,
    contactListId,
    chains: loaded.chains,
    leftOut,
    ms: Math.round(performance.now() - begun),
  });
  return "more";
}

async function finishStep({ events, now, startedDialing }: LoaderDeps, tx: Tx, group: Group): Promise<Step> {
  const current = await lockUnchanged(tx, group);
  const state = whenLoaded({ state: current.shown.state, startWhenLoaded: current.startWhenLoaded });
  await moveGroup(
    tx,
    current,
    { state, startWhenLoaded: false, continuing: false, ...(isRunning(state) && { mayDial: true }) },
    now(),
  );
  events.moved({ tenantId: group.tenantId, campaignGroupId: group.shown.id, state: stateName(state) });
  startedDialing();
  return "done";
}

/** Throws when the group was stopped or loaded anew while the step ran: what the step did is rolled back. */
async function lockUnchanged(tx: Tx, group: Group): Promise<Group> {
  const current = await findGroup(tx, group.tenantId, group.shown.id, true);
  const same =
    current &&
    isLoading(current) &&
    current.queueCleared === group.queueCleared &&
    current.continuing === group.continuing &&
    current.reopenedTo === group.reopenedTo &&
    current.loadedListIds.length === group.loadedListIds.length;
  if (!same) throw new Overtaken();
  return current;
}

class Overtaken extends Error {}

function loadedCounts({ chains, noDevice, duplicates, cutDevices }: LoadedList): CountChanges {
  const changes = new CountChanges();
  changes.add("chains", "due", chains);
  changes.add("chains", "waiting", chains);
  changes.add("left_out", "no_device_for_channel", noDevice);
  changes.add("left_out", "duplicate_device", duplicates);
  changes.add("cut", "duplicate_device", cutDevices);
  return changes;
}

const isLoading = ({ shown }: Group): boolean => shown.state === CampaignGroupState.CAMPAIGN_GROUP_STATE_LOADING;
const isRunning = (state: CampaignGroupState): boolean => state === CampaignGroupState.CAMPAIGN_GROUP_STATE_RUNNING;
