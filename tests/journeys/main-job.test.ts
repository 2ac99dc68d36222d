/** The main job, from a list file to the arrived messages, only through Envoy and REST. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Progress } from "../../gen/rest.ts";
import { until } from "../lib/harness.ts";
import { bootPlatform, ok } from "../lib/platform.ts";
import { allowAtOnce, importList, startGroup, suppress, total, untilFinished } from "./journey.ts";
import { asCsv, makePeople } from "./people.ts";

const COUNT = 90;

function addsUp({ due, attempted, refused, waiting }: Progress): void {
  assert.equal(
    Number(attempted) + Number(refused) + Number(waiting),
    Number(due),
    "attempted + refused + waiting = due",
  );
}

test("a list goes in, suppressed people are left out, the others are reached by email, SMS and voice, and every count adds up", async (t) => {
  const booted = await bootPlatform(t);
  const { rest, carriers } = booted;
  const people = makePeople(COUNT);
  const file = `${asCsv(people)}\r\nP-BAD,Nobody,not a number,not an address\r\n${asCsv(people.slice(0, 1)).split("\r\n")[1]}\r\n`;

  const imported = await importList(booted, "Journey", file);
  assert.deepEqual([imported.rowCount, imported.acceptedCount, imported.rejectedCount].map(Number), [
    COUNT + 2,
    COUNT,
    2,
  ]);
  assert.equal(total(imported.rejectedByReason), Number(imported.rejectedCount));

  const suppressed = people.filter((_, index) => index % 10 === 3);
  await suppress(
    booted,
    "Do not contact",
    suppressed.flatMap(({ phone, email }) => [phone, email]),
  );

  await allowAtOnce(booted);
  const contactListIds = [imported.contactListId];
  const email = await startGroup(booted, {
    name: "By email",
    channel: "CHANNEL_EMAIL",
    contactListIds,
    content: { subject: "Hello {{ first_name }}", text: "Dear {{ first_name }}, good day." },
  });
  const sms = await startGroup(booted, {
    name: "By SMS",
    channel: "CHANNEL_SMS",
    contactListIds,
    content: { text: "Hi {{ first_name }}" },
  });
  const voice = await startGroup(booted, {
    name: "By voice",
    channel: "CHANNEL_VOICE",
    contactListIds,
    voice: { mode: "DIALING_MODE_POWER", callsPerMinute: 6000, maxPorts: 200 },
  });
  const [emailed, texted, called] = await Promise.all(
    [email, sms, voice].map((group) => untilFinished(booted, group, 90_000)),
  );
  assert.ok(emailed && texted && called);

  for (const progress of [emailed, texted, called]) {
    addsUp(progress);
    assert.equal(Number(progress.due), COUNT - suppressed.length);
    assert.deepEqual(progress.leftOutByReason, { suppressed_device: String(suppressed.length) });
    assert.deepEqual([Number(progress.refused), progress.refusalsByReason], [0, {}], "nobody of them was tried");
    assert.equal(Number(progress.stale), 0);
  }

  await t.test("what arrived is what was attempted, and nobody suppressed is among it", async () => {
    const reached = {
      email: (await carriers<{ recipients: Record<string, number> }>("/email/recipients")).recipients,
      sms: (await carriers<{ recipients: Record<string, number> }>("/sms/recipients")).recipients,
      calls: (await carriers<{ recipients: Record<string, number> }>("/calls/recipients")).recipients,
    };
    assert.equal(Object.keys(reached.email).length, Number(emailed.attempted));
    assert.equal(Object.keys(reached.sms).length, Number(texted.attempted));
    assert.equal(Object.keys(reached.calls).length, Number(called.attempted));
    for (const { phone, email: address } of suppressed) {
      assert.equal(reached.email[address], undefined);
      assert.equal(reached.sms[phone] ?? reached.sms[phone.slice(1)], undefined);
      assert.equal(reached.calls[phone], undefined);
    }
    for (const kind of ["email", "sms", "calls"]) {
      assert.deepEqual((await carriers<{ duplicates: unknown[] }>(`/${kind}/duplicates`)).duplicates, []);
    }
  });

  await t.test("a refused attempt is explained by every rule with the facts of that moment", async () => {
    const check = { channel: "CHANNEL_SMS" as const, contactInfo: suppressed[0]?.phone ?? "" };
    const { decision } = ok(await rest.POST("/v1/attempt-checks", { body: { check } }));
    const path = { attemptId: decision?.attemptId ?? "" };
    const explained = ok(await rest.GET("/v1/attempt-checks/{attemptId}:explain", { params: { path } }));
    assert.equal(explained.decision?.verdict, "VERDICT_REFUSED");
    assert.equal(explained.decision?.ruleName, "Do not contact");
    assert.ok(explained.ruleVerdicts.length > 1);
  });

  await t.test("a contact's history shows all three attempts", async () => {
    const person = people[0];
    const history = await until(async () => {
      const { contacts } = ok(await rest.GET("/v1/contacts", { params: { query: { query: person?.clientId ?? "" } } }));
      const path = { contactId: contacts[0]?.id ?? "" };
      if (!path.contactId) return undefined;
      const { interactions } = ok(await rest.GET("/v1/contacts/{contactId}/history", { params: { path } }));
      return interactions.length === 3 ? interactions : undefined;
    });
    assert.deepEqual((history ?? []).map(({ channel }) => channel).sort(), [
      "CHANNEL_EMAIL",
      "CHANNEL_SMS",
      "CHANNEL_VOICE",
    ]);
  });

  await t.test("a STOP by SMS suppresses the number within a second", async () => {
    const sender = (await carriers<{ messages: { from: string }[] }>("/sms/messages?limit=1")).messages[0]?.from ?? "";
    const from = people[0]?.phone ?? "";
    const said = performance.now();
    await carriers("/sms/inbound", { method: "POST", body: JSON.stringify({ from, to: sender, text: "Stop." }) });
    await until(async () => {
      const body = { check: { channel: "CHANNEL_SMS" as const, contactInfo: from } };
      return (
        ok(await rest.POST("/v1/attempt-checks", { body })).decision?.reason === "REFUSAL_REASON_SUPPRESSED_DEVICE"
      );
    });
    assert.ok(performance.now() - said < 2_000, "acknowledged, kept, streamed and refused");
  });
});
