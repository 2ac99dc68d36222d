/** Previews of message templates: what one person would get, and what is said about it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Purpose } from "../../../gen/herald/common/v1/purpose.ts";
import { MessageTemplateServiceDefinition } from "../../../gen/herald/dial/v1/message_template_service.ts";
import {
  type DeepPartial,
  type MessageTemplateContent,
  MissingValueAction,
  SmsAlphabet,
} from "../../../gen/herald/dial/v1/message_template.ts";
import { status } from "../../../svc/lib/errors/errors.ts";
import { wholeFile } from "../../lib/cleanup.ts";
import { newId, rejectsWith, userClient } from "../../lib/harness.ts";
import { boot, makeList } from "../boot.ts";
import { EMAIL, emailDraft, SMS, smsDraft, templateOffice } from "./template-office.ts";

const { MISSING_VALUE_ACTION_REFUSE: REFUSE, MISSING_VALUE_ACTION_DEFAULT: DEFAULT } = MissingValueAction;
const at = await boot(wholeFile);
const tenant = await templateOffice(wholeFile, at, ["lists.read"]);

/** The preview of a content that is not stored. */
async function previewOf(content: DeepPartial<MessageTemplateContent>, more: object = {}) {
  const { preview } = await tenant.templates.previewMessageTemplate({ content, channel: SMS, ...more });
  assert.ok(preview);
  return preview;
}
const emailPreview = (content: DeepPartial<MessageTemplateContent>, more: object = {}) =>
  previewOf(content, { channel: EMAIL, ...more });
const warningsOf = async (variant: object, more: object = {}) =>
  (await emailPreview(emailDraft(variant, more))).email?.warnings.map(({ kind, count }) => `${kind} ${count}`);

test("the language is the record's, or what it is a form of, or the template's default", async () => {
  const variants = ["en", "de", "pt", "pt-BR", "zh-Hant"].map((language) => ({ language, text: `in ${language}` }));
  const cases: [given: string, chosen: string][] = [
    ["de", "de"],
    ["de-AT", "de"],
    ["DE_ch", "de"],
    ["pt-br", "pt-BR"],
    ["pt-PT", "pt"],
    ["zh-Hant-TW", "zh-Hant"],
    ["zh-Hans", "en"],
    ["Deutsch", "en"],
    ["", "en"],
    [" de ", "de"],
  ];
  for (const [language, chosen] of cases) {
    const preview = await previewOf({ variants }, { values: { language } });
    assert.deepEqual([preview.language, preview.text], [chosen, `in ${chosen}`], language);
    assert.equal(preview.recordLanguage, language.trim());
  }
  const german = await previewOf({ variants, defaultLanguage: "de" }, { values: { language: "fr" } });
  assert.equal(german.language, "de");
  const own = await previewOf({ variants, languageField: "sprache" }, { values: { sprache: "pt", language: "de" } });
  assert.equal(own.language, "pt");
  assert.equal((await previewOf({ variants }, { values: { language: "de" }, language: "pt-BR" })).language, "pt-BR");
});

test("a missing value refuses the record or takes a default, as the template says for its field", async () => {
  const text = "{{ first_name }} {{ plan }} {{ shop | default: 'us' }}{% if vip %}!{% endif %}";
  const content = smsDraft(text, { fields: [{ name: "first_name", missing: DEFAULT, defaultValue: "there" }] });
  const refused = await previewOf(content, { values: { first_name: "  ", shop: "" } });
  assert.equal(refused.refusal, "The record has no plan, and the template sends no message without.");
  assert.deepEqual(refused.missingValues, [
    { name: "first_name", action: DEFAULT, defaultValue: "there" },
    { name: "plan", action: REFUSE, defaultValue: "" },
  ]);
  const sent = await previewOf(content, { values: { plan: "gold" } });
  assert.deepEqual([sent.text, sent.refusal, sent.missingValues.length], ["there gold us", "", 1]);
  const lenient = await previewOf(smsDraft(text, { missingValues: DEFAULT }), { values: { first_name: "Ann" } });
  assert.equal(lenient.text, "Ann  us");
  const strict = smsDraft("{% if vip %}Hi VIP{% else %}Hi{% endif %}", { fields: [{ name: "vip", missing: REFUSE }] });
  assert.match((await previewOf(strict)).refusal, /no vip/, "a field that is named is needed wherever it is used");
  const filled = await previewOf(smsDraft(text), { fillExamples: true });
  assert.deepEqual([filled.text, filled.missingValues], ["Ann [plan] us!", []]);
});

