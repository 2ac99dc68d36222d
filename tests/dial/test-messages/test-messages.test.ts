/** Test messages of campaigns, from the real services to the simulated carriers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DialingMode, VoiceSettings } from "../../../gen/herald/campaigns/v1/voice_settings.ts";
import { CampaignGroupServiceDefinition } from "../../../gen/herald/campaigns/v1/campaign_group_service.ts";
import { TestMessageState } from "../../../gen/herald/campaigns/v1/test_message.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { DeliveryState } from "../../../gen/herald/common/v1/outcome.ts";
import { CapScope, CapSubject } from "../../../gen/herald/compliance/v1/rule.ts";
import { RuleServiceDefinition } from "../../../gen/herald/compliance/v1/rule_service.ts";
import { AttemptOrigin, AttemptState } from "../../../gen/herald/dial/v1/attempt.ts";
import { AuditServiceDefinition } from "../../../gen/herald/identity/v1/audit_service.ts";
import { AuditAction } from "../../../gen/herald/options/v1/options.ts";
import { SuppressionKind } from "../../../gen/herald/lists/v1/suppression_list.ts";
import { status } from "../../../svc/lib/errors/errors.ts";
import { wholeFile } from "../../lib/cleanup.ts";
import { meshClient, newId, rejectsWith, until, userClient } from "../../lib/harness.ts";
import { make, sendTest } from "../ask-for-test.ts";
import { attemptsOf, boot, dialIn, emailGroup, makeList, now, type Office, office, progressOf, smsGroup, startGroup, untilFinished, type DialWorld, world } from "../boot.ts"; // prettier-ignore

const { TEST_MESSAGE_STATE_ACCEPTED: ACCEPTED, TEST_MESSAGE_STATE_REFUSED: REFUSED, TEST_MESSAGE_STATE_FAILED: FAILED } = TestMessageState; // prettier-ignore

/** A user of the tenant with one more permission. */
const withListsRead = (at: DialWorld, { tenantId }: Office) =>
  userClient(wholeFile, at.addresses.campaigns, CampaignGroupServiceDefinition, {
    tenantId,
    permissions: ["campaigns.start", "lists.read"],
  });

async function suppress({ mesh }: Office, ...values: string[]): Promise<void> {
  const list = { name: "Held", required: true };
  const suppressionListId = (await mesh.suppression.createSuppressionList({ suppressionList: list })).suppressionList?.id ?? ""; // prettier-ignore
  await mesh.suppression.addEntries({ suppressionListId, entries: values.map((value) => ({ value })) });
}

