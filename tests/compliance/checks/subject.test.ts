import assert from "node:assert/strict";
import { test } from "node:test";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { AttemptCheck } from "../../../gen/herald/compliance/v1/attempt_check.ts";
import { evidenceOf, readDevice } from "../../../svc/compliance/checks/subject.ts";
import { placeOf } from "../../../svc/lib/place/place.ts";

const EASTERN = "America/New_York";
const PACIFIC = "America/Los_Angeles";
const nothing = { zones: [] as string[], zoneIsCertain: false, state: "", country: "" };

const CASES: [
  name: string,
  number: string,
  given: Partial<typeof nothing>,
  countries: string[],
  states: string[],
  zones: string[],
][] = [
  ["the number alone", "+12125550123", {}, ["US"], ["US-NY"], [EASTERN]],
  ["number and zones of the caller", "+12125550123", { zones: [PACIFIC] }, ["US"], ["US-NY"], [PACIFIC, EASTERN]],
  [
    "a zone that is certain: the number's own does not matter, its state does",
    "+12125550123",
    { zones: [PACIFIC], zoneIsCertain: true },
    ["US"],
    ["US-NY"],
    [PACIFIC],
  ],
  ["certain, but no zone given", "+12125550123", { zoneIsCertain: true }, ["US"], ["US-NY"], [EASTERN]],
  [
    "an address in another state",
    "+12125550123",
    { country: "us", state: "ca" },
    ["US"],
    ["US-CA", "US-NY"],
    [PACIFIC, EASTERN],
  ],
  [
    "an address in another country",
    "+12125550123",
    { country: "GB" },
    ["GB", "US"],
    ["US-NY"],
    [EASTERN, "Europe/London"],
  ],
  ["no number: the address", "", { country: "US", state: "CA" }, ["US"], ["US-CA"], [PACIFIC]],
  ["no number: the caller's zones", "", { zones: ["europe/berlin"] }, [], [], ["Europe/Berlin"]],
  ["nothing at all", "", {}, [], [], []],
];

for (const [name, number, given, countries, states, zones] of CASES) {
  test(`evidence: ${name}`, () => {
    const evidence = evidenceOf({ ...nothing, ...given }, number ? placeOf(number) : undefined);
    assert.deepEqual([evidence.countries, evidence.states, evidence.zones], [countries, states, zones]);
  });
}

test("a number that tells its country alone: all zones of the country, unless the caller knows better", () => {
  const tollFree = placeOf("+18005550123");
  const alone = evidenceOf(nothing, tollFree);
  assert.deepEqual(alone.states, []);
  assert.ok(alone.zones.includes(EASTERN) && alone.zones.includes(PACIFIC));
  assert.deepEqual(evidenceOf({ ...nothing, zones: [PACIFIC], country: tollFree.country }, tollFree).zones, [PACIFIC]);
});

test("devices are compared as suppression lists write them", () => {
  const read = (channel: Channel, contactInfo: string) =>
    readDevice(AttemptCheck.fromPartial({ channel, contactInfo }));
  assert.deepEqual(read(Channel.CHANNEL_EMAIL, "Jo@Example.COM"), { value: "jo@example.com", fault: undefined });
  assert.deepEqual(read(Channel.CHANNEL_SMS, "+442079460123"), { value: "+442079460123", fault: undefined });
  for (const wrong of ["", "0044", "+", "+1", "+4420794601234567", "+1-212-555-0123"])
    assert.ok(read(Channel.CHANNEL_VOICE, wrong).fault, wrong);
});