test("values come from a record of the tenant alone, for those who may read lists", async (t) => {
  const db = at.database("lists");
  const contactListId = await makeList(db, tenant, [{ phone: "+12125550123" }]);
  const { rows } = await db
    .tenant(tenant.tenantId)
    .query<{ id: string }>("select id from lists.records where contact_list_id = $1", [contactListId]);
  const asked = {
    content: smsDraft("Hi {{ first_name }} {{ client_id }}"),
    channel: SMS,
    contactListId,
    recordId: rows[0]?.id ?? "",
  };
  assert.equal((await previewOf(asked.content, asked)).text, "Hi Ann1 C1");
  assert.equal((await previewOf(asked.content, { ...asked, values: { first_name: "Bob" } })).text, "Hi Bob C1");
  const blind = await userClient(t, at.addresses.dial, MessageTemplateServiceDefinition, {
    tenantId: tenant.tenantId,
    permissions: ["templates.read"],
  });
  await rejectsWith(blind.previewMessageTemplate(asked), status.PERMISSION_DENIED, "ERROR_REASON_PERMISSION_MISSING");
  const other = await templateOffice(t, at, ["lists.read"]);
  for (const call of [
    () => other.templates.previewMessageTemplate(asked),
    () => tenant.templates.previewMessageTemplate({ ...asked, recordId: newId() }),
  ])
    await rejectsWith(call(), status.FAILED_PRECONDITION, "ERROR_REASON_RECORD_NOT_FOUND");
});

test("a draft, a version and what somebody is writing are shown alike", async () => {
  const { id: messageTemplateId } = await tenant.make(smsDraft("one"));
  await tenant.publish(messageTemplateId);
  await tenant.templates.updateMessageTemplate({ messageTemplate: { id: messageTemplateId, draft: smsDraft("two") } });
  const shown = async (more: object) =>
    (await tenant.templates.previewMessageTemplate({ messageTemplateId, ...more })).preview?.text;
  assert.deepEqual(
    [await shown({}), await shown({ version: 1 }), await shown({ content: smsDraft("three") })],
    ["two", "one", "three"],
  );
  await rejectsWith(
    tenant.templates.previewMessageTemplate({ messageTemplateId, version: 7 }),
    status.NOT_FOUND,
    "ERROR_REASON_MESSAGE_TEMPLATE_VERSION_NOT_FOUND",
  );
  await rejectsWith(
    tenant.templates.previewMessageTemplate({}),
    status.INVALID_ARGUMENT,
    "ERROR_REASON_FIELDS_INVALID",
  );
  const { faults } = await emailPreview({
    variants: [
      { language: "en", subject: "Hi {{ name", text: "ok" },
      { language: "de", subject: "Hallo", text: "a\n {% foo %}" },
    ],
  });
  assert.deepEqual(
    faults.map(({ language, field, line, column }) => [language, field, line, column]),
    [
      ["en", "subject", 1, 4],
      ["de", "text", 2, 2],
    ],
  );
});

test("an SMS tells its alphabet, what forces it, its parts and their price", async () => {
  const priced = { pricePerPart: { amount: "0.0075", currency: "USD" } };
  const plain = await previewOf(smsDraft("Hola Jose\u0301, su cita es man\u0303ana\u00a0a las 9", priced));
  assert.equal(plain.text, "Hola José, su cita es mañana a las 9");
  assert.deepEqual(plain.sms, {
    alphabet: SmsAlphabet.SMS_ALPHABET_GSM,
    characterCount: 36,
    partCount: 1,
    unicodeCharacters: [],
    price: { amount: "0.0075", currency: "USD" },
  });
  const long = await previewOf(smsDraft(`${"x".repeat(160)}“hi” 👍`, priced));
  assert.deepEqual(
    [long.sms?.alphabet, long.sms?.partCount, long.sms?.unicodeCharacters, long.sms?.price?.amount],
    [SmsAlphabet.SMS_ALPHABET_UCS2, 3, ["“", "”", "👍"], "0.0225"],
  );
  const signs = await previewOf(smsDraft("“hi” – €", { plainSigns: true }));
  assert.deepEqual(
    [signs.text, signs.sms?.alphabet, signs.sms?.price],
    ['"hi" - €', SmsAlphabet.SMS_ALPHABET_GSM, undefined],
  );
  assert.match((await previewOf(smsDraft("{{ a }}"), { values: { a: "x".repeat(1_000) } })).text, /^x{1000}$/);
  assert.match(
    (await previewOf(smsDraft("{{ a }}{{ a }}"), { values: { a: "x".repeat(1_000) } })).refusal,
    /longer than 1530/,
  );
});

