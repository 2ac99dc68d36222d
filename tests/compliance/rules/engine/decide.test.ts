import assert from "node:assert/strict";
import { test } from "node:test";
import { Channel } from "../../../../gen/herald/common/v1/channel.ts";
import { RefusalReason } from "../../../../gen/herald/compliance/v1/decision.ts";
import { CapScope, CapSubject, Rule } from "../../../../gen/herald/compliance/v1/rule.ts";
import { decide, type Facts, says } from "../../../../svc/compliance/rules/engine/decide.ts";
import type { Evidence } from "../../../../svc/compliance/rules/engine/evidence.ts";
import { RuleSet } from "../../../../svc/compliance/rules/engine/rule-set.ts";

const NEW_YORK: Evidence = { countries: ["US"], states: ["US-NY"], areaCode: "+1212", zones: ["America/New_York"] };
const NOON = Date.parse("2026-03-03T17:00:00Z");
const NIGHT = Date.parse("2026-03-04T04:30:00Z");
const MORNING = Date.parse("2026-03-04T13:05:00Z");
const VOICE = Channel.CHANNEL_VOICE;

const rule = (more: Partial<Rule>): Rule => ({
  ...Rule.fromPartial({}),
  id: "r",
  name: "Rule",
  required: true,
  ...more,
});
const day = rule({
  id: "hours",
  name: "Hours",
  body: {
    $case: "contactWindow",
    contactWindow: {
      places: ["*"],
      openTimes: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], fromMinute: 480, untilMinute: 1_260 }],
    },
  },
});
const forbid = (...places: string[]) =>
  rule({ id: "place", name: "Not there", body: { $case: "location", location: { places } } });
const capOf = (limit: number, more: Partial<Rule> = {}) =>
  rule({
    id: "cap",
    name: "Cap",
    body: {
      $case: "attemptCap",
      attemptCap: {
        limit,
        periodSeconds: 86_400,
        subject: CapSubject.CAP_SUBJECT_DEVICE,
        scope: CapScope.CAP_SCOPE_TENANT,
        places: [],
      },
    },
    ...more,
  });

const factsOf = (rules: Rule[], more: Partial<Facts> = {}, evidence = NEW_YORK, ruleIds: string[] = []): Facts => ({
  channel: VOICE,
  running: true,
  deviceFault: undefined,
  answers: false,
  plan: new RuleSet(rules).plan("", more.channel ?? VOICE, ruleIds, () => evidence),
  lists: [],
  caps: [],
  progress: undefined,
  ...more,
});

const devices = { id: "list-1", name: "Devices", byClient: false };
const clients = { id: "list-2", name: "Clients", byClient: true };

test("nothing that refuses: allowed, with nothing more to say", () => {
  const facts = factsOf([day, forbid("US-TX"), capOf(3)], { lists: [devices, clients], caps: [{ count: 2 }] });
  assert.deepEqual(decide(facts, NOON), {
    reason: 0,
    ruleId: "",
    ruleName: "",
    explanation: "",
    earliestMs: undefined,
  });
  assert.ok(says(facts, NOON).every(({ refused }) => !refused));
});

test("rules are asked in the order of the reasons; the first refusal is the reason", () => {
  const everything: Facts = factsOf([day, forbid("US-NY"), capOf(1)], {
    running: false,
    deviceFault: "It is wrong.",
    lists: [
      { ...clients, entry: {} },
      { ...devices, entry: {} },
    ],
    caps: [{ count: 1, freeAtMs: NIGHT + 1 }],
  });
  const order: [Partial<Facts>, RefusalReason, string][] = [
    [{}, RefusalReason.REFUSAL_REASON_CAMPAIGN_NOT_RUNNING, "builtin:campaign-running"],
    [{ running: undefined }, RefusalReason.REFUSAL_REASON_DEVICE_INVALID, "builtin:device-valid"],
    [{ deviceFault: undefined }, RefusalReason.REFUSAL_REASON_SUPPRESSED_DEVICE, "list-1"],
    [{ lists: [{ ...clients, entry: {} }, devices] }, RefusalReason.REFUSAL_REASON_SUPPRESSED_CLIENT, "list-2"],
    [{ lists: [] }, RefusalReason.REFUSAL_REASON_LOCATION_FORBIDDEN, "place"],
    [{ plan: factsOf([day, capOf(1)]).plan }, RefusalReason.REFUSAL_REASON_OUTSIDE_WINDOW, "hours"],
    [{ plan: factsOf([capOf(1)]).plan }, RefusalReason.REFUSAL_REASON_ATTEMPT_CAP, "cap"],
  ];
  let facts = everything;
  for (const [change, reason, ruleId] of order) {
    facts = { ...facts, ...change };
    const verdict = decide(facts, NIGHT);
    assert.deepEqual([verdict.reason, verdict.ruleId], [reason, ruleId]);
    assert.equal(says(facts, NIGHT).find((say) => say.refused)?.ruleId, ruleId, "the explanation says the same");
  }
});

