import assert from "node:assert/strict";
import { test } from "node:test";
import { Channel } from "../../../../gen/herald/common/v1/channel.ts";
import { readOpenTime, readPacks } from "../../../../svc/compliance/rules/engine/built-in.ts";
import type { Evidence } from "../../../../svc/compliance/rules/engine/evidence.ts";
import { PLACE } from "../../../../svc/compliance/rules/engine/evidence.ts";
import { RuleSet } from "../../../../svc/compliance/rules/engine/rule-set.ts";

const rules = readPacks(new URL("../../../../svc/compliance/rules/packs/", import.meta.url));
const ruleSet = new RuleSet(rules);
const VOICE = Channel.CHANNEL_VOICE;
const SMS = Channel.CHANNEL_SMS;

const inState = (state: string, zone: string): Evidence => ({
  countries: ["US"],
  states: [`US-${state}`],
  areaCode: "",
  zones: [zone],
});
const inCountry = (country: string, zone: string): Evidence => ({
  countries: [country],
  states: [],
  areaCode: "",
  zones: [zone],
});

/** Whether an attempt may be made at a local time in the week from Monday 2026-03-16, in which no clocks change. */
function isOpen(evidence: Evidence, channel: Channel, weekday: number, clock: string): boolean {
  const [zone = "UTC"] = evidence.zones;
  const local = Temporal.PlainDateTime.from(`2026-03-${15 + weekday}T${clock}`).toZonedDateTime(zone);
  return (
    ruleSet
      .plan(JSON.stringify([evidence, channel]), channel, [], () => evidence)
      .calendar?.isOpen(local.epochMilliseconds) ?? true
  );
}

test("every built-in rule has an id of its own, a source, a confidence, places and channels, and is required", () => {
  assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
  for (const rule of rules) {
    assert.match(rule.id, /^builtin:[a-z-]+$/);
    assert.match(rule.description, /^Source: .+\. Confidence [ABC]\./);
    assert.ok(rule.required && rule.channels.length > 0 && !rule.channels.includes(Channel.CHANNEL_EMAIL));
    assert.ok(
      rule.body?.$case === "contactWindow" && rule.body.contactWindow.places.every((place) => PLACE.test(place)),
    );
  }
});

// The first and last allowed minute of each day, five minutes inside the legal hours; "-" if the day is closed. Weekday 1 is Monday.
const CASES: [name: string, Evidence, Channel, weekday: string, saturday: string, sunday: string][] = [
  ["federal alone (New York)", inState("NY", "America/New_York"), VOICE, "08:05-20:54", "08:05-20:54", "08:05-20:54"],
  [
    "a territory, whose own law is not known here, has the stricter hours (Guam)",
    inCountry("GU", "Pacific/Guam"),
    SMS,
    "09:05-19:54",
    "09:05-19:54",
    "-",
  ],
  ["Alabama", inState("AL", "America/Chicago"), VOICE, "08:05-19:54", "08:05-19:54", "-"],
  ["Arizona", inState("AZ", "America/Phoenix"), SMS, "08:05-20:54", "08:05-20:54", "08:05-20:54"],
  ["California, calls", inState("CA", "America/Los_Angeles"), VOICE, "09:05-20:54", "09:05-20:54", "09:05-20:54"],
  ["California, texts", inState("CA", "America/Los_Angeles"), SMS, "08:05-20:54", "08:05-20:54", "08:05-20:54"],
  ["Connecticut", inState("CT", "America/New_York"), VOICE, "09:05-19:54", "09:05-19:54", "09:05-19:54"],
  ["Florida", inState("FL", "America/New_York"), SMS, "08:05-19:54", "08:05-19:54", "08:05-19:54"],
  ["Indiana", inState("IN", "America/Indiana/Indianapolis"), VOICE, "09:05-19:54", "09:05-19:54", "09:05-19:54"],
  ["Kentucky", inState("KY", "America/New_York"), VOICE, "10:05-20:54", "10:05-20:54", "10:05-20:54"],
  ["Louisiana", inState("LA", "America/Chicago"), VOICE, "08:05-19:54", "08:05-19:54", "-"],
  ["Maine, calls", inState("ME", "America/New_York"), VOICE, "09:05-16:54", "-", "-"],
  ["Maine, texts", inState("ME", "America/New_York"), SMS, "08:05-20:54", "08:05-20:54", "08:05-20:54"],
  ["Mississippi", inState("MS", "America/Chicago"), VOICE, "08:05-19:54", "08:05-19:54", "-"],
  ["Nebraska", inState("NE", "America/Chicago"), VOICE, "08:05-20:54", "08:05-20:54", "13:05-20:54"],
  ["Nevada", inState("NV", "America/Los_Angeles"), VOICE, "09:05-19:54", "09:05-19:54", "09:05-19:54"],
  ["New Mexico", inState("NM", "America/Denver"), VOICE, "09:05-20:54", "09:05-20:54", "09:05-20:54"],
  ["Pennsylvania", inState("PA", "America/New_York"), VOICE, "08:05-20:54", "08:05-20:54", "13:35-20:54"],
  ["Rhode Island", inState("RI", "America/New_York"), VOICE, "09:05-17:54", "10:05-16:54", "-"],
  ["South Dakota", inState("SD", "America/Chicago"), VOICE, "09:05-20:54", "09:05-20:54", "-"],
  ["Texas", inState("TX", "America/Chicago"), SMS, "09:05-20:54", "09:05-20:54", "12:05-20:54"],
  ["Utah", inState("UT", "America/Denver"), VOICE, "09:05-19:54", "09:05-19:54", "-"],
  ["Washington", inState("WA", "America/Los_Angeles"), VOICE, "08:05-19:54", "08:05-19:54", "08:05-19:54"],
  [
    "a US number of no known state: every state's hours",
    inCountry("US", "America/New_York"),
    VOICE,
    "10:05-16:54",
    "-",
    "-",
  ],
  ["Canada", inCountry("CA", "America/Toronto"), VOICE, "09:05-21:24", "10:05-17:54", "10:05-17:54"],
  ["United Kingdom", inCountry("GB", "Europe/London"), SMS, "08:05-20:54", "08:05-20:54", "08:05-20:54"],
  ["Germany", inCountry("DE", "Europe/Berlin"), VOICE, "08:05-20:54", "-", "-"],
  ["Spain", inCountry("ES", "Europe/Madrid"), VOICE, "09:05-20:54", "-", "-"],
  ["Australia", inCountry("AU", "Australia/Sydney"), VOICE, "09:05-19:54", "09:05-16:54", "-"],
  ["India", inCountry("IN", "Asia/Kolkata"), VOICE, "10:05-20:54", "10:05-20:54", "10:05-20:54"],
  [
    "a country without hours of its own (Brazil)",
    inCountry("BR", "America/Sao_Paulo"),
    VOICE,
    "09:05-19:54",
    "09:05-19:54",
    "-",
  ],
  [
    "no known country",
    { countries: [], states: [], areaCode: "", zones: ["Asia/Tokyo"] },
    VOICE,
    "09:05-19:54",
    "09:05-19:54",
    "-",
  ],
];

