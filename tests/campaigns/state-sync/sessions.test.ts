import assert from "node:assert/strict";
import { test } from "node:test";
import { isServing } from "../../../deploy/local/ready.ts";
import { simulatorOptions, type Simulators, startSimulators } from "../../../deploy/simulators/simulators.ts";
import { type CampaignGroup, CampaignGroupState } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import { StallReason } from "../../../gen/herald/campaigns/v1/progress.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { RefusalReason, Verdict } from "../../../gen/herald/compliance/v1/decision.ts";
import { AttemptCheckServiceDefinition } from "../../../gen/herald/compliance/v1/attempt_check_service.ts";
import { SessionState } from "../../../gen/herald/dial/v1/session.ts";
import { SessionServiceDefinition } from "../../../gen/herald/dial/v1/session_service.ts";
import { dialingSettings } from "../../../svc/campaigns/state-sync/dialing-settings.ts";
import { startDial } from "../../../svc/dial/service.ts";
import { errorDetails } from "../../../svc/lib/errors/error-details.ts";
import { cleanup, type Owner, wholeFile } from "../../lib/cleanup.ts";
import { meshClient, VOICE_AUDIENCE, newId, rejectsWith, started, status, testKeys, until } from "../../lib/harness.ts";
import {
  anew,
  boot,
  type Booted,
  EMAIL,
  makeGroup,
  makeList,
  progressOf,
  smsGroup,
  untilState,
  type World,
  world,
} from "../boot.ts";

const { CAMPAIGN_GROUP_STATE_RUNNING: RUNNING, CAMPAIGN_GROUP_STATE_STOPPED: STOPPED } = CampaignGroupState;
const addresses = (count: number) => Array.from({ length: count }, () => [EMAIL]);

const emailGroup = (contactListIds: string[], more: Partial<CampaignGroup> = {}) =>
  smsGroup(contactListIds, {
    channel: Channel.CHANNEL_EMAIL,
    content: { from: "news@example.com", subject: "News", text: "Hello {{ first_name }}", html: "" },
    ...more,
  });

/** The simulated carriers. */
async function simulators(t: Owner): Promise<Simulators> {
  const ports = Object.fromEntries(["SMTP", "SMPP", "VOICE", "HTTP"].map((name) => [`SIM_${name}_PORT`, "0"]));
  const running = await startSimulators(simulatorOptions({ ...ports, HERALD_VOICE_KEY: VOICE_AUDIENCE.key }));
  cleanup(t, () => running.stop());
  return running;
}

/** Every test has its own tenant, and all of them send from the same domain. */
const dialer = async (t: Owner, { envOf }: World, { addresses: at }: Simulators) => {
  const own = { DIAL_SMTP_URL: at.smtp, DIAL_NAME: newId(), DIAL_SHARED_SENDERS: "news@example.com" };
  return started(t, startDial({ env: envOf("dial", own), keys: testKeys }));
};

/** Starts lists, compliance, dial and campaigns, with simulated carriers that accept email. */
async function bootAll(t: Owner): Promise<Booted> {
  const around = await world(t);
  const carriers = await simulators(t);
  const at = await boot(t, { in: around, env: { CAMPAIGNS_RECONCILE_EVERY: "100ms" }, realTime: true });
  await dialer(t, at, carriers);
  return at;
}

const services = await bootAll(wholeFile);

/** The services of this file with clients of the test's own tenant. */
async function allOf(t: Owner) {
  const at = await anew(t, services);
  return { ...at, ...insiders(t, at) };
}

/** Clients of the services that campaigns calls. */
const insiders = (t: Owner, { addresses: at, tenantId }: Booted) => ({
  sessions: meshClient(t, at.dial, SessionServiceDefinition, tenantId),
  checks: meshClient(t, at.compliance, AttemptCheckServiceDefinition, tenantId),
});

type SyncClients = Awaited<ReturnType<typeof allOf>>;

const sessionState = async ({ sessions }: Pick<SyncClients, "sessions">, campaignGroupId: string) => {
  try {
    return (await sessions.getSession({ campaignGroupId })).session?.state;
  } catch (error) {
    if (errorDetails(error)?.code === status.NOT_FOUND) return undefined;
    throw error;
  }
};

