/** Nobody is handed out before the hours of their place, and who must never be tried is left out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LoadMode } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import { StallReason } from "../../../gen/herald/campaigns/v1/progress.ts";
import { AttemptCheckServiceDefinition } from "../../../gen/herald/compliance/v1/attempt_check_service.ts";
import type { Rule } from "../../../gen/herald/compliance/v1/rule.ts";
import { RuleServiceDefinition } from "../../../gen/herald/compliance/v1/rule_service.ts";
import { SuppressionKind } from "../../../gen/herald/lists/v1/suppression_list.ts";
import { SuppressionListServiceDefinition } from "../../../gen/herald/lists/v1/suppression_list_service.ts";
import { startCompliance } from "../../../svc/compliance/service.ts";
import { startLists } from "../../../svc/lists/service.ts";
import { startCampaigns } from "../../../svc/campaigns/service.ts";
import { wholeFile } from "../../lib/cleanup.ts";
import { fakeClock, meshClient, newId, started, testKeys, until } from "../../lib/harness.ts";
import {
  anew,
  boot,
  type Booted,
  clientsOf,
  EMAIL,
  ended,
  lease,
  makeGroup,
  makeList,
  MOBILE,
  progressOf,
  refused,
  report,
  smsGroup,
  untilState,
  world,
} from "../boot.ts";
import { delivery, onDelivery } from "../things.ts";

/** Eleven at night in New York, eight in the evening in Los Angeles, on a Tuesday. */
const NIGHT = "2026-03-11T03:00:00Z";
const NEW_YORK_OPENS = "2026-03-11T12:05:00.000Z";
const services = boot(wholeFile, { env: { CAMPAIGNS_REPLAN_EVERY: "100ms" } });

