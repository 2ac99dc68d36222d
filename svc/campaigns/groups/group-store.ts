/** SQL of campaign groups. */
import { type CampaignGroup, CampaignGroupState } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import { MessageContent } from "../../../gen/herald/campaigns/v1/content.ts";
import { Treatment } from "../../../gen/herald/campaigns/v1/treatment.ts";
import { VoiceSettings } from "../../../gen/herald/campaigns/v1/voice_settings.ts";
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { Purpose } from "../../../gen/herald/common/v1/purpose.ts";
import type { TenantQueryable } from "../../lib/postgres/db.ts";
import { etagOf } from "../../lib/request/etag.ts";
import { isUniqueViolation } from "../../lib/errors/faults.ts";
import { newId } from "../../lib/request/ids.ts";
import { assignments } from "../../lib/request/mask.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";
import { beginRun, closeRuns, endRun, removeRuns } from "../progress/history-store.ts";
import { groupNameTaken, groupNotFound } from "../errors.ts";
import type { GroupSettings } from "./group-checks.ts";

/** A group as it is stored: what callers see, and what the service knows about its progress. */
export interface Group {
  tenantId: string;
  shown: CampaignGroup;
  version: number;
  startWhenLoaded: boolean;
  syncedVersion: number;
  mayDial: boolean;
  syncProblem: string;
  queueCleared: boolean;
  loadedListIds: readonly string[];
  cancelling: boolean;
  /** While loading: the queue of the run before is kept. */
  continuing: boolean;
  /** The record up to which that run's chains are opened again; undefined when none is left to open. */
  reopenedTo: string | undefined;
  /** Why loading waits; empty when it does not. */
  loadProblem: string;
  /** Names the windows that the queue was planned by. */
  plannedWindows: string;
  /** Names the suppression lists by which records were left out. */
  plannedSuppression: string;
}

interface GroupRow {
  tenant_id: string;
  id: string;
  name: string;
  description: string;
  state: CampaignGroupState;
  contact_list_ids: string[];
  channel: Channel;
  content: unknown;
  voice: unknown;
  suppression_list_ids: string[];
  rule_ids: string[];
  treatments: unknown[];
  messages_per_minute: number;
  allow_duplicates: boolean;
  purpose: Purpose;
  create_time: Date;
  update_time: Date;
  version: number;
  start_when_loaded: boolean;
  told_version: number;
  may_dial: boolean;
  tell_problem: string;
  queue_cleared: boolean;
  loaded_list_ids: string[];
  cancelling: boolean;
  continuing: boolean;
  reopened_to: string | null;
  stop_reason: string;
  load_problem: string;
  planned_windows: string;
  planned_suppression: string;
  program_id: string | null;
}

const COLUMNS = `tenant_id, id, name, description, state, contact_list_ids, channel, content, voice, suppression_list_ids, rule_ids,
  treatments, messages_per_minute, allow_duplicates, purpose, create_time, update_time, version, start_when_loaded, told_version, may_dial, tell_problem,
  queue_cleared, loaded_list_ids, cancelling, continuing, reopened_to, stop_reason, load_problem, planned_windows, planned_suppression, program_id`;
const {
  CAMPAIGN_GROUP_STATE_NOT_LOADED: NOT_LOADED,
  CAMPAIGN_GROUP_STATE_LOADING: LOADING,
  CAMPAIGN_GROUP_STATE_RUNNING: RUNNING,
  CAMPAIGN_GROUP_STATE_PAUSED: PAUSED,
} = CampaignGroupState;

/** Stores a new group. The same `requestId` again returns the group of the first call. */
export async function insertGroup(
  db: TenantQueryable,
  settings: GroupSettings,
  requestId: string | undefined,
  now: Date,
): Promise<Group> {
  const text = `insert into campaigns.groups
      (tenant_id, id, request_id, state, create_time, update_time, name, description, contact_list_ids, channel, content, voice,
       suppression_list_ids, rule_ids, treatments, messages_per_minute, allow_duplicates, purpose, program_id)
    values ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
    on conflict (tenant_id, request_id) where request_id is not null do nothing
    returning ${COLUMNS}`;
  const values = [db.tenantId, newId(), requestId ?? null, NOT_LOADED, now, ...settingValues(settings)];
  const { rows } = await namesAreUnique(settings.name, () => db.query<GroupRow>(text, values));
  if (rows[0]) return toGroup(rows[0]);
  const made = await db.query<GroupRow>(
    `select ${COLUMNS} from campaigns.groups where tenant_id = $1 and request_id = $2`,
    [db.tenantId, requestId],
  );
  return toGroup(made.rows[0] as GroupRow);
}

/** The group that a create with this `requestId` made; undefined when there was none. */
export async function groupOfRequest(db: TenantQueryable, requestId: string): Promise<Group | undefined> {
  const { rows } = await db.query<GroupRow>(
    `select ${COLUMNS} from campaigns.groups where tenant_id = $1 and request_id = $2`,
    [db.tenantId, requestId],
  );
  return rows[0] && toGroup(rows[0]);
}

/** One group; throws NOT_FOUND. With `lock`, other writers wait until the transaction ends. */
export async function getGroup(db: TenantQueryable, id: string, lock = false): Promise<Group> {
  const group = await findGroup(db, id, lock);
  if (!group) throw groupNotFound(id);
  return group;
}

/** One group, if it is there. */
export async function findGroup(db: TenantQueryable, id: string, lock = false): Promise<Group | undefined> {
  const text = `select ${COLUMNS} from campaigns.groups where tenant_id = $1 and id = $2${lock ? " for update" : ""}`;
  const { rows } = await db.query<GroupRow>({ name: lock ? "lock_group" : "get_group", text }, [db.tenantId, id]);
  return rows[0] && toGroup(rows[0]);
}

