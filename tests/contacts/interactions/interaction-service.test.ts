import assert from "node:assert/strict";
import { test } from "node:test";
import { CallResult, DeliveryState, type Outcome } from "../../../gen/herald/common/v1/outcome.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { type Interaction, InteractionDirection } from "../../../gen/herald/contacts/v1/interaction.ts";
import { newId, rejectsWith, status } from "../../lib/harness.ts";
import { allPages, anAttempt, bootContacts } from "../contacts.ts";

const delivery = (deliveryState: DeliveryState): Outcome => ({ result: { $case: "deliveryState", deliveryState } });
const call = (callResult: CallResult): Outcome => ({ result: { $case: "callResult", callResult } });
const { CHANNEL_EMAIL, CHANNEL_SMS, CHANNEL_VOICE } = Channel;
const { INTERACTION_DIRECTION_INBOUND, INTERACTION_DIRECTION_OUTBOUND } = InteractionDirection;

test("an attempt is kept with all that is told of it, and belongs to the contact of its number", async (t) => {
  const { person, recorder } = await bootContacts(t);
  const tenantId = newId();
  const { contacts, interactions } = await person(tenantId);
  const attempt = anAttempt({
    channel: CHANNEL_EMAIL,
    contactInfo: "Ada@Example.com",
    ownAddress: "hello@shop.example",
    campaignGroupId: newId(),
    campaignGroupName: "Spring",
    recordId: newId(),
    outcome: delivery(DeliveryState.DELIVERY_STATE_SENT),
    subject: "Spring is here",
    text: "Dear Ada 🌷",
    endTime: new Date("2026-03-02T15:00:02.345Z"),
  });
  await recorder(tenantId).recordInteractions({
    interactions: [{ interaction: attempt, clientId: "C-1", firstName: "Ada", lastName: "Lovelace" }],
  });
  const { interaction } = await interactions.getInteraction({ interactionId: attempt.id ?? "" });
  const [contact] = (await contacts.searchContacts({ query: "C-1" })).contacts;
  assert.deepEqual(interaction, {
    ...attempt,
    contactId: contact?.id,
    contactInfo: "ada@example.com",
    refusalReason: "",
    zones: [],
  });
  assert.equal(contact?.firstName, "Ada");
  assert.deepEqual(contact?.lastInteractionTime, attempt.startTime);
});

test("an interaction by phone tells the zones in which its number is", async (t) => {
  const { person, recorder } = await bootContacts(t);
  const tenantId = newId();
  const attempt = anAttempt({ channel: CHANNEL_SMS, contactInfo: "+12125550123" });
  await recorder(tenantId).recordInteractions({ interactions: [{ interaction: attempt }] });
  const { interactions } = await person(tenantId);
  const read = await interactions.getInteraction({ interactionId: attempt.id ?? "" });
  assert.deepEqual(read.interaction?.zones, ["America/New_York"]);
  const found = await interactions.searchInteractions({});
  assert.deepEqual(found.interactions[0]?.zones, ["America/New_York"]);
});

test("recording the same again changes nothing; the outcome is added when it comes, also in the same call", async (t) => {
  const { person, recorder } = await bootContacts(t);
  const tenantId = newId();
  const { interactions, contacts } = await person(tenantId);
  const dial = recorder(tenantId);
  const attempt = anAttempt({ text: "Spring is here" });
  const endTime = new Date("2026-03-02T15:00:05Z");
  const ended = { ...anAttempt(), id: attempt.id, outcome: delivery(DeliveryState.DELIVERY_STATE_DELIVERED), endTime };
  await dial.recordInteractions({ interactions: [{ interaction: attempt }, { interaction: attempt }] });
  await dial.recordInteractions({ interactions: [{ interaction: attempt }, { interaction: ended }] });
  await dial.recordInteractions({ interactions: [{ interaction: attempt }] });
  const { interaction } = await interactions.getInteraction({ interactionId: attempt.id ?? "" });
  assert.deepEqual(interaction?.outcome, delivery(DeliveryState.DELIVERY_STATE_DELIVERED));
  assert.deepEqual(interaction?.endTime, endTime);
  assert.equal(interaction?.text, "Spring is here", "what was told before stays");
  assert.equal((await contacts.searchContacts({})).contacts.length, 1);
  assert.equal((await interactions.searchInteractions({})).interactions.length, 1);
});

