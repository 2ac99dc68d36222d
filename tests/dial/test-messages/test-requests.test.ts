/** Who may request which test message, to whom it may be sent, and how repeated requests are answered. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { CampaignGroupServiceDefinition } from "../../../gen/herald/campaigns/v1/campaign_group_service.ts";
import { TestMessageState } from "../../../gen/herald/campaigns/v1/test_message.ts";
import { SuppressionKind } from "../../../gen/herald/lists/v1/suppression_list.ts";
import { status } from "../../../svc/lib/errors/errors.ts";
import { wholeFile } from "../../lib/cleanup.ts";
import { newId, rejectsWith, until, userClient } from "../../lib/harness.ts";
import { make, sendTest } from "../ask-for-test.ts";
import { boot, emailGroup, makeList, office } from "../boot.ts";

const {
  TEST_MESSAGE_STATE_ACCEPTED: ACCEPTED,
  TEST_MESSAGE_STATE_REFUSED: REFUSED,
  TEST_MESSAGE_STATE_FAILED: FAILED,
} = TestMessageState;

test("requests for test messages", async (file) => {
  const at = await boot(wholeFile);
  const listsDb = at.database("lists");
  const emailsTo = (to: string) => at.simulators.inbox.arrivals.list({ to, limit: 10 });

  await file.test(
    "whoever a list of the group knows by a device is asked about, also when only the device is typed",
    async (t) => {
      const tenant = await office(t, at);
      const { suppression } = tenant.mesh;
      const list = { name: "Clients", kind: SuppressionKind.SUPPRESSION_KIND_CLIENT_ID, required: true };
      const suppressionListId =
        (await suppression.createSuppressionList({ suppressionList: list })).suppressionList?.id ?? "";
      await suppression.addEntries({ suppressionListId, entries: [{ value: "C2" }] });
      const shared = { email: "family@example.com" };
      const listIds = [
        await makeList(listsDb, tenant, [shared, { email: "known@example.com" }]),
        await makeList(listsDb, tenant, [{ email: "first@example.com" }, shared]),
      ];
      const groupId = await make(tenant, emailGroup(listIds));
      const held = await until(
        async () => {
          const told = await sendTest(tenant, groupId, "KNOWN@example.com");
          return told.state === REFUSED && told;
        },
        { everyMs: 300 },
      );
      assert.equal(held.reason, "suppressed_client");
      const { decision } = await tenant.mesh.checks.explainAttempt({ attemptId: held.attemptId });
      assert.equal(decision?.clientId, "C2", "the proof is that of the refusal");
      assert.equal(
        (await sendTest(tenant, groupId, "family@example.com")).reason,
        "suppressed_client",
        "one of two that share it",
      );
      assert.equal((await sendTest(tenant, groupId, "first@example.com")).state, ACCEPTED);
      assert.deepEqual(emailsTo("family@example.com"), []);
      const crowd = await makeList(
        listsDb,
        tenant,
        Array.from({ length: 101 }, () => ({ email: "crowd@example.com" })),
      );
      const told = await sendTest(tenant, await make(tenant, emailGroup([crowd])), "crowd@example.com");
      assert.deepEqual([told.state, told.reason], [FAILED, "device_shared"]);
    },
  );

  await file.test(
    "a request id belongs to one message: for another one it is refused, and nothing is told of the first",
    async (t) => {
      const tenant = await office(t, at);
      const listId = await makeList(listsDb, tenant, []);
      const [groupId, otherId] = [await make(tenant, emailGroup([listId])), await make(tenant, emailGroup([listId]))];
      const requestId = newId();
      const sampleValues = { first_name: "Zoe", last_name: "Roe" };
      const first = await sendTest(tenant, groupId, "one@example.com", { requestId, sampleValues });
      const again = await sendTest(tenant, groupId, " One@Example.com", {
        requestId,
        sampleValues: { last_name: "Roe", first_name: "Zoe" },
      });
      assert.deepEqual([again.attemptId, again.state], [first.attemptId, ACCEPTED]);
      const content = { from: "", subject: "Other", text: "Other", html: "" };
      for (const [id, device, more] of [
        [groupId, "two@example.com", { sampleValues }],
        [otherId, "one@example.com", { sampleValues }],
        [groupId, "one@example.com", { sampleValues: { first_name: "Ann" } }],
        [groupId, "one@example.com", { sampleValues, content }],
      ] as const) {
        const told = await rejectsWith(
          sendTest(tenant, id, device, { requestId, ...more }),
          status.INVALID_ARGUMENT,
          "ERROR_REASON_FIELDS_INVALID",
        );
        assert.deepEqual(
          told.fields.map(({ field }) => field),
          ["request_id"],
        );
        assert.ok(!told.message.includes("example.com"));
      }
      assert.deepEqual([emailsTo("one@example.com").length, emailsTo("two@example.com").length], [1, 0]);
    },
  );

  await file.test("a request that came to nothing may be made again, put right, and counts each time", async (t) => {
    const tenant = await office(t, at);
    const groupId = await make(tenant, emailGroup([await makeList(listsDb, tenant, [])]));
    const requestId = newId();
    const attempt = (text: string) =>
      sendTest(tenant, groupId, "tried@example.com", {
        requestId,
        content: { from: "", subject: "Tried", text, html: "" },
      });
    const empty = "{% if 1 == 2 %}x{% endif %}";
    for (let i = 0; i < 3; i++) assert.equal((await attempt(empty)).reason, "content_invalid");
    const right = await attempt("Put right");
    assert.deepEqual([right.state, (await attempt("Put right")).attemptId], [ACCEPTED, right.attemptId]);
    assert.equal(emailsTo("tried@example.com").length, 1);
    const another = newId();
    const more = () =>
      sendTest(tenant, groupId, "x@example.com", {
        requestId: another,
        content: { from: "", subject: "x", text: empty, html: "" },
      });
    assert.equal((await more()).reason, "content_invalid");
    await rejectsWith(more(), status.RESOURCE_EXHAUSTED, "ERROR_REASON_TEST_LIMIT_REACHED");
  });

  await file.test("who may start campaigns and not write them tests what is written, and nothing else", async (t) => {
    const tenant = await office(t, at);
    const groupId = await make(tenant, emailGroup([await makeList(listsDb, tenant, [])]));
    const starter = await userClient(t, at.addresses.campaigns, CampaignGroupServiceDefinition, {
      tenantId: tenant.tenantId,
      permissions: ["campaigns.start"],
    });
    const content = { from: "", subject: "Mine", text: "Mine", html: "" };
    const order = { campaignGroupId: groupId, contactInfo: "starter@example.com" };
    const told = await rejectsWith(
      starter.sendTest({ ...order, content }),
      status.PERMISSION_DENIED,
      "ERROR_REASON_PERMISSION_MISSING",
    );
    assert.equal(told.metadata["permission"], "campaigns.write");
    assert.equal((await starter.sendTest(order)).testMessage?.state, ACCEPTED);
    assert.equal(emailsTo("starter@example.com").length, 1);
  });
});
