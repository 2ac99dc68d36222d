/** The history of a run's counts is complete, limited in size, and survives a restart. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LoadMode } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import {
  beginRun,
  isTooLong,
  listPoints,
  listRuns,
  notePoints,
  removeRuns,
  thin,
} from "../../../svc/campaigns/progress/history-store.ts";
import { startCampaigns } from "../../../svc/campaigns/service.ts";
import { status } from "../../../svc/lib/errors/errors.ts";
import { wholeFile } from "../../lib/cleanup.ts";
import { newId, rejectsWith, started, testKeys, until } from "../../lib/harness.ts";
import { databaseOf } from "../../lib/servers.ts";
import { anew, boot, type Booted, ended, lease, MOBILE, report, runningGroup, untilState } from "../boot.ts";
import { delivery } from "../things.ts";

const OFTEN = { CAMPAIGNS_HISTORY_EVERY: "50ms" };
const services = await boot(wholeFile, { env: OFTEN });
const phones = (count: number) => Array.from({ length: count }, () => [MOBILE]);
const delivered = ended(delivery("DELIVERED"));

const historyOf = ({ groups }: Pick<Booted, "groups">, campaignGroupId: string, run = 0) =>
  groups.getProgressHistory({ campaignGroupId, run });
const attemptedIn = async (at: Pick<Booted, "groups">, id: string, run = 0) =>
  (await historyOf(at, id, run)).points.map(({ attempted }) => attempted);
const untilAttempted = (at: Booted, id: string, count: number) =>
  until(async () => (await attemptedIn(at, id)).at(-1) === count, { what: `${count} attempted in the newest point` });

test("the history has a run from its start to its end, over a restart, and late results in its last point", async (t) => {
  const at = await boot(t, { env: OFTEN });
  const id = await runningGroup(at, phones(10));
  const beginning = at.clock.now();
  for (const count of [2, 5]) {
    at.clock.advance(60_000);
    const leases = await lease(at, id, count === 2 ? 2 : 3);
    await report(at, id, leases, delivered);
    await untilAttempted(at, id, count);
  }
  await at.service.stop();
  const again = startCampaigns({ env: at.envOf("campaigns", OFTEN), keys: testKeys, now: at.clock.now });
  await started(t, again);
  at.clock.advance(60_000);
  const last = await until(() => lease(at, id, 2).catch(() => undefined));
  await report(at, id, last.slice(0, 1), delivered);
  await untilAttempted(at, id, 6);
  await at.groups.stopCampaignGroup({ campaignGroupId: id });
  const stopped = at.clock.now();
  at.clock.advance(3_600_000);
  await report(at, id, last.slice(1), delivered);
  await untilAttempted(at, id, 7);

  const { run, points, runs } = await historyOf(at, id);
  assert.deepEqual([run?.number, run?.startTime, run?.endTime, runs.length], [1, beginning, stopped, 1]);
  assert.deepEqual(
    points.map(({ attempted }) => attempted).filter((count, i, all) => count !== all[i - 1]),
    [0, 2, 5, 7],
  );
  const [first] = points;
  assert.deepEqual([first?.time, first?.due, first?.waiting, first?.attempted], [beginning, 10, 10, 0]);
  assert.deepEqual(points.at(-1)?.time, stopped);
  assert.ok(points.every(({ due, attempted, refused, waiting }) => due === attempted + refused + waiting));
});

test("a run that begins anew has a history of its own, and that before stays", async (t) => {
  const at = await anew(t, services);
  const id = await runningGroup(at, phones(4));
  await report(at, id, await lease(at, id, 3), delivered);
  await at.groups.stopCampaignGroup({ campaignGroupId: id });
  at.clock.advance(60_000);
  const first = await until(async () => {
    const { points } = await historyOf(at, id, 1);
    return points.at(-1)?.refused === 1 && points;
  });
  await at.groups.startCampaignGroup({ campaignGroupId: id, mode: LoadMode.LOAD_MODE_ANEW });
  await untilState(at, id, 4);
  at.clock.advance(60_000);
  await report(at, id, await lease(at, id, 1), delivered);
  await untilAttempted(at, id, 1);
  const { run, runs, points } = await historyOf(at, id);
  assert.deepEqual([run?.number, runs.map(({ number }) => number), points[0]?.attempted], [2, [2, 1], 0]);
  assert.deepEqual((await historyOf(at, id, 1)).points, first);
  assert.deepEqual((await historyOf(at, id, 3)).points, []);

  await rejectsWith(historyOf(at, id, -1), status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
  const stranger = await anew(t, services);
  await rejectsWith(historyOf(stranger, id), status.NOT_FOUND, "ERROR_REASON_CAMPAIGN_GROUP_NOT_FOUND");
});

test("however long a run is, its points are few, the first and the newest among them; ten runs are kept", async () => {
  const db = databaseOf(wholeFile, "campaigns", services.envOf("campaigns")["DATABASE_URL"] ?? "");
  const key = { tenantId: newId(), groupId: newId() };
  const scope = db.tenant(key.tenantId);
  const beginning = new Date("2026-03-03T12:00:00Z");
  const count = (attempted: number) =>
    scope.query(
      `insert into campaigns.counts (tenant_id, campaign_group_id, kind, name, count) values ($1, $2, 'chains', 'attempted', $3)
       on conflict (tenant_id, campaign_group_id, kind, name) do update set count = excluded.count`,
      [key.tenantId, key.groupId, attempted],
    );
  await beginRun(scope, key.groupId, beginning);
  assert.deepEqual(await notePoints(db.everyTenant(), [key], beginning), [], "nothing has moved, nothing is written");
  const steps = 2_000;
  let most = 0;
  for (let step = 1; step <= steps; step++) {
    await count(step);
    const [noted] = await notePoints(db.everyTenant(), [key], new Date(beginning.getTime() + step * 7_000));
    most = Math.max(most, noted?.points ?? 0);
    if (noted && isTooLong(noted)) await thin(db, noted);
  }
  const [run] = await listRuns(scope, key.groupId);
  const points = await listPoints(scope, key.groupId, 1);
  assert.ok(points.length > 100 && points.length <= 301 && most <= 302, `${points.length} points, ${most} at the most`);
  assert.deepEqual([points[0]?.time, points[0]?.attempted, points.at(-1)?.attempted], [beginning, 0, steps]);
  const seconds = points.map(({ time }) => ((time?.getTime() ?? 0) - beginning.getTime()) / 1_000);
  assert.equal(seconds.at(-1), steps * 7);
  assert.ok(points.every(({ attempted }, i) => i === 0 || attempted > (points[i - 1]?.attempted ?? 0)));
  assert.equal(run?.intervalSeconds, 80);
  const farthest = Math.max(...seconds.slice(1).map((at, i) => at - (seconds[i] ?? 0)));
  assert.ok(farthest <= 160, `two points are ${farthest} s apart`);

  for (let more = 0; more < 11; more++) await beginRun(scope, key.groupId, beginning);
  assert.deepEqual(
    (await listRuns(scope, key.groupId)).map(({ number }) => number),
    [12, 11, 10, 9, 8, 7, 6, 5, 4, 3],
  );
  assert.deepEqual(await listPoints(scope, key.groupId, 1), []);
  await removeRuns(scope, key.groupId);
  assert.deepEqual(await listRuns(scope, key.groupId), []);
});
