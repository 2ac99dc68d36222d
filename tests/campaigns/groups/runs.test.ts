import assert from "node:assert/strict";
import { test } from "node:test";
import { CampaignGroupState, LoadMode } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import { status } from "../../../svc/lib/errors/errors.ts";
import { wholeFile } from "../../lib/cleanup.ts";
import { rejectsWith, until } from "../../lib/harness.ts";
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
  report,
  runningGroup,
  smsGroup,
  untilState,
} from "../boot.ts";
import { delivery, onDelivery } from "../things.ts";

const services = await boot(wholeFile);
const phones = (count: number) => Array.from({ length: count }, () => [MOBILE]);
const { LOAD_MODE_CONTINUE: CONTINUE, LOAD_MODE_ANEW: ANEW } = LoadMode;

/** Stops a group. Compliance and dial do not run, so they are not told. */
const stop = async (at: Booted, campaignGroupId: string, reason = "") => {
  await at.groups.stopCampaignGroup({ campaignGroupId, reason });
  await untilState(at, campaignGroupId, CampaignGroupState.CAMPAIGN_GROUP_STATE_STOPPED);
};
const untilOpen = (at: Booted, id: string, count: number) =>
  until(async () => (await progressOf(at, id)).inFlight + (await progressOf(at, id)).waiting === count);
const clients = (leases: readonly { clientId: string }[]) => leases.map(({ clientId }) => clientId).sort();

test("after a run it must be said whom to contact, and nobody gets a second message by an oversight", async (t) => {
  const at = await anew(t, services);
  const id = await runningGroup(at, phones(3));
  await report(at, id, await lease(at, id), ended(delivery("DELIVERED")));
  await untilState(at, id, CampaignGroupState.CAMPAIGN_GROUP_STATE_STOPPED);
  for (const command of [at.groups.startCampaignGroup, at.groups.loadCampaignGroup]) {
    const told = await rejectsWith(
      command({ campaignGroupId: id }),
      status.FAILED_PRECONDITION,
      "ERROR_REASON_MODE_REQUIRED",
    );
    assert.deepEqual(told.metadata, { due: "3", attempted: "3" });
  }
  await at.groups.startCampaignGroup({ campaignGroupId: id, mode: CONTINUE });
  await untilState(at, id, CampaignGroupState.CAMPAIGN_GROUP_STATE_STOPPED);
  assert.equal((await progressOf(at, id)).attempts, 3, "whoever was reached is left alone");
  await at.groups.startCampaignGroup({ campaignGroupId: id, mode: ANEW });
  await untilState(at, id, CampaignGroupState.CAMPAIGN_GROUP_STATE_RUNNING);
  assert.equal((await lease(at, id)).length, 3);
});

test("LOAD_MODE_CONTINUE goes on with those that a stop cut off and those that were refused, and with new records", async (t) => {
  const at = await anew(t, services);
  const retry = onDelivery(["UNDELIVERABLE"], "RETRY_IN", { maxCount: 1, intervalSeconds: 3_600 });
  const list = await makeList(at, phones(8));
  const id = await makeGroup(at, smsGroup([list], { treatments: [retry] }));
  await at.groups.startCampaignGroup({ campaignGroupId: id });
  await untilState(at, id, CampaignGroupState.CAMPAIGN_GROUP_STATE_RUNNING);
  const [reached, failed, retried, unknown, suppressed, held] = await lease(at, id, 6);
  const tell = (one: typeof reached, kind: Parameters<typeof report>[3]) => report(at, id, one ? [one] : [], kind);
  await tell(reached, ended(delivery("DELIVERED")));
  await tell(failed, ended(delivery("REJECTED")));
  await tell(retried, ended(delivery("UNDELIVERABLE")));
  await tell(unknown, ended(delivery("UNKNOWN")));
  await tell(suppressed, refused("suppressed_device"));
  await stop(at, id, "wrong week");
  at.clock.advance(61_000);
  await until(async () => (await progressOf(at, id)).finished === 7);
  const stopped = await at.groups.getCampaignGroup({ campaignGroupId: id });
  assert.equal(stopped.campaignGroup?.stopReason, "wrong week");
  assert.match(stopped.progress?.stalls[0]?.explanation ?? "", /wrong week/);
  assert.deepEqual(stopped.progress?.refusedByReason, { cancelled: 3, suppressed_device: 1 });

  await at.groups.startCampaignGroup({ campaignGroupId: id, mode: CONTINUE });
  await untilState(at, id, CampaignGroupState.CAMPAIGN_GROUP_STATE_RUNNING);
  const going = await progressOf(at, id);
  assert.deepEqual([going.due, going.attempted, going.refused, going.refusedByReason], [8, 4, 0, {}]);
  const again = await lease(at, id);
  assert.deepEqual(
    clients(again),
    clients([retried, suppressed, held, { clientId: "C7" }, { clientId: "C8" }] as never),
  );
  assert.equal(
    again.find(({ recordId }) => recordId === held?.recordId)?.attemptId,
    held?.attemptId,
    "what a dialer may have begun keeps its id",
  );
  const second = again.filter(({ recordId }) => recordId === retried?.recordId);
  assert.equal(second[0]?.attemptNumber, 2);
  await report(at, id, second, ended(delivery("UNDELIVERABLE")));
  assert.equal((await progressOf(at, id)).finished, 3, "its one retry was used up in the run before");
  assert.equal((await at.groups.getCampaignGroup({ campaignGroupId: id })).campaignGroup?.stopReason, "");
});