test("test messages", async (file) => {
  const at = await boot(wholeFile);
  const { inbox, smsc } = at.simulators;
  const listsDb = at.database("lists");
  const emailsTo = (to: string) => inbox.arrivals.list({ to, limit: 10 });

  await file.test(
    "a test email looks as recipients will see theirs, and keeps nobody from getting the campaign",
    async (t) => {
      const tenant = await office(t, at);
      const me = "me@example.com";
      const listId = await makeList(listsDb, tenant, [{ email: me }, { email: "other@example.com" }]);
      const rules = meshClient(t, at.addresses.compliance, RuleServiceDefinition, tenant.tenantId);
      const attemptCap = {
        limit: 1,
        periodSeconds: 86_400,
        subject: CapSubject.CAP_SUBJECT_DEVICE,
        scope: CapScope.CAP_SCOPE_TENANT,
      };
      const { rule } = await rules.createRule({
        rule: { name: "Once a day", body: { $case: "attemptCap", attemptCap } },
      });
      const groupId = await make(tenant, emailGroup([listId], { ruleIds: [rule?.id ?? ""] }));
      const { rows } = await listsDb
        .tenant(tenant.tenantId)
        .query<{ id: string }>("select id from lists.records where tenant_id = $1 and client_id = 'C2'", [
          tenant.tenantId,
        ]);
      const reader = await withListsRead(at, tenant);
      const { testMessage } = await reader.sendTest({
        campaignGroupId: groupId,
        contactInfo: " Me@Example.com ",
        contactListId: listId,
        recordId: rows[0]?.id ?? "",
      });
      assert.deepEqual([testMessage?.state, testMessage?.reason, testMessage?.contactInfo], [ACCEPTED, "", me]);
      const raw = emailsTo(me)[0]?.raw ?? "";
      assert.match(raw, /\r\nSubject: For Ann2\r\n[\s\S]*\r\n\r\nHello Ann2\r\n$/);
      assert.match(raw, /^Herald-Test: yes\r\n/m);

      const [attempt] = await attemptsOf(tenant, groupId);
      assert.deepEqual(
        [attempt?.id, attempt?.test, attempt?.recordId, attempt?.contactListId, attempt?.attemptNumber, attempt?.state],
        [testMessage?.attemptId, true, "", "", 0, AttemptState.ATTEMPT_STATE_ENDED],
      );
      assert.deepEqual(
        [attempt?.origin, attempt?.campaignGroupId],
        [AttemptOrigin.ATTEMPT_ORIGIN_TEST, groupId],
        "of the group, and of no chain",
      );
      const { decision } = await tenant.mesh.checks.explainAttempt({ attemptId: attempt?.id ?? "" });
      assert.equal(decision?.contactInfo, me, "the proof of its check bears its id");
      const before = await progressOf(tenant, groupId);
      assert.deepEqual([before.due, before.attempts], [0, 0]);

      await tenant.groups.startCampaignGroup({ campaignGroupId: groupId });
      const after = await untilFinished(tenant, groupId);
      assert.deepEqual([after.attempts, after.attemptsByResult, after.refusalsByReason], [2, { sent: 2 }, {}]);
      assert.equal(emailsTo(me).length, 2, "the test, and the campaign's own");
      const history = await until(async () => {
        const { interactions } = await tenant.interactions.searchInteractions({ contactInfo: me });
        return interactions.length > 0 && interactions;
      });
      assert.deepEqual(
        history.map(({ subject }) => subject),
        ["For Ann1"],
        "a test is no part of a contact's history",
      );
    },
  );

  await file.test(
    "a test SMS is followed by its receipt without any session, also after a restart, and its STOP holds",
    async (t) => {
      const world1 = await world(wholeFile);
      const first = await dialIn(t, world1);
      const tenant = await office(t, world1);
      const groupId = await make(
        tenant,
        smsGroup([await makeList(world1.database("lists"), tenant, [])], {
          content: { from: "", subject: "", text: "Hi {{ first_name }}, {{ plan }}", html: "" },
        }),
      );
      world1.simulators.smsc.settings.receiptDelayMs = 1_500;
      const told = await sendTest(tenant, groupId, "(212) 555-4101", { sampleValues: { first_name: "Zoe" } });
      assert.deepEqual([told.state, told.contactInfo], [ACCEPTED, "+12125554101"]);
      await first.stop();
      await dialIn(t, world1);
      await until(async () => {
        const [attempt] = await attemptsOf(tenant, groupId);
        return (
          attempt?.outcome?.result?.$case === "deliveryState" &&
          attempt.outcome.result.deliveryState === DeliveryState.DELIVERY_STATE_DELIVERED
        );
      });
      assert.equal(world1.simulators.smsc.arrivals.list({ to: "+12125554101", limit: 1 })[0]?.text, "Hi Zoe, [plan]");
      await world1.simulators.smsc.inbound({ from: "+12125554101", to: "12345", text: "STOP" });
      const again = await until(
        async () => {
          const one = await sendTest(tenant, groupId, "+12125554101");
          return one.state === REFUSED && one;
        },
        { everyMs: 500 },
      );
      assert.equal(again.reason, "suppressed_device");
    },
  );

  await file.test(
    "who is suppressed gets no test, nor does a number outside its hours; the answer says why and when",
    async (t) => {
      const tenant = await office(t, at);
      await suppress(tenant, "held@example.com", "+12125554201");
      const [emailId, smsId] = [
        await make(tenant, emailGroup([await makeList(listsDb, tenant, [])])),
        await make(tenant, smsGroup([await makeList(listsDb, tenant, [])])),
      ];
      const held = await until(
        async () => {
          const told = await sendTest(tenant, emailId, "held@example.com");
          return told.state === REFUSED && told;
        },
        { everyMs: 300 },
      );
      assert.equal(held.reason, "suppressed_device");
      assert.match(held.explanation, /"Held"/);
      assert.equal((await sendTest(tenant, smsId, "+12125554201")).reason, "suppressed_device");
      const sydney = await sendTest(tenant, smsId, "+61491570156");
      assert.deepEqual([sydney.state, sydney.reason], [REFUSED, "outside_window"]);
      assert.ok(sydney.earliestTime && sydney.earliestTime > now() && sydney.explanation.includes("Australia"));
      assert.deepEqual(emailsTo("held@example.com"), []);
      assert.ok(!smsc.arrivals.recipients()["+12125554201"] && !smsc.arrivals.recipients()["+61491570156"]);
      const [attempt] = await attemptsOf(tenant, smsId);
      assert.deepEqual(
        [attempt?.test, attempt?.state, attempt?.refusalReason],
        [true, AttemptState.ATTEMPT_STATE_REFUSED, "outside_window"],
      );
    },
  );

  await file.test("a refused client of the chosen record gets no test at the record's own address", async (t) => {
    const tenant = await office(t, at);
    const listId = await makeList(listsDb, tenant, [{ email: "client@example.com" }]);
    const list = { name: "Clients", kind: SuppressionKind.SUPPRESSION_KIND_CLIENT_ID, required: true };
    const suppressionListId =
      (await tenant.mesh.suppression.createSuppressionList({ suppressionList: list })).suppressionList?.id ?? "";
    await tenant.mesh.suppression.addEntries({ suppressionListId, entries: [{ value: "C1" }] });
    const groupId = await make(tenant, emailGroup([listId]));
    const { rows } = await listsDb
      .tenant(tenant.tenantId)
      .query<{ id: string }>("select id from lists.records where tenant_id = $1", [tenant.tenantId]);
    const reader = await withListsRead(at, tenant);
    const key = { campaignGroupId: groupId, contactListId: listId, recordId: rows[0]?.id ?? "" };
    const told = await until(
      async () => {
        const { testMessage } = await reader.sendTest({ ...key, contactInfo: "client@example.com" });
        return testMessage?.state === REFUSED && testMessage;
      },
      { everyMs: 300 },
    );
    assert.equal(told.reason, "suppressed_client");
  });

  await file.test("what the provider refuses is told, and a bounce suppresses nobody", async (t) => {
    const tenant = await office(t, at);
    const bounced = "bounce+test@example.com";
    const groupId = await make(tenant, emailGroup([await makeList(listsDb, tenant, [{ email: bounced }])]));
    const told = await sendTest(tenant, groupId, bounced);
    assert.deepEqual([told.state, told.reason], [FAILED, "hard_bounce"]);
    assert.match(told.explanation, /550 5\.1\.1/);
    await tenant.groups.startCampaignGroup({ campaignGroupId: groupId });
    assert.deepEqual((await untilFinished(tenant, groupId)).attemptsByResult, { hard_bounce: 1 });
  });

  await file.test("the same request sends once, however often and at once it is made", async (t) => {
    const tenant = await office(t, at);
    const groupId = await make(tenant, emailGroup([await makeList(listsDb, tenant, [])]));
    const requestId = newId();
    const once = () => sendTest(tenant, groupId, "once@example.com", { requestId });
    const told = [...(await Promise.all([once(), once(), once()])), await once()];
    assert.deepEqual(
      told.map(({ state }) => state),
      [ACCEPTED, ACCEPTED, ACCEPTED, ACCEPTED],
    );
    assert.equal(new Set(told.map(({ attemptId }) => attemptId)).size, 1);
    assert.equal(emailsTo("once@example.com").length, 1);
  });

  await file.test("a caller has five a minute, repeats not counted; others of the tenant go on", async (t) => {
    const tenant = await office(t, at);
    const groupId = await make(tenant, emailGroup([await makeList(listsDb, tenant, [])]));
    const requestId = newId();
    for (let i = 0; i < 5; i++) await sendTest(tenant, groupId, `many${i}@example.com`, i === 0 ? { requestId } : {});
    const told = await rejectsWith(
      sendTest(tenant, groupId, "many5@example.com"),
      status.RESOURCE_EXHAUSTED,
      "ERROR_REASON_TEST_LIMIT_REACHED",
    );
    assert.deepEqual(
      [told.metadata["limit"], (told.retryAfterMs ?? 0) > 1_000 && (told.retryAfterMs ?? 0) <= 60_000],
      ["caller_minute", true],
    );
    assert.equal((await sendTest(tenant, groupId, "many0@example.com", { requestId })).state, ACCEPTED);
    const other = await userClient(t, at.addresses.campaigns, CampaignGroupServiceDefinition, {
      tenantId: tenant.tenantId,
      permissions: ["campaigns.start"],
      userId: newId(),
    });
    assert.equal(
      (await other.sendTest({ campaignGroupId: groupId, contactInfo: "many6@example.com" })).testMessage?.state,
      ACCEPTED,
    );
    assert.deepEqual(emailsTo("many5@example.com"), []);
  });

  await file.test(
    "another content is tried before it is saved; one that cannot be sent is told, not sent",
    async (t) => {
      const tenant = await office(t, at);
      const groupId = await make(tenant, emailGroup([await makeList(listsDb, tenant, [])]));
      const content = (text: string) => ({ content: { from: "", subject: "Draft", text, html: "" } });
      await sendTest(tenant, groupId, "draft@example.com", content("New words for {{ last_name }}"));
      assert.match(emailsTo("draft@example.com")[0]?.raw ?? "", /New words for Example/);
      const empty = await sendTest(tenant, groupId, "draft@example.com", content("{% if 1 == 2 %}x{% endif %}"));
      assert.deepEqual([empty.state, empty.reason, empty.attemptId], [FAILED, "content_invalid", ""]);
      const heavy = await sendTest(
        tenant,
        groupId,
        "draft@example.com",
        content("{% for i in (1..100000000) %}{% for j in (1..100000000) %}x{% endfor %}{% endfor %}"),
      );
      assert.equal(heavy.reason, "content_invalid");
      await rejectsWith(
        sendTest(tenant, groupId, "draft@example.com", content("{{ broken")),
        status.INVALID_ARGUMENT,
        "ERROR_REASON_FIELDS_INVALID",
      );
      assert.equal(emailsTo("draft@example.com").length, 1);
    },
  );

  await file.test("who asked for a test stands in the audit trail, without the address", async (t) => {
    const tenant = await office(t, at);
    const groupId = await make(tenant, emailGroup([await makeList(listsDb, tenant, [])]));
    await sendTest(tenant, groupId, "audited@example.com");
    const who = { tenantId: tenant.tenantId, permissions: ["audit.read"] };
    const audit = await userClient(t, at.addresses.identity, AuditServiceDefinition, who);
    const entry = await until(async () => {
      const { auditEntries } = await audit.listAuditEntries({});
      return auditEntries.find(({ rpc }) => rpc.endsWith("/SendTest"));
    });
    assert.deepEqual([entry.action, entry.objectIds["campaign_group_id"]], [AuditAction.AUDIT_ACTION_EXECUTE, groupId]);
    assert.ok(!JSON.stringify(entry).includes("audited@"));
  });

  await file.test(
    "what cannot be asked for is refused: calls, addresses that are none, records without lists.read, nobody's groups",
    async (t) => {
      const tenant = await office(t, at);
      const listId = await makeList(listsDb, tenant, []);
      const voice = VoiceSettings.fromPartial({ mode: DialingMode.DIALING_MODE_POWER, callsPerMinute: 1 });
      const calls = await make(tenant, {
        name: newId(),
        contactListIds: [listId],
        channel: Channel.CHANNEL_VOICE,
        voice,
      });
      await rejectsWith(
        sendTest(tenant, calls, "+12125554301"),
        status.FAILED_PRECONDITION,
        "ERROR_REASON_CHANNEL_NOT_TESTABLE",
      );
      const [emailId, smsId] = [await make(tenant, emailGroup([listId])), await make(tenant, smsGroup([listId]))];
      for (const [id, device] of [
        [emailId, "+12125554301"],
        [emailId, "nobody"],
        [smsId, "a@example.com"],
        [smsId, "12"],
        [smsId, ""],
      ] as const) {
        const { fields } = await rejectsWith(
          sendTest(tenant, id, device),
          status.INVALID_ARGUMENT,
          "ERROR_REASON_FIELDS_INVALID",
        );
        assert.deepEqual(
          fields.map(({ field }) => field),
          ["contact_info"],
          device,
        );
      }
      const record = { contactListId: listId, recordId: newId() };
      await rejectsWith(
        sendTest(tenant, emailId, "a@example.com", record),
        status.PERMISSION_DENIED,
        "ERROR_REASON_PERMISSION_MISSING",
      );
      const reader = await withListsRead(at, tenant);
      await rejectsWith(
        reader.sendTest({ campaignGroupId: emailId, contactInfo: "a@example.com", ...record }),
        status.FAILED_PRECONDITION,
        "ERROR_REASON_REFERENCE_NOT_FOUND",
      );
      const stranger = await office(t, at);
      await rejectsWith(
        sendTest(stranger, emailId, "a@example.com"),
        status.NOT_FOUND,
        "ERROR_REASON_CAMPAIGN_GROUP_NOT_FOUND",
      );
    },
  );

  await file.test(
    "while a campaign runs a test goes beside it, and closing the session does not wait for its receipt",
    async (t) => {
      const tenant = await office(t, at);
      const groupId = await startGroup(tenant, smsGroup([await makeList(listsDb, tenant, [])]));
      smsc.settings.endings = { ...smsc.settings.endings, 95: "no_receipt" };
      assert.equal((await sendTest(tenant, groupId, "+12125554495")).state, ACCEPTED);
      await tenant.groups.stopCampaignGroup({ campaignGroupId: groupId });
      await until(
        async () =>
          !(await tenant.sessions.listSessions({})).sessions.some(({ campaignGroupId }) => campaignGroupId === groupId),
      );
    },
  );
});

