/** SQL of a group's life: its moves, how far its queue is, and its end. */
import { CampaignGroupState } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import type { TenantQueryable } from "../../lib/postgres/db.ts";
import { assignments } from "../../lib/request/mask.ts";
import { beginRun, closeRuns, endRun, removeRuns } from "../progress/history-store.ts";
import { COLUMNS, type Group, type GroupRow, toGroup } from "./group-rows.ts";

const {
  CAMPAIGN_GROUP_STATE_LOADING: LOADING,
  CAMPAIGN_GROUP_STATE_RUNNING: RUNNING,
  CAMPAIGN_GROUP_STATE_PAUSED: PAUSED,
} = CampaignGroupState;

/** What a move of a group's life writes. */
export type LifeChange = Partial<{
  state: CampaignGroupState;
  startWhenLoaded: boolean;
  mayDial: boolean;
  queueCleared: boolean;
  loadedListIds: readonly string[];
  cancelling: boolean;
  continuing: boolean;
  reopenedTo: string | null;
  stopReason: string;
}>;

/** Moves a group; the version grows, and who must be told is told at once. */
export async function moveGroup(db: TenantQueryable, group: Group, change: LifeChange, now: Date): Promise<Group> {
  const set = assignments({ ...change, updateTime: now, tellAfter: "-infinity", tellTries: 0, tellProblem: "" }, 3);
  const text = `update campaigns.groups set ${set.sql}, version = version + 1 where tenant_id = $1 and id = $2 returning ${COLUMNS}`;
  const { rows } = await db.query<GroupRow>(text, [db.tenantId, group.shown.id, ...set.values]);
  await followRun(db, group, change.state ?? group.shown.state, now);
  return toGroup(rows[0] as GroupRow);
}

/** A run lasts from the moment a group begins to dial until it stops. A pause does not end it. */
async function followRun(db: TenantQueryable, { shown }: Group, next: CampaignGroupState, now: Date): Promise<void> {
  if (next === shown.state) return;
  const isWithin = (state: CampaignGroupState) => state === RUNNING || state === PAUSED;
  if (next === LOADING) await closeRuns(db, shown.id);
  else if (isWithin(next) && !isWithin(shown.state)) await beginRun(db, shown.id, now);
  else if (!isWithin(next) && isWithin(shown.state)) await endRun(db, shown.id, now);
}

/** What is noted of a group's queue while it is loaded and planned. */
type QueueNotes = Pick<LifeChange, "queueCleared" | "loadedListIds" | "reopenedTo"> &
  Partial<Pick<Group, "loadProblem" | "plannedWindows" | "plannedTime" | "plannedSuppression" | "chainsToPlan">>;

/** Notes how far loading and planning are; the group's version stays. */
export async function noteQueue(db: TenantQueryable, group: Group, change: QueueNotes): Promise<void> {
  const set = assignments(change, 3);
  await db.query(`update campaigns.groups set ${set.sql} where tenant_id = $1 and id = $2`, [
    db.tenantId,
    group.shown.id,
    ...set.values,
  ]);
}

/** Notes that all chains of a stopped group are closed. */
export async function noteCancelled(db: TenantQueryable, group: Group): Promise<void> {
  await db.query("update campaigns.groups set cancelling = false where tenant_id = $1 and id = $2", [
    db.tenantId,
    group.shown.id,
  ]);
}

/** Removes a group; its queue follows in the background. */
export async function deleteGroup(db: TenantQueryable, group: Group): Promise<void> {
  const key = [db.tenantId, group.shown.id];
  await db.query(
    "insert into campaigns.removals (tenant_id, campaign_group_id) values ($1, $2) on conflict do nothing",
    key,
  );
  await removeRuns(db, group.shown.id);
  await db.query("delete from campaigns.groups where tenant_id = $1 and id = $2", key);
}