/** Those of the given groups that are there. */
export async function findGroups(db: TenantQueryable, ids: readonly string[]): Promise<Group[]> {
  const text = `select ${COLUMNS} from campaigns.groups where tenant_id = $1 and id = any($2::uuid[])`;
  const { rows } = await db.query<GroupRow>(text, [db.tenantId, ids]);
  return rows.map(toGroup);
}

/** The few columns of a group that each batch of its queue needs. Content is left out: it may have half a megabyte. */
export interface QueueGroup {
  id: string;
  state: CampaignGroupState;
  continuing: boolean;
  channel: Channel;
  treatments: readonly Treatment[];
}

/** Those of the given groups that are there, as far as their queues ask. */
export async function queueGroups(db: TenantQueryable, ids: readonly string[]): Promise<QueueGroup[]> {
  const text = `select id, state, continuing, channel, treatments from campaigns.groups where tenant_id = $1 and id = any($2::uuid[])`;
  const { rows } = await db.query<Pick<GroupRow, "id" | "state" | "continuing" | "channel" | "treatments">>(
    { name: "queue_groups", text },
    [db.tenantId, ids],
  );
  return rows.map((row) => ({ ...row, treatments: row.treatments.map((treatment) => Treatment.fromJSON(treatment)) }));
}

export interface GroupFilter {
  state: CampaignGroupState;
  query: string;
  contactListId: string | undefined;
  suppressionListId: string | undefined;
  usingLists: boolean;
}

/** One page of groups, newest first. */
export async function listGroups(db: TenantQueryable, filter: GroupFilter, page: Page) {
  const { rows } = await db.query<GroupRow>(
    `select ${COLUMNS} from campaigns.groups
      where tenant_id = $1 and ($2::uuid is null or id < $2) and ($3 = 0 or state = $3) and ($4 = '' or position(lower($4) in lower(name)) > 0)
        and ($6::uuid is null or $6 = any(contact_list_ids)) and ($7::uuid is null or $7 = any(suppression_list_ids))
        and (not $8 or state between ${LOADING} and ${PAUSED})
      order by id desc limit $5`,
    [
      db.tenantId,
      page.after?.[0] ?? null,
      filter.state,
      filter.query,
      page.limit,
      filter.contactListId,
      filter.suppressionListId,
      filter.usingLists,
    ],
  );
  return pageOf(page, rows, (row) => [row.id], toGroup);
}

/** Writes settings; the version grows. */
export async function updateSettings(
  db: TenantQueryable,
  group: Group,
  settings: GroupSettings,
  now: Date,
): Promise<Group> {
  const text = `update campaigns.groups
      set name = $4, description = $5, contact_list_ids = $6, channel = $7, content = $8, voice = $9, suppression_list_ids = $10,
          rule_ids = $11, treatments = $12, messages_per_minute = $13, allow_duplicates = $14, purpose = $15, program_id = $16, version = version + 1, update_time = $3, tell_after = '-infinity'
    where tenant_id = $1 and id = $2 returning ${COLUMNS}`;
  const values = [db.tenantId, group.shown.id, now, ...settingValues(settings)];
  const { rows } = await namesAreUnique(settings.name, () => db.query<GroupRow>(text, values));
  return toGroup(rows[0] as GroupRow);
}

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
  Partial<Pick<Group, "loadProblem" | "plannedWindows" | "plannedSuppression">>;

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

function settingValues(settings: GroupSettings): unknown[] {
  return [
    settings.name,
    settings.description,
    settings.contactListIds,
    settings.channel,
    settings.content ? JSON.stringify(MessageContent.toJSON(settings.content)) : null,
    settings.voice ? JSON.stringify(VoiceSettings.toJSON(settings.voice)) : null,
    settings.suppressionListIds,
    settings.ruleIds,
    JSON.stringify(settings.treatments.map((treatment) => Treatment.toJSON(treatment))),
    settings.messagesPerMinute,
    settings.allowDuplicates,
    settings.purpose,
    settings.programId || null,
  ];
}

async function namesAreUnique<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error, "groups_name")) throw groupNameTaken(name);
    throw error;
  }
}

function toGroup(row: GroupRow): Group {
  return {
    tenantId: row.tenant_id,
    shown: {
      id: row.id,
      name: row.name,
      description: row.description,
      state: row.state,
      contactListIds: row.contact_list_ids,
      channel: row.channel,
      content: row.content ? MessageContent.fromJSON(row.content) : undefined,
      voice: row.voice ? VoiceSettings.fromJSON(row.voice) : undefined,
      suppressionListIds: row.suppression_list_ids,
      ruleIds: row.rule_ids,
      treatments: row.treatments.map((treatment) => Treatment.fromJSON(treatment)),
      messagesPerMinute: row.messages_per_minute,
      allowDuplicates: row.allow_duplicates,
      purpose: row.purpose,
      createTime: row.create_time,
      updateTime: row.update_time,
      etag: etagOf(row.version),
      stopReason: row.stop_reason,
      programId: row.program_id ?? "",
    },
    version: row.version,
    startWhenLoaded: row.start_when_loaded,
    syncedVersion: row.told_version,
    mayDial: row.may_dial,
    syncProblem: row.tell_problem,
    queueCleared: row.queue_cleared,
    loadedListIds: row.loaded_list_ids,
    cancelling: row.cancelling,
    continuing: row.continuing,
    reopenedTo: row.reopened_to ?? undefined,
    loadProblem: row.load_problem,
    plannedWindows: row.planned_windows,
    plannedSuppression: row.planned_suppression,
  };
}
