/** Calls through the real services and the simulated voice network, two hundred times faster than real time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DialingMode, type VoiceSettings } from "../../../gen/herald/campaigns/v1/voice_settings.ts";
import { CallResult } from "../../../gen/herald/common/v1/outcome.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { AttemptState } from "../../../gen/herald/dial/v1/attempt.ts";
import { startVoice } from "../../../deploy/simulators/voice.ts";
import { VOICE_AUDIENCE, newId, until } from "../../lib/harness.ts";
import { slowProxy } from "../../lib/slow-proxy.ts";
import {
  attemptsOf,
  boot,
  dialIn,
  makeList,
  type Office,
  office,
  phones,
  progressOf,
  startGroup,
  untilFinished,
  world,
  type DialWorld,
} from "../boot.ts";

const { DIALING_MODE_POWER: POWER, DIALING_MODE_PROGRESSIVE: PROGRESSIVE } = DialingMode;

async function callGroup(
  at: DialWorld,
  tenant: Office,
  people: number,
  voice: Partial<VoiceSettings>,
): Promise<string> {
  const contactListIds = [await makeList(at.database("lists"), tenant, phones(people))];
  return startGroup(tenant, {
    name: newId(),
    contactListIds,
    channel: Channel.CHANNEL_VOICE,
    voice: voice as VoiceSettings,
  });
}

/** The session as people see it; undefined before it is opened and after it is closed. */
const sessionOf = ({ sessions }: Office, campaignGroupId: string) =>
  sessions.getSession({ campaignGroupId }).then(
    ({ session }) => session,
    () => undefined,
  );

test("power calls everybody once, and an answer needs no agent", async (t) => {
  const at = await boot(t);
  const tenant = await office(t, at);
  const groupId = await callGroup(at, tenant, 120, { mode: POWER, callsPerMinute: 6_000, maxPorts: 30 });
  const progress = await untilFinished(tenant, groupId, 60_000);
  const { calls } = at.simulators.voice;
  assert.deepEqual([calls.counts().calls, calls.arrivals.counts().duplicates, calls.counts().active], [120, 0, 0]);
  const results = progress.attemptsByResult;
  assert.ok((results["answer"] ?? 0) > 10 && (results["no_answer"] ?? 0) > 10, JSON.stringify(results));
  assert.equal((results["dropped"] ?? 0) + (results["abandoned"] ?? 0), 0);
  const attempts = await attemptsOf(tenant, groupId);
  assert.ok(
    attempts.every(
      ({ state, sendTime, ownAddress }) =>
        state === AttemptState.ATTEMPT_STATE_ENDED && sendTime && ownAddress === "+12025550199",
    ),
  );
});

test("power keeps its rate and its ports", async (t) => {
  const at = await boot(t);
  const tenant = await office(t, at);
  const groupId = await callGroup(at, tenant, 200, { mode: POWER, callsPerMinute: 6_000, maxPorts: 5 });
  let most = 0;
  const watched = await until(
    async () => {
      most = Math.max(most, at.simulators.voice.calls.counts().active);
      const session = await sessionOf(tenant, groupId);
      return session?.stall === "ports_full" && (await progressOf(tenant, groupId)).attempts > 20;
    },
    { everyMs: 5, timeoutMs: 30_000 },
  );
  assert.ok(watched && most <= 5, `${most} calls at once`);
  await tenant.groups.stopCampaignGroup({ campaignGroupId: groupId });
});

for (const [limit, most, settings] of [
  ["ports", 6, { mode: PROGRESSIVE, simulatedAgents: 10, linesPerAgent: 3, maxPorts: 6 }],
  ["lines", 10, { mode: PROGRESSIVE, simulatedAgents: 10, linesPerAgent: 1, maxPorts: 100 }],
  ["ports of power", 6, { mode: POWER, callsPerMinute: 6_000, maxPorts: 6 }],
] as const) {
  test(`with a compliance that takes 0.9 s, calls never exceed the ${limit}`, async (t) => {
    // Nobody answers, so every agent stays ready, and every call counts.
    const at = await world(t, { SIM_VOICE_LIVE_SHARE: "0", SIM_VOICE_SPEED: "10" });
    await dialIn(t, at, { HERALD_MESH_COMPLIANCE: await slowProxy(t, at.addresses.compliance, 900) });
    const tenant = await office(t, at);
    const groupId = await callGroup(at, tenant, 80, settings);
    let highest = 0;
    await until(
      () => {
        const { active, calls } = at.simulators.voice.calls.counts();
        highest = Math.max(highest, active);
        return calls >= 50;
      },
      { everyMs: 2, timeoutMs: 90_000 },
    );
    assert.ok(highest > 0 && highest <= most, `${highest} calls at once`);
    await tenant.groups.stopCampaignGroup({ campaignGroupId: groupId });
  });
}

