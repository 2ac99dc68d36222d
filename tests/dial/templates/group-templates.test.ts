/** Campaign groups that send a message template. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { CampaignGroupServiceDefinition } from "../../../gen/herald/campaigns/v1/campaign_group_service.ts";
import { StallReason } from "../../../gen/herald/campaigns/v1/progress.ts";
import { TestMessageState } from "../../../gen/herald/campaigns/v1/test_message.ts";
import { AttemptState } from "../../../gen/herald/dial/v1/attempt.ts";
import { MissingValueAction } from "../../../gen/herald/dial/v1/message_template.ts";
import { status } from "../../../svc/lib/errors/errors.ts";
import { wholeFile } from "../../lib/cleanup.ts";
import { newId, rejectsWith, until, userClient } from "../../lib/harness.ts";
import {
  attemptsOf,
  boot,
  emailGroup,
  emails,
  makeList,
  type Person,
  phones,
  progressOf,
  smsGroup,
  startGroup,
  untilFinished,
} from "../boot.ts";
import { EMAIL, emailDraft, smsDraft, templateOffice } from "./template-office.ts";

const at = await boot(wholeFile);
const { arrivals: texts } = at.simulators.smsc;
const byTemplate = (messageTemplateId: string, messageTemplateVersion = 0) => ({
  content: { from: "", subject: "", text: "", html: "", messageTemplateId, messageTemplateVersion },
});
const textTo = ({ phone }: Person) => texts.list({ to: phone ?? "", limit: 1 })[0]?.text;

test("each person gets the variant of his language; one who lacks a value gets none, which is counted and can be opened", async (t) => {
  const tenant = await templateOffice(t, at);
  const people = phones(4);
  const listId = await makeList(at.database("lists"), tenant, people);
  const set = (line: number, fields: object, postalCode: string) =>
    at
      .database("lists")
      .tenant(tenant.tenantId)
      .query("update lists.records set fields = $3, postal_code = $4 where contact_list_id = $1 and source_line = $2", [
        listId,
        line,
        JSON.stringify(fields),
        postalCode,
      ]);
  await set(1, { language: "de-AT" }, "1010");
  await set(2, { language: "fr" }, "75001");
  await set(3, {}, "10001");
  const { id } = await tenant.make({
    variants: [
      { language: "en", text: "Hello {{ first_name }} in {{ postal_code }}" },
      { language: "de", text: "Hallo {{ first_name }} in {{ postal_code }}" },
    ],
  });
  await tenant.publish(id);
  const campaignGroupId = await startGroup(tenant, smsGroup([listId], byTemplate(id)));
  const progress = await untilFinished(tenant, campaignGroupId);
  assert.deepEqual(people.slice(0, 3).map(textTo), [
    "Hallo Ann1 in 1010",
    "Hello Ann2 in 75001",
    "Hello Ann3 in 10001",
  ]);
  assert.deepEqual(progress.refusedByReason, { value_missing: 1 });
  const refused = await attemptsOf(tenant, campaignGroupId, AttemptState.ATTEMPT_STATE_REFUSED);
  assert.deepEqual(
    refused.map(({ refusalReason, contactInfo }) => [refusalReason, contactInfo]),
    [["value_missing", people[3]?.phone]],
  );
});

test("a running group sends a newly published version from then on, and another keeps the version that it names", async (t) => {
  const tenant = await templateOffice(t, at);
  const [following, fixed] = [phones(40).slice(20, 28), phones(40).slice(30, 38)];
  const lists = await Promise.all([following, fixed].map((people) => makeList(at.database("lists"), tenant, people)));
  const { id } = await tenant.make(smsDraft("one"));
  await tenant.publish(id);
  const slow = { messagesPerMinute: 90 };
  const ids = [
    await startGroup(tenant, smsGroup([lists[0] ?? ""], { ...byTemplate(id), ...slow })),
    await startGroup(tenant, smsGroup([lists[1] ?? ""], { ...byTemplate(id, 1), ...slow })),
  ];
  await until(async () => textTo(following[0] as Person) ?? following.map(textTo).find(Boolean), {
    what: "the first message",
  });
  await tenant.templates.updateMessageTemplate({ messageTemplate: { id, draft: smsDraft("two") } });
  assert.equal(await tenant.publish(id), 2);
  for (const campaignGroupId of ids) await untilFinished(tenant, campaignGroupId);
  const sent = following.map(textTo);
  assert.ok(sent.includes("one") && sent.includes("two"), sent.join());
  assert.deepEqual(new Set(fixed.map(textTo)), new Set(["one"]));
});

test("a bad template stops its group with its reason and nobody is refused; publishing a better one sets it going", async (t) => {
  const tenant = await templateOffice(t, at);
  const people = emails(3, "tpl");
  const listId = await makeList(at.database("lists"), tenant, people);
  const { id } = await tenant.make(emailDraft({ text: "{% for i in (1..100000000) %}x{% endfor %}" }), EMAIL);
  await tenant.publish(id);
  const campaignGroupId = await startGroup(tenant, emailGroup([listId], byTemplate(id)));
  const other = await startGroup(tenant, emailGroup([await makeList(at.database("lists"), tenant, emails(50, "oth"))]));
  assert.equal((await untilFinished(tenant, other)).attemptsByResult["sent"], 50);
  const stall = await until(
    async () =>
      (await progressOf(tenant, campaignGroupId)).stalls.find(
        ({ reason }) => reason === StallReason.STALL_REASON_CONTENT_INVALID,
      ),
    { what: "the group stops" },
  );
  assert.match(stall.explanation, /time or memory|than a message may/);
  assert.deepEqual(await attemptsOf(tenant, campaignGroupId), []);
  await tenant.templates.updateMessageTemplate({
    messageTemplate: { id, draft: emailDraft({ html: "<p>Better</p>" }) },
  });
  await tenant.publish(id);
  assert.equal((await untilFinished(tenant, campaignGroupId)).attemptsByResult["sent"], 3);
  const { raw = "" } = at.simulators.inbox.arrivals.list({ to: people[0]?.email ?? "", limit: 1 })[0] ?? {};
  assert.match(raw, /text\/plain[^]*\r\n\r\nBetter\r\n[^]*text\/html/, "with a plain part made of the HTML");
});

test("what a group may not name is refused with its field and reason", async (t) => {
  const [tenant, stranger] = [await templateOffice(t, at), await templateOffice(t, at)];
  const listId = await makeList(at.database("lists"), tenant, phones(1));
  const { id } = await tenant.make(smsDraft("Hi {{ plan }}"));
  const theirs = await stranger.make(smsDraft("Hi"));
  await stranger.publish(theirs.id);
  const create = (more: object, group = smsGroup([listId], byTemplate(id))) =>
    tenant.groups.createCampaignGroup({ campaignGroup: { ...group, ...more } });
  const refused = (more: object, reason: string, code = status.FAILED_PRECONDITION) =>
    rejectsWith(create(more), code, reason);
  await refused({}, "ERROR_REASON_TEMPLATE_NOT_PUBLISHED");
  await tenant.publish(id);
  await refused(byTemplate(newId()), "ERROR_REASON_REFERENCE_NOT_FOUND");
  await refused(byTemplate(theirs.id), "ERROR_REASON_REFERENCE_NOT_FOUND");
  await refused(byTemplate(id, 7), "ERROR_REASON_REFERENCE_NOT_FOUND");
  const fieldsOf = async (more: object) =>
    (await refused(more, "ERROR_REASON_FIELDS_INVALID", status.INVALID_ARGUMENT)).fields.map(({ field }) => field);
  const { content } = byTemplate(id);
  assert.deepEqual(await fieldsOf(byTemplate("nonesuch")), ["content.message_template_id"]);
  assert.deepEqual(await fieldsOf({ content: { ...content, text: "x", plainSigns: true, from: "?" } }), [
    "campaign_group.content.text",
    "campaign_group.content.plain_signs",
    "campaign_group.content.from",
  ]);
  assert.deepEqual(
    await fieldsOf({ content: { ...content, messageTemplateId: "", messageTemplateVersion: 1, text: "x" } }),
    ["campaign_group.content.message_template_version"],
  );
  const email = await tenant.make(emailDraft({ text: "x" }), EMAIL);
  await tenant.publish(email.id);
  assert.deepEqual(await fieldsOf(byTemplate(email.id)), ["campaign_group.content.message_template_id"]);

  const { campaignGroup } = await create({});
  const campaignGroupId = campaignGroup?.id ?? "";
  const told = await rejectsWith(
    tenant.groups.startCampaignGroup({ campaignGroupId }),
    status.FAILED_PRECONDITION,
    "ERROR_REASON_PLACEHOLDER_UNKNOWN",
  );
  assert.equal(told.metadata["names"], "plan");
  const { placeholderProblems } = await tenant.groups.checkContent({ ...byTemplate(id), contactListIds: [listId] });
  assert.deepEqual(
    placeholderProblems.map(({ field, name, preventsStart }) => [field, name, preventsStart]),
    [["text", "plan", true]],
  );
  const { MISSING_VALUE_ACTION_DEFAULT: missing } = MissingValueAction;
  const draft = smsDraft("Hi {{ plan }}", { fields: [{ name: "plan", missing, defaultValue: "you" }] });
  await tenant.templates.updateMessageTemplate({ messageTemplate: { id, draft } });
  await tenant.publish(id);
  await tenant.groups.startCampaignGroup({ campaignGroupId });
  await untilFinished(tenant, campaignGroupId);
  assert.equal(textTo(phones(1)[0] as Person), "Hi you");
});

test("a template that groups use is not deleted, and they are named", async (t) => {
  const tenant = await templateOffice(t, at);
  const stranger = await templateOffice(t, at);
  const listId = await makeList(at.database("lists"), tenant, []);
  const { id: messageTemplateId } = await tenant.make(smsDraft("Hi"));
  await tenant.publish(messageTemplateId);
  const made: string[] = [];
  for (const [name, version] of [
    ["First", 0],
    ["Second", 1],
  ] as const) {
    const campaignGroup = { ...smsGroup([listId], byTemplate(messageTemplateId.toUpperCase(), version)), name };
    made.push((await tenant.groups.createCampaignGroup({ campaignGroup })).campaignGroup?.id ?? "");
  }
  const page = await tenant.templates.listMessageTemplateUses({ messageTemplateId, pageSize: 1 });
  const rest = await tenant.templates.listMessageTemplateUses({
    messageTemplateId,
    pageSize: 1,
    pageToken: page.nextPageToken,
  });
  assert.deepEqual(
    [...page.uses, ...rest.uses],
    [
      { campaignGroupId: made[1], campaignGroupName: "Second", version: 1 },
      { campaignGroupId: made[0], campaignGroupName: "First", version: 0 },
    ],
  );
  await rejectsWith(
    stranger.templates.listMessageTemplateUses({ messageTemplateId }),
    status.NOT_FOUND,
    "ERROR_REASON_MESSAGE_TEMPLATE_NOT_FOUND",
  );
  const told = await rejectsWith(
    tenant.templates.deleteMessageTemplate({ messageTemplateId }),
    status.FAILED_PRECONDITION,
    "ERROR_REASON_MESSAGE_TEMPLATE_IN_USE",
  );
  assert.equal(told.metadata["campaignGroups"], "Second, First");
  for (const campaignGroupId of made) await tenant.groups.deleteCampaignGroup({ campaignGroupId });
  await tenant.templates.deleteMessageTemplate({ messageTemplateId });
});

test("a group with a template is previewed and tested as with a content of its own", async (t) => {
  const tenant = await templateOffice(t, at);
  const listId = await makeList(at.database("lists"), tenant, []);
  const { id } = await tenant.make(smsDraft("Hi {{ first_name }} – {{ plan }}", { plainSigns: true }));
  await tenant.publish(id);
  const groups = await userClient(t, at.addresses.campaigns, CampaignGroupServiceDefinition, {
    tenantId: tenant.tenantId,
    permissions: ["campaigns.read"],
  });
  const { preview } = await groups.checkContent({ ...byTemplate(id), channel: 2 });
  assert.equal(preview?.text, "Hi Ann - [plan]");
  const { campaignGroup } = await tenant.groups.createCampaignGroup({
    campaignGroup: smsGroup([listId], byTemplate(id)),
  });
  const asked = { campaignGroupId: campaignGroup?.id ?? "", contactInfo: "+12125550177" };
  const { testMessage } = await tenant.groups.sendTest({ ...asked, sampleValues: { plan: "gold" } });
  assert.equal(testMessage?.state, TestMessageState.TEST_MESSAGE_STATE_ACCEPTED);
  assert.equal(textTo({ phone: asked.contactInfo }), "Hi Ann - gold");
});
