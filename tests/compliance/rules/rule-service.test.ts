import assert from "node:assert/strict";
import { test } from "node:test";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { RefusalReason } from "../../../gen/herald/compliance/v1/decision.ts";
import { CapScope, CapSubject, type Rule } from "../../../gen/herald/compliance/v1/rule.ts";
import { newId, rejectsWith, status } from "../../lib/harness.ts";
import { boot, bootBeside, type Booted, cap, decided, rulesOf } from "../boot.ts";

const WEEKDAYS = [1, 2, 3, 4, 5];
const window = (name: string, more: Partial<Rule> = {}): Partial<Rule> => ({
  name,
  required: true,
  body: {
    $case: "contactWindow",
    contactWindow: { places: ["*"], openTimes: [{ weekdays: WEEKDAYS, fromMinute: 540, untilMinute: 1_020 }] },
  },
  ...more,
});

async function make(rules: Booted["rules"], rule: Partial<Rule>): Promise<Rule> {
  const { rule: made } = await rules.createRule({ rule });
  if (!made) throw new Error("no rule");
  return made;
}

test("CreateRule fills in defaults; the rule is read back as it was made", async (t) => {
  const { rules, clock } = await boot(t);
  const body = {
    $case: "attemptCap" as const,
    attemptCap: { limit: 3, periodSeconds: 3_600, subject: 0 as const, scope: 0 as const, places: ["US-FL"] },
  };
  const made = await make(rules, {
    name: "  Florida  ",
    description: "Law",
    channels: [Channel.CHANNEL_VOICE, Channel.CHANNEL_SMS],
    body,
  });
  assert.equal(made.name, "Florida");
  assert.deepEqual(made.body, {
    $case: "attemptCap",
    attemptCap: { ...body.attemptCap, subject: CapSubject.CAP_SUBJECT_DEVICE, scope: CapScope.CAP_SCOPE_TENANT },
  });
  assert.deepEqual([made.required, made.channels, made.createTime], [false, [1, 2], clock.now()]);
  assert.deepEqual((await rules.getRule({ ruleId: made.id })).rule, made);
  for (const rule of [
    window("Hours"),
    { name: "Not there", body: { $case: "location" as const, location: { places: ["US-TX", "+1617", "CA"] } } },
  ]) {
    const other = await make(rules, rule);
    assert.deepEqual(other.body, rule.body);
    assert.deepEqual((await rules.getRule({ ruleId: other.id })).rule, other);
  }
});

test("CreateRule with the same request id gives the first result; a name is given once, whatever its case", async (t) => {
  const { rules } = await boot(t);
  const requestId = newId();
  const [one, same] = [
    await rules.createRule({ rule: cap(1), requestId }),
    await rules.createRule({ rule: cap(1), requestId }),
  ];
  assert.deepEqual(one, same);
  const told = await rejectsWith(
    rules.createRule({ rule: { ...cap(1), name: "AT MOST 1" } }),
    status.ALREADY_EXISTS,
    "ERROR_REASON_RULE_NAME_TAKEN",
  );
  assert.equal(told.metadata["name"], "AT MOST 1");
  await rules.deleteRule({ ruleId: one.rule?.id ?? "" });
  await make(rules, cap(1));
});

const openTime = (weekdays: number[], fromMinute: number, untilMinute: number): Partial<Rule> => ({
  name: "x",
  body: {
    $case: "contactWindow",
    contactWindow: { places: ["US"], openTimes: [{ weekdays, fromMinute, untilMinute }] },
  },
});
const places = (...names: string[]): Partial<Rule> => ({
  name: "x",
  body: { $case: "location", location: { places: names } },
});
const capped = (limit: number, periodSeconds: number): Partial<Rule> => cap(limit, {}, periodSeconds);