/** The services with clients of a new tenant, at an instant that is later than those of other tests before. */
async function at(t: Parameters<typeof anew>[0], days: number, from = NIGHT) {
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
type At = Awaited<ReturnType<typeof at>>;

const later = ({ days }: Pick<At, "days">, text: string): string =>
  new Date(Date.parse(text) + days * 86_400_000).toISOString();
const phones = (count: number, devices = 1) => Array.from({ length: count }, () => Array<number>(devices).fill(MOBILE));

/** Has people of a list live in California, with numbers of Los Angeles. */
const moveWest = ({ listsDb, tenantId }: Booted, listId: string, clientIds: string[]) =>
  listsDb.tenant(tenantId).query(
    `update lists.records set state = 'CA', device_zones = array_fill('America/Los_Angeles'::text, array[cardinality(device_zones)]),
         device_infos = array(select replace(info, '+1212', '+1310') from unnest(device_infos) with ordinality as d (info, place) order by place)
        where tenant_id = $1 and contact_list_id = $2 and client_id = any($3)`,
    [tenantId, listId, clientIds],
  );

async function devicesOf({ listsDb, tenantId }: Booted, listId: string): Promise<string[][]> {
  const { rows } = await listsDb
    .tenant(tenantId)
    .query<{ infos: string[] }>(
      "select device_infos as infos from lists.records where tenant_id = $1 and contact_list_id = $2 order by id",
      [tenantId, listId],
    );
  return rows.map(({ infos }) => infos);
}

/** When each chain is due, by client. */
async function dues({ queue }: Booted, campaignGroupId: string): Promise<Record<string, string | undefined>> {
  const { chains } = await queue.listQueued({ campaignGroupId });
  return Object.fromEntries(chains.map(({ clientId, nextTime }) => [clientId, nextTime?.toISOString()]));
}

/** The counts equal a recount of what is there. */
async function countsAreRight({ db, tenantId, queue, groups }: Booted, campaignGroupId: string) {
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

async function decisions({ addresses, tenantId }: At, t: Parameters<typeof anew>[0]): Promise<number> {
  const checks = meshClient(t, addresses.compliance, AttemptCheckServiceDefinition, tenantId);
  return (await checks.listDecisions({})).decisions.length;
}

async function startedGroup(here: Booted, lists: string[], more: Parameters<typeof smsGroup>[1] = {}) {
  const id = await makeGroup(here, smsGroup(lists, more));
  await here.groups.startCampaignGroup({ campaignGroupId: id });
  await untilState(here, id, 4);
  return id;
}

/** Makes a required list with entries, and says how to take one out: as RPCs would, which ask identity for the tenant's region. */
async function suppress(
  { suppression, listsDb, tenantId, clock }: At,
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

const hours = (from: number, until: number): Partial<Rule> => ({
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

test("started at night, each chain is due when its place opens, and nothing is asked, handed out or written", async (t) => {
  const here = await at(t, 0);
  const list = await makeList(here, phones(5));
  await moveWest(here, list, ["C4", "C5"]);
  const id = await startedGroup(here, [list]);
  const opens = later(here, NEW_YORK_OPENS);
  const evening = here.clock.now().toISOString();
  assert.deepEqual(await dues(here, id), { C1: opens, C2: opens, C3: opens, C4: evening, C5: evening });
  const west = await lease(here, id);
  assert.deepEqual(
    west.map(({ clientId }) => clientId),
    ["C4", "C5"],
  );
  await report(here, id, west, ended(delivery("DELIVERED")));
  const { leases, nextDueTime } = await here.mesh.leaseDue({ campaignGroupId: id, maxLeases: 10, holder: "d" });
  assert.deepEqual([leases, nextDueTime?.toISOString()], [[], opens]);
  const progress = await progressOf(here, id);
  assert.deepEqual(
    [progress.due, progress.waiting, progress.waitingForLater, progress.refusalsByReason],
    [5, 3, 3, {}],
  );
  assert.deepEqual(
    progress.stalls.map(({ reason, untilTime }) => [reason, untilTime?.toISOString()]),
    [[StallReason.STALL_REASON_WINDOWS_CLOSED, opens]],
  );
  assert.equal(await decisions(here, t), 0);
  await countsAreRight(here, id);
  here.clock.advance(Date.parse(opens) - here.clock.now().getTime());
  assert.deepEqual(
    (await lease(here, id)).map(({ clientId }) => clientId),
    ["C1", "C2", "C3"],
  );
});

test("the preview of a start at night says who is due at once, and when the others are", async (t) => {
  const here = await at(t, 1);
  const list = await makeList(here, [...phones(3), [EMAIL]]);
  const id = await makeGroup(here, smsGroup([list]));
  await suppress(here, [{ value: (await devicesOf(here, list))[2]?.[0] ?? "" }]);
  const told = await here.groups.previewStart({ campaignGroupId: id });
  assert.deepEqual(
    [told.people, told.dueNow, told.leftOutByReason, told.firstAttemptTime?.toISOString()],
    [2, 0, { suppressed_device: 1, no_device_for_channel: 1 }, later(here, NEW_YORK_OPENS)],
  );
  await moveWest(here, list, ["C1"]);
  const west = await here.groups.previewStart({ campaignGroupId: id });
  assert.deepEqual([west.people, west.dueNow], [2, 1]);
  assert.equal(west.firstAttemptTime?.toISOString(), here.clock.now().toISOString());
});

test("suppressed devices, clients, and places that are never open are left out with their reason, and who has another device keeps it", async (t) => {
  const here = await at(t, 2);
  const list = await makeList(here, [...phones(5), ...phones(2, 2)]);
  const devices = await devicesOf(here, list);
  await moveWest(here, list, ["C3"]);
  const until = new Date(here.clock.now().getTime() + 3 * 86_400_000);
  await suppress(here, [
    { value: devices[0]?.[0] ?? "" },
    { value: devices[3]?.[0] ?? "", untilTime: until },
    { value: devices[5]?.[0] ?? "" },
    ...(devices[6] ?? []).map((value) => ({ value })),
  ]);
  await suppress(here, [{ value: "C2" }], SuppressionKind.SUPPRESSION_KIND_CLIENT_ID);
  const location = { places: ["US-CA"] };
  await here.rules.createRule({ rule: { name: "Not there", required: true, body: { $case: "location", location } } });
  const id = await startedGroup(here, [list]);
  const { leftOut } = await here.queue.listLeftOut({ campaignGroupId: id });
  assert.deepEqual(
    leftOut.map(({ clientId, reason }) => [clientId, reason]),
    [
      ["C1", "suppressed_device"],
      ["C2", "suppressed_client"],
      ["C3", "location_forbidden"],
      ["C7", "suppressed_device"],
    ],
  );
  const { leftOut: clients } = await here.queue.listLeftOut({ campaignGroupId: id, reason: "suppressed_client" });
  assert.equal(clients.length, 1);
  const { chains } = await here.queue.listQueued({ campaignGroupId: id });
  assert.deepEqual(
    chains.map(({ clientId, deviceIndexes }) => [clientId, deviceIndexes]),
    [
      ["C4", [1]],
      ["C5", [1]],
      ["C6", [2]],
    ],
  );
  await countsAreRight(here, id);
});

test("who was left out comes back when the reason is gone, and duplicates stay out", async (t) => {
  const here = await at(t, 3);
  const list = await makeList(here, phones(4));
  const [first = [], second = []] = await devicesOf(here, list);
  await here.listsDb
    .tenant(here.tenantId)
    .query("update lists.records set device_infos = $1 where contact_list_id = $2 and client_id = 'C4'", [first, list]);
  await moveWest(here, list, ["C3"]);
  const lift = await suppress(here, [{ value: second[0] ?? "" }]);
  const location = { places: ["US-CA"] };
  const { rule } = await here.rules.createRule({
    rule: { name: "Not there", required: true, body: { $case: "location", location } },
  });
  const id = await startedGroup(here, [list]);
  const reasons = async () => (await progressOf(here, id)).leftOutByReason;
  assert.deepEqual(await reasons(), { duplicate_device: 1, location_forbidden: 1, suppressed_device: 1 });
  await lift(second[0] ?? "");
  await until(async () => (await reasons())["suppressed_device"] === undefined);
  assert.equal((await dues(here, id))["C2"], later(here, NEW_YORK_OPENS));
  await here.rules.deleteRule({ ruleId: rule?.id ?? "" });
  await until(async () => (await reasons())["location_forbidden"] === undefined);
  assert.deepEqual(await reasons(), { duplicate_device: 1 });
  assert.deepEqual(
    (await lease(here, id)).map(({ clientId }) => clientId),
    ["C3"],
  );
  await countsAreRight(here, id);
});

test("chains that wait for hours go earlier when the hours change, and later when they are due", async (t) => {
  const here = await at(t, 4, "2026-03-10T16:00:00Z");
  const { rule } = await here.rules.createRule({ rule: hours(19, 21) });
  const id = await startedGroup(here, [await makeList(here, phones(3))]);
  const evening = later(here, "2026-03-10T23:05:00.000Z");
  assert.deepEqual(Object.values(await dues(here, id)), [evening, evening, evening]);
  const wait = async (due: string) => until(async () => (await dues(here, id))["C2"] === due);
  await here.rules.updateRule({
    rule: { id: rule?.id ?? "", body: hours(14, 21).body },
    updateMask: ["contact_window"],
  });
  await wait(later(here, "2026-03-10T18:05:00.000Z"));
  await here.rules.deleteRule({ ruleId: rule?.id ?? "" });
  await wait(here.clock.now().toISOString());
  await countsAreRight(here, id);
  assert.equal((await lease(here, id, 1)).length, 1);
  await here.rules.createRule({ rule: hours(19, 21) });
  await wait(evening);
  assert.deepEqual(await lease(here, id), []);
  await countsAreRight(here, id);
});

test("when the day ends, one refusal has all others wait for the morning", async (t) => {
  const here = await at(t, 5, "2026-03-10T16:00:00Z");
  const id = await startedGroup(here, [await makeList(here, phones(6))]);
  here.clock.advance(11 * 3_600_000);
  const opens = later(here, NEW_YORK_OPENS);
  const [first] = await lease(here, id, 1);
  assert.ok(first);
  await report(here, id, [first], refused("outside_window", new Date(opens)));
  await until(async () => Object.values(await dues(here, id)).every((due) => due === opens));
  assert.deepEqual(await lease(here, id), []);
  const progress = await progressOf(here, id);
  assert.deepEqual([progress.refusalsByReason, progress.waitingForLater], [{ outside_window: 1 }, 6]);
  await countsAreRight(here, id);
});

test("a retry whose time is at night waits for the morning", async (t) => {
  const here = await at(t, 6, "2026-03-10T22:00:00Z");
  const treatments = [onDelivery(["EXPIRED"], "RETRY_IN", { intervalSeconds: 8 * 3_600 })];
  const id = await startedGroup(here, [await makeList(here, phones(2))], { treatments });
  await report(here, id, await lease(here, id, 1), ended(delivery("EXPIRED")));
  await until(async () => (await dues(here, id))["C1"] === later(here, NEW_YORK_OPENS));
  await countsAreRight(here, id);
  assert.equal((await lease(here, id)).length, 1, "the other is due");
});

test("who goes on at night waits for the morning: after a pause, after loading by day, after a run before", async (t) => {
  const here = await at(t, 7, "2026-03-10T16:00:00Z");
  const [paused, loaded] = [
    await startedGroup(here, [await makeList(here, phones(3))]),
    await makeGroup(here, smsGroup([await makeList(here, phones(3))])),
  ];
  await here.groups.pauseCampaignGroup({ campaignGroupId: paused });
  await here.groups.loadCampaignGroup({ campaignGroupId: loaded });
  await untilState(here, loaded, 3);
  const stopped = await startedGroup(here, [await makeList(here, phones(3))]);
  await here.groups.stopCampaignGroup({ campaignGroupId: stopped });
  await until(async () => (await progressOf(here, stopped)).finished === 3);
  here.clock.advance(11 * 3_600_000);
  await here.groups.resumeCampaignGroup({ campaignGroupId: paused });
  await here.groups.startCampaignGroup({ campaignGroupId: loaded });
  await here.groups.startCampaignGroup({ campaignGroupId: stopped, mode: LoadMode.LOAD_MODE_CONTINUE });
  const opens = later(here, NEW_YORK_OPENS);
  for (const id of [paused, loaded, stopped]) {
    await untilState(here, id, 4);
    assert.deepEqual(await lease(here, id), []);
    assert.deepEqual(Object.values(await dues(here, id)), [opens, opens, opens]);
    await countsAreRight(here, id);
  }
});

test("while compliance is away loading waits and says so, and goes on once it is back", async (t) => {
  const around = await world(t);
  const clock = fakeClock(NIGHT);
  const options = { keys: testKeys, now: clock.now };
  await started(t, startLists({ env: around.envOf("lists"), keys: testKeys }));
  await started(t, startCampaigns({ env: around.envOf("campaigns"), ...options }));
  const here = { ...around, clock, ...(await clientsOf(t, around, newId())) };
  const id = await makeGroup(here, smsGroup([await makeList(here, phones(2))]));
  await here.groups.startCampaignGroup({ campaignGroupId: id });
  const [stall] = await until(async () => {
    const { stalls } = await progressOf(here, id);
    return stalls[0]?.reason === StallReason.STALL_REASON_COMPLIANCE_UNAVAILABLE && stalls;
  });
  assert.match(stall?.explanation ?? "", /being put into the queue, 0 of 1.*compliance.*does not answer/);
  await started(t, startCompliance({ env: around.envOf("compliance"), ...options }));
  await untilState(here, id, 4);
  assert.deepEqual(Object.values(await dues(here as never, id)), [NEW_YORK_OPENS, NEW_YORK_OPENS]);
});
