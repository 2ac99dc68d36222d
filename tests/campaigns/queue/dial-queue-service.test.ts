import assert from "node:assert/strict";
import { test } from "node:test";
import { RecordStatus } from "../../../gen/herald/common/v1/record_type.ts";
import { wholeFile } from "../../lib/cleanup.ts";
import { newId, rejectsWith, status, until } from "../../lib/harness.ts";
import {
  anew,
  begun,
  boot,
  clientsOf,
  ended,
  lease,
  makeGroup,
  makeList,
  MOBILE,
  progressOf,
  refused,
  report,
  returned,
  runningGroup,
  smsGroup,
  untilState,
} from "../boot.ts";
import { delivery, onDelivery } from "../things.ts";

const services = await boot(wholeFile, { env: { CAMPAIGNS_SWEEP_EVERY: "100ms" } });
const phones = (count: number) => Array.from({ length: count }, () => [MOBILE]);

test("LeaseDue hands out what is due, in the order of the list, and no chain twice", async (t) => {
  const at = await anew(t, services);
  const id = await runningGroup(at, phones(7));
  const first = await lease(at, id, 5);
  assert.deepEqual(first.map((one) => one.clientId).toSorted(), ["C1", "C2", "C3", "C4", "C5"]);
  assert.ok(first.every((one) => one.attemptNumber === 1 && one.deviceIndex === 1));
  assert.deepEqual(first[0]?.expireTime, new Date(at.clock.now().getTime() + 60_000));
  const { leases, nextDueTime } = await at.mesh.leaseDue({ campaignGroupId: id, maxLeases: 500, holder: "dialer-1" });
  assert.deepEqual(leases.map((one) => one.clientId).toSorted(), ["C6", "C7"]);
  assert.deepEqual(nextDueTime, first[0]?.expireTime, "the leases come back then");
  assert.equal(new Set([...first, ...leases].map((one) => one.attemptId)).size, 7);
});

test("two holders that lease at the same time never get the same chain", async (t) => {
  const at = await anew(t, services);
  const id = await runningGroup(at, phones(2_000));
  const given: string[] = [];
  const worker = async (holder: string) => {
    for (;;) {
      const leases = await lease(at, id, 50, holder);
      if (leases.length === 0) return;
      given.push(...leases.map((one) => one.recordId));
    }
  };
  await Promise.all(["a", "b", "c", "d"].map(worker));
  assert.equal(given.length, 2_000);
  assert.equal(new Set(given).size, 2_000);
});

test("a lease that ends comes back with the same attempt id; one that was renewed does not", async (t) => {
  const at = await anew(t, services);
  const id = await runningGroup(at, phones(2));
  const [kept, left] = await lease(at, id);
  at.clock.advance(40_000);
  const { lostAttemptIds } = await at.mesh.renewLeases({
    campaignGroupId: id,
    attemptIds: [kept?.attemptId ?? "", newId()],
    holder: "dialer-1",
  });
  assert.equal(lostAttemptIds.length, 1);
  at.clock.advance(30_000);
  const again = await lease(at, id, 500, "dialer-2");
  assert.deepEqual(
    again.map((one) => [one.attemptId, one.attemptNumber]),
    [[left?.attemptId, 1]],
  );
  const stolen = await at.mesh.renewLeases({
    campaignGroupId: id,
    attemptIds: [left?.attemptId ?? ""],
    holder: "dialer-1",
  });
  assert.deepEqual(stolen.lostAttemptIds, [left?.attemptId]);
});

test("what a dialer gives back or has refused after another has its lease changes nothing, and is answered as late", async (t) => {
  const at = await anew(t, services);
  const id = await runningGroup(at, phones(4));
  const before = await lease(at, id, 500, "dialer-1");
  at.clock.advance(70_000);
  const after = await lease(at, id, 500, "dialer-2");
  assert.deepEqual(
    [before, after].map((leases) => leases.map(({ leaseNumber }) => leaseNumber)),
    [
      [1, 1, 1, 1],
      [2, 2, 2, 2],
    ],
  );
  const ids = (leases: readonly { attemptId: string }[]) => leases.map(({ attemptId }) => attemptId).toSorted();
  assert.deepEqual(ids(before), ids(after));
  const late = await report(at, id, before.slice(0, 2), returned);
  assert.deepEqual(late.lateAttemptIds.toSorted(), ids(before.slice(0, 2)));
  await report(at, id, before.slice(2), refused("suppressed_device"));
  assert.deepEqual(await lease(at, id), [], "nothing is due again");
  assert.deepEqual((await progressOf(at, id)).refusalsByReason, {});
  assert.deepEqual((await report(at, id, after.slice(0, 1), returned)).lateAttemptIds, []);
  assert.equal((await lease(at, id)).length, 1, "the one that has the lease may give it back");
});