const WRONG: [name: string, rule: Partial<Rule> | undefined, field: string][] = [
  ["nothing", undefined, "rule"],
  ["no name", { ...cap(1), name: " " }, "rule.name"],
  ["a long name", { ...cap(1), name: "n".repeat(121) }, "rule.name"],
  ["a long description", { ...cap(1), description: "d".repeat(501) }, "rule.description"],
  ["no body", { name: "x" }, "rule.contact_window"],
  ["a channel that is none", { ...cap(1), channels: [9 as Channel] }, "rule.channels[0]"],
  ["a weekday 0", openTime([0], 0, 60), "rule.contact_window.open_times[0].weekdays[0]"],
  ["no weekday", openTime([], 0, 60), "rule.contact_window.open_times[0].weekdays"],
  ["a minute beyond the day", openTime([1], 0, 1_441), "rule.contact_window.open_times[0].until_minute"],
  ["an end before the beginning", openTime([1], 600, 500), "rule.contact_window.open_times[0].until_minute"],
  ["a place by its name", places("Texas"), "rule.location.places[0]"],
  ["a place in lower case", places("US", "us-tx"), "rule.location.places[1]"],
  ["no place", places(), "rule.location.places"],
  ["a limit below 0", capped(-1, 60), "rule.attempt_cap.limit"],
  ["a limit of 1,001", capped(1_001, 60), "rule.attempt_cap.limit"],
  ["a period of no time", capped(1, 0), "rule.attempt_cap.period_seconds"],
  ["a period of 91 days", capped(1, 91 * 86_400), "rule.attempt_cap.period_seconds"],
];

