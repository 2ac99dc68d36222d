/** Closing and opening a session at the same time: the later command wins, in whichever order they reach the dialer. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DialingSettings } from "../../../gen/herald/dial/v1/dialing_settings.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { createEvents } from "../../../svc/dial/events.ts";
import { SessionMarks } from "../../../svc/dial/sessions/marks.ts";
import type { Run } from "../../../svc/dial/sessions/run.ts";
import { closeSession, openSession } from "../../../svc/dial/sessions/session-store.ts";
import { Sessions } from "../../../svc/dial/sessions/sessions.ts";
import { createLog } from "../../../svc/lib/observe/log.ts";
import { Metrics } from "../../../svc/lib/observe/metrics.ts";
import { newId } from "../../lib/harness.ts";
import { databaseOf, testDatabase } from "../../lib/servers.ts";

test("a close that reaches the dialer after a newer open does not halt what the open began", async (t) => {
  const { dial: url } = await testDatabase(t, "dial");
  const db = databaseOf(t, "dial", url);
  const log = createLog("dial", "silent");
  const begun: { isHalted: boolean }[] = [];
  const sessions = new Sessions({
    db,
    log,
    events: createEvents(new Metrics("dial"), log),
    owner: "dialer/1",
    marks: new SessionMarks({ db, log, owner: "dialer/1" }),
    mostCrashes: 2,
    recover: async () => [],
    begin: async () => aRun(begun),
    update: async () => {},
  });
  const key = { tenantId: newId(), groupId: newId() };
  const settings = DialingSettings.fromPartial({ campaignGroupId: key.groupId, channel: Channel.CHANNEL_EMAIL });
  const tenant = db.tenant(key.tenantId);
  await openSession(tenant, settings);
  await sessions.tick();
  const closed = await closeSession(tenant, key.groupId);
  await openSession(tenant, settings);
  await sessions.tick();
  assert.ok(closed);
  await sessions.halt(key, closed);
  assert.deepEqual(begun, [{ isHalted: false }]);
  const closedAgain = await closeSession(tenant, key.groupId);
  assert.ok(closedAgain);
  await sessions.halt(key, closedAgain);
  assert.deepEqual(begun, [{ isHalted: true }]);
});

/** A run that does not dial and only records whether it was halted. */
function aRun(begun: { isHalted: boolean }[]): Run {
  const noted = { isHalted: false };
  begun.push(noted);
  const halt = () => void (noted.isHalted = true);
  const status = { attemptsLastMinute: 0, agents: 0, agentsReady: 0, stall: "", stallExplanation: "" };
  return { update: () => {}, status: () => status, halt, idle: true, abandon: halt, stop: async () => halt() };
}