/** Accepts only the error that a close gets if campaigns opens the session again before its work has ended. */
function openedAgain(error: unknown): void {
  if (errorDetails(error)?.reason !== "ERROR_REASON_SESSION_OPENED_AGAIN") throw error;
}

const isOpen = async (at: Pick<SyncClients, "sessions">, id: string) =>
  (await sessionState(at, id)) === SessionState.SESSION_STATE_OPEN;

/** The reason for which compliance would refuse an attempt of the group now; 0 if it would allow it. */
async function refusal({ checks }: Pick<SyncClients, "checks">, campaignGroupId: string): Promise<RefusalReason> {
  const { decision } = await checks.checkAttempt({
    check: { channel: Channel.CHANNEL_EMAIL, contactInfo: "ann@example.com", campaignGroupId },
  });
  assert.ok(decision);
  return decision.verdict === Verdict.VERDICT_ALLOWED ? RefusalReason.REFUSAL_REASON_UNSPECIFIED : decision.reason;
}

test("a started group is dialed to its end, stops by itself, and leaves nothing open", async (t) => {
  const at = await allOf(t);
  const id = await makeGroup(at, emailGroup([await makeList(at, addresses(40))]));
  await at.groups.startCampaignGroup({ campaignGroupId: id });
  await untilState(at, id, STOPPED);
  const progress = await progressOf(at, id);
  assert.deepEqual([progress.due, progress.attempted, progress.attemptsByResult], [40, 40, { sent: 40 }]);
  assert.equal(progress.stalls[0]?.reason, StallReason.STALL_REASON_FINISHED);
  await until(async () => !(await isOpen(at, id)));
  assert.equal(await refusal(at, id), RefusalReason.REFUSAL_REASON_CAMPAIGN_NOT_RUNNING);
});

test("pause answers once compliance refuses and dial has closed; resume goes on; stop ends it", async (t) => {
  const at = await allOf(t);
  const id = await makeGroup(at, emailGroup([await makeList(at, addresses(200))], { messagesPerMinute: 600 }));
  await at.groups.startCampaignGroup({ campaignGroupId: id });
  await until(async () => (await progressOf(at, id)).attempts > 3);
  assert.equal(await refusal(at, id), RefusalReason.REFUSAL_REASON_UNSPECIFIED);
  await at.groups.pauseCampaignGroup({ campaignGroupId: id });
  assert.equal(await isOpen(at, id), false);
  assert.equal(await refusal(at, id), RefusalReason.REFUSAL_REASON_CAMPAIGN_NOT_RUNNING);
  await until(async () => (await progressOf(at, id)).inFlight === 0);
  const { attempts } = await progressOf(at, id);
  const { campaignGroup: again } = await at.groups.pauseCampaignGroup({ campaignGroupId: id });
  assert.equal(again?.state, CampaignGroupState.CAMPAIGN_GROUP_STATE_PAUSED);
  await at.groups.resumeCampaignGroup({ campaignGroupId: id });
  await until(async () => (await progressOf(at, id)).attempts > attempts);
  await at.groups.stopCampaignGroup({ campaignGroupId: id });
  assert.equal(await isOpen(at, id), false);
  await until(async () => (await progressOf(at, id)).finished === 200);
  const progress = await progressOf(at, id);
  assert.equal(progress.attempted + progress.refused, 200);
  assert.equal(progress.refusedByReason["cancelled"], progress.refused);
});

test("a session that was closed or left open by mistake is made to fit the group's state", async (t) => {
  const at = await allOf(t);
  const id = await makeGroup(at, emailGroup([await makeList(at, addresses(100))], { messagesPerMinute: 60 }));
  await at.groups.startCampaignGroup({ campaignGroupId: id });
  await until(() => isOpen(at, id));
  await at.sessions.closeSession({ campaignGroupId: id }).catch(openedAgain);
  await until(() => isOpen(at, id), { what: "opened again" });
  const { campaignGroup } = await at.groups.pauseCampaignGroup({ campaignGroupId: id });
  const settings = dialingSettings(campaignGroup as CampaignGroup);
  await at.sessions.openSession({ settings });
  await until(async () => !(await isOpen(at, id)), { what: "closed again" });
  const gone = newId();
  await at.sessions.openSession({ settings: { ...settings, campaignGroupId: gone } });
  await until(async () => !(await isOpen(at, gone)), { what: "the session of a group that is gone is closed" });
});

