/** Rules that change while queues are loaded and planned: every chain ends with the time of the last rule, and nobody waits for another tenant's queues. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { startCampaigns } from "../../../../svc/campaigns/service.ts";
import { started, testKeys, until } from "../../../lib/harness.ts";
import { wholeFile } from "../../../lib/cleanup.ts";
import {
  boot,
  type Booted,
  lease,
  makeGroup,
  makeList,
  makeLongList,
  progressOf,
  refused,
  smsGroup,
} from "../../boot.ts";
import { atNight, countsAreRight, dues, hours, later, phones, startedGroup } from "./night.ts";

const MANY = 12_000;
const BY_DAY = "2026-03-10T16:00:00Z";
const EVENING = "2026-03-10T23:05:00.000Z";
const AFTERNOON = "2026-03-10T18:05:00.000Z";
const env = { CAMPAIGNS_REPLAN_EVERY: "100ms", CAMPAIGNS_PLAN_CHAINS: "200" };
const services = boot(wholeFile, { env });

/** How many chains wait for each time; `now` for those that are due. */
async function waits({ db, tenantId, clock }: Booted, groupId: string): Promise<Record<string, number>> {
  const { rows } = await db.tenant(tenantId).query<{ due: Date; n: number }>(
    `select greatest(due, $3) as due, count(*)::integer as n from campaigns.chains
      where tenant_id = $1 and campaign_group_id = $2 and lane in (2, 3) group by 1`,
    [tenantId, groupId, clock.now()],
  );
  const nowMs = clock.now().getTime();
  return Object.fromEntries(rows.map(({ due, n }) => [due.getTime() <= nowMs ? "now" : due.toISOString(), n]));
}

const untilAllWait = (here: Booted, groupId: string, time: string, count = MANY) =>
  until(async () => (await waits(here, groupId))[time] === count, { timeoutMs: 180_000, what: `all wait for ${time}` });
const leftToPlan = async (here: Booted, groupId: string) => (await progressOf(here, groupId)).chainsToPlan;

test("two rules in quick succession while a large group is loaded: everybody waits for the last one", async (t) => {
  const here = await atNight(t, services, 1, BY_DAY);
  const id = await makeGroup(here, smsGroup([await makeLongList(here, MANY), await makeLongList(here, MANY)]));
  await here.groups.startCampaignGroup({ campaignGroupId: id });
  const { rule } = await here.rules.createRule({ rule: hours(19, 21) });
  await until(async () => (await progressOf(here, id)).due > 0);
  await here.rules.updateRule({
    rule: { id: rule?.id ?? "", body: hours(14, 21).body },
    updateMask: ["contact_window"],
  });
  await untilAllWait(here, id, later(here, AFTERNOON), 2 * MANY);
  await until(async () => (await leftToPlan(here, id)) === 0);
  await countsAreRight(here, id);
});

test("a rule that is gone again while queues are planned by it leaves no time behind, over a restart too", async (t) => {
  const around = await boot(t, { env });
  const here = await atNight(t, Promise.resolve(around), 1, BY_DAY);
  const id = await startedGroup(here, [await makeLongList(here, MANY)]);
  const { rule } = await here.rules.createRule({ rule: hours(19, 21) });
  const inTheMiddle = async () => ((await waits(here, id))[later(here, EVENING)] ?? 0) > 0;
  await until(inTheMiddle, { everyMs: 5 });
  await around.service.stop();
  assert.ok(((await waits(here, id))["now"] ?? 0) > 0, "stopped before the end");
  await here.rules.deleteRule({ ruleId: rule?.id ?? "" });
  await started(t, startCampaigns({ env: here.envOf("campaigns", env), keys: testKeys, now: here.clock.now }));
  await untilAllWait(here, id, "now");
  await until(async () => (await leftToPlan(here, id)) === 0);
  await countsAreRight(here, id);
});

test("a refusal that is reported after the rules have changed leaves nobody with the time of the rules before", async (t) => {
  const here = await atNight(t, services, 3, BY_DAY);
  const id = await startedGroup(here, [await makeList(here, phones(3))]);
  const [first] = await lease(here, id, 1);
  const refusedAt = here.clock.now();
  const { rule } = await here.rules.createRule({ rule: hours(19, 21) });
  const evening = later(here, EVENING);
  await untilAllWait(here, id, evening, 2);
  here.clock.advance(60_000);
  await here.rules.deleteRule({ ruleId: rule?.id ?? "" });
  await untilAllWait(here, id, "now", 2);
  await until(async () => (await leftToPlan(here, id)) === 0);
  here.clock.advance(60_000);
  const { attemptId = "", recordId = "", leaseNumber = 0 } = first ?? {};
  const kind = refused("outside_window", new Date(evening));
  await here.mesh.reportOutcomes({
    reports: [{ campaignGroupId: id, recordId, attemptId, leaseNumber, time: refusedAt, kind }],
  });
  await untilAllWait(here, id, "now", 3);
  assert.equal(Object.keys(await dues(here, id)).length, 3);
  await countsAreRight(here, id);
});

test("the groups of a tenant are planned one after another, in batches, and another tenant does not wait for them", async (t) => {
  const here = await atNight(t, services, 4, BY_DAY);
  const ids = [
    await startedGroup(here, [await makeLongList(here, MANY)]),
    await startedGroup(here, [await makeLongList(here, MANY)]),
  ];
  const other = await atNight(t, services, 4, BY_DAY);
  const small = await startedGroup(other, [await makeList(other, phones(3))]);
  await here.rules.createRule({ rule: hours(19, 21) });
  const left = () => Promise.all(ids.map((id) => leftToPlan(here, id)));
  await until(async () => (await left()).some((count) => count > 0 && count < MANY), { everyMs: 5 });
  await other.rules.createRule({ rule: hours(14, 21) });
  await untilAllWait(other, small, later(other, AFTERNOON), 3);
  assert.ok(
    (await left()).some((count) => count > 0),
    "the large ones are not planned yet",
  );

  const both: number[][] = [];
  await until(
    async () => {
      const counts = await left();
      if (counts.every((count) => count > 0)) both.push(counts);
      const waiting = await Promise.all(ids.map((id) => waits(here, id)));
      return waiting.every((times) => times[later(here, EVENING)] === MANY);
    },
    { timeoutMs: 180_000, everyMs: 20 },
  );
  assert.deepEqual(both, [], "one at a time");
});