const {
  DELIVERY_STATE_SENT,
  DELIVERY_STATE_DELIVERED,
  DELIVERY_STATE_DEFERRED,
  DELIVERY_STATE_UNKNOWN,
  DELIVERY_STATE_HARD_BOUNCE,
} = DeliveryState;
for (const [name, reports, kept] of [
  [
    "sent, then delivered",
    [delivery(DELIVERY_STATE_SENT), delivery(DELIVERY_STATE_DELIVERED)],
    delivery(DELIVERY_STATE_DELIVERED),
  ],
  [
    "delivered, then sent late",
    [delivery(DELIVERY_STATE_DELIVERED), delivery(DELIVERY_STATE_SENT)],
    delivery(DELIVERY_STATE_DELIVERED),
  ],
  [
    "sent, then deferred",
    [delivery(DELIVERY_STATE_SENT), delivery(DELIVERY_STATE_DEFERRED)],
    delivery(DELIVERY_STATE_DEFERRED),
  ],
  [
    "unknown, then resolved",
    [delivery(DELIVERY_STATE_UNKNOWN), delivery(DELIVERY_STATE_HARD_BOUNCE)],
    delivery(DELIVERY_STATE_HARD_BOUNCE),
  ],
  [
    "resolved, then unknown",
    [delivery(DELIVERY_STATE_HARD_BOUNCE), delivery(DELIVERY_STATE_UNKNOWN)],
    delivery(DELIVERY_STATE_HARD_BOUNCE),
  ],
  ["answer, then nothing more", [call(CallResult.CALL_RESULT_ANSWER), undefined], call(CallResult.CALL_RESULT_ANSWER)],
  [
    "stale, then answer",
    [call(CallResult.CALL_RESULT_STALE), call(CallResult.CALL_RESULT_ANSWER)],
    call(CallResult.CALL_RESULT_ANSWER),
  ],
  [
    "answer corrected to wrong party",
    [call(CallResult.CALL_RESULT_ANSWER), call(CallResult.CALL_RESULT_WRONG_PARTY)],
    call(CallResult.CALL_RESULT_WRONG_PARTY),
  ],
] as [string, (Outcome | undefined)[], Outcome][]) {
  test(`an outcome gives way only to one that says as much: ${name}`, async (t) => {
    const { person, recorder } = await bootContacts(t);
    const tenantId = newId();
    const attempt = anAttempt();
    for (const outcome of reports)
      await recorder(tenantId).recordInteractions({ interactions: [{ interaction: { ...attempt, outcome } }] });
    const { interaction } = await (
      await person(tenantId)
    ).interactions.getInteraction({ interactionId: attempt.id ?? "" });
    assert.deepEqual(interaction?.outcome, kept);
  });
}

test("inbound messages, refusals and senders that are no numbers are kept too", async (t) => {
  const { person, recorder } = await bootContacts(t);
  const tenantId = newId();
  const { interactions } = await person(tenantId);
  const inbound = anAttempt({ direction: INTERACTION_DIRECTION_INBOUND, text: "STOP\u0000" });
  const refused = anAttempt({ refusalReason: "outside_window" });
  const shortCode = anAttempt({ direction: INTERACTION_DIRECTION_INBOUND, contactInfo: "24242" });
  const named = anAttempt({ direction: INTERACTION_DIRECTION_INBOUND, contactInfo: "SHOPINFO" });
  await recorder(tenantId).recordInteractions({
    interactions: [inbound, refused, shortCode, named].map((interaction) => ({ interaction })),
  });
  const read = async (id?: string) => (await interactions.getInteraction({ interactionId: id ?? "" })).interaction;
  assert.equal((await read(inbound.id))?.text, "STOP");
  assert.equal((await read(refused.id))?.refusalReason, "outside_window");
  assert.equal((await read(refused.id))?.outcome, undefined);
  assert.equal((await read(shortCode.id))?.contactInfo, "24242");
  assert.equal((await interactions.searchInteractions({ contactInfo: "SHOPINFO" })).interactions[0]?.id, named.id);
});