test("an email without text gets a plain part of its HTML, with paragraphs, lists and addresses", async () => {
  const html = `<html><head><title>T</title><style>p{}</style></head><body><h1>Hello {{ first_name }}</h1><p>One<br>two</p>
    <ul><li>a</li><li>b</li></ul><a href="https://example.com/x?a=1&amp;b=2">Open</a> <img src="https://x.example/i.png" alt="Logo"></body></html>`;
  const preview = await emailPreview(emailDraft({ html }), { values: { first_name: "<Ann>" } });
  assert.equal(preview.text, "Hello <Ann>\n\nOne\ntwo\n\n * a\n * b\n\nOpen [https://example.com/x?a=1&b=2]");
  assert.deepEqual([preview.email?.textFromHtml, preview.email?.htmlBytes], [true, Buffer.byteLength(preview.html)]);
  assert.equal((await emailPreview(emailDraft({ html, text: "own" }))).email?.textFromHtml, undefined, "no first name");
  const own = await emailPreview(emailDraft({ html: "<p>x</p>", text: "own" }));
  assert.deepEqual([own.text, own.email?.textFromHtml], ["own", false]);
});

test("an email is warned of what keeps people from reading it", async () => {
  const unsubscribe = '<a href="https://x.example/unsubscribe">Unsubscribe</a>';
  assert.deepEqual(await warningsOf({ html: `<p>Hi</p>${unsubscribe}` }), []);
  assert.deepEqual(await warningsOf({ html: "<p>Hi</p>" }), ["no_unsubscribe 1"]);
  assert.deepEqual(await warningsOf({ html: "<p>Hi</p>" }, { purpose: Purpose.PURPOSE_TRANSACTIONAL }), []);
  assert.deepEqual(
    await warningsOf({ html: `<img src="a"><img src="b" alt="">${unsubscribe.replace(">Unsubscribe<", "><")}` }),
    ["image_without_alt 1", "only_images 1"],
  );
  assert.deepEqual(await warningsOf({ html: `<p>é</p>${unsubscribe}${"é".repeat(53_000)}` }), ["html_too_large 1"]);
  assert.deepEqual(
    await warningsOf({
      html: `<p>x</p><a href="http://x.example">a</a><a href="">b</a><form></form><script>1</script>${unsubscribe}`,
    }),
    ["link_not_https 1", "link_empty 1", "form_or_script 2"],
  );
  assert.deepEqual(await warningsOf({ subject: "{{ nothing | default: '' }}", text: "Antworten Sie ABMELDEN" }), [
    "no_subject 1",
  ]);
});

test("hostile templates end in an answer, and other tenants are answered meanwhile", async (t) => {
  const other = await templateOffice(t, at);
  const attacks = [
    "{% for i in (1..100000000) %}x{% endfor %}",
    "{% for i in (1..10000) %}{% for j in (1..10000) %}{% endfor %}{% endfor %}x",
    `{% assign a = "x" %}{% for i in (1..60) %}{% capture a %}x{{ a }}{{ a }}{% endcapture %}{% endfor %}x`,
    `{{ "x" | append: "y" | split: "" | join: "" }}{% for i in (1..99999) %}01234567890123456789012345678901234567890123456789{% endfor %}`,
  ];
  const hostile = attacks.map((text) => previewOf(smsDraft(text)));
  const begun = performance.now();
  const { preview } = await other.templates.previewMessageTemplate({ content: smsDraft("Hi"), channel: SMS });
  assert.equal(preview?.text, "Hi");
  assert.ok(performance.now() - begun < 10_000);
  for (const { refusal, text } of await Promise.all(hostile)) {
    assert.equal(text, "");
    assert.match(refusal, /time|memory|too long|longer than/);
  }
  const peeks = ["{{ constructor }}", "{{ first_name.constructor.constructor }}", "{{ __proto__ }}", "{{ toString }}"];
  for (const text of peeks)
    assert.equal(
      (await previewOf(smsDraft(`a${text}`, { missingValues: DEFAULT }), { values: { first_name: "Ann" } })).text,
      "a",
    );
  const values = JSON.parse('{"__proto__": "x", "constructor": "y"}') as Record<string, string>;
  const odd = await previewOf(
    smsDraft("{{ constructor }}", { fields: [{ name: "__proto__", missing: DEFAULT, defaultValue: "z" }] }),
    { values },
  );
  assert.equal(odd.text, "y");
});

test("the link to unsubscribe has a value in every email, and counts as a way to unsubscribe", async () => {
  const html = '<p>Hi</p><a href="{{ unsubscribe_url }}">No more</a>';
  const preview = await emailPreview({ ...emailDraft({ html }), missingValues: REFUSE });
  assert.deepEqual([preview.refusal, preview.missingValues], ["", []]);
  assert.match(preview.html, /href="[^"]*\/u\/unsubscribe-example"/);
  assert.deepEqual(await warningsOf({ html }), []);
});