test("CreateRule names the field that is wrong", async (t) => {
  const { rules } = await boot(t);
  for (const [name, rule, field] of WRONG) {
    const told = await rejectsWith(rules.createRule({ rule }), status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
    assert.equal(told.fields[0]?.field, field, name);
  }
  assert.deepEqual((await rules.listRules({})).rules, []);
});

test("UpdateRule changes the masked fields, refuses a stale etag, another kind, and fields that cannot change", async (t) => {
  const { rules } = await boot(t);
  const made = await make(rules, cap(1));
  const { rule: renamed } = await rules.updateRule({
    rule: { ...made, name: "Once", description: "left out" },
    updateMask: ["name"],
  });
  assert.deepEqual([renamed?.name, renamed?.description, renamed?.body], ["Once", "", made.body]);
  assert.notEqual(renamed?.etag, made.etag);
  await rejectsWith(
    rules.updateRule({ rule: { ...made, name: "Twice" } }),
    status.ABORTED,
    "ERROR_REASON_RULE_CHANGED",
  );
  const twice = cap(2).body;
  const { rule: changed } = await rules.updateRule({
    rule: { id: made.id, body: twice, required: false },
    updateMask: ["attempt_cap", "required"],
  });
  assert.deepEqual([changed?.body, changed?.required, changed?.name], [twice, false, "Once"]);
  for (const [rule, updateMask] of [
    [{ id: made.id, body: window("x").body }, []],
    [{ id: made.id, body: twice }, ["contact_window"]],
    [{ id: made.id, name: "x" }, ["create_time"]],
    [{ id: made.id, name: "" }, ["name"]],
    [{ id: made.id, body: cap(-1).body }, ["attempt_cap"]],
  ] as const) {
    await rejectsWith(
      rules.updateRule({ rule, updateMask: [...updateMask] }),
      status.INVALID_ARGUMENT,
      "ERROR_REASON_FIELDS_INVALID",
    );
  }
  await make(rules, cap(9));
  await rejectsWith(
    rules.updateRule({ rule: { id: made.id, name: "At most 9" } }),
    status.ALREADY_EXISTS,
    "ERROR_REASON_RULE_NAME_TAKEN",
  );
  await rejectsWith(
    rules.updateRule({ rule: { id: newId(), name: "x" } }),
    status.NOT_FOUND,
    "ERROR_REASON_RULE_NOT_FOUND",
  );
});

test("built-in rules can be read and listed, and not changed", async (t) => {
  const { rules } = await boot(t);
  const { rule } = await rules.getRule({ ruleId: "builtin:us-federal" });
  assert.equal(rule?.name, "United States, federal");
  assert.match(rule?.description ?? "", /47 CFR 64\.1200/);
  const made = await make(rules, cap(1));
  const listed = (await rules.listRules({ includeBuiltIn: true })).rules;
  assert.equal(listed[0]?.id, made.id);
  assert.ok(listed.length > 40 && listed.slice(1).every(({ id }) => id.startsWith("builtin:")));
  await rejectsWith(rules.getRule({ ruleId: "builtin:nothing" }), status.INVALID_ARGUMENT);
  const ruleId = "builtin:us-federal";
  await rejectsWith(rules.deleteRule({ ruleId }), status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
  await rejectsWith(rules.updateRule({ rule: { id: ruleId, name: "Mine" } }), status.INVALID_ARGUMENT);
});

test("ListRules pages without gap or repeat, newest first; built-in ones follow the last", async (t) => {
  const { rules } = await boot(t);
  const made: string[] = [];
  for (let i = 0; i < 11; i++) made.unshift((await make(rules, { ...cap(1), name: `Rule ${i}` })).id);
  const seen: string[] = [];
  let pageToken = "";
  do {
    const page = await rules.listRules({ pageSize: 4, pageToken, includeBuiltIn: true });
    seen.push(...page.rules.map(({ id }) => id));
    pageToken = page.nextPageToken;
  } while (pageToken !== "");
  assert.deepEqual(seen.slice(0, 11), made);
  assert.equal(new Set(seen).size, seen.length);
});

test("another tenant's rule is not there, and holds nothing", async (t) => {
  const { rules, address, attempts } = await boot(t);
  const strange = await rulesOf(t, address, newId());
  const { id } = await make(strange, cap(0));
  await rejectsWith(rules.getRule({ ruleId: id }), status.NOT_FOUND, "ERROR_REASON_RULE_NOT_FOUND");
  await rejectsWith(rules.deleteRule({ ruleId: id }), status.NOT_FOUND, "ERROR_REASON_RULE_NOT_FOUND");
  await rejectsWith(rules.updateRule({ rule: { id, name: "mine" } }), status.NOT_FOUND, "ERROR_REASON_RULE_NOT_FOUND");
  assert.equal((await decided(attempts)).reason, 0);
  const told = await rejectsWith(
    attempts.checkAttempt({ check: { channel: 1, contactInfo: "+12125550123", ruleIds: [id] } }),
    status.INVALID_ARGUMENT,
  );
  assert.equal(told.fields[0]?.field, "check.rule_ids[0]");
});

test("every change of a rule holds for the next check, on every process", async (t) => {
  const booted = await boot(t);
  const beside = await bootBeside(t, booted);
  const { rules, attempts } = booted;
  const reasons = () => Promise.all([attempts, beside.attempts].map(async (one) => (await decided(one)).reason));
  const refused = RefusalReason.REFUSAL_REASON_LOCATION_FORBIDDEN;
  for (let round = 0; round < 5; round++) {
    assert.deepEqual(await reasons(), [0, 0]);
    const { id } = await make(rules, {
      name: "Not New York",
      required: true,
      body: { $case: "location", location: { places: ["US-NY"] } },
    });
    assert.deepEqual(await reasons(), [refused, refused]);
    await rules.updateRule({ rule: { id, body: { $case: "location", location: { places: ["US-TX"] } } } });
    assert.deepEqual(await reasons(), [0, 0]);
    await rules.updateRule({ rule: { id, body: { $case: "location", location: { places: ["+1212"] } } } });
    assert.deepEqual(await reasons(), [refused, refused]);
    await rules.deleteRule({ ruleId: id });
  }
});

test("a rule that is not required holds where it is named, until it is deleted", async (t) => {
  const { rules, attempts, clock } = await boot(t);
  const { id } = await make(rules, window("Office hours", { required: false }));
  clock.set("2026-03-03T23:00:00Z");
  assert.equal((await decided(attempts)).reason, 0);
  const named = await decided(attempts, { ruleIds: [id] });
  assert.deepEqual(
    [named.reason, named.ruleId, named.ruleName],
    [RefusalReason.REFUSAL_REASON_OUTSIDE_WINDOW, id, "Office hours"],
  );
  assert.deepEqual(named.earliestTime, new Date("2026-03-04T14:05:00Z"));
  await rules.deleteRule({ ruleId: id });
  assert.equal((await decided(attempts, { ruleIds: [id] })).reason, 0);
});