test("batches of a thousand with the same new people, at once and in any order, make each person once and block nobody", async (t) => {
  const { person, recorder } = await bootContacts(t);
  const tenantId = newId();
  const dial = recorder(tenantId);
  const numbers = Array.from({ length: 500 }, (_, i) => `+1202555${String(i).padStart(4, "0")}`);
  const batch = (seed: number) =>
    Array.from({ length: 1_000 }, (_, i) => {
      const n = (i * 7 + seed * 131) % 500;
      return { interaction: anAttempt({ contactInfo: numbers[n] ?? "" }), clientId: n % 2 ? `C-${n}` : "" };
    });
  const shared = batch(9);
  const batches = [...Array.from({ length: 6 }, (_, seed) => batch(seed)), shared, shared.toReversed()];
  await Promise.all(batches.map((interactions) => dial.recordInteractions({ interactions })));
  const { contacts, interactions } = await person(tenantId);
  const people = await allPages(async (pageToken) => {
    const page = await contacts.searchContacts({ pageSize: 500, pageToken });
    return { items: page.contacts, nextPageToken: page.nextPageToken };
  });
  assert.equal(people.flat().length, 500);
  assert.ok(people.flat().every(({ identities }) => identities.length === 1));
  const kept = await allPages(async (pageToken) => {
    const page = await interactions.searchInteractions({ pageSize: 500, pageToken });
    return { items: page.interactions, nextPageToken: page.nextPageToken };
  });
  assert.equal(new Set(kept.flat().map(({ id }) => id)).size, 7_000);
});

test("calls at once that know the same people by different keys all succeed, and no key is there twice", async (t) => {
  const { person, recorder } = await bootContacts(t);
  const tenantId = newId();
  const dial = recorder(tenantId);
  const batch = (seed: number) =>
    Array.from({ length: 300 }, (_, i) => {
      const n = (i * 7 + seed * 131) % 300;
      const knows = (n + seed) % 3;
      return {
        interaction: anAttempt({ contactInfo: knows === 2 ? "" : `+1202555${String(n).padStart(4, "0")}` }),
        clientId: knows === 1 ? "" : `C-${n}`,
        lastName: seed % 2 ? "Lovelace" : "",
      };
    });
  await Promise.all(Array.from({ length: 9 }, (_, seed) => dial.recordInteractions({ interactions: batch(seed) })));
  const { contacts } = await person(tenantId);
  const people = await allPages(async (pageToken) => {
    const page = await contacts.searchContacts({ pageSize: 500, pageToken });
    return { items: page.contacts, nextPageToken: page.nextPageToken };
  });
  const keys = people
    .flat()
    .flatMap(({ clientId, identities }) => [
      ...(clientId === "" ? [] : [clientId]),
      ...identities.map(({ value }) => value),
    ]);
  assert.equal(keys.length, 600);
  assert.equal(new Set(keys).size, 600);
});

test("a bad interaction refuses the whole call, naming it, and nothing is kept", async (t) => {
  const { person, recorder } = await bootContacts(t);
  const tenantId = newId();
  const dial = recorder(tenantId);
  const fieldsOf = async (interactions: object[]) =>
    (
      await rejectsWith(
        dial.recordInteractions({ interactions }),
        status.INVALID_ARGUMENT,
        "ERROR_REASON_FIELDS_INVALID",
      )
    ).fields.map(({ field }) => field);
  assert.deepEqual(
    await fieldsOf([
      { interaction: anAttempt() },
      { interaction: anAttempt({ id: "x", contactInfo: "", channel: 0 }) },
    ]),
    ["interactions[1].interaction", "interactions[1].interaction.channel", "interactions[1].interaction.id"],
  );
  assert.deepEqual(await fieldsOf(Array.from({ length: 1_001 }, () => ({ interaction: anAttempt() }))), [
    "interactions",
  ]);
  assert.deepEqual((await (await person(tenantId)).interactions.searchInteractions({})).interactions, []);
  await dial.recordInteractions({ interactions: [] });
});

