/** Test messages whose sender may belong to another tenant. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { TestMessageState } from "../../../gen/herald/campaigns/v1/test_message.ts";
import { SenderServiceDefinition } from "../../../gen/herald/dial/v1/sender_service.ts";
import { wholeFile } from "../../lib/cleanup.ts";
import { userClient } from "../../lib/harness.ts";
import { boot, emailGroup, makeList, type Office, office } from "../boot.ts";

const {
  TEST_MESSAGE_STATE_ACCEPTED: ACCEPTED,
  TEST_MESSAGE_STATE_REFUSED: REFUSED,
  TEST_MESSAGE_STATE_FAILED: FAILED,
} = TestMessageState;

test("senders of test messages", async (file) => {
  const at = await boot(wholeFile);
  const sendersOf = ({ tenantId }: Office) =>
    userClient(wholeFile, at.addresses.dial, SenderServiceDefinition, {
      tenantId,
      permissions: ["sessions.read", "campaigns.write"],
    });
  const groupFrom = async (tenant: Office, from: string) => {
    const listId = await makeList(at.database("lists"), tenant, []);
    const content = { from, subject: "x", text: "x", html: "" };
    const { campaignGroup } = await tenant.groups.createCampaignGroup({
      campaignGroup: emailGroup([listId], { content }),
    });
    return campaignGroup?.id ?? "";
  };
  const sendTest = async ({ groups }: Office, campaignGroupId: string, contactInfo: string) => {
    const { testMessage } = await groups.sendTest({ campaignGroupId, contactInfo });
    return [testMessage?.state, testMessage?.reason];
  };

  await file.test("one of another tenant is not used", async (t) => {
    const [one, other] = [await office(t, at), await office(t, at)];
    await (await sendersOf(one)).claimSender({ sender: "@mine.example" });
    const groupOf = (tenant: Office) => groupFrom(tenant, "a@mine.example");
    assert.deepEqual(await sendTest(one, await groupOf(one), "taken@example.com"), [ACCEPTED, ""]);
    assert.deepEqual(await sendTest(other, await groupOf(other), "taken@example.com"), [FAILED, "sender_taken"]);
  });

  await file.test("none is claimed, whether the test was sent or refused", async (t) => {
    const [one, other] = [await office(t, at), await office(t, at)];
    const groupId = await groupFrom(one, "a@tried.example");
    const held = { name: "Held", required: true };
    const { suppressionList } = await one.mesh.suppression.createSuppressionList({ suppressionList: held });
    const entries = [{ value: "held@example.com" }];
    await one.mesh.suppression.addEntries({ suppressionListId: suppressionList?.id ?? "", entries });
    assert.equal((await sendTest(one, groupId, "held@example.com"))[0], REFUSED);
    assert.equal((await sendTest(one, groupId, "free@example.com"))[0], ACCEPTED);
    const [ofOne, ofOther] = [await sendersOf(one), await sendersOf(other)];
    assert.deepEqual((await ofOne.listSenders({})).senders, []);
    assert.ok((await ofOther.claimSender({ sender: "@tried.example" })).sender?.claimTime);
  });
});
