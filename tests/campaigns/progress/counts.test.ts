import assert from "node:assert/strict";
import { test } from "node:test";
import type { AttemptReport } from "../../../gen/herald/campaigns/v1/attempt_report.ts";
import type { Lease } from "../../../gen/herald/campaigns/v1/lease.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { Lane } from "../../../svc/campaigns/queue/chain.ts";
import { chainCounts, type CountedChain, waitOf } from "../../../svc/campaigns/progress/counts.ts";
import { wholeFile } from "../../lib/cleanup.ts";
import { until } from "../../lib/harness.ts";
import {
  anew,
  begun,
  boot,
  type Booted,
  ended,
  lease,
  makeGroup,
  makeList,
  MOBILE,
  progressOf,
  refused,
  returned,
} from "../boot.ts";
import { called, onCall } from "../things.ts";

const services = await boot(wholeFile, {
  env: { CAMPAIGNS_SWEEP_EVERY: "20ms", CAMPAIGNS_UNCOUNTED_TRIES: "2", CAMPAIGNS_STALE_AFTER_VOICE: "30m" },
});

/** A random generator with a seed, so that a failure can be reproduced. */
function dice(seed: number) {
  let state = seed;
  const next = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
  return {
    roll: (sides: number) => Math.floor(next() * sides),
    pick: <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T,
  };
}

/** The counts, computed from the rows of the queue. */
async function recount({ db, tenantId }: Booted, groupId: string, now: Date) {
  const { rows } = await db
    .tenant(tenantId)
    .query<Record<string, never> & CountedChain & { due: Date | null; lane: Lane }>(
      `select record_status as "recordStatus", attempts, lane, due, waits_for as "waitsFor", refusal_reason as "refusalReason"
       from campaigns.chains where tenant_id = $1 and campaign_group_id = $2`,
      [tenantId, groupId],
    );
  const sums: Record<string, number> = {};
  let later = 0;
  for (const row of rows) {
    const chain = { ...row, due: row.due ?? undefined };
    for (const [name, count] of chainCounts(chain)) sums[name] = (sums[name] ?? 0) + count;
    const wait = waitOf(chain);
    if (wait && !wait.attempted && wait.minute * 60_000 > now.getTime()) later += 1;
  }
  return { sums, later };
}

async function agrees(at: Booted, groupId: string, results: Record<string, number>): Promise<void> {
  const progress = await progressOf(at, groupId);
  const { sums, later } = await recount(at, groupId, at.clock.now());
  const {
    due,
    attempted,
    refused: refusedChains,
    waiting,
    inFlight,
    finished,
    stale,
    attempts,
    waitingForLater,
  } = progress;
  assert.deepEqual(
    {
      due,
      attempted,
      refused: refusedChains,
      waiting,
      in_flight: inFlight,
      finished,
      stale,
      attempts,
      later: waitingForLater,
    },
    { ...sums, later },
  );
  assert.equal(attempted + refusedChains + waiting, due);
  assert.equal(
    Object.values(progress.refusedByReason).reduce((sum, count) => sum + count, 0),
    refusedChains,
  );
  const known = Object.fromEntries(Object.entries(results).filter(([, count]) => count > 0));
  assert.deepEqual(progress.attemptsByResult, known);
}

for (const seed of [1, 2, 3]) {
  test(`counts equal a recount after a random history, at every moment of it (seed ${seed})`, async (t) => {
    const at = await anew(t, services);
    const { roll, pick } = dice(seed);
    const records = Array.from({ length: 150 }, () => Array.from({ length: 1 + roll(3) }, () => MOBILE));
    const id = await makeGroup(at, {
      name: "Random",
      channel: Channel.CHANNEL_VOICE,
      contactListIds: [await makeList(at, records)],
      voice: {
        mode: 6,
        callsPerMinute: 60,
        linesPerAgent: 0,
        simulatedAgents: 0,
        maxPorts: 0,
        ringTimeoutSeconds: 0,
        callerId: "",
        simulatedHandlingSeconds: 0,
      },
      treatments: [
        onCall(["BUSY"], "REDIAL", { maxCount: 2, intervalSeconds: 120 }),
        onCall(["BUSY", "NO_ANSWER"], "NEXT_IN_CHAIN", { maxCount: 3, intervalSeconds: 30 }),
        onCall(["NO_ANSWER"], "RETRY_IN", { intervalSeconds: 600 }),
      ],
    });
    await at.groups.startCampaignGroup({ campaignGroupId: id });
    await until(async () => (await progressOf(at, id)).due === 150);

    const results: Record<string, number> = {};
    const told = (name: string, by = 1) => (results[name] = (results[name] ?? 0) + by);
    const inFlight: Lease[] = [];
    const report = (leased: Lease, kind: AttemptReport["kind"]): AttemptReport => ({
      campaignGroupId: id,
      recordId: leased.recordId,
      attemptId: leased.attemptId,
      leaseNumber: leased.leaseNumber,
      time: at.clock.now(),
      kind,
    });
    const soon = () => new Date(at.clock.now().getTime() + 1_000 * (1 + roll(1_200)));
    /** Sends one report that the queue accepts, sometimes twice. */
    const happen = (leased: Lease): AttemptReport[] => {
      const name = pick(["ANSWER", "BUSY", "BUSY", "NO_ANSWER", "FAX_DETECTED"] as const);
      const end = () => (told(name.toLowerCase()), report(leased, ended(called(name))));
      const reports = [
        () => [end()],
        () => [report(leased, begun), end()],
        () => (inFlight.push(leased), [report(leased, begun)]),
        () => [report(leased, refused("outside_window", soon()))],
        () => [report(leased, refused(pick(["suppressed_device", "device_gone", "suppressed_client"])))],
        () => [report(leased, returned)],
        () => [report(leased, begun), report(leased, ended(called("NO_FREE_PORT"), false))],
        () => [],
      ];
      const made = pick(reports)();
      return roll(4) === 0 ? [...made, ...made] : made;
    };

    for (let round = 0; round < 40; round++) {
      const leases = await lease(at, id, 1 + roll(30));
      const reports = leases.flatMap(happen);
      for (const leased of inFlight.splice(0, roll(4)))
        reports.push(report(leased, ended(called("ANSWER"))), ...(told("answer"), []));
      await at.mesh.reportOutcomes({ reports });
      at.clock.advance(1_000 * roll(90));
      if (round % 10 === 9) await agrees(at, id, results);
    }

    at.clock.advance(3 * 3_600_000);
    await until(async () => (await recount(at, id, at.clock.now())).sums["stale"] === inFlight.length, {
      what: "overdue results are given up",
    });
    if (inFlight.length > 0) told("stale", inFlight.length);
    await agrees(at, id, results);
    for (const leased of inFlight.splice(0, 2)) {
      told("stale", -1);
      told("answer");
      await at.mesh.reportOutcomes({ reports: [report(leased, ended(called("ANSWER")))] });
    }
    await agrees(at, id, results);

    await at.groups.stopCampaignGroup({ campaignGroupId: id }).catch(() => {});
    await until(async () => (await progressOf(at, id)).finished + inFlight.length === 150);
    await agrees(at, id, results);
  });
}
