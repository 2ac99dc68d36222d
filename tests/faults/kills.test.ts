/** The main job while its parts are killed, one after another: it completes, nobody gets a message twice, and nothing is lost. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Progress } from "../../gen/rest.ts";
import {
  allowAtOnce,
  importList,
  progressOf,
  type StartedGroup,
  startGroup,
  suppress,
  total,
  untilFinished,
} from "../journeys/journey.ts";
import { asCsv, makePeople } from "../journeys/people.ts";
import { until } from "../lib/harness.ts";
import { type BootedPlatform, bootPlatform } from "../lib/platform.ts";
import { SERVICE_NAMES } from "../../svc/lib/service/service-names.ts";

const COUNT = 100;
/** People who are left out when a group is loaded. */
const SUPPRESSED = 10;
/** So slow that the kills happen while messages are being sent. */
const PER_MINUTE = 900;

test("kill -9 of each part in the middle of a campaign", async (t) => {
  const booted = await bootPlatform(t, {}, { durable: true });
  const people = makePeople(COUNT);
  await allowAtOnce(booted);
  const imported = await importList(booted, "Faults", asCsv(people));
  const suppressed = people.slice(0, SUPPRESSED);
  await suppress(
    booted,
    "Do not contact",
    suppressed.flatMap(({ phone, email }) => [phone, email]),
  );

  const parts = [...SERVICE_NAMES, "redis", "postgres"];
  for (const part of parts) {
    await t.test(`${part} is killed`, async () => {
      for (const kind of ["email", "sms"]) await booted.carriers(`/${kind}/messages`, { method: "DELETE" });
      const groups = await Promise.all([
        startGroup(booted, {
          ...common(imported.contactListId),
          name: `Email, ${part} killed`,
          channel: "CHANNEL_EMAIL",
          content: { subject: "Hello", text: "Hello" },
        }),
        startGroup(booted, {
          ...common(imported.contactListId),
          name: `SMS, ${part} killed`,
          channel: "CHANNEL_SMS",
          content: { text: "Hello" },
        }),
      ]);
      await Promise.all(groups.map((group) => untilInTheMiddle(booted, group)));
      await booted.platform.whenReady(part);
      booted.platform.kill(part);
      const [email, sms] = await Promise.all(groups.map((group) => untilOver(booted, group)));
      assert.ok(email && sms);
      await arrivedOnce(booted, "email", email);
      await arrivedOnce(booted, "sms", sms);
    });
  }
});

const common = (contactListId: string) => ({ contactListIds: [contactListId], messagesPerMinute: PER_MINUTE });

const untilInTheMiddle = (booted: BootedPlatform, { id }: StartedGroup): Promise<boolean> =>
  until(async () => Number((await progressOf(booted, id)).progress.attempted) >= 15, { timeoutMs: 30_000 });

/** Whether every chain has ended, including those whose outcome is unknown. */
async function untilOver(booted: BootedPlatform, group: StartedGroup): Promise<Progress> {
  const progress = await untilFinished(booted, group, 90_000);
  assert.equal(Number(progress.due), COUNT - SUPPRESSED);
  assert.equal(Number(progress.attempted) + Number(progress.refused) + Number(progress.waiting), COUNT - SUPPRESSED);
  assert.equal(Number(progress.waiting), 0);
  return progress;
}

/** Checks that everybody who was attempted got one message. Only those whose outcome is unknown, who are all shown as stale, may have got none. */
async function arrivedOnce({ carriers }: BootedPlatform, kind: "email" | "sms", progress: Progress): Promise<void> {
  const { recipients } = await carriers<{ recipients: Record<string, number> }>(`/${kind}/recipients`);
  assert.deepEqual((await carriers<{ duplicates: unknown[] }>(`/${kind}/duplicates`)).duplicates, []);
  assert.ok(
    Object.values(recipients).every((count) => count === 1),
    "nobody got it twice",
  );
  // Messages that the carrier refused at once never arrived, and are counted as refused.
  const refused = Number(progress.attemptsByResult["rejected"] ?? 0);
  const [arrived, taken, stale] = [
    Object.keys(recipients).length,
    Number(progress.attempted) - refused,
    Number(progress.stale),
  ];
  assert.ok(
    arrived <= taken && arrived >= taken - stale,
    `${arrived} arrived of ${taken} taken, ${stale} of unknown fate`,
  );
  assert.ok(stale <= 20, `${stale} of unknown fate`);
  assert.equal(total(progress.attemptsByResult), Number(progress.attempts));
}
