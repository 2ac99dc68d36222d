import assert from "node:assert/strict";
import { test } from "node:test";
import pg from "pg";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { DeliveryState } from "../../../gen/herald/common/v1/outcome.ts";
import type { AttemptCheck } from "../../../gen/herald/compliance/v1/attempt_check.ts";
import { RefusalReason, Verdict } from "../../../gen/herald/compliance/v1/decision.ts";
import { AttemptCheckServiceDefinition } from "../../../gen/herald/compliance/v1/attempt_check_service.ts";
import { connect } from "../../../svc/lib/client/client.ts";
import { errorDetails } from "../../../svc/lib/errors/error-details.ts";
import { audienceOf, meshTokens } from "../../../svc/lib/auth/mesh-token.ts";
import { MESH_KEY, collect, newId, rejectsWith, status, until } from "../../lib/harness.ts";
import { adminUrl } from "../../lib/servers.ts";
import { ask, attemptsOf, boot, bootBeside, type Booted, cap, decided, meshOf } from "../boot.ts";
import { always, deviceList } from "../entries-server.ts";

const { VERDICT_ALLOWED, VERDICT_REFUSED } = Verdict;

/** Checks batches over the stream, one after another. */
async function checkAll(attempts: Booted["attempts"], batches: Partial<AttemptCheck>[][]) {
  async function* requests() {
    for (const checks of batches) yield { checks };
  }
  return collect(attempts.checkAttempts(requests()));
}

test("CheckAttempt allows what no rule refuses; the decision is kept and every rule's verdict can be read", async (t) => {
  const { attempts, clock } = await boot(t);
  const attemptId = newId();
  const decision = await decided(attempts, { attemptId, clientId: "C-1" });
  assert.deepEqual(decision, {
    attemptId,
    verdict: VERDICT_ALLOWED,
    reason: 0,
    ruleId: "",
    ruleName: "",
    explanation: "",
    earliestTime: undefined,
    decideTime: clock.now(),
    zones: ["America/New_York"],
    channel: Channel.CHANNEL_VOICE,
    contactInfo: "+12125550123",
    clientId: "C-1",
    campaignGroupId: "",
  });
  const explained = await attempts.explainAttempt({ attemptId });
  assert.deepEqual(explained.decision, decision);
  assert.deepEqual(
    explained.ruleVerdicts.map(({ ruleId, verdict, explanation }) => [ruleId, verdict, explanation]),
    [
      ["builtin:device-valid", VERDICT_ALLOWED, "The device is written correctly and can exist."],
      ["builtin:us-federal", VERDICT_ALLOWED, "It is Tuesday 12:00 in America/New_York: within the allowed hours."],
    ],
  );
});

test("a refusal says the reason, the rule and the earliest time, and is explained with the facts as they were", async (t) => {
  const { attempts, clock, rules } = await boot(t);
  clock.set("2026-03-04T03:00:00Z");
  const attemptId = newId();
  const refused = await decided(attempts, { attemptId });
  assert.equal(refused.verdict, VERDICT_REFUSED);
  assert.equal(refused.reason, RefusalReason.REFUSAL_REASON_OUTSIDE_WINDOW);
  assert.equal(refused.ruleId, "builtin:us-federal");
  assert.equal(
    refused.explanation,
    "It is Tuesday 22:00 for the contact in America/New_York; calls are allowed 08:00 to 21:00, tried from 08:05 to 20:55.",
  );
  assert.deepEqual(refused.earliestTime, new Date("2026-03-04T13:05:00Z"));
  await rules.createRule({ rule: cap(0) });
  clock.set("2026-03-04T17:00:00Z");
  const explained = await attempts.explainAttempt({ attemptId });
  assert.deepEqual(explained.decision, refused, "later rules and hours change nothing about it");
  assert.deepEqual(
    explained.ruleVerdicts.map(({ ruleId, verdict }) => [ruleId, verdict]),
    [
      ["builtin:device-valid", VERDICT_ALLOWED],
      ["builtin:us-federal", VERDICT_REFUSED],
    ],
  );
  assert.deepEqual(explained.ruleVerdicts[1]?.earliestTime, new Date("2026-03-04T13:05:00Z"));
});

