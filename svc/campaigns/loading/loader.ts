/**
 * Puts the lists of groups that are LOADING into the dial queue. Each step is one transaction and notes what it did, so that
 * after a crash any process goes on where the last commit was.
 */
import { CampaignGroupState } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import { isServiceAway } from "../../lib/errors/error-details.ts";
import type { Database, TenantTransaction } from "../../lib/postgres/db.ts";
import type { Now } from "../../lib/async/time.ts";
import type { GroupChanges } from "../progress/group-changes.ts";
import { addToCounts, clearCounts, clearLeftOut } from "../progress/count-store.ts";
import { type QueueLimits, reopenBatch } from "../queue/dial-queue.ts";
import type { Events } from "../events.ts";
import { stateName, whenLoaded } from "../groups/group-states.ts";
import { findGroup } from "../groups/group-store.ts";
import type { Group } from "../groups/group-rows.ts";
import { moveGroup, noteQueue } from "../groups/group-life-store.ts";
import { groupsAtWork } from "../groups/groups-at-work-store.ts";
import { removeLeftOut } from "./left-out-store.ts";
import { type BesideLoading, loadedCounts, loadList, lockLoading } from "./load-store.ts";
import { closedPlaces, type OpenPlaces } from "./plans/open-places.ts";
import type { Planner } from "./plans/planner.ts";
import { groupSuppression } from "./suppression-store.ts";
import type { GroupKey } from "../groups/group-key.ts";
import { removeChains } from "../queue/chain-store.ts";

export interface LoaderDeps {
  db: Database;
  changes: GroupChanges;
  events: Events;
  now: Now;
  limits: QueueLimits;
  planner: Planner;
  loadTimeoutMs: number;
  batchChains: number;
  /** Called when a group that was to be started is loaded. */
  startedDialing: () => void;
}

const GROUPS_AT_ONCE = 20;
const COMPLIANCE_AWAY = "compliance, which knows when its people may be contacted, does not answer";

/** The result of one step: `busy` if another process works on the group, or compliance is unavailable. */
type Step = "more" | "done" | "busy";

/** The list that is loaded next, and when the places of its people are open. */
interface NextList {
  contactListId: string;
  open: OpenPlaces;
}

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
  // Compliance is asked before the transaction begins, because the transaction holds locks.
  const next = await nextList(deps, key);
  if (next === "away") return "busy";
  return db
    .transaction(
      key.tenantId,
      async (tx) => {
        if (!(await lockLoading(tx, key.groupId))) return "busy";
        const group = await findGroup(tx, key.groupId);
        if (!group || !isLoading(group)) return "done";
        if (!group.queueCleared) return clearStep(deps, tx, group);
        if (group.reopenedTo !== undefined) return reopenStep(deps, tx, group, group.reopenedTo);
        const contactListId = nextListId(group);
        if (contactListId === undefined) return finishStep(deps, tx, group);
        return next?.contactListId === contactListId ? listStep(deps, tx, group, next) : "more";
      },
      { statementTimeoutMs: loadTimeoutMs },
    )
    .catch((error: unknown) => {
      if (error instanceof LoadConflict) return "more";
      throw error;
    });
}

const nextListId = ({ shown, loadedListIds }: Group): string | undefined =>
  shown.contactListIds.find((id) => !loadedListIds.includes(id));

/** Asks compliance what the next step needs. `away` if it does not answer; the group's progress then says so. */
async function nextList({ db, planner }: LoaderDeps, key: GroupKey): Promise<NextList | "away" | undefined> {
  const scope = db.tenant(key.tenantId);
  const group = await findGroup(scope, key.groupId);
  if (!group || !isLoading(group) || !group.queueCleared || group.reopenedTo !== undefined) return undefined;
  const contactListId = nextListId(group);
  try {
    if (contactListId !== undefined) return { contactListId, open: await planner.openPlaces(group, [contactListId]) };
    // Reopened chains wait for their contact window, like new chains from the lists.
    if (group.continuing) await planner.planQueue(group, true);
    return undefined;
  } catch (error) {
    if (!isServiceAway(error)) throw error;
    if (group.loadProblem === "") await noteQueue(scope, group, { loadProblem: COMPLIANCE_AWAY });
    return "away";
  }
}

