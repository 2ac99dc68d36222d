/** Dial as a separate process that is killed or stopped in the middle of its work. */
import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { suite, test } from "node:test";
import type { CampaignGroup } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import { StallReason } from "../../../gen/herald/campaigns/v1/progress.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { AttemptState } from "../../../gen/herald/dial/v1/attempt.ts";
import type { Owner } from "../../lib/cleanup.ts";
import { newId, until } from "../../lib/harness.ts";
import {
  attemptsOf,
  emailGroup,
  emails,
  makeList,
  type Office,
  phones,
  progressOf,
  smsGroup,
  startGroup,
  untilFinished,
  world,
  type DialWorld,
} from "../boot.ts";
import { dialProcess, ended, meshOffice } from "../dial-process.ts";

async function kill(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await ended(child);
}

/** Starts a group while dial runs as a child process. Resolves when `arrived` says that dial is in the middle of its work. */
async function inTheMiddle(
  t: Owner,
  at: DialWorld,
  group: (lists: string[]) => Partial<CampaignGroup>,
  people: Parameters<typeof makeList>[2],
  arrived: () => number,
) {
  const tenant = await meshOffice(t, at);
  const child = dialProcess(t, at);
  const groupId = await startGroup(tenant, group([await makeList(at.database("lists"), tenant, people)]));
  await until(() => arrived() > 100, { everyMs: 1, timeoutMs: 30_000 });
  return { tenant, child, groupId };
}

/** Expects what must be true after any crash: nobody is contacted twice, the rest is contacted, and unknown outcomes are counted. */
async function checkBooks(
  tenant: Office,
  groupId: string,
  people: number,
  arrivals: { counts(): { total: number; recipients: number; duplicates: number } },
  good: string,
) {
  const progress = await untilFinished(tenant, groupId, 90_000);
  const { total, recipients, duplicates } = arrivals.counts();
  assert.deepEqual([total, duplicates], [recipients, 0], "nobody got anything twice");
  assert.equal(
    progress.stale + (progress.attemptsByResult[good] ?? 0),
    people,
    `nobody was forgotten: ${JSON.stringify(progress.attemptsByResult)}, ${progress.stale} stale`,
  );
  assert.ok(
    recipients >= people - progress.stale && recipients <= people,
    `${recipients} of ${people} with ${progress.stale} stale`,
  );
  assert.equal((await attemptsOf(tenant, groupId, AttemptState.ATTEMPT_STATE_STALE)).length, progress.stale);
  assert.equal((await attemptsOf(tenant, groupId)).length, people, "one attempt each");
  return progress;
}

