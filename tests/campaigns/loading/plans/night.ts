/** For tests of planning: a night, in which nobody in New York may be contacted. */
import assert from "node:assert/strict";
import { AttemptCheckServiceDefinition } from "../../../../gen/herald/compliance/v1/attempt_check_service.ts";
import type { Rule } from "../../../../gen/herald/compliance/v1/rule.ts";
import { RuleServiceDefinition } from "../../../../gen/herald/compliance/v1/rule_service.ts";
import { SuppressionKind } from "../../../../gen/herald/lists/v1/suppression_list.ts";
import { SuppressionListServiceDefinition } from "../../../../gen/herald/lists/v1/suppression_list_service.ts";
import { type Owner, wholeFile } from "../../../lib/cleanup.ts";
import { meshClient, newId } from "../../../lib/harness.ts";
import { anew, boot, type Booted, makeGroup, MOBILE, smsGroup, untilState } from "../../boot.ts";

/** Eleven at night in New York, eight in the evening in Los Angeles, on a Tuesday. */
export const NIGHT = "2026-03-11T03:00:00Z";
export const NEW_YORK_OPENS = "2026-03-11T12:05:00.000Z";
/** Starts the services for the tests of a file, with settings that make them plan again at once. */
export const nightServices = () => boot(wholeFile, { env: { CAMPAIGNS_REPLAN_EVERY: "100ms" } });

/** The services with clients of a new tenant, at a time later than that of the tests before. */
export async function atNight(t: Owner, services: Promise<Booted>, days: number, from = NIGHT) {
  const booted = await anew(t, await services);
  const time = new Date(Date.parse(from) + days * 86_400_000);
  booted.clock.advance(time.getTime() - booted.clock.now().getTime());
  const { addresses, tenantId } = booted;
  return {
    ...booted,
    days,
    rules: meshClient(t, addresses.compliance, RuleServiceDefinition, tenantId),
    checks: meshClient(t, addresses.compliance, AttemptCheckServiceDefinition, tenantId),
    suppression: meshClient(t, addresses.lists, SuppressionListServiceDefinition, tenantId),
  };
}
export type Night = Awaited<ReturnType<typeof atNight>>;

export const later = ({ days }: Pick<Night, "days">, text: string): string =>
  new Date(Date.parse(text) + days * 86_400_000).toISOString();
export const phones = (count: number, devices = 1) =>
  Array.from({ length: count }, () => Array<number>(devices).fill(MOBILE));

/** Moves people of a list to California, with numbers of Los Angeles. */
export const moveWest = ({ listsDb, tenantId }: Booted, listId: string, clientIds: string[]) =>
  listsDb.tenant(tenantId).query(
    `update lists.records set state = 'CA', device_zones = array_fill('America/Los_Angeles'::text, array[cardinality(device_zones)]),
         device_infos = array(select replace(info, '+1212', '+1310') from unnest(device_infos) with ordinality as d (info, place) order by place)
        where tenant_id = $1 and contact_list_id = $2 and client_id = any($3)`,
    [tenantId, listId, clientIds],
  );

export async function devicesOf({ listsDb, tenantId }: Booted, listId: string): Promise<string[][]> {
  const { rows } = await listsDb
    .tenant(tenantId)
    .query<{ infos: string[] }>(
      "select device_infos as infos from lists.records where tenant_id = $1 and contact_list_id = $2 order by id",
      [tenantId, listId],
    );
  return rows.map(({ infos }) => infos);
}

/** When each chain is due, by client. */
export async function dues({ queue }: Booted, campaignGroupId: string): Promise<Record<string, string | undefined>> {
  const { chains } = await queue.listQueued({ campaignGroupId });
  return Object.fromEntries(chains.map(({ clientId, nextTime }) => [clientId, nextTime?.toISOString()]));
}

/** Checks that the counts equal a recount of the queue. */
export async function countsAreRight({ db, tenantId, queue, groups }: Booted, campaignGroupId: string) {
  const { rows } = await db.tenant(tenantId).query<{ minute: number; reason: string; attempted: boolean; n: number }>(
    `select ceil(extract(epoch from due) / 60)::integer as minute, waits_for as reason, attempts > 0 as attempted, count(*)::integer as n
       from campaigns.chains where campaign_group_id = $1 and lane = 2 and waits_for <> '' group by 1, 2, 3 order by 1, 2, 3`,
    [campaignGroupId],
  );
  const kept = await db
    .tenant(tenantId)
    .query<{ minute: number }>(
      `select minute, reason, attempted, count as n from campaigns.waits where campaign_group_id = $1 and count <> 0 order by 1, 2, 3`,
      [campaignGroupId],
    );
  assert.deepEqual(kept.rows, rows);
  const { leftOut } = await queue.listLeftOut({ campaignGroupId });
  const counted = Object.groupBy(leftOut, ({ reason }) => reason);
  const { progress } = await groups.getCampaignGroup({ campaignGroupId });
  assert.deepEqual(
    progress?.leftOutByReason,
    Object.fromEntries(Object.entries(counted).map(([reason, some]) => [reason, some?.length])),
  );
}

export async function decisions({ addresses, tenantId }: Night, t: Owner): Promise<number> {
  const checks = meshClient(t, addresses.compliance, AttemptCheckServiceDefinition, tenantId);
  return (await checks.listDecisions({})).decisions.length;
}

export async function startedGroup(here: Booted, lists: string[], more: Parameters<typeof smsGroup>[1] = {}) {
  const id = await makeGroup(here, smsGroup(lists, more));
  await here.groups.startCampaignGroup({ campaignGroupId: id });
  await untilState(here, id, 4);
  return id;
}

/** Creates a required suppression list with entries, and gives a function that removes one. Writes to the database, since the RPCs would ask identity for the tenant's region. */
export async function suppress(
  { suppression, listsDb, tenantId, clock }: Night,
  entries: { value: string; untilTime?: Date }[],
  kind: SuppressionKind = SuppressionKind.SUPPRESSION_KIND_DEVICE,
) {
  const made = await suppression.createSuppressionList({ suppressionList: { name: newId(), required: true, kind } });
  const key = [tenantId, made.suppressionList?.id];
  const db = listsDb.tenant(tenantId);
  const counted = (by: number) =>
    db.query(
      "update lists.suppression_lists set entry_count = entry_count + $3, update_time = clock_timestamp() where tenant_id = $1 and id = $2",
      [...key, by],
    );
  for (const { value, untilTime } of entries)
    await db.query(
      "insert into lists.suppression_entries (tenant_id, suppression_list_id, value, until_time, reason, create_time) values ($1, $2, $3, $4, '', $5)",
      [...key, value, untilTime ?? null, clock.now()],
    );
  await counted(entries.length);
  return async (value: string) => {
    await db.query(
      "delete from lists.suppression_entries where tenant_id = $1 and suppression_list_id = $2 and value = $3",
      [...key, value],
    );
    await counted(-1);
  };
}

export const hours = (from: number, until: number): Partial<Rule> => ({
  name: newId(),
  required: true,
  body: {
    $case: "contactWindow",
    contactWindow: {
      places: ["*"],
      openTimes: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], fromMinute: from * 60, untilMinute: until * 60 }],
    },
  },
});