test("a mode for a run that is under way is refused, and a start without one changes nothing", async (t) => {
  const at = await anew(t, services);
  const id = await runningGroup(at, phones(2));
  for (const mode of [CONTINUE, ANEW]) {
    const late = at.groups.startCampaignGroup({ campaignGroupId: id, mode });
    const told = await rejectsWith(late, status.FAILED_PRECONDITION, "ERROR_REASON_STATE_CONFLICT");
    assert.deepEqual(told.metadata, { state: "RUNNING", allowed: "NOT_LOADED,STOPPED" });
  }
  const { campaignGroup } = await at.groups.startCampaignGroup({ campaignGroupId: id });
  assert.equal(campaignGroup?.state, CampaignGroupState.CAMPAIGN_GROUP_STATE_RUNNING);
  assert.equal((await lease(at, id)).length, 2);
});

test("a result that comes while the next run is prepared is followed as ever", async (t) => {
  const at = await anew(t, services);
  const retry = onDelivery(["UNDELIVERABLE"], "RETRY_IN", { maxCount: 1, intervalSeconds: 60 });
  const id = await runningGroup(at, phones(2), { treatments: [retry] });
  const [first, second] = await lease(at, id);
  assert.ok(first && second);
  await report(at, id, [first, second], begun);
  await stop(at, id);
  await report(at, id, [first], ended(delivery("UNDELIVERABLE")));
  assert.equal((await progressOf(at, id)).finished, 1, "after a stop nothing is scheduled again");
  await at.groups.startCampaignGroup({ campaignGroupId: id, mode: CONTINUE });
  await report(at, id, [second], ended(delivery("UNDELIVERABLE")));
  await untilState(at, id, CampaignGroupState.CAMPAIGN_GROUP_STATE_RUNNING);
  await untilOpen(at, id, 0);
  at.clock.advance(61_000);
  assert.equal((await lease(at, id)).length, 2);
});

test("counts equal a recount after a run that went on", async (t) => {
  const at = await anew(t, services);
  const id = await runningGroup(at, phones(20));
  await report(at, id, await lease(at, id, 5), ended(delivery("DELIVERED")));
  await stop(at, id);
  await until(async () => (await progressOf(at, id)).finished === 20);
  await at.groups.loadCampaignGroup({ campaignGroupId: id, mode: CONTINUE });
  await untilState(at, id, CampaignGroupState.CAMPAIGN_GROUP_STATE_ACTIVE);
  const { due, attempted, refused: left, waiting, finished } = await progressOf(at, id);
  assert.deepEqual([due, attempted, left, waiting, finished], [20, 5, 0, 15, 5]);
});

test("StopCampaignGroup refuses a reason that is too long", async (t) => {
  const at = await anew(t, services);
  const id = await runningGroup(at, phones(1));
  await rejectsWith(
    at.groups.stopCampaignGroup({ campaignGroupId: id, reason: "x".repeat(501) }),
    status.INVALID_ARGUMENT,
    "ERROR_REASON_FIELDS_INVALID",
  );
});

test("those who are suppressed until a day far away are told as such, and a stop finishes without them", async (t) => {
  const at = await anew(t, services);
  const id = await runningGroup(at, phones(2));
  const year = new Date("2027-01-01T00:00:00Z");
  await report(at, id, await lease(at, id), refused("suppressed_device", year));
  const { stalls, nextDueTime } = await progressOf(at, id);
  assert.deepEqual(nextDueTime, year);
  assert.equal(stalls.length, 1);
  assert.match(stalls[0]?.explanation ?? "", /^2 contacts are suppressed for a limited time/);
  assert.deepEqual([stalls[0]?.reason, stalls[0]?.untilTime], [15, year]);
  await stop(at, id, "without the suppressed");
  await until(async () => (await progressOf(at, id)).finished === 2);
});