// Most of the time is spent waiting for the leases of killed processes to end.
void suite("crashes", { concurrency: 2 }, () => {
  test("kill -9 in the middle of email: nobody twice, nobody forgotten, at most a window of unknown fate", async (t) => {
    const at = await world(t);
    const { arrivals } = at.simulators.inbox;
    const { tenant, child, groupId } = await inTheMiddle(t, at, emailGroup, emails(500), () => arrivals.counts().total);
    await kill(child);
    assert.ok(arrivals.counts().total < 500, "killed before it was done");
    const again = dialProcess(t, at);
    const { stale } = await checkBooks(tenant, groupId, 500, arrivals, "sent");
    assert.ok(stale > 0 && stale <= 200, `${stale} stale`);
    again.kill("SIGTERM");
    await ended(again);
  });

  test("kill -9 in the middle of SMS: receipts of what the centre took are awaited over the crash", async (t) => {
    const at = await world(t);
    const { smsc } = at.simulators;
    smsc.settings.receiptDelayMs = 400;
    const { tenant, child, groupId } = await inTheMiddle(
      t,
      at,
      smsGroup,
      phones(500),
      () => smsc.arrivals.counts().total,
    );
    await until(async () => (await progressOf(tenant, groupId)).attempts > 0);
    await kill(child);
    dialProcess(t, at);
    const { stale } = await checkBooks(tenant, groupId, 500, smsc.arrivals, "delivered");
    assert.ok(stale <= 200, `${stale} stale`);
  });

  test("kill -9 again and again: still nobody twice and nobody forgotten", async (t) => {
    const at = await world(t);
    const { arrivals } = at.simulators.inbox;
    const paced = (lists: string[]) => emailGroup(lists, { messagesPerMinute: 12_000 });
    const { tenant, groupId, ...first } = await inTheMiddle(t, at, paced, emails(600), () => arrivals.counts().total);
    let { child } = first;
    for (let kills = 0; kills < 3; kills++) {
      await kill(child);
      const before = arrivals.counts().total;
      child = dialProcess(t, at);
      await until(
        async () => arrivals.counts().total > before + 50 || (await progressOf(tenant, groupId)).waiting === 0,
        { timeoutMs: 30_000 },
      );
    }
    await checkBooks(tenant, groupId, 600, arrivals, "sent");
  });

  test("a group that was worked on at two deaths in a row is set aside; others go on, and it does when it is resumed", async (t) => {
    const at = await world(t);
    const [poison, other] = [await meshOffice(t, at), await meshOffice(t, at)];
    const list = (tenant: Office, prefix: string) => makeList(at.database("lists"), tenant, emails(300, prefix));
    let child = dialProcess(t, at, "2");
    const poisonId = await startGroup(poison, emailGroup([await list(poison, "poison")], { messagesPerMinute: 3_000 }));
    const otherId = await startGroup(other, emailGroup([await list(other, "other")], { messagesPerMinute: 1_200 }));
    const dial = at.database("dial");
    const sessions = async (column: string) => {
      const { rows } = await dial
        .everyTenant()
        .query<{ id: string; value: unknown }>(`select campaign_group_id as id, ${column} as value from dial.sessions`);
      return new Map(rows.map(({ id, value }) => [id, value]));
    };
    for (let deaths = 1; deaths <= 2; deaths++) {
      await until(async () => (await sessions("working_since")).get(poisonId), { everyMs: 1, timeoutMs: 60_000 });
      await kill(child);
      child = dialProcess(t, at, "2");
      await until(async () => (await sessions("crashes")).get(poisonId) === deaths, { timeoutMs: 60_000 });
    }
    const stall = await until(async () =>
      (await progressOf(poison, poisonId)).stalls.find(({ reason }) => reason === StallReason.STALL_REASON_SET_ASIDE),
    );
    assert.match(stall.explanation, /resume/);
    assert.equal((await sessions("set_aside_time")).get(otherId), null, "the other one is not");
    const { attemptsByResult, stale } = await untilFinished(other, otherId, 90_000);
    assert.equal((attemptsByResult["sent"] ?? 0) + stale, 300);
    await poison.groups.pauseCampaignGroup({ campaignGroupId: poisonId });
    await poison.groups.resumeCampaignGroup({ campaignGroupId: poisonId });
    const after = await untilFinished(poison, poisonId, 90_000);
    assert.equal((after.attemptsByResult["sent"] ?? 0) + after.stale, 300, "nobody was forgotten");
    const { total, recipients } = at.simulators.inbox.arrivals.counts();
    assert.equal(total, recipients, "nobody got anything twice");
  });

  test("SIGTERM in the middle leaves nothing of unknown fate, and the rest to whoever comes next", async (t) => {
    const at = await world(t);
    const { arrivals } = at.simulators.inbox;
    const { tenant, child, groupId } = await inTheMiddle(t, at, emailGroup, emails(500), () => arrivals.counts().total);
    const begun = performance.now();
    child.kill("SIGTERM");
    await ended(child);
    assert.deepEqual([child.exitCode, performance.now() - begun < 10_000], [0, true]);
    assert.ok(arrivals.counts().total < 500, "stopped before it was done");
    dialProcess(t, at);
    const { stale } = await checkBooks(tenant, groupId, 500, arrivals, "sent");
    assert.equal(stale, 0);
  });

  test("kill -9 while calls go on: the adapter tells their fate, and no number is called twice", async (t) => {
    const at = await world(t, { SIM_VOICE_SPEED: "20", SIM_VOICE_LIVE_SHARE: "0" });
    const { calls } = at.simulators.voice;
    const voice = { mode: 6, callsPerMinute: 6_000, maxPorts: 40 } as never;
    const group = (contactListIds: string[]) => ({
      name: newId(),
      contactListIds,
      channel: Channel.CHANNEL_VOICE,
      voice,
    });
    const tenant = await meshOffice(t, at);
    const child = dialProcess(t, at);
    const groupId = await startGroup(tenant, group([await makeList(at.database("lists"), tenant, phones(120))]));
    await until(() => calls.counts().active >= 20, { everyMs: 5, timeoutMs: 30_000 });
    await kill(child);
    dialProcess(t, at);
    const progress = await untilFinished(tenant, groupId, 90_000);
    assert.deepEqual([progress.stale, calls.counts().calls], [0, 120]);
    assert.equal(calls.arrivals.counts().recipients, calls.arrivals.counts().total, "no number twice");
  });
});
