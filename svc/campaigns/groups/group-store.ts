/** SQL of campaign groups. */
import { CampaignGroupState } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import { Treatment } from "../../../gen/herald/campaigns/v1/treatment.ts";
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { TenantQueryable } from "../../lib/postgres/db.ts";
import { isUniqueViolation } from "../../lib/errors/faults.ts";
import { newId } from "../../lib/request/ids.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";
import { groupNameTaken, groupNotFound } from "../errors.ts";
import type { GroupSettings } from "./group-checks.ts";
import { COLUMNS, type Group, type GroupRow, settingValues, toGroup } from "./group-rows.ts";

const {
  CAMPAIGN_GROUP_STATE_NOT_LOADED: NOT_LOADED,
  CAMPAIGN_GROUP_STATE_LOADING: LOADING,
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
       suppression_list_ids, rule_ids, treatments, messages_per_minute, allow_duplicates, purpose, program_id, provider_id)
    values ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
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
  messageTemplateId: string | undefined;
  usingLists: boolean;
}

/** One page of groups, newest first. */
export async function listGroups(db: TenantQueryable, filter: GroupFilter, page: Page) {
  const { rows } = await db.query<GroupRow>(
    `select ${COLUMNS} from campaigns.groups
      where tenant_id = $1 and ($2::uuid is null or id < $2) and ($3 = 0 or state = $3) and ($4 = '' or position(lower($4) in lower(name)) > 0)
        and ($6::uuid is null or $6 = any(contact_list_ids)) and ($7::uuid is null or $7 = any(suppression_list_ids))
        and ($9::text is null or content ->> 'messageTemplateId' = $9) and (not $8 or state between ${LOADING} and ${PAUSED})
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
      filter.messageTemplateId ?? null,
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
          rule_ids = $11, treatments = $12, messages_per_minute = $13, allow_duplicates = $14, purpose = $15, program_id = $16, provider_id = $17, version = version + 1, update_time = $3, tell_after = '-infinity'
    where tenant_id = $1 and id = $2 returning ${COLUMNS}`;
  const values = [db.tenantId, group.shown.id, now, ...settingValues(settings)];
  const { rows } = await namesAreUnique(settings.name, () => db.query<GroupRow>(text, values));
  return toGroup(rows[0] as GroupRow);
}

async function namesAreUnique<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error, "groups_name")) throw groupNameTaken(name);
    throw error;
  }
}
