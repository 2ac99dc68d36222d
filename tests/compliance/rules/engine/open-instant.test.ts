import assert from "node:assert/strict";
import { test } from "node:test";
import { Channel } from "../../../../gen/herald/common/v1/channel.ts";
import { RefusalReason } from "../../../../gen/herald/compliance/v1/decision.ts";
import { Rule } from "../../../../gen/herald/compliance/v1/rule.ts";
import { mayBeAllowed } from "../../../../svc/compliance/rules/engine/decide.ts";
import type { Evidence } from "../../../../svc/compliance/rules/engine/evidence.ts";
import { openFrom } from "../../../../svc/compliance/rules/engine/open-instant.ts";
import { RuleSet } from "../../../../svc/compliance/rules/engine/rule-set.ts";

const EAST = "America/New_York";
const WEST = "America/Los_Angeles";
const { REFUSAL_REASON_UNSPECIFIED: OPEN, REFUSAL_REASON_OUTSIDE_WINDOW: CLOSED } = RefusalReason;
const FORBIDDEN = RefusalReason.REFUSAL_REASON_LOCATION_FORBIDDEN;
const VOICE = Channel.CHANNEL_VOICE;

const rule = (more: Partial<Rule>): Rule => ({ ...Rule.fromPartial({}), id: "r", required: true, ...more });
const hours = (from: number, until: number, weekdays = [1, 2, 3, 4, 5, 6, 7], more: Partial<Rule> = {}) =>
  rule({
    id: "hours",
    body: {
      $case: "contactWindow",
      contactWindow: { places: [], openTimes: [{ weekdays, fromMinute: from * 60, untilMinute: until * 60 }] },
    },
    ...more,
  });
const day = hours(8, 21);
const forbid = (place: string) => rule({ id: "place", body: { $case: "location", location: { places: [place] } } });
const noneAllowed = rule({
  id: "cap",
  body: {
    $case: "attemptCap",
    attemptCap: { limit: 0, periodSeconds: 86_400, subject: 1, scope: 1, places: [] },
  },
});

function planAt(rules: readonly Rule[], zones: readonly string[], country = "US") {
  const evidence: Evidence = { countries: [country], states: [], areaCode: "", zones };
  return new RuleSet(rules).plan("it", VOICE, [], () => evidence);
}

const CASES: [name: string, rules: Rule[], zones: string[], from: string, open: string, reason: RefusalReason][] = [
  ["open now", [day], [EAST], "2026-03-03T17:00:00Z", "2026-03-03T17:00:00Z", OPEN],
  ["at night, until the morning", [day], [EAST], "2026-03-04T04:30:00Z", "2026-03-04T13:05:00Z", CLOSED],
  ["the night in which summer time begins", [day], [EAST], "2026-03-08T03:00:00Z", "2026-03-08T12:05:00Z", CLOSED],
  [
    "the night in which summer time ends",
    [day],
    ["Europe/Berlin"],
    "2026-10-24T20:00:00Z",
    "2026-10-25T07:05:00Z",
    CLOSED,
  ],
  ["every zone has to be open", [day], [EAST, WEST], "2026-03-03T14:00:00Z", "2026-03-03T16:05:00Z", CLOSED],
  [
    "a weekend lies between",
    [hours(9, 17, [1, 2, 3, 4, 5])],
    [EAST],
    "2026-03-06T22:30:00Z",
    "2026-03-09T13:05:00Z",
    CLOSED,
  ],
  [
    "of several windows each has to be open",
    [day, hours(12, 14, [3], { id: "noon" })],
    [EAST],
    "2026-03-05T17:00:00Z",
    "2026-03-11T16:05:00Z",
    CLOSED,
  ],
  ["zones whose hours never meet", [hours(9, 11)], [EAST, "Europe/Berlin"], "2026-03-03T17:00:00Z", "", CLOSED],
  ["no zone is known", [day], [], "2026-03-03T17:00:00Z", "", CLOSED],
  ["no zone is known and no hours hold", [], [], "2026-03-03T04:00:00Z", "2026-03-03T04:00:00Z", OPEN],
  ["a forbidden place, whatever the hour", [day, forbid("US")], [EAST], "2026-03-03T17:00:00Z", "", FORBIDDEN],
  [
    "a place that is forbidden elsewhere",
    [day, forbid("CA")],
    [EAST],
    "2026-03-03T17:00:00Z",
    "2026-03-03T17:00:00Z",
    OPEN,
  ],
  ["caps have no say yet", [day, noneAllowed], [EAST], "2026-03-03T17:00:00Z", "2026-03-03T17:00:00Z", OPEN],
];

for (const [name, rules, zones, from, open, reason] of CASES) {
  test(`open instant: ${name}`, () => {
    const told = openFrom(planAt(rules, zones), VOICE, Date.parse(from));
    const openTime = told.openMs === undefined ? "" : new Date(told.openMs).toISOString().replace(".000", "");
    assert.deepEqual([openTime, told.reason], [open, reason]);
  });
}

test("a check at the instant told passes, and at every one before it does not", () => {
  const MINUTE = 60_000;
  const plan = planAt([hours(9, 17, [1, 2, 3, 4, 5]), day], [EAST, "Europe/London"]);
  const isAllowed = (ms: number) => mayBeAllowed({ running: undefined, deviceFault: undefined, plan }, ms);
  for (let from = Date.parse("2026-03-05T00:00Z"); from < Date.parse("2026-04-02T00:00Z"); from += 311 * MINUTE) {
    const { openMs } = openFrom(plan, VOICE, from);
    assert.ok(openMs !== undefined && isAllowed(openMs), new Date(from).toISOString());
    for (let ms = from; ms < openMs; ms += 29 * MINUTE) assert.ok(!isAllowed(ms), new Date(ms).toISOString());
    assert.ok(openMs === from || !isAllowed(openMs - 1));
  }
});

test("the version of the windows changes with windows and places, not with caps or names", () => {
  const version = (...rules: Rule[]) => new RuleSet(rules).windowsVersion;
  assert.equal(version(day, noneAllowed), version({ ...day, name: "Day" }));
  const versions = [
    version(),
    version(day),
    version(hours(8, 20)),
    version(day, forbid("US")),
    version({ ...day, required: false }),
  ];
  assert.equal(new Set(versions).size, versions.length);
});