test("an entry holds from its beginning until before its end", () => {
  const holds = (entry: { fromMs?: number; untilMs?: number }) =>
    decide(factsOf([], { lists: [{ ...devices, entry }] }), NOON).reason !== 0;
  assert.equal(holds({}), true);
  assert.equal(holds({ fromMs: NOON }), true);
  assert.equal(holds({ fromMs: NOON + 1 }), false);
  assert.equal(holds({ untilMs: NOON }), false);
  assert.equal(holds({ untilMs: NOON + 1 }), true);
  assert.equal(holds({ fromMs: NOON - 1, untilMs: NOON + 1 }), true);
});

test("the earliest time is when everything that refuses has passed, inside the windows", () => {
  const earliest = (facts: Facts, nowMs = NIGHT) => decide(facts, nowMs).earliestMs;
  assert.equal(earliest(factsOf([day])), MORNING, "the next morning, five minutes after eight");
  assert.equal(
    earliest(factsOf([day, capOf(1)], { caps: [{ count: 1, freeAtMs: NOON + 7 * 86_400_000 }] }), NOON),
    NOON + 7 * 86_400_000,
  );
  assert.equal(
    earliest(factsOf([day, capOf(1)], { caps: [{ count: 1, freeAtMs: NIGHT + 60_000 }] }), NOON),
    MORNING,
    "snapped to an open window",
  );
  assert.equal(earliest(factsOf([day], { lists: [{ ...devices, entry: { untilMs: NIGHT } }] }), NOON), MORNING);
  const never: Partial<Facts>[] = [
    { running: false },
    { deviceFault: "It is wrong." },
    { lists: [{ ...devices, entry: {} }] },
  ];
  for (const more of never) assert.equal(earliest(factsOf([day], more)), undefined);
  assert.equal(earliest(factsOf([forbid("US")])), undefined);
  assert.equal(earliest(factsOf([capOf(0)], { caps: [{ count: 0 }] })), undefined);
});

test("what is said names times and counts, never a number, an address or a name", () => {
  const explanation = (facts: Facts, nowMs = NOON) => decide(facts, nowMs).explanation;
  assert.equal(
    explanation(factsOf([day]), NIGHT),
    "It is Tuesday 23:30 for the contact in America/New_York; calls are allowed 08:00 to 21:00, tried from 08:05 to 20:55.",
  );
  assert.equal(
    explanation(factsOf([day], { channel: Channel.CHANNEL_SMS }), Date.parse("2026-03-04T01:57Z")),
    "It is Tuesday 20:57 for the contact in America/New_York; text messages are allowed 08:00 to 21:00, tried from 08:05 to 20:55.",
  );
  const weekdays = {
    ...day,
    body: {
      $case: "contactWindow" as const,
      contactWindow: {
        places: ["*"],
        openTimes: [
          { weekdays: [1, 2, 3, 4, 5], fromMinute: 600, untilMinute: 780 },
          { weekdays: [1, 2, 3, 4, 5], fromMinute: 840, untilMinute: 1_200 },
        ],
      },
    },
  };
  assert.equal(
    explanation(factsOf([weekdays]), Date.parse("2026-03-01T17:00Z")),
    "It is Sunday 12:00 for the contact in America/New_York; calls are not allowed on Sundays.",
  );
  assert.equal(
    explanation(factsOf([weekdays]), Date.parse("2026-03-02T18:30Z")),
    "It is Monday 13:30 for the contact in America/New_York; calls are allowed 10:00 to 13:00 and 14:00 to 20:00, tried from 10:05 to 12:55 and from 14:05 to 19:55.",
  );
  assert.equal(
    explanation(factsOf([day], {}, { ...NEW_YORK, zones: [] })),
    "No time zone is known for the contact, so no time is known to be right.",
  );
  assert.equal(explanation(factsOf([forbid("US-NY")])), "This rule forbids attempts in US-NY.");
  assert.equal(
    explanation(factsOf([capOf(3)], { caps: [{ count: 3, freeAtMs: NOON }] })),
    "3 attempts on this device in the last 24 hours; 3 are allowed.",
  );
  assert.equal(
    explanation(factsOf([day], { lists: [{ ...clients, entry: { fromMs: NOON, untilMs: NIGHT } }] })),
    'The suppression list "Clients" holds this client from 2026-03-03 17:00 UTC until 2026-03-04 04:30 UTC.',
  );
});