test("an attempt that was made counts, whoever has its lease by now", async (t) => {
  const at = await anew(t, services);
  const id = await runningGroup(at, phones(1));
  const before = await lease(at, id, 1, "dialer-1");
  at.clock.advance(70_000);
  await lease(at, id, 1, "dialer-2");
  assert.deepEqual((await report(at, id, before, begun)).lateAttemptIds, []);
  await report(at, id, before, ended(delivery("DELIVERED")));
  const { attempts, attemptsByResult, finished } = await progressOf(at, id);
  assert.deepEqual([attempts, attemptsByResult, finished], [1, { delivered: 1 }, 1]);
});

test("an attempt that was returned or refused gets a new id at its next lease", async (t) => {
  const at = await anew(t, services);
  const id = await runningGroup(at, phones(2));
  const [one, two] = await lease(at, id);
  await report(at, id, [one!], returned);
  await report(at, id, [two!], refused("outside_window", new Date(at.clock.now().getTime() + 5_000)));
  const [returnedOne, ...rest] = await lease(at, id);
  assert.equal(returnedOne?.recordId, one?.recordId);
  assert.notEqual(returnedOne?.attemptId, one?.attemptId);
  assert.equal(rest.length, 0);
  at.clock.advance(5_000);
  const [refusedOne] = await lease(at, id);
  assert.equal(refusedOne?.recordId, two?.recordId);
  assert.notEqual(refusedOne?.attemptId, two?.attemptId);
});

test("what waited for its time is leased before fresh chains", async (t) => {
  const at = await anew(t, services);
  const id = await runningGroup(at, phones(10));
  const [first] = await lease(at, id, 1);
  await report(at, id, [first!], refused("attempt_cap", new Date(at.clock.now().getTime() + 1_000)));
  at.clock.advance(1_000);
  assert.equal((await lease(at, id, 1))[0]?.recordId, first?.recordId);
});

test("a report counts once, and one about another attempt changes nothing", async (t) => {
  const at = await anew(t, services);
  const id = await runningGroup(at, phones(2), {
    treatments: [onDelivery(["EXPIRED"], "REDIAL", { maxCount: 5, intervalSeconds: 60 })],
  });
  const [chain] = await lease(at, id, 1);
  const stranger = { recordId: chain!.recordId, attemptId: newId() };
  await report(at, id, [stranger], ended(delivery("DELIVERED")));
  await report(at, newId(), [chain!], ended(delivery("DELIVERED")));
  for (let i = 0; i < 3; i++) await report(at, id, [chain!], begun);
  for (let i = 0; i < 3; i++) await report(at, id, [chain!], ended(delivery("EXPIRED")));
  await report(at, id, [chain!], ended(delivery("DELIVERED")));
  const progress = await progressOf(at, id);
  assert.deepEqual(progress.attemptsByResult, { expired: 1 });
  assert.deepEqual(
    [progress.attempts, progress.attempted, progress.waiting, progress.attemptsLastMinute],
    [1, 1, 1, 1],
  );
  at.clock.advance(60_000);
  const [again] = await lease(at, id, 1);
  assert.equal(again?.attemptNumber, 2);
  await report(at, id, [chain!], ended(delivery("DELIVERED")));
  assert.deepEqual((await progressOf(at, id)).attemptsByResult, { expired: 1 }, "the first attempt is over");
});

test("begin and end of one attempt may come in one batch", async (t) => {
  const at = await anew(t, services);
  const id = await runningGroup(at, phones(3));
  const leases = await lease(at, id);
  const reports = leases.flatMap(({ recordId, attemptId }) =>
    [begun, ended(delivery("DELIVERED"))].map((kind) => ({
      campaignGroupId: id,
      recordId,
      attemptId,
      time: at.clock.now(),
      kind,
    })),
  );
  await at.mesh.reportOutcomes({ reports });
  const progress = await progressOf(at, id);
  assert.deepEqual([progress.attempts, progress.finished, progress.attemptsByResult], [3, 3, { delivered: 3 }]);
});

test("a result that never comes leaves its chain stale; found out later, treatments follow", async (t) => {
  const at = await anew(t, services);
  const id = await runningGroup(at, phones(2), {
    treatments: [onDelivery(["EXPIRED"], "REDIAL", { intervalSeconds: 60 })],
  });
  const [chain] = await lease(at, id, 1);
  await report(at, id, [chain!], begun);
  at.clock.advance(25 * 3_600_000 + 1_000);
  await until(async () => (await progressOf(at, id)).stale === 1);
  const { chain: stale } = await at.queue.getChain({ campaignGroupId: id, recordId: chain!.recordId });
  assert.equal(stale?.recordStatus, RecordStatus.RECORD_STATUS_STALE);
  assert.equal(
    (await lease(at, id)).some((one) => one.recordId === chain!.recordId),
    false,
    "never tried again by itself",
  );
  await report(at, id, [chain!], ended(delivery("EXPIRED")));
  const progress = await progressOf(at, id);
  assert.deepEqual([progress.stale, progress.attemptsByResult], [0, { expired: 1 }]);
});