test('"what if" gets an id of its own, is kept, and counts nothing', async (t) => {
  const { attempts, rules } = await boot(t);
  await rules.createRule({ rule: cap(1) });
  const first = await decided(attempts);
  const second = await decided(attempts);
  assert.notEqual(first.attemptId, second.attemptId);
  assert.deepEqual([first.verdict, second.verdict], [VERDICT_ALLOWED, VERDICT_ALLOWED]);
  assert.equal((await attempts.explainAttempt({ attemptId: first.attemptId })).decision?.attemptId, first.attemptId);
  assert.equal((await decided(attempts, { attemptId: newId() })).verdict, VERDICT_ALLOWED);
  assert.equal((await decided(attempts)).reason, RefusalReason.REFUSAL_REASON_ATTEMPT_CAP);
});

test("CheckAttempts answers each batch in its order; earlier attempts of a batch count for later ones", async (t) => {
  const { attempts, rules } = await boot(t);
  await rules.createRule({ rule: cap(2) });
  const batches = Array.from({ length: 12 }, (_, batch) =>
    Array.from({ length: 7 }, (_, i) =>
      ask({ attemptId: newId(), contactInfo: `+1212555${String(1_000 + batch * 2 + (i % 2))}` }),
    ),
  );
  const answers = await checkAll(attempts, batches);
  assert.equal(answers.length, batches.length);
  for (const [batch, { decisions }] of answers.entries()) {
    assert.deepEqual(
      decisions.map(({ attemptId }) => attemptId),
      batches[batch]?.map(({ attemptId }) => attemptId),
    );
    assert.deepEqual(
      decisions.map(({ verdict }) => verdict === VERDICT_ALLOWED),
      [true, true, true, true, false, false, false],
    );
  }
});

test("a batch in which anything is wrong is refused whole, and names the field", async (t) => {
  const { attempts, tenantId } = await boot(t);
  const good = ask({ attemptId: newId() });
  const told = await rejectsWith(
    checkAll(attempts, [
      [good, ask({ attemptId: newId(), channel: Channel.CHANNEL_UNSPECIFIED, zones: ["Mars/Olympus"] })],
    ]),
    status.INVALID_ARGUMENT,
    "ERROR_REASON_FIELDS_INVALID",
  );
  assert.deepEqual(
    told.fields.map(({ field }) => field),
    ["checks[1].channel", "checks[1].zones[0]"],
  );
  await rejectsWith(
    attempts.explainAttempt({ attemptId: good.attemptId }),
    status.NOT_FOUND,
    "ERROR_REASON_DECISION_NOT_FOUND",
  );
  await rejectsWith(checkAll(attempts, [[]]), status.INVALID_ARGUMENT);
  await rejectsWith(
    checkAll(attempts, [Array.from({ length: 1_001 }, () => ask({ attemptId: newId() }))]),
    status.INVALID_ARGUMENT,
  );
  assert.ok(tenantId);
});

const WRONG: [name: string, check: Partial<AttemptCheck>, field: string][] = [
  ["no channel", { channel: Channel.CHANNEL_UNSPECIFIED }, "check.channel"],
  ["an unknown channel", { channel: 9 as Channel }, "check.channel"],
  ["no device", { contactInfo: "" }, "check.contact_info"],
  ["a device of a thousand characters", { contactInfo: "x".repeat(1_000) }, "check.contact_info"],
  ["an attempt id that is no id", { attemptId: "42" }, "check.attempt_id"],
  ["a group id that is no id", { campaignGroupId: "spring" }, "check.campaign_group_id"],
  ["a zone that does not exist", { zones: ["Europe/Atlantis"] }, "check.zones[0]"],
  ["a country by its name", { country: "Texas" }, "check.country"],
  ["a state without its country", { state: "TX" }, "check.country"],
  ["a list id that is no id", { suppressionListIds: ["x"] }, "check.suppression_list_ids[0]"],
  ["a list that never was", { suppressionListIds: [newId()] }, "check.suppression_list_ids[0]"],
  ["a rule that never was", { ruleIds: [newId()] }, "check.rule_ids[0]"],
  ["a client id of 129 characters", { clientId: "c".repeat(129) }, "check.client_id"],
];