const TEXAS: Evidence = { countries: ["US"], states: ["US-TX"], areaCode: "+1512", zones: ["America/Chicago"] };
const NOWHERE: Evidence = { countries: [], states: [], areaCode: "", zones: ["UTC"] };
const SOMEWHERE_IN_US: Evidence = { countries: ["US"], states: [], areaCode: "", zones: ["America/Chicago"] };

test("a location rule forbids the places that are known; windows and caps hold where a contact may be", () => {
  const forbidden = (place: string, evidence: Evidence) =>
    decide(factsOf([forbid(place)], {}, evidence), NOON).reason !== 0;
  assert.deepEqual(
    [forbidden("US", TEXAS), forbidden("US-TX", TEXAS), forbidden("+1512", TEXAS), forbidden("*", NOWHERE)],
    [true, true, true, true],
  );
  assert.deepEqual(
    [forbidden("CA", TEXAS), forbidden("US-NY", TEXAS), forbidden("+1617", TEXAS), forbidden("US", NOWHERE)],
    [false, false, false, false],
  );
  assert.equal(forbidden("US-TX", SOMEWHERE_IN_US), false);
  const texasCap = rule({
    body: { $case: "attemptCap", attemptCap: { limit: 1, periodSeconds: 60, subject: 1, scope: 1, places: ["US-TX"] } },
  });
  const capped = (evidence: Evidence) => factsOf([texasCap], {}, evidence).plan.caps.length === 1;
  assert.deepEqual(
    [capped(TEXAS), capped(NEW_YORK), capped(SOMEWHERE_IN_US), capped(NOWHERE)],
    [true, false, true, false],
  );
});

test("a rule holds where it is required or named, on its channels", () => {
  const optional = capOf(1, { required: false, channels: [Channel.CHANNEL_SMS] });
  const asked = (channel: Channel, ruleIds: string[]) => factsOf([optional], { channel }, NEW_YORK, ruleIds).plan;
  assert.equal(asked(Channel.CHANNEL_SMS, ["cap"]).caps.length, 1);
  assert.equal(asked(Channel.CHANNEL_SMS, []).caps.length, 0);
  assert.equal(asked(VOICE, ["cap"]).caps.length, 0);
  assert.equal(
    asked(Channel.CHANNEL_SMS, []).feeds.length,
    1,
    "attempts of groups that do not name it are counted all the same",
  );
  assert.equal(asked(VOICE, []).feeds.length, 0);
});

test("caps that count the same share a counter that reaches back as far as any asks", () => {
  const body = capOf(7).body as Extract<Rule["body"], { $case: "attemptCap" }>;
  const week = capOf(7, {
    id: "week",
    body: { ...body, attemptCap: { ...body.attemptCap, periodSeconds: 7 * 86_400 } },
  });
  const byGroup = capOf(1, {
    id: "group",
    body: { ...body, attemptCap: { ...body.attemptCap, scope: CapScope.CAP_SCOPE_CAMPAIGN_GROUP } },
  });
  const counters = [...new RuleSet([capOf(3), week, byGroup]).counters.values()];
  assert.deepEqual(
    counters.map(({ horizonMs, byGroup }) => [horizonMs, byGroup]),
    [
      [7 * 86_400_000, false],
      [86_400_000, true],
    ],
  );
});
