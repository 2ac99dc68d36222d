/** The commands of a group: load, start, pause, resume, stop, delete. */
import { CampaignGroupState, LoadMode } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import type { CallScope } from "../../lib/client/client.ts";
import type { Database, TenantQueryable } from "../../lib/postgres/db.ts";
import type { Now } from "../../lib/async/time.ts";
import type { GroupChanges } from "../progress/group-changes.ts";
import type { CheckContent } from "../messages/content-names.ts";
import { readCounts } from "../progress/count-store.ts";
import { modeRequired, modeTooLate, notSynced, stateConflict } from "../errors.ts";
import type { Events } from "../events.ts";
import { applyCommand, type GroupCommand, type GroupLife, type GroupTransition, stateName } from "./group-states.ts";
import { getGroup } from "./group-store.ts";
import type { Group } from "./group-rows.ts";
import { deleteGroup, type LifeChange, moveGroup } from "./group-life-store.ts";
import type { Planner } from "../loading/plans/planner.ts";
import type { CheckReferences } from "./references.ts";
import type { CheckSender } from "../messages/sender-check.ts";
import type { StateSync } from "../state-sync/state-sync.ts";

export interface CommandDeps {
  db: Database;
  checkReferences: CheckReferences;
  /** Throws FAILED_PRECONDITION if a placeholder of the content would be empty for some people of the group's lists. */
  checkContent: CheckContent;
  checkSender: CheckSender;
  stateSync: Pick<StateSync, "syncNow">;
  planner: Pick<Planner, "planBefore">;
  changes: GroupChanges;
  events: Events;
  now: Now;
  /** Starts the background work at once. */
  nudge: (work: "load" | "sync" | "cancel" | "remove") => void;
}

const {
  CAMPAIGN_GROUP_STATE_ACTIVE: ACTIVE,
  CAMPAIGN_GROUP_STATE_RUNNING: RUNNING,
  CAMPAIGN_GROUP_STATE_STOPPED: STOPPED,
} = CampaignGroupState;
/** An id that sorts before the id of every record. */
const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

/** The commands after whose answer no new attempt may begin. */
const INTERRUPTS: ReadonlySet<GroupCommand> = new Set<GroupCommand>(["pause", "stop"]);

/** A command with its arguments. */
export interface Order {
  command: Exclude<GroupCommand, "delete">;
  /** For load and start: whom to contact after an earlier run. */
  mode?: LoadMode;
  /** For stop: why. */
  reason?: string;
}

/** A group after a command, and the services that could not be told yet. */
export interface CommandResult {
  group: Group;
  untoldServices: string[];
}

/** Gives a command to a group. Returns when the command is in effect. */
export async function giveCommand(
  deps: CommandDeps,
  order: Order,
  tenantId: string,
  groupId: string,
  scope: CallScope,
): Promise<CommandResult> {
  const { db, stateSync } = deps;
  const { command } = order;
  if (command === "load" || command === "start" || command === "resume")
    await checkBefore(deps, command, tenantId, groupId, scope);
  const group = await move(deps, order, tenantId, groupId);
  // The new state is committed, so nothing is leased any more. The sync would also happen later by itself. A repeated pause or stop
  // syncs what could not be synced before.
  const syncs = INTERRUPTS.has(command) && group.mayDial && group.syncedVersion < group.version;
  const untoldServices = syncs ? await stateSync.syncNow({ tenantId, groupId }) : [];
  return { group: await getGroup(db.tenant(tenantId), groupId), untoldServices };
}

/** Deletes a group that is stopped or not loaded. Closes its session first. */
export async function removeGroup(deps: CommandDeps, tenantId: string, groupId: string): Promise<void> {
  const { db, stateSync, changes, nudge } = deps;
  const found = await getGroup(db.tenant(tenantId), groupId);
  if (applyCommand("delete", lifeOf(found)).kind !== "refused" && found.mayDial) {
    const [untold] = await stateSync.syncNow({ tenantId, groupId });
    if (untold !== undefined) throw notSynced(untold);
  }
  await db.transaction(tenantId, async (tx) => {
    const group = await getGroup(tx, groupId, true);
    allowed("delete", group);
    await deleteGroup(tx, group);
  });
  changes.happened({ tenantId, groupId });
  nudge("remove");
}