test("LeaseDue gives nothing while the group does not run", async (t) => {
  const at = await anew(t, services);
  const id = await makeGroup(at, smsGroup([await makeList(at, phones(1))]));
  assert.deepEqual(await lease(at, id), []);
  await at.groups.loadCampaignGroup({ campaignGroupId: id });
  await untilState(at, id, 3);
  assert.deepEqual(await lease(at, id), []);
  assert.deepEqual(await lease(at, newId()), [], "nor for a group that is not there");
});

test("a running group whose chains are all closed stops by itself", async (t) => {
  const at = await anew(t, services);
  const id = await runningGroup(at, phones(2));
  const leases = await lease(at, id);
  await report(at, id, leases.slice(0, 1), ended(delivery("DELIVERED")));
  await report(at, id, leases.slice(1), refused("suppressed_device"));
  await untilState(at, id, 6);
  const progress = await progressOf(at, id);
  assert.deepEqual([progress.due, progress.attempted, progress.refused, progress.waiting], [2, 1, 1, 0]);
  assert.deepEqual(progress.refusedByReason, { suppressed_device: 1 });
  assert.match(progress.stalls[0]?.explanation ?? "", /^It has ended\./);
});

test("ListQueued shows chains by their status, page by page without gap or repeat", async (t) => {
  const at = await anew(t, services);
  const id = await runningGroup(at, phones(25));
  await lease(at, id, 10);
  for (const [recordStatus, expected] of [
    [0, 25],
    [RecordStatus.RECORD_STATUS_READY, 15],
    [RecordStatus.RECORD_STATUS_RETRIEVED, 10],
  ] as const) {
    const seen: string[] = [];
    let pageToken = "";
    do {
      const page = await at.queue.listQueued({ campaignGroupId: id, pageSize: 4, pageToken, recordStatus });
      seen.push(...page.chains.map((chain) => chain.recordId));
      pageToken = page.nextPageToken;
    } while (pageToken);
    assert.equal(seen.length, expected);
    assert.deepEqual(seen, [...new Set(seen)].toSorted());
  }
  await rejectsWith(
    at.queue.listQueued({ campaignGroupId: id, pageSize: -1 }),
    status.INVALID_ARGUMENT,
    "ERROR_REASON_FIELDS_INVALID",
  );
  await rejectsWith(
    at.queue.listQueued({ campaignGroupId: id, pageToken: "nonsense" }),
    status.INVALID_ARGUMENT,
    "ERROR_REASON_PAGE_TOKEN_INVALID",
  );
});

test("a group or chain that is not there is NOT_FOUND, and so is another tenant's", async (t) => {
  const at = await anew(t, services);
  const id = await runningGroup(at, phones(1));
  const [chain] = await lease(at, id);
  const other = await clientsOf(t, at, newId());
  for (const queue of [other.queue]) {
    await rejectsWith(
      queue.listQueued({ campaignGroupId: id }),
      status.NOT_FOUND,
      "ERROR_REASON_CAMPAIGN_GROUP_NOT_FOUND",
    );
    await rejectsWith(
      queue.getChain({ campaignGroupId: id, recordId: chain!.recordId }),
      status.NOT_FOUND,
      "ERROR_REASON_CHAIN_NOT_FOUND",
    );
  }
  await rejectsWith(
    at.queue.getChain({ campaignGroupId: id, recordId: newId() }),
    status.NOT_FOUND,
    "ERROR_REASON_CHAIN_NOT_FOUND",
  );
  assert.deepEqual(await lease(other, id), []);
  await other.mesh.reportOutcomes({
    reports: [{ campaignGroupId: id, ...chain!, kind: ended(delivery("DELIVERED")) }],
  });
  assert.equal((await progressOf(at, id)).attempts, 0);
});

test("requests of dialers are checked field by field", async (t) => {
  const at = await anew(t, services);
  const fields = async (call: Promise<unknown>) =>
    (await rejectsWith(call, status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID")).fields.map((one) => one.field);
  assert.deepEqual(await fields(at.mesh.leaseDue({ campaignGroupId: "x", maxLeases: 1, leaseSeconds: 1 })), [
    "campaign_group_id",
    "holder",
    "lease_seconds",
  ]);
  assert.deepEqual(await fields(at.mesh.leaseDue({ campaignGroupId: newId(), maxLeases: 501, holder: "d" })), [
    "max_leases",
  ]);
  assert.deepEqual(await fields(at.mesh.renewLeases({ campaignGroupId: newId(), attemptIds: ["x"], holder: "d" })), [
    "attempt_ids[0]",
  ]);
  const good = { campaignGroupId: newId(), recordId: newId(), attemptId: newId() };
  assert.deepEqual(
    await fields(
      at.mesh.reportOutcomes({
        reports: [
          { ...good, recordId: "" },
          { ...good, kind: { $case: "ended", ended: { counts: true } } },
          { ...good, kind: refused("Outside Window") },
        ],
      }),
    ),
    ["reports[0].record_id", "reports[0].kind", "reports[1].ended.outcome", "reports[2].refused.reason"],
  );
});