/** Removes a batch of the previous run's queue. The counts are removed with the last chain: until then a late report may change them. */
async function clearStep({ batchChains }: LoaderDeps, tx: TenantTransaction, group: Group): Promise<Step> {
  if ((await removeChains(tx, group.shown.id, batchChains)) === batchChains) return "more";
  if ((await removeLeftOut(tx, group.shown.id, batchChains)) === batchChains) return "more";
  await lockUnchanged(tx, group);
  await clearCounts(tx, group.shown.id);
  await noteQueue(tx, group, { queueCleared: true });
  return "more";
}

/** Reopens a batch of the chains that the end of the previous run cut off. */
async function reopenStep(
  { limits, now, batchChains }: LoaderDeps,
  tx: TenantTransaction,
  group: Group,
  after: string,
): Promise<Step> {
  const last = await reopenBatch(tx, group, after, limits, now(), batchChains);
  // Loading finds out again which records are left out.
  if (!last && (await removeLeftOut(tx, group.shown.id, batchChains)) === batchChains) return "more";
  await lockUnchanged(tx, group);
  if (last === undefined) await clearLeftOut(tx, group.shown.id);
  await noteQueue(tx, group, { reopenedTo: last ?? null });
  return "more";
}

async function listStep(
  { db, events, now, loadTimeoutMs }: LoaderDeps,
  tx: TenantTransaction,
  group: Group,
  { contactListId, open }: NextList,
): Promise<Step> {
  const begun = performance.now();
  const suppression = await groupSuppression(tx, group);
  const beside: BesideLoading = (work) => db.transaction(group.tenantId, work, { statementTimeoutMs: loadTimeoutMs });
  const basis = { closed: closedPlaces(open, now()), suppression };
  const loaded = await loadList(tx, beside, group, contactListId, basis, now());
  await lockUnchanged(tx, group);
  await noteQueue(tx, group, {
    loadedListIds: [...group.loadedListIds, contactListId],
    loadProblem: "",
    plannedWindows: sameFor(group, group.plannedWindows, open.windows),
    plannedSuppression: sameFor(group, group.plannedSuppression, suppression.name),
  });
  await addToCounts(tx, group.shown.id, loadedCounts(loaded));
  events.listLoaded({
    tenantId: group.tenantId,
    campaignGroupId: group.shown.id,
    contactListId,
    chains: loaded.chains,
    leftOut: loaded.leftOut,
    ms: Math.round(performance.now() - begun),
  });
  return "more";
}

/** The name of the rules by which the whole queue is planned. Empty if its lists were planned by different rules, so that it is planned again. */
const sameFor = ({ loadedListIds }: Group, before: string, name: string): string =>
  loadedListIds.length === 0 || before === name ? name : "";

async function finishStep(
  { events, now, startedDialing }: LoaderDeps,
  tx: TenantTransaction,
  group: Group,
): Promise<Step> {
  const current = await lockUnchanged(tx, group);
  // A plan that the end of the run before cut off is not gone on with.
  await noteQueue(tx, current, { chainsToPlan: 0 });
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

/** Throws if the group was stopped or loaded anew during the step, so that the step is rolled back. */
async function lockUnchanged(tx: TenantTransaction, group: Group): Promise<Group> {
  const current = await findGroup(tx, group.shown.id, true);
  const same =
    current &&
    isLoading(current) &&
    current.queueCleared === group.queueCleared &&
    current.continuing === group.continuing &&
    current.reopenedTo === group.reopenedTo &&
    current.loadedListIds.length === group.loadedListIds.length;
  if (!same) throw new LoadConflict();
  return current;
}

class LoadConflict extends Error {}

const isLoading = ({ shown }: Group): boolean => shown.state === CampaignGroupState.CAMPAIGN_GROUP_STATE_LOADING;
const isRunning = (state: CampaignGroupState): boolean => state === CampaignGroupState.CAMPAIGN_GROUP_STATE_RUNNING;