test("progressive gives live people to agents, never dials ahead of them with one line each, and counts who was left alone", async (t) => {
  const at = await boot(t, { SIM_VOICE_LIVE_SHARE: "0.6" });
  const tenant = await office(t, at);
  const settings = { mode: PROGRESSIVE, simulatedAgents: 6, simulatedHandlingSeconds: 30 };
  const groupId = await callGroup(at, tenant, 80, settings);
  const progress = await untilFinished(tenant, groupId, 60_000);
  const results = progress.attemptsByResult;
  assert.ok((results["answer"] ?? 0) > 25, JSON.stringify(results));
  assert.equal(
    (results["dropped"] ?? 0) + (results["abandoned"] ?? 0),
    0,
    "one line for each ready agent leaves nobody alone",
  );
  assert.deepEqual(
    [at.simulators.voice.calls.counts().calls, at.simulators.voice.calls.arrivals.counts().duplicates],
    [80, 0],
  );
});

test("dialing ahead of few agents drops people, who are counted in the session", async (t) => {
  const at = await boot(t, { SIM_VOICE_LIVE_SHARE: "1" });
  const tenant = await office(t, at);
  const settings = {
    mode: PROGRESSIVE,
    simulatedAgents: 2,
    linesPerAgent: 10,
    simulatedHandlingSeconds: 120,
    maxPorts: 50,
  };
  const groupId = await callGroup(at, tenant, 1_000, settings);
  const counted = await until(
    async () => {
      const session = await sessionOf(tenant, groupId);
      const { attemptsByResult: by } = await progressOf(tenant, groupId);
      const alone = (by["dropped"] ?? 0) + (by["abandoned"] ?? 0);
      // Both are read while calls go on, so wait until they agree.
      return session && alone > 3 && session.agents === 2 && session.abandoned === alone && session.liveAnswers >= alone
        ? session
        : undefined;
    },
    { timeoutMs: 30_000 },
  );
  assert.equal(counted?.agents, 2);
  await tenant.groups.stopCampaignGroup({ campaignGroupId: groupId });
});

test("calls that go on while the adapter's stream is broken are asked for; those it forgot are stale", async (t) => {
  const at = await boot(t, { SIM_VOICE_SPEED: "20" });
  const tenant = await office(t, at);
  const groupId = await callGroup(at, tenant, 40, { mode: POWER, callsPerMinute: 6_000, maxPorts: 40 });
  await until(async () => (await attemptsOf(tenant, groupId, AttemptState.ATTEMPT_STATE_IN_FLIGHT)).length > 10);
  const port = Number(at.simulators.addresses.voice.split(":")[1]);
  await at.simulators.voice.stop();
  await until(async () => (await sessionOf(tenant, groupId))?.stall === "provider_down");
  const options = {
    host: "127.0.0.1",
    port,
    voiceKey: VOICE_AUDIENCE.key,
    seed: "again",
    speed: 200,
    liveShare: 0,
    bounds: { kept: 100, remembered: 1_000 },
  };
  const again = await startVoice(options); // a new network, which knows no calls
  t.after(() => again.stop());
  const progress = await untilFinished(tenant, groupId, 60_000);
  assert.ok(progress.stale > 10, `${progress.stale} are of unknown fate`);
  const stale = await attemptsOf(tenant, groupId, AttemptState.ATTEMPT_STATE_STALE);
  assert.deepEqual(stale[0]?.outcome?.result, { $case: "callResult", callResult: CallResult.CALL_RESULT_STALE });
  const twice = Object.keys(again.calls.arrivals.recipients()).filter((to) =>
    stale.some(({ contactInfo }) => contactInfo === to),
  );
  assert.deepEqual(twice, [], "none of those was called again");
});