test("a test whose dialer died before the provider answered is of unknown fate, and not sent again", async (t) => {
  const at = await world(t);
  const tenant = await office(t, at);
  const first = await dialIn(t, at);
  const groupId = await make(tenant, emailGroup([await makeList(at.database("lists"), tenant, [])]));
  const requestId = newId();
  const told = await sendTest(tenant, groupId, "lost@example.com", { requestId });
  await first.stop();
  // The state after a crash between storing the intent and getting the answer.
  const scope = at.database("dial").tenant(tenant.tenantId);
  const key = [tenant.tenantId, told.attemptId];
  await scope.query(
    "update dial.attempts set state = 1, delivery_state = null, send_time = null, end_time = null where tenant_id = $1 and id = $2",
    key,
  );
  await scope.query(
    `insert into dial.open_attempts (tenant_id, attempt_id, campaign_group_id, channel, owner, begin_time)
     values ($1, $2, '00000000-0000-0000-0000-000000000000', 3, 'gone', $3)`,
    [...key, new Date(now().getTime() - 3_600_000)],
  );
  await dialIn(t, at);
  await until(async () => (await attemptsOf(tenant, groupId))[0]?.state === AttemptState.ATTEMPT_STATE_STALE);
  const again = await sendTest(tenant, groupId, "lost@example.com", { requestId });
  assert.equal(again.state, TestMessageState.TEST_MESSAGE_STATE_UNKNOWN);
  assert.equal(at.simulators.inbox.arrivals.counts().total, 1);
});
