/** The simulated voice network. */
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { CallPhase } from "../../gen/herald/dial/v1/call.ts";
import {
  type CallsRequest,
  type CallsResponse,
  VoiceAdapterServiceDefinition,
} from "../../gen/herald/dial/v1/voice_adapter_service.ts";
import { BoundedQueue } from "../../svc/lib/async/batch.ts";
import { meshClient, newId, nobodysClient, rejectsWith, status, until, VOICE_AUDIENCE } from "../lib/harness.ts";
import { bootSimulators } from "./boot.ts";

async function voice(t: TestContext, more: Record<string, string> = {}) {
  const { addresses, voice } = await bootSimulators(t, { SIM_VOICE_SPEED: "2000", ...more });
  const client = meshClient(t, addresses.voice, VoiceAdapterServiceDefinition, "*", "dial", VOICE_AUDIENCE);
  const commands = new BoundedQueue<CallsRequest>(1_000);
  const events: CallsResponse[] = [];
  const reading = (async () => {
    for await (const event of client.calls(commands)) events.push(event);
  })().catch(() => {});
  t.after(async () => {
    commands.end();
    await reading;
  });
  const originate = (attemptId: string, to: string) =>
    commands.push({
      attemptId,
      command: { $case: "originate", originate: { to, from: "", ringTimeoutSeconds: 25, detectMachine: true } },
    });
  return { client, commands, events, originate, address: addresses.voice, calls: voice.calls };
}

test("calls end as planned; the same attempt twice is one call; a stranger's id was not placed", async (t) => {
  const { client, events, originate, calls } = await voice(t, { SIM_VOICE_LIVE_SHARE: "0" });
  const ids = Array.from({ length: 200 }, () => newId());
  for (const [i, id] of ids.entries()) await originate(id, `+1202555${String(i).padStart(4, "0")}`);
  await originate(ids[0] as string, "+12025550000");
  await until(() => events.filter((one) => one.event?.$case === "ended").length === 200);
  assert.deepEqual([calls.counts().calls, calls.arrivals.counts().duplicates], [200, 1]);
  const { calls: fates } = await client.queryCalls({ attemptIds: [ids[0] as string, newId()] });
  assert.deepEqual(
    fates.map(({ phase }) => phase),
    [CallPhase.CALL_PHASE_ENDED, CallPhase.CALL_PHASE_NOT_PLACED],
  );
});

test("a person who answered talks once an agent is connected, and is gone when nobody comes", async (t) => {
  const { events, originate, commands } = await voice(t, { SIM_VOICE_LIVE_SHARE: "1", SIM_VOICE_SPEED: "50" });
  const [connected, abandoned] = [newId(), newId()];
  const ended = (id: string) =>
    events.flatMap(({ attemptId, event }) =>
      attemptId === id && event?.$case === "ended" ? [event.ended.callResult] : [],
    )[0];
  await originate(connected, "+12025550100");
  await until(() => events.some((one) => one.event?.$case === "answered"), { everyMs: 1 });
  await commands.push({ attemptId: connected, command: { $case: "connectAgent", connectAgent: { agentId: "1" } } });
  await originate(abandoned, "+12025550101");
  assert.equal(await until(() => ended(abandoned)), 21);
  assert.equal(ended(connected), undefined, "the talk goes on until somebody hangs up");
  await commands.push({ attemptId: connected, command: { $case: "hangUp", hangUp: {} } });
  assert.equal(await until(() => ended(connected)), 33);
});

test("the same seed gives every number the same fate", async (t) => {
  const fates = async () => {
    const { events, originate } = await voice(t, { SIM_VOICE_SEED: "one", SIM_VOICE_LIVE_SHARE: "0" });
    const to = new Map<string, string>();
    for (let i = 0; i < 50; i++) {
      const id = newId();
      to.set(id, `+120255501${String(i).padStart(2, "0")}`);
      await originate(id, to.get(id) as string);
    }
    await until(() => events.filter((one) => one.event?.$case === "ended").length === 50);
    return new Map(
      events.flatMap(({ attemptId, event }) =>
        event?.$case === "ended" ? [[to.get(attemptId), event.ended.callResult]] : [],
      ),
    );
  };
  assert.deepEqual(await fates(), await fates());
});

test("the voice adapter answers to services alone", async (t) => {
  const { addresses } = await bootSimulators(t);
  const nobody = nobodysClient(t, addresses.voice, VoiceAdapterServiceDefinition);
  await rejectsWith(nobody.queryCalls({ attemptIds: [] }), status.UNAUTHENTICATED, "ERROR_REASON_NOT_AUTHENTICATED");
});
