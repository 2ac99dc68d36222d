/** Queued chains are planned again when contact windows change or end, and when a group goes on at night. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LoadMode } from "../../../../gen/herald/campaigns/v1/campaign_group.ts";
import { until } from "../../../lib/harness.ts";
import { ended, lease, makeGroup, makeList, progressOf, refused, report, smsGroup, untilState } from "../../boot.ts";
import { delivery, onDelivery } from "../../things.ts";
import {
  atNight,
  countsAreRight,
  dues,
  hours,
  later,
  NEW_YORK_OPENS,
  nightServices,
  phones,
  startedGroup,
} from "./night.ts";

const services = nightServices();

test("chains that wait for hours go earlier when the hours change, and later when they are due", async (t) => {
  const here = await atNight(t, services, 4, "2026-03-10T16:00:00Z");
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
  const here = await atNight(t, services, 5, "2026-03-10T16:00:00Z");
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
  const here = await atNight(t, services, 6, "2026-03-10T22:00:00Z");
  const treatments = [onDelivery(["EXPIRED"], "RETRY_IN", { intervalSeconds: 8 * 3_600 })];
  const id = await startedGroup(here, [await makeList(here, phones(2))], { treatments });
  await report(here, id, await lease(here, id, 1), ended(delivery("EXPIRED")));
  await until(async () => (await dues(here, id))["C1"] === later(here, NEW_YORK_OPENS));
  await countsAreRight(here, id);
  assert.equal((await lease(here, id)).length, 1, "the other is due");
});

test("who goes on at night waits for the morning: after a pause, after loading by day, after a run before", async (t) => {
  const here = await atNight(t, services, 7, "2026-03-10T16:00:00Z");
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