for (const [name, evidence, channel, ...days] of CASES) {
  test(`built-in hours: ${name}`, () => {
    for (const [weekday, hours] of [3, 6, 7].map((day, i) => [day, days[i]] as const)) {
      const open = Array.from(
        { length: 1_440 },
        (_, minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`,
      ).filter((clock) => isOpen(evidence, channel, weekday, clock));
      assert.equal(open.length === 0 ? "-" : `${open[0]}-${open.at(-1)}`, hours, `weekday ${weekday}`);
    }
  });
}

test("France closes for lunch", () => {
  const france = inCountry("FR", "Europe/Paris");
  for (const [clock, open] of [
    ["10:05", true],
    ["12:54", true],
    ["12:55", false],
    ["14:04", false],
    ["14:05", true],
    ["19:54", true],
    ["19:55", false],
  ] as const) {
    assert.equal(isOpen(france, VOICE, 2, clock), open, clock);
  }
});

test("two places count together: an address in Texas and a number of New York", () => {
  const both: Evidence = {
    countries: ["US"],
    states: ["US-NY", "US-TX"],
    areaCode: "+1212",
    zones: ["America/Chicago", "America/New_York"],
  };
  assert.deepEqual(
    ruleSet.plan("both", VOICE, [], () => both).windows.map(({ rule }) => rule.id),
    ["builtin:us-federal", "builtin:us-tx"],
  );
  assert.equal(isOpen(both, VOICE, 3, "09:04"), false, "09:04 in Chicago: Texas opens at 9");
  assert.equal(isOpen(both, VOICE, 3, "19:54"), true, "19:54 in Chicago, 20:54 in New York");
  assert.equal(isOpen(both, VOICE, 3, "19:55"), false);
});

test("email has no built-in hours", () => {
  assert.equal(
    ruleSet.plan("email", Channel.CHANNEL_EMAIL, [], () => inState("NY", "America/New_York")).calendar,
    undefined,
  );
});

test("an open time that cannot be read names itself", () => {
  assert.deepEqual(readOpenTime("Tue-Thu 09:30-24:00"), { weekdays: [2, 3, 4], fromMinute: 570, untilMinute: 1_440 });
  for (const text of ["Mon-Fri 9-17", "Fri-Mon 09:00-17:00", "Never 09:00-17:00"])
    assert.throws(() => readOpenTime(text), new RegExp(`"${text}"`));
});