test("a group that was started while dial was away is dialed once it is back, and says meanwhile what it waits for", async (t) => {
  const around = await world(t);
  const carriers = await simulators(t);
  const at = await boot(t, { in: around, realTime: true });
  const id = await makeGroup(at, emailGroup([await makeList(at, addresses(5))]));
  await at.groups.startCampaignGroup({ campaignGroupId: id });
  await untilState(at, id, RUNNING);
  await until(async () => (await progressOf(at, id)).stalls[0]?.reason === StallReason.STALL_REASON_DIALER_UNAVAILABLE);
  await dialer(t, at, carriers);
  await untilState(at, id, STOPPED);
  assert.deepEqual((await progressOf(at, id)).attemptsByResult, { sent: 5 });
});

test("while dial is away campaigns serves, a stop holds and says what is to be told, and dial hears of it once it is back", async (t) => {
  const around = await world(t);
  const carriers = await simulators(t);
  const booted = await boot(t, { in: around, realTime: true });
  const at = { ...booted, ...insiders(t, booted) };
  const first = await dialer(t, at, carriers);
  const id = await makeGroup(at, emailGroup([await makeList(at, addresses(50))], { messagesPerMinute: 60 }));
  await at.groups.startCampaignGroup({ campaignGroupId: id });
  await until(() => isOpen(at, id));
  await first.stop();
  assert.ok(await isServing(at.addresses.campaigns), "nothing is refused for it");
  const { campaignGroup, untoldServices } = await at.groups.stopCampaignGroup({ campaignGroupId: id });
  assert.deepEqual([campaignGroup?.state, untoldServices], [STOPPED, ["dial"]]);
  assert.equal(await refusal(at, id), RefusalReason.REFUSAL_REASON_CAMPAIGN_NOT_RUNNING);
  assert.match((await progressOf(at, id)).stalls[0]?.explanation ?? "", /will be told/);
  assert.equal((await at.groups.listCampaignGroups({})).campaignGroups.length, 1);
  await dialer(t, at, carriers);
  await until(async () => !(await isOpen(at, id)), { what: "the session is closed" });
  await until(async () => !/will be told/.test((await progressOf(at, id)).stalls[0]?.explanation ?? ""));
});

test("a channel for which nothing is set up is told as the reason why nothing moves", async (t) => {
  const at = await allOf(t);
  const list = await makeList(at, [[4]]);
  const id = await makeGroup(at, smsGroup([list]));
  await at.groups.startCampaignGroup({ campaignGroupId: id });
  const [stall] = await until(async () => {
    const { stalls } = await progressOf(at, id);
    return stalls[0]?.reason === StallReason.STALL_REASON_PROVIDER_DOWN && stalls;
  });
  assert.match(stall?.explanation ?? "", /Dialing could not begin/);
  await at.groups.stopCampaignGroup({ campaignGroupId: id });
  await until(async () => (await progressOf(at, id)).finished === 1);
});

test("settings changed while it runs reach the dialer", async (t) => {
  const at = await allOf(t);
  const id = await makeGroup(at, emailGroup([await makeList(at, addresses(60))], { messagesPerMinute: 60 }));
  await at.groups.startCampaignGroup({ campaignGroupId: id });
  await until(() => isOpen(at, id));
  await at.groups.updateCampaignGroup({
    campaignGroup: { id, messagesPerMinute: 0 },
    updateMask: ["messages_per_minute"],
  });
  await untilState(at, id, STOPPED);
  assert.equal((await progressOf(at, id)).attempts, 60);
});

test("rules and suppression lists that a group names must exist", async (t) => {
  const at = await allOf(t);
  const list = await makeList(at, []);
  for (const more of [{ ruleIds: [newId()] }, { suppressionListIds: [newId()] }, { ruleIds: ["builtin:none"] }]) {
    await rejectsWith(
      at.groups.createCampaignGroup({ campaignGroup: emailGroup([list], more) }),
      status.FAILED_PRECONDITION,
      "ERROR_REASON_REFERENCE_NOT_FOUND",
    );
  }
});