/** Before the state changes, checks everything that may have become wrong: lists and rules may be deleted, content may name fields that the lists lack, and the sender may belong to another tenant. */
async function checkBefore(
  { db, checkReferences, checkContent, checkSender, planner }: CommandDeps,
  command: GroupCommand,
  tenantId: string,
  groupId: string,
  scope: CallScope,
): Promise<void> {
  const group = await getGroup(db.tenant(tenantId), groupId);
  const made = allowed(command, group);
  if (made.kind !== "moved") return;
  const runs = made.life.state === RUNNING || made.life.startWhenLoaded;
  if (command !== "resume" && (made.loads || runs)) await checkReferences(group.shown, scope);
  if (!runs) return;
  await checkContent(group.shown, scope);
  await checkSender(group.shown, scope);
  // The plan of its queue may be outdated.
  if (!made.loads && made.life.state === RUNNING) await planner.planBefore(group);
}

async function move(
  { db, changes, events, now, nudge }: CommandDeps,
  order: Order,
  tenantId: string,
  groupId: string,
): Promise<Group> {
  const { group, moved } = await db.transaction(tenantId, async (tx) => {
    const before = await getGroup(tx, groupId, true);
    const made = allowed(order.command, before);
    refuseLateMode(before, order);
    if (made.kind === "already") return { group: before, moved: false };
    if (made.loads) await requireMode(tx, before, order, now());
    return { group: await moveGroup(tx, before, changeOf(made, order), now()), moved: true };
  });
  if (!moved) return group;
  events.moved({ tenantId, campaignGroupId: groupId, state: stateName(group.shown.state) });
  changes.happened({ tenantId, groupId });
  for (const work of ["load", "sync", "cancel"] as const) nudge(work);
  return group;
}

/** The effect of the command; throws an error that names the states in which it is possible. */
function allowed(command: GroupCommand, group: Group): Exclude<GroupTransition, { kind: "refused" }> {
  const made = applyCommand(command, lifeOf(group));
  if (made.kind === "refused") throw stateConflict(command, group.shown.state, made.allowed);
  return made;
}

/** A mode decides about the previous run. Once the next run is loaded, it is too late for that. While it is being loaded, the command may be repeated. */
function refuseLateMode({ shown }: Group, { command, mode = LoadMode.LOAD_MODE_UNSPECIFIED }: Order): void {
  if (mode !== LoadMode.LOAD_MODE_UNSPECIFIED && (shown.state === ACTIVE || shown.state === RUNNING))
    throw modeTooLate(command, shown.state);
}

/** After a run, the caller must say whom to contact: nobody gets a second message unless somebody wants it. */
async function requireMode(tx: TenantQueryable, group: Group, { command, mode }: Order, now: Date): Promise<void> {
  if (mode === LoadMode.LOAD_MODE_CONTINUE || mode === LoadMode.LOAD_MODE_ANEW) return;
  if (group.shown.state !== STOPPED) return;
  const counts = await readCounts(tx, group.shown.id, now);
  // While the queue of an earlier run is being removed, its counts are not valid.
  const { due = 0, attempted = 0 } = counts["chains"] ?? {};
  if (!group.queueCleared || due > 0) throw modeRequired(command, due, attempted);
}

/** The columns that change with the state. */
function changeOf({ life, loads }: GroupTransition & { kind: "moved" }, { mode, reason = "" }: Order): LifeChange {
  return {
    state: life.state,
    startWhenLoaded: life.startWhenLoaded,
    continuing: false,
    ...(loads && { loadedListIds: [], cancelling: false, stopReason: "", ...queueOfBefore(mode) }),
    ...(life.state === RUNNING && { mayDial: true }),
    ...(life.state === STOPPED && { cancelling: true, stopReason: reason }),
  };
}

/** What happens to the queue of the previous run. A queue that is half removed is removed completely: that was decided earlier. */
const queueOfBefore = (mode: LoadMode | undefined): LifeChange =>
  mode === LoadMode.LOAD_MODE_CONTINUE
    ? { continuing: true, reopenedTo: BEFORE_ALL }
    : { continuing: false, reopenedTo: null, queueCleared: false };

const lifeOf = ({ shown, startWhenLoaded }: Group): GroupLife => ({ state: shown.state, startWhenLoaded });
