/** Message templates as people keep them: drafts, versions, names, and what is refused. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { MessageTemplateState, MissingValueAction } from "../../../gen/herald/dial/v1/message_template.ts";
import { status } from "../../../svc/lib/errors/errors.ts";
import { wholeFile } from "../../lib/cleanup.ts";
import { newId, rejectsWith } from "../../lib/harness.ts";
import { boot } from "../boot.ts";
import { EMAIL, emailDraft, SMS, smsDraft, templateOffice } from "./template-office.ts";

const { MESSAGE_TEMPLATE_STATE_DRAFT: DRAFT, MESSAGE_TEMPLATE_STATE_PUBLISHED: PUBLISHED } = MessageTemplateState;
const at = await boot(wholeFile);

test("a template is created once for each request, found, changed, cloned and deleted", async (t) => {
  const { templates } = await templateOffice(t, at);
  const asked = {
    messageTemplate: {
      name: "Welcome",
      description: "For new ones",
      channel: SMS,
      draft: smsDraft("Hi {{ first_name }}"),
    },
    requestId: newId(),
  };
  const made = (await templates.createMessageTemplate(asked)).messageTemplate;
  assert.deepEqual((await templates.createMessageTemplate(asked)).messageTemplate, made);
  assert.deepEqual([made?.state, made?.publishedVersion, made?.hasUnpublishedChanges], [DRAFT, 0, true]);
  const messageTemplateId = made?.id ?? "";
  assert.deepEqual((await templates.getMessageTemplate({ messageTemplateId })).messageTemplate, made);

  await rejectsWith(
    templates.createMessageTemplate({ messageTemplate: { ...asked.messageTemplate } }),
    status.ALREADY_EXISTS,
    "ERROR_REASON_MESSAGE_TEMPLATE_NAME_TAKEN",
  );
  const copy = (await templates.cloneMessageTemplate({ messageTemplateId, name: "Copy" })).messageTemplate;
  assert.deepEqual([copy?.draft, copy?.description, copy?.name], [made?.draft, made?.description, "Copy"]);
  await rejectsWith(
    templates.updateMessageTemplate({ messageTemplate: { id: copy?.id ?? "", name: "Welcome" } }),
    status.ALREADY_EXISTS,
    "ERROR_REASON_MESSAGE_TEMPLATE_NAME_TAKEN",
  );
  await rejectsWith(
    templates.updateMessageTemplate({
      messageTemplate: { id: messageTemplateId, channel: EMAIL },
      updateMask: ["channel"],
    }),
    status.INVALID_ARGUMENT,
    "ERROR_REASON_FIELDS_INVALID",
  );

  await templates.deleteMessageTemplate({ messageTemplateId });
  for (const call of [
    () => templates.getMessageTemplate({ messageTemplateId }),
    () => templates.deleteMessageTemplate({ messageTemplateId }),
    () => templates.publishMessageTemplate({ messageTemplateId }),
    () => templates.listMessageTemplateVersions({ messageTemplateId }),
  ])
    await rejectsWith(call(), status.NOT_FOUND, "ERROR_REASON_MESSAGE_TEMPLATE_NOT_FOUND");
});

test("versions are made by publishing, never change, and can be restored", async (t) => {
  const { templates, make, publish } = await templateOffice(t, at);
  const { id: messageTemplateId, etag } = await make(smsDraft("one"));
  const first = await templates.publishMessageTemplate({ messageTemplateId, etag, note: "the first" });
  assert.deepEqual(
    [first.version?.version, first.version?.note, first.version?.content?.variants[0]?.text],
    [1, "the first", "one"],
  );
  assert.ok(first.version?.publishedBy && first.version.publishTime);
  assert.deepEqual([first.messageTemplate?.state, first.messageTemplate?.hasUnpublishedChanges], [PUBLISHED, false]);
  assert.equal(await publish(messageTemplateId), 1, "nothing is new");
  assert.equal(
    (await templates.getMessageTemplate({ messageTemplateId })).messageTemplate?.etag,
    first.messageTemplate?.etag,
  );

  const changed = await templates.updateMessageTemplate({
    messageTemplate: { id: messageTemplateId, draft: smsDraft("two") },
  });
  assert.deepEqual(
    [changed.messageTemplate?.hasUnpublishedChanges, changed.messageTemplate?.publishedVersion],
    [true, 1],
  );
  const undone = await templates.restoreMessageTemplateVersion({ messageTemplateId, version: 1 });
  assert.equal(undone.messageTemplate?.hasUnpublishedChanges, false);
  await templates.updateMessageTemplate({ messageTemplate: { id: messageTemplateId, draft: smsDraft("two") } });
  assert.equal(await publish(messageTemplateId), 2);
  await templates.restoreMessageTemplateVersion({ messageTemplateId, version: 1 });
  assert.equal(await publish(messageTemplateId), 3);

  const pages = [];
  for (let pageToken = "", more = true; more; more = pageToken !== "") {
    const page = await templates.listMessageTemplateVersions({ messageTemplateId, pageSize: 2, pageToken });
    pages.push(page.versions.map(({ version }) => version));
    assert.ok(page.versions.every(({ content }) => content?.variants[0]?.text === ""));
    pageToken = page.nextPageToken;
  }
  assert.deepEqual(pages, [[3, 2], [1]]);
  const texts = [1, 2, 3].map(async (version) => {
    const answer = await templates.getMessageTemplateVersion({ messageTemplateId, version });
    return answer.version?.content?.variants[0]?.text;
  });
  assert.deepEqual(await Promise.all(texts), ["one", "two", "one"]);
  await rejectsWith(
    templates.restoreMessageTemplateVersion({ messageTemplateId, version: 9 }),
    status.NOT_FOUND,
    "ERROR_REASON_MESSAGE_TEMPLATE_VERSION_NOT_FOUND",
  );
});

test("of people who change or publish at once only one is heard; the others are told to read again", async (t) => {
  const { templates, make } = await templateOffice(t, at);
  const { id, etag } = await make(smsDraft("zero"));
  const outcomes = await Promise.allSettled([
    ...[1, 2, 3, 4].map((i) =>
      templates.updateMessageTemplate({ messageTemplate: { id, etag, draft: smsDraft(`text ${i}`) } }),
    ),
    ...[1, 2, 3, 4].map(() => templates.publishMessageTemplate({ messageTemplateId: id, etag })),
  ]);
  assert.equal(outcomes.filter((one) => one.status === "fulfilled").length, 1);
  for (const one of outcomes)
    if (one.status === "rejected")
      await rejectsWith(Promise.reject(one.reason as Error), status.ABORTED, "ERROR_REASON_MESSAGE_TEMPLATE_CHANGED");
});

test("lists are filtered by channel, state and name, come in pages, and show no texts", async (t) => {
  const { templates, make, publish } = await templateOffice(t, at);
  for (let i = 0; i < 3; i++) await make(smsDraft(`text ${i}`));
  const email = await make(emailDraft({ html: "<p>Hi</p>" }), EMAIL);
  await publish(email.id);
  const first = await templates.listMessageTemplates({ pageSize: 3 });
  const second = await templates.listMessageTemplates({ pageSize: 3, pageToken: first.nextPageToken });
  assert.deepEqual([first.messageTemplates.length, second.messageTemplates.length, second.nextPageToken], [3, 1, ""]);
  assert.equal(first.messageTemplates[0]?.draft?.variants[0]?.html, "");
  const found = async (filter: object) =>
    (await templates.listMessageTemplates(filter)).messageTemplates.map(({ id }) => id);
  assert.deepEqual(await found({ channel: EMAIL }), [email.id]);
  assert.deepEqual(await found({ state: PUBLISHED }), [email.id]);
  assert.equal((await found({ state: DRAFT, channel: SMS })).length, 3);
  assert.deepEqual(await found({ query: email.name.slice(2).toUpperCase() }), [email.id]);
  assert.deepEqual(await found({ query: "100%_" }), []);
});

test("another tenant's templates are not there", async (t) => {
  const [one, other] = [await templateOffice(t, at), await templateOffice(t, at)];
  const { id: messageTemplateId } = await one.make(smsDraft("secret"));
  await one.publish(messageTemplateId);
  const { templates } = other;
  for (const call of [
    () => templates.getMessageTemplate({ messageTemplateId }),
    () => templates.updateMessageTemplate({ messageTemplate: { id: messageTemplateId, name: "mine" } }),
    () => templates.deleteMessageTemplate({ messageTemplateId }),
    () => templates.cloneMessageTemplate({ messageTemplateId, name: "mine" }),
    () => templates.publishMessageTemplate({ messageTemplateId }),
    () => templates.getMessageTemplateVersion({ messageTemplateId, version: 1 }),
    () => templates.restoreMessageTemplateVersion({ messageTemplateId, version: 1 }),
    () => templates.previewMessageTemplate({ messageTemplateId }),
    () => templates.sendTestMessages({ messageTemplateId, contactInfos: ["+12125550123"] }),
  ])
    await rejectsWith(call(), status.NOT_FOUND, "ERROR_REASON_MESSAGE_TEMPLATE_NOT_FOUND");
  assert.deepEqual((await templates.listMessageTemplates({})).messageTemplates, []);
});

test("what is wrong with a content is told with its field, line, column and what would be right", async (t) => {
  const { templates } = await templateOffice(t, at);
  const { MISSING_VALUE_ACTION_REFUSE: REFUSE, MISSING_VALUE_ACTION_DEFAULT: DEFAULT } = MissingValueAction;
  const refused = async (draft: object, channel: Channel = SMS) => {
    const call = templates.createMessageTemplate({ messageTemplate: { name: newId(), channel, draft } });
    const { fields } = await rejectsWith(call, status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
    return fields
      .map(({ field, description }) => `${field.replace("message_template.draft", "")}: ${description}`)
      .join("\n");
  };
  const cases: [draft: object, told: RegExp, channel?: Channel][] = [
    [
      {
        variants: [
          { language: "en", subject: "x", text: "ok" },
          { language: "de", subject: "x", html: "<p>\n  {{ name | upcas }}" },
        ],
      },
      /^\.variants\[1\]\.html: Not a Liquid template \(de\): line 2, column 3: undefined filter: upcas; did you mean upcase\?/,
      EMAIL,
    ],
    [smsDraft("a\n{% iff x %}"), /\.variants\[0\]\.text: .*line 2, column 1: tag "iff" not found; did you mean if\?/],
    [smsDraft("{% endif %}"), /nothing is open here/],
    [smsDraft("{% include 'secret' %}"), /a template stands alone and reads no other/],
    [smsDraft("Hi {{ name"), /line 1, column 4: output "{{ name" not closed/],
    [smsDraft("x".repeat(2_001)), /\.text: Must have at most 2000 characters; it has 2001/],
    [smsDraft(""), /\.text: Required/],
    [{ variants: [] }, /\.variants: Must have from 1 to 30 entries; it has 0/],
    [{ variants: [{ text: "a", language: "english" }] }, /\.language: Must be a language as BCP 47 names it/],
    [
      {
        variants: [
          { text: "a", language: "pt_br" },
          { text: "b", language: "pt-BR" },
        ],
      },
      /two variants of pt-BR/,
    ],
    [
      { variants: [{ text: "a" }, { text: "b", language: "en" }] },
      /variants\[0\]\.language: Required where there are several/,
    ],
    [smsDraft("a", { defaultLanguage: "fr" }), /\.default_language: There is no variant of fr/],
    [smsDraft("a", { fields: [{ name: "a b", missing: REFUSE }] }), /fields\[0\]\.name: Must be a name/],
    [smsDraft("a", { fields: [{ name: "a" }] }), /fields\[0\]\.missing: Must be one of/],
    [smsDraft("a", { fields: [{ name: "a", missing: REFUSE, defaultValue: "x" }] }), /default_value: Only with/],
    [
      smsDraft("a", {
        fields: [
          { name: "a", missing: DEFAULT },
          { name: "a", missing: REFUSE },
        ],
      }),
      /fields\[1\]\.name: a is there twice/,
    ],
    [
      smsDraft("a", { pricePerPart: { amount: "-1", currency: "usd" } }),
      /amount: Must be a number[^]*currency: Must be an ISO/,
    ],
    [emailDraft({ text: "x" }, { plainSigns: true }), /plain_signs: Only for CHANNEL_SMS/, EMAIL],
    [emailDraft({ subject: "" }), /subject: Required[^]*text: An email needs text, html or both/, EMAIL],
    [
      emailDraft({ subject: "a\u202eb", text: "x" }),
      /subject: Must not hold control characters or marks of direction/,
      EMAIL,
    ],
    [
      emailDraft({ subject: "a\u200bb", text: "x" }),
      /subject: Must not hold signs that nobody sees; it holds U\+200B/,
      EMAIL,
    ],
    [
      { variants: ["en", "de", "fr"].map((language) => ({ language, subject: "x", html: "x".repeat(400_000) })) },
      /\.variants: All texts together must have at most 1000000 characters; they have 1200003/,
      EMAIL,
    ],
  ];
  for (const [draft, told, channel] of cases) assert.match(await refused(draft, channel), told);
});

test("a content of a megabyte in scripts of any direction is kept as it was written", async (t) => {
  const { templates, make, publish } = await templateOffice(t, at);
  const html = `<p dir="rtl">مرحبا {{ first_name | default: "صديق" }} 👩‍👧‍👦 שלום</p>`;
  const draft = {
    variants: [
      { language: "ar", subject: "عرض 🎉", html: html + "س".repeat(490_000) },
      { language: "en", subject: "Offer", html: "x".repeat(499_000) },
    ],
  };
  const { id: messageTemplateId } = await make(draft, EMAIL);
  assert.equal(await publish(messageTemplateId), 1);
  const { version } = await templates.getMessageTemplateVersion({ messageTemplateId, version: 1 });
  assert.equal(version?.content?.variants[0]?.html, draft.variants[0]?.html);
  assert.equal(version?.content?.variants[0]?.subject, "عرض 🎉");
});