test("CheckAttempt names the field that is wrong", async (t) => {
  const { attempts } = await boot(t);
  await rejectsWith(attempts.checkAttempt({}), status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
  for (const [name, check, field] of WRONG) {
    const told = await rejectsWith(
      attempts.checkAttempt({ check: ask(check) }),
      status.INVALID_ARGUMENT,
      "ERROR_REASON_FIELDS_INVALID",
    );
    assert.deepEqual(
      told.fields.map((wrong) => wrong.field),
      [field],
      name,
    );
  }
});

test("a device that cannot be reached is a refusal, not an error", async (t) => {
  const { attempts } = await boot(t);
  const invalid: (Partial<AttemptCheck> & { contactInfo: string })[] = [
    { contactInfo: "2125550123" },
    { contactInfo: "+1212555" },
    { contactInfo: "+12120550123" },
    { contactInfo: "jo@example.com" },
    { channel: Channel.CHANNEL_EMAIL, contactInfo: "+12125550123" },
    { channel: Channel.CHANNEL_EMAIL, contactInfo: "jo@nowhere" },
  ];
  for (const check of invalid) {
    const { reason, ruleId, explanation } = await decided(attempts, { attemptId: newId(), ...check });
    assert.deepEqual(
      [reason, ruleId],
      [RefusalReason.REFUSAL_REASON_DEVICE_INVALID, "builtin:device-valid"],
      check.contactInfo,
    );
    assert.ok(
      !explanation.includes("555") && !explanation.includes("jo@"),
      "no number or address in words that people are shown",
    );
  }
  const email = await decided(attempts, { channel: Channel.CHANNEL_EMAIL, contactInfo: "Jo@Example.com" });
  assert.deepEqual([email.verdict, email.contactInfo, email.zones], [VERDICT_ALLOWED, "jo@example.com", []]);
});

test("the same attempt again gives the same answer and counts once, in a batch, beside it and later", async (t) => {
  const { attempts, rules, clock } = await boot(t);
  await rules.createRule({ rule: cap(2) });
  const attemptId = newId();
  const [{ decisions } = { decisions: [] }] = await checkAll(attempts, [[ask({ attemptId }), ask({ attemptId })]]);
  assert.deepEqual(decisions[0], decisions[1]);
  clock.advance(60_000);
  const again = await Promise.all(Array.from({ length: 5 }, () => decided(attempts, { attemptId })));
  for (const decision of again) assert.deepEqual(decision, decisions[0]);
  assert.equal((await decided(attempts, { attemptId: newId() })).verdict, VERDICT_ALLOWED, "the second of two");
  assert.equal((await decided(attempts, { attemptId: newId() })).verdict, VERDICT_REFUSED, "the third");
  assert.deepEqual(await decided(attempts, { attemptId }), decisions[0]);
});

test("a refusal stays a refusal when the same attempt is asked about again, and counts nothing", async (t) => {
  const { attempts, rules, clock } = await boot(t);
  await rules.createRule({ rule: cap(1, {}, 60) });
  const [first, second] = [newId(), newId()];
  assert.equal((await decided(attempts, { attemptId: first })).verdict, VERDICT_ALLOWED);
  const refused = await decided(attempts, { attemptId: second });
  assert.equal(refused.reason, RefusalReason.REFUSAL_REASON_ATTEMPT_CAP);
  clock.advance(61_000);
  assert.deepEqual(await decided(attempts, { attemptId: second }), refused);
  assert.equal(
    (await decided(attempts, { attemptId: newId() })).verdict,
    VERDICT_ALLOWED,
    "the place was not taken by asking again",
  );
});

test("what was allowed and would be refused now is refused when asked again: an opt-out between the two holds", async (t) => {
  const { attempts, entries, tenantId } = await boot(t);
  const attemptId = newId();
  assert.equal((await decided(attempts, { attemptId })).verdict, VERDICT_ALLOWED);
  entries.accept({ tenantId, suppressionList: deviceList(), added: always("+12125550123") });
  await until(async () => (await decided(attempts)).verdict === VERDICT_REFUSED);
  const refused = await decided(attempts, { attemptId });
  assert.equal(refused.reason, RefusalReason.REFUSAL_REASON_SUPPRESSED_DEVICE);
  assert.deepEqual((await attempts.explainAttempt({ attemptId })).decision, refused);
});

test("another tenant sees no decision, and its attempts of the same id are its own", async (t) => {
  const { attempts, address, tenantId } = await boot(t);
  const stranger = await attemptsOf(t, address, newId());
  const attemptId = newId();
  await decided(attempts, { attemptId, clientId: "mine" });
  await rejectsWith(stranger.explainAttempt({ attemptId }), status.NOT_FOUND, "ERROR_REASON_DECISION_NOT_FOUND");
  assert.deepEqual((await stranger.listDecisions({})).decisions, []);
  assert.equal((await decided(stranger, { attemptId, clientId: "theirs" })).clientId, "theirs");
  assert.equal((await attempts.explainAttempt({ attemptId })).decision?.clientId, "mine");
  assert.ok(tenantId);
});

test("ListDecisions: newest first, pages meet without gap or repeat, filters hold", async (t) => {
  const { attempts, clock } = await boot(t);
  const groupId = newId();
  const checks = Array.from({ length: 60 }, (_, i) =>
    ask({
      attemptId: newId(),
      clientId: i % 3 === 0 ? "C-3" : "",
      contactInfo: `+1212555${1_000 + (i % 10)}`,
      campaignGroupId: i % 4 === 0 ? groupId : "",
    }),
  );
  for (let i = 0; i < checks.length; i += 15) {
    await checkAll(attempts, [checks.slice(i, i + 15)]);
    clock.advance(1_000);
  }
  const seen: string[] = [];
  let pageToken = "";
  do {
    const page = await attempts.listDecisions({ pageSize: 7, pageToken });
    seen.push(...page.decisions.map(({ attemptId }) => attemptId));
    pageToken = page.nextPageToken;
  } while (pageToken !== "");
  const all = (await attempts.listDecisions({ pageSize: 500 })).decisions;
  const asked = checks.map(({ attemptId }) => attemptId as string);
  assert.deepEqual(seen.filter((attemptId) => asked.includes(attemptId)).toSorted(), asked.toSorted());
  assert.deepEqual(
    seen,
    all.map(({ attemptId }) => attemptId),
    "pages give what one page gives",
  );
  const times = all.map(({ decideTime }) => decideTime?.getTime() ?? 0);
  assert.deepEqual(
    times,
    times.toSorted((a, b) => b - a),
  );

  const count = async (filter: object) => (await attempts.listDecisions({ pageSize: 500, ...filter })).decisions.length;
  assert.equal(await count({ campaignGroupId: groupId }), 15);
  assert.equal(await count({ clientId: "C-3" }), 20);
  assert.equal(await count({ contactInfo: "+12125551001" }), 6);
  assert.equal(await count({ campaignGroupId: groupId, verdict: VERDICT_REFUSED }), 15, "the group is not running");
  assert.equal(await count({ campaignGroupId: groupId, verdict: VERDICT_ALLOWED }), 0);
  assert.equal(await count({ reason: RefusalReason.REFUSAL_REASON_CAMPAIGN_NOT_RUNNING }), 15);
  const { nextPageToken } = await attempts.listDecisions({ pageSize: 5 });
  await rejectsWith(
    attempts.listDecisions({ pageToken: nextPageToken, clientId: "C-3" }),
    status.INVALID_ARGUMENT,
    "ERROR_REASON_PAGE_TOKEN_INVALID",
  );
  await rejectsWith(attempts.listDecisions({ pageSize: -1 }), status.INVALID_ARGUMENT);
  await rejectsWith(attempts.listDecisions({ campaignGroupId: "x" }), status.INVALID_ARGUMENT);
});

test("SetCampaignStates holds at once on every process; an older version changes nothing", async (t) => {
  const booted = await boot(t);
  const beside = await bootBeside(t, booted);
  const { attempts, mesh } = booted;
  const campaignGroupId = newId();
  const reasons = async () =>
    Promise.all([attempts, beside.attempts].map(async (one) => (await decided(one, { campaignGroupId })).reason));
  const stopped = RefusalReason.REFUSAL_REASON_CAMPAIGN_NOT_RUNNING;
  assert.deepEqual(await reasons(), [stopped, stopped], "not known");
  await mesh.setCampaignStates({ campaignStates: [{ campaignGroupId, running: true, version: 5 }] });
  assert.deepEqual(await reasons(), [0, 0]);
  await mesh.setCampaignStates({ campaignStates: [{ campaignGroupId, running: false, version: 4 }] });
  assert.deepEqual(await reasons(), [0, 0], "older");
  for (let version = 6; version < 26; version++) {
    const running = version % 2 === 1;
    await mesh.setCampaignStates({ campaignStates: [{ campaignGroupId, running, version }] });
    assert.deepEqual(await reasons(), running ? [0, 0] : [stopped, stopped]);
  }
  await rejectsWith(mesh.setCampaignStates({ campaignStates: [{ campaignGroupId: "x" }] }), status.INVALID_ARGUMENT);
  await rejectsWith(attempts.setCampaignStates({}), status.PERMISSION_DENIED, "ERROR_REASON_PERMISSION_MISSING");
  await rejectsWith(
    meshOf(t, booted.address, "*").setCampaignStates({ campaignStates: [{ campaignGroupId }] }),
    status.INVALID_ARGUMENT,
  );
});

test("ReportOutcomes refunds attempts that never reached the network, and confirms the others; again changes nothing", async (t) => {
  const { attempts, mesh, rules } = await boot(t);
  await rules.createRule({ rule: cap(2) });
  const [first, second] = [newId(), newId()];
  for (const attemptId of [first, second])
    assert.equal((await decided(attempts, { attemptId })).verdict, VERDICT_ALLOWED);
  const outcome = { result: { $case: "deliveryState" as const, deliveryState: DeliveryState.DELIVERY_STATE_FAILED } };
  const report = () =>
    mesh.reportOutcomes({
      outcomes: [
        { attemptId: first, outcome, counts: false, endTime: new Date() },
        { attemptId: second, outcome, counts: true, endTime: new Date() },
        { attemptId: newId(), outcome, counts: true, endTime: new Date() },
      ],
    });
  assert.equal((await decided(attempts)).verdict, VERDICT_REFUSED);
  await report();
  await report();
  assert.equal((await decided(attempts)).verdict, VERDICT_ALLOWED, "one place is free");
  assert.equal(
    (await decided(attempts, { attemptId: first })).verdict,
    VERDICT_ALLOWED,
    "the refunded attempt is made after all",
  );
  assert.equal((await decided(attempts)).verdict, VERDICT_REFUSED, "and counts again");
  await rejectsWith(mesh.reportOutcomes({ outcomes: [{ attemptId: "x" }] }), status.INVALID_ARGUMENT);
  await rejectsWith(attempts.reportOutcomes({}), status.PERMISSION_DENIED, "ERROR_REASON_PERMISSION_MISSING");
});

test("a check whose deadline passes is not decided: nothing is allowed late", async (t) => {
  const { address, tenantId, env, attempts } = await boot(t);
  const connection = connect({
    address,
    token: meshTokens("tests", audienceOf(MESH_KEY, "compliance")),
    deadlineMs: 5_000,
  });
  t.after(() => connection.close());
  const database = new URL(env["DATABASE_URL"] as string).pathname;
  const blocker = new pg.Client({ connectionString: (await adminUrl()).replace(/\/[^/]*$/, database) });
  await blocker.connect();
  await blocker.query("begin; lock table compliance.rules in access exclusive mode");
  const attemptId = newId();
  const otherTenant = newId();
  const late = connection
    .client(AttemptCheckServiceDefinition)
    .checkAttempt({ check: ask({ attemptId }) }, { tenantId: otherTenant, timeoutMs: 300 });
  await assert.rejects(late, (error) => errorDetails(error)?.code === status.DEADLINE_EXCEEDED);
  await blocker.query("commit");
  await blocker.end();
  const other = await attemptsOf(t, address, otherTenant);
  assert.equal((await decided(other)).verdict, VERDICT_ALLOWED, "the next one goes well");
  await rejectsWith(other.explainAttempt({ attemptId }), status.NOT_FOUND, "ERROR_REASON_DECISION_NOT_FOUND");
  assert.ok(tenantId && attempts);
});
