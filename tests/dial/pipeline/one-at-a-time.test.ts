/** Groups of one tenant that contact the same people at the same time make one attempt at a time, on all channels together. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { StallReason } from "../../../gen/herald/campaigns/v1/progress.ts";
import { DialingMode, type VoiceSettings } from "../../../gen/herald/campaigns/v1/voice_settings.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { type Attempt, AttemptState } from "../../../gen/herald/dial/v1/attempt.ts";
import { newId, until } from "../../lib/harness.ts";
import { wholeFile } from "../../lib/cleanup.ts";
import {
  attemptsOf,
  boot,
  emailGroup,
  makeList,
  type Office,
  office,
  phones,
  progressOf,
  smsGroup,
  startGroup,
  untilFinished,
} from "../boot.ts";

const REFUSED = AttemptState.ATTEMPT_STATE_REFUSED;
// Forty times faster than real time, so that calls last long enough to overlap with other attempts.
const services = boot(wholeFile, { SIM_VOICE_SPEED: "40" });
const calls = { mode: DialingMode.DIALING_MODE_POWER, callsPerMinute: 6_000, maxPorts: 100 } as VoiceSettings;
const callGroup = (tenant: Office, listId: string) =>
  startGroup(tenant, { name: newId(), contactListIds: [listId], channel: Channel.CHANNEL_VOICE, voice: calls });
const made = ({ state }: Attempt) => state !== REFUSED;

test("groups that call one list at the same time never have two calls to a number, and each calls everybody in the end", async (t) => {
  const at = await services;
  const tenant = await office(t, at, { exclusive: true });
  const listId = await makeList(at.database("lists"), tenant, phones(8));
  const groupIds = await Promise.all([1, 2, 3].map(() => callGroup(tenant, listId)));
  await Promise.all(groupIds.map((groupId) => untilFinished(tenant, groupId, 180_000)));

  const attempts = (await Promise.all(groupIds.map((groupId) => attemptsOf(tenant, groupId)))).flat();
  const refused = attempts.filter((one) => !made(one));
  assert.equal(attempts.filter(made).length, 24, "each group called each number");
  assert.ok(refused.length > 0, "they came upon each other");
  assert.deepEqual([...new Set(refused.map(({ refusalReason }) => refusalReason))], ["attempt_in_progress"]);
  for (const [, ofNumber] of Map.groupBy(attempts.filter(made), ({ contactInfo }) => contactInfo)) {
    const inOrder = ofNumber.toSorted((a, b) => timeOf(a.createTime) - timeOf(b.createTime));
    for (const [i, { createTime }] of inOrder.entries()) {
      const before = inOrder[i - 1];
      assert.ok(!before || timeOf(before.endTime) <= timeOf(createTime), "the call before it had ended");
    }
  }
});

test("a message to somebody keeps the other channels off for a minute; the chain waits and says for what", async (t) => {
  const at = await services;
  const tenant = await office(t, at, { exclusive: true });
  const database = at.database("lists");
  // Each line is the same person as in the other list, by the client id.
  const emails = await makeList(database, tenant, [{ email: "ann@example.com" }, { email: "joe@example.com" }]);
  const numbers = await makeList(database, tenant, phones(2));
  const first = await startGroup(tenant, emailGroup([emails]));
  await untilFinished(tenant, first);
  const second = await startGroup(tenant, smsGroup([numbers]));
  const refused = await until(async () => {
    const found = await attemptsOf(tenant, second, REFUSED);
    return found.length === 2 && found;
  });
  assert.deepEqual(
    refused.map(({ refusalReason, ruleId }) => [refusalReason, ruleId]),
    Array.from({ length: 2 }, () => ["attempt_in_progress", "builtin:attempt-in-progress"]),
  );
  const stall = await until(async () =>
    (await progressOf(tenant, second)).stalls.find(
      ({ reason }) => reason === StallReason.STALL_REASON_ATTEMPTS_IN_PROGRESS,
    ),
  );
  const waitMs = timeOf(stall.untilTime) - timeOf(refused[0]?.createTime);
  assert.ok(waitMs > 0 && waitMs <= 60_000, `it waits ${waitMs} ms`);
  assert.equal(
    stall.explanation,
    "2 contacts are waiting for the end of another attempt to the same number, address or person.",
  );
  const { attempts } = await progressOf(tenant, second);
  assert.equal(attempts, 0);
});

const timeOf = (time: Date | undefined): number => time?.getTime() ?? Number.NaN;
