/** People who must never be contacted are left out of the queue, with a reason. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { SuppressionKind } from "../../../gen/herald/lists/v1/suppression_list.ts";
import { until } from "../../lib/harness.ts";
import { lease, makeList, progressOf } from "../boot.ts";
import {
  atNight,
  countsAreRight,
  devicesOf,
  dues,
  later,
  moveWest,
  NEW_YORK_OPENS,
  nightServices,
  phones,
  startedGroup,
  suppress,
} from "./plans/night.ts";

const services = nightServices();

test("suppressed devices, clients, and places that are never open are left out with their reason, and who has another device keeps it", async (t) => {
  const here = await atNight(t, services, 2);
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
  const here = await atNight(t, services, 3);
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
