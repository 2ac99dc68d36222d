/** Nobody is leased before the contact window of their place opens. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { StallReason } from "../../../../gen/herald/campaigns/v1/progress.ts";
import { startCompliance } from "../../../../svc/compliance/service.ts";
import { startLists } from "../../../../svc/lists/service.ts";
import { startCampaigns } from "../../../../svc/campaigns/service.ts";
import { fakeClock, newId, started, testKeys, until } from "../../../lib/harness.ts";
import {
  clientsOf,
  EMAIL,
  ended,
  lease,
  makeGroup,
  makeList,
  progressOf,
  report,
  smsGroup,
  untilState,
  world,
} from "../../boot.ts";
import { delivery } from "../../things.ts";
import {
  atNight,
  countsAreRight,
  decisions,
  devicesOf,
  dues,
  later,
  moveWest,
  NEW_YORK_OPENS,
  NIGHT,
  nightServices,
  phones,
  startedGroup,
  suppress,
} from "./night.ts";

const services = nightServices();

test("started at night, each chain is due when its place opens, and nothing is asked, handed out or written", async (t) => {
  const here = await atNight(t, services, 0);
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
  const here = await atNight(t, services, 1);
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

test("a place that no rule can read leaves the others planned, and its people are refused one by one", async (t) => {
  const here = await atNight(t, services, 2);
  const list = await makeList(here, phones(3));
  const set = (clientId: string, change: string) =>
    here.listsDb
      .tenant(here.tenantId)
      .query(`update lists.records set ${change} where tenant_id = $1 and contact_list_id = $2 and client_id = $3`, [
        ...[here.tenantId, list, clientId],
      ]);
  await set("C1", "device_zones = '{Nowhere/Land}'");
  await set("C3", "device_infos = '{+1abc}'");
  const id = await startedGroup(here, [list]);
  assert.equal((await dues(here, id))["C2"], later(here, NEW_YORK_OPENS));
  assert.deepEqual(
    (await lease(here, id)).map(({ clientId }) => clientId),
    ["C1", "C3"],
  );
  await countsAreRight(here, id);
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
