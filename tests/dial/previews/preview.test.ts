import assert from "node:assert/strict";
import { test } from "node:test";
import { CampaignGroupServiceDefinition } from "../../../gen/herald/campaigns/v1/campaign_group_service.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { sizeOfSms } from "../../../svc/dial/previews/preview.ts";
import { smsText } from "../../../svc/dial/sms/sms-text.ts";
import { status } from "../../../svc/lib/errors/errors.ts";
import { wholeFile } from "../../lib/cleanup.ts";
import { newId, rejectsWith, userClient } from "../../lib/harness.ts";
import { boot, makeList, office } from "../boot.ts";

const { CHANNEL_SMS: SMS, CHANNEL_EMAIL: EMAIL, CHANNEL_VOICE: VOICE } = Channel;
const content = (more: object) => ({ from: "", subject: "", text: "", html: "", ...more });

test("CheckContent shows the message that one person would get, by the code that sends it", async (file) => {
  const at = await boot(wholeFile);
  const tenant = await office(file, at);
  const { groups } = tenant;
  const previewOf = async (more: object) => (await groups.checkContent(more)).preview;

  await file.test("filled with examples where no record is named, and escaped in HTML alone", async () => {
    const email = content({
      subject: "For {{ first_name }}",
      text: "{{ plan }}, {{ note }}",
      html: "<p>{{ note }}</p>",
    });
    assert.deepEqual(await previewOf({ channel: EMAIL, content: email, sampleValues: { note: "<b>" } }), {
      subject: "For Ann",
      text: "[plan], <b>",
      html: "<p>&lt;b&gt;</p>",
      fault: "",
      smsSize: undefined,
    });
  });

  await file.test("filled from a record, by those who may read lists", async (t) => {
    const contactListId = await makeList(at.database("lists"), tenant, [{ email: "ann@example.com" }]);
    const { rows } = await at
      .database("lists")
      .tenant(tenant.tenantId)
      .query<{ id: string }>("select id from lists.records where contact_list_id = $1", [contactListId]);
    const asked = {
      channel: SMS,
      content: content({ text: "Hi {{ first_name }}\u00a0– {{ client_id }}", plainSigns: true }),
      contactListId,
      recordId: rows[0]?.id ?? "",
    };
    await rejectsWith(groups.checkContent(asked), status.PERMISSION_DENIED, "ERROR_REASON_PERMISSION_MISSING");
    const reader = await userClient(t, at.addresses.campaigns, CampaignGroupServiceDefinition, {
      tenantId: tenant.tenantId,
      permissions: ["campaigns.read", "lists.read"],
    });
    const { preview } = await reader.checkContent(asked);
    assert.equal(preview?.text, "Hi Ann1 - C1");
    assert.deepEqual(preview?.smsSize, { characterCount: 12, partCount: 1, unicodeCharacters: [] });
    await rejectsWith(
      reader.checkContent({ ...asked, recordId: newId() }),
      status.FAILED_PRECONDITION,
      "ERROR_REASON_REFERENCE_NOT_FOUND",
    );
  });

  await file.test("or told what is wrong: where it does not parse, what fails, what is too long", async () => {
    const faultOf = async (channel: Channel, more: object) =>
      (await previewOf({ channel, content: content(more) }))?.fault;
    assert.match((await faultOf(EMAIL, { text: "Hi", html: "{{ a" })) ?? "", /^The html does not parse: .*line:1/);
    assert.match((await faultOf(SMS, { text: "x".repeat(1_600) })) ?? "", /longer than 1530 characters/);
    assert.match((await faultOf(SMS, { text: "{% for i in (1..90000000) %}x{% endfor %}" })) ?? "", /time or memory/);
  });

  await file.test("not for calls, and not without a channel", async () => {
    const { knownNames, preview } = await groups.checkContent({ content: content({ text: "Hi" }) });
    assert.ok(knownNames.includes("first_name") && preview === undefined);
    await rejectsWith(
      groups.checkContent({ channel: VOICE, content: content({ text: "Hi" }) }),
      status.INVALID_ARGUMENT,
      "ERROR_REASON_FIELDS_INVALID",
    );
  });

  await file.test("and while dial is away the rest is told all the same", async () => {
    await at.dial.stop();
    const { knownNames, preview } = await groups.checkContent({ channel: SMS, content: content({ text: "Hi" }) });
    assert.ok(knownNames.length > 0 && preview === undefined);
  });
});

test("an SMS is as long as its parts, and the characters are named that make it Unicode", () => {
  const cases: [text: string, parts: number, unicode: string[]][] = [
    ["a".repeat(160), 1, []],
    ["a".repeat(161), 2, []],
    ["€".repeat(80), 1, []],
    ["€".repeat(81), 2, []],
    ["ж".repeat(70), 1, ["ж"]],
    ["ж".repeat(71), 2, ["ж"]],
    ["😀".repeat(67), 3, ["😀"]],
    ["Hola Jose\u0301, su cita es man\u0303ana a las 9:00.\u00a0Responda STOP\u2009…", 1, ["…"]],
  ];
  for (const [written, partCount, unicodeCharacters] of cases) {
    const text = smsText(written, { plainSigns: false });
    assert.deepEqual(sizeOfSms(text), { characterCount: [...text].length, partCount, unicodeCharacters }, written);
  }
});