test("only services record; an interaction that does not exist or is another tenant's is NOT_FOUND", async (t) => {
  const { person, recorder } = await bootContacts(t);
  const tenantId = newId();
  const attempt = anAttempt();
  await recorder(tenantId).recordInteractions({ interactions: [{ interaction: attempt }] });
  const [own, stranger] = [(await person(tenantId)).interactions, (await person(newId())).interactions];
  await rejectsWith(own.recordInteractions({ interactions: [] }), status.PERMISSION_DENIED);
  await rejectsWith(
    own.getInteraction({ interactionId: newId() }),
    status.NOT_FOUND,
    "ERROR_REASON_INTERACTION_NOT_FOUND",
  );
  await rejectsWith(
    stranger.getInteraction({ interactionId: attempt.id ?? "" }),
    status.NOT_FOUND,
    "ERROR_REASON_INTERACTION_NOT_FOUND",
  );
  assert.deepEqual((await stranger.searchInteractions({ contactInfo: attempt.contactInfo ?? "" })).interactions, []);
});

test("an id that another tenant uses is another interaction", async (t) => {
  const { person, recorder } = await bootContacts(t);
  const [tenantId, otherId] = [newId(), newId()];
  const attempt = anAttempt({ text: "one" });
  await recorder(tenantId).recordInteractions({ interactions: [{ interaction: attempt }] });
  await recorder(otherId).recordInteractions({ interactions: [{ interaction: { ...attempt, text: "other" } }] });
  for (const [tenant, text] of [
    [tenantId, "one"],
    [otherId, "other"],
  ] as const) {
    const { interaction } = await (
      await person(tenant)
    ).interactions.getInteraction({ interactionId: attempt.id ?? "" });
    assert.equal(interaction?.text, text);
  }
});

test("SearchInteractions narrows by number in any writing, group, channel, direction and time, in pages that meet", async (t) => {
  const { person, recorder } = await bootContacts(t);
  const tenantId = newId();
  const { interactions } = await person(tenantId);
  const groupId = newId();
  const at = (i: number) => new Date(Date.UTC(2026, 2, 2, 15, i));
  const all = Array.from({ length: 12 }, (_, i) =>
    anAttempt({
      startTime: at(i),
      contactInfo: i % 2 ? "+12025550123" : "ada@example.com",
      channel: i % 2 ? (i % 3 ? CHANNEL_SMS : CHANNEL_VOICE) : CHANNEL_EMAIL,
      direction: i === 5 ? INTERACTION_DIRECTION_INBOUND : INTERACTION_DIRECTION_OUTBOUND,
      campaignGroupId: i < 8 ? groupId : "",
    }),
  );
  await recorder(tenantId).recordInteractions({ interactions: all.map((interaction) => ({ interaction })) });
  const found = async (filter: object) => {
    const pages = await allPages(async (pageToken) => {
      const page = await interactions.searchInteractions({ ...filter, pageSize: 2, pageToken });
      return { items: page.interactions, nextPageToken: page.nextPageToken };
    });
    return pages.flat().map(({ id }) => all.findIndex((one) => one.id === id));
  };
  assert.deepEqual(await found({}), [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  assert.deepEqual(await found({ contactInfo: "+1 (202) 555-0123" }), [11, 9, 7, 5, 3, 1]);
  assert.deepEqual(await found({ contactInfo: "ADA@example.com" }), [10, 8, 6, 4, 2, 0]);
  assert.deepEqual(await found({ campaignGroupId: groupId, channel: CHANNEL_SMS }), [7, 5, 1]);
  assert.deepEqual(await found({ direction: INTERACTION_DIRECTION_INBOUND }), [5]);
  assert.deepEqual(await found({ startTime: at(3), endTime: at(6) }), [5, 4, 3]);
  const read = (filter: object) => interactions.searchInteractions(filter) as Promise<{ interactions: Interaction[] }>;
  await rejectsWith(read({ pageToken: "x" }), status.INVALID_ARGUMENT, "ERROR_REASON_PAGE_TOKEN_INVALID");
});
