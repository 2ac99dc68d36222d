/** Test messages of templates: to several devices, once for each request, under the rules and limits of all test messages. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { TestMessageState } from "../../../gen/herald/campaigns/v1/test_message.ts";
import { MissingValueAction } from "../../../gen/herald/dial/v1/message_template.ts";
import { status } from "../../../svc/lib/errors/errors.ts";
import { wholeFile } from "../../lib/cleanup.ts";
import { newId, rejectsWith } from "../../lib/harness.ts";
import { dialIn, world } from "../boot.ts";
import { EMAIL, emailDraft, smsDraft, templateOffice } from "./template-office.ts";

const {
  TEST_MESSAGE_STATE_ACCEPTED: ACCEPTED,
  TEST_MESSAGE_STATE_REFUSED: REFUSED,
  TEST_MESSAGE_STATE_FAILED: FAILED,
} = TestMessageState;
const { MISSING_VALUE_ACTION_REFUSE: REFUSE } = MissingValueAction;
const at = await world(wholeFile);
await dialIn(wholeFile, at, { DIAL_TESTS_CALLER_MINUTE: "8" });

test("a draft and a version are sent to several devices, each once for a request", async (t) => {
  const tenant = await templateOffice(t, at);
  const { id: messageTemplateId } = await tenant.make(emailDraft({ html: "<p>Hello {{ first_name }}</p>" }), EMAIL);
  const requestId = newId();
  const asked = { messageTemplateId, contactInfos: ["ann@example.com", "Bob@Example.com"], requestId };
  const first = (await tenant.templates.sendTestMessages(asked)).testMessages;
  assert.deepEqual(
    first.map(({ state, contactInfo }) => [state, contactInfo]),
    [
      [ACCEPTED, "ann@example.com"],
      [ACCEPTED, "bob@example.com"],
    ],
  );
  assert.deepEqual((await tenant.templates.sendTestMessages(asked)).testMessages, first);
  const more = await tenant.templates.sendTestMessages({
    ...asked,
    contactInfos: ["ann@example.com", "cy@example.com"],
  });
  assert.equal(more.testMessages[0]?.attemptId, first[0]?.attemptId, "only the new one gets a message");
  await rejectsWith(
    tenant.templates.sendTestMessages({ ...asked, values: { first_name: "Eve" } }),
    status.INVALID_ARGUMENT,
    "ERROR_REASON_FIELDS_INVALID",
  );
  const { attempt } = await tenant.attempts.getAttempt({ attemptId: first[0]?.attemptId ?? "" });
  assert.deepEqual([attempt?.test, attempt?.campaignGroupId], [true, ""]);
});

test("a suppressed device, a missing value and a reached limit are answers about their message alone", async (t) => {
  const tenant = await templateOffice(t, at, ["lists.read"]);
  const { suppressionList } = await tenant.mesh.suppression.createSuppressionList({
    suppressionList: { name: "Held", required: true },
  });
  await tenant.mesh.suppression.addEntries({
    suppressionListId: suppressionList?.id ?? "",
    entries: [{ value: "+12125550123" }],
  });
  const { id: messageTemplateId } = await tenant.make(smsDraft("Hi {{ plan }}"));
  const states = async (contactInfos: string[], more: object = {}) => {
    const { testMessages } = await tenant.templates.sendTestMessages({ messageTemplateId, contactInfos, ...more });
    return testMessages.map(({ state, reason }) => [state, reason]);
  };
  assert.deepEqual(await states(["+12125550123", "+12125550124"]), [
    [REFUSED, "suppressed_device"],
    [ACCEPTED, ""],
  ]);
  // Examples fill what the texts name, not what the template needs beside them.
  const strict = await tenant.make(smsDraft("Hi", { fields: [{ name: "vip", missing: REFUSE }] }));
  const { testMessages } = await tenant.templates.sendTestMessages({
    messageTemplateId: strict.id,
    contactInfos: ["+12125550125"],
  });
  assert.deepEqual([testMessages[0]?.state, testMessages[0]?.reason], [FAILED, "value_missing"]);
  const limited = await states(["+12125550130", "+12125550131", "+12125550132", "+12125550133", "+12125550134"]);
  assert.equal(limited.filter(([state]) => state === ACCEPTED).length, 5);
  assert.deepEqual(await states(["+12125550135"]), [[FAILED, "test_limit_reached"]]);
});

test("what is wrong with the devices or the sender is told with its field", async (t) => {
  const tenant = await templateOffice(t, at);
  const { id: messageTemplateId } = await tenant.make(smsDraft("Hi"));
  const refused = async (more: object) => {
    const call = tenant.templates.sendTestMessages({ messageTemplateId, contactInfos: ["+12125550123"], ...more });
    const { fields } = await rejectsWith(call, status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
    return fields.map(({ field }) => field);
  };
  const six = [1, 2, 3, 4, 5, 6].map((i) => `+1212555012${i}`);
  assert.deepEqual(await refused({ contactInfos: six }), ["contact_infos"]);
  assert.deepEqual(await refused({ contactInfos: [] }), ["contact_infos"]);
  assert.deepEqual(await refused({ contactInfos: ["+12125550123", "(212) 555-0123"] }), ["contact_infos[1]"]);
  assert.deepEqual(await refused({ contactInfos: ["ann@example.com"] }), ["contact_infos[0]"]);
  assert.deepEqual(await refused({ from: "news@example.com" }), ["from"]);
});
