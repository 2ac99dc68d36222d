/** Message templates through REST, as an integrator uses them. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import type {
  CreateMessageTemplateResponse,
  ListMessageTemplatesResponse,
  ListMessageTemplateVersionsResponse,
  PreviewMessageTemplateResponse,
  PublishMessageTemplateResponse,
  SendTestMessagesResponse,
} from "../../gen/rest.ts";
import { bootPlatform, otherTenant } from "../lib/platform.ts";

/** What the calls of this test answer. */
type Answer = Partial<
  CreateMessageTemplateResponse &
    PublishMessageTemplateResponse &
    PreviewMessageTemplateResponse &
    ListMessageTemplatesResponse &
    ListMessageTemplateVersionsResponse &
    SendTestMessagesResponse
>;

test("message templates by REST", async (t) => {
  const { platform, token } = await bootPlatform(t);
  const caller = (bearer: string) => async (method: string, path: string, body?: object | string) => {
    const response = await fetch(`${platform.edgeUrl}/v1/message-templates${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    return { status: response.status, answer: (await response.json()) as Answer };
  };
  const call = caller(token);
  const draft = {
    variants: [
      { language: "en", subject: "Hi {{ first_name }}", html: "<p>Hello 👋 {{ first_name }}</p>" },
      { language: "he", subject: "שלום {{ first_name }}", html: '<p dir="rtl">שלום {{ first_name }}</p>' },
    ],
  };
  const made = await call("POST", "", {
    messageTemplate: { name: "Welcome", channel: "CHANNEL_EMAIL", draft },
    requestId: randomUUID(),
  });
  assert.equal(made.status, 200, JSON.stringify(made.answer));
  const { id = "", etag = "" } = made.answer.messageTemplate ?? {};

  await t.test("are published, shown, listed, restored and deleted", async () => {
    const published = await call("POST", `/${id}:publish`, { etag, note: "first" });
    assert.equal(published.answer.version?.version, 1);
    const { preview } = (
      await call("POST", ":preview", {
        messageTemplateId: id,
        version: 1,
        values: { first_name: "Ann", language: "he" },
      })
    ).answer;
    assert.deepEqual([preview?.subject, preview?.language, preview?.text], ["שלום Ann", "he", "שלום Ann"]);
    const listed = await call("GET", "?query=welc&state=MESSAGE_TEMPLATE_STATE_PUBLISHED&channel=CHANNEL_EMAIL");
    assert.deepEqual(
      listed.answer.messageTemplates?.map((one) => one.id),
      [id],
    );
    assert.equal((await call("GET", `/${id}/versions`)).answer.versions?.length, 1);
    assert.equal(
      (await call("GET", `/${id}/versions/1`)).answer.version?.content?.variants?.[1]?.subject,
      draft.variants[1]?.subject,
    );
    assert.equal((await call("POST", `/${id}:restore`, { version: 1 })).status, 200);
    const clone = await call("POST", `/${id}:clone`, { name: "Copy" });
    assert.equal((await call("DELETE", `/${clone.answer.messageTemplate?.id}`)).status, 200);
    const tested = await call("POST", `/${id}:sendTest`, { version: 1, contactInfos: ["me@example.com"] });
    assert.equal(tested.answer.testMessages?.[0]?.contactInfo, "me@example.com", JSON.stringify(tested.answer));
  });

  await t.test("tell a mistake with its line and column, and a stale etag", async () => {
    const faulty = { ...draft, variants: [{ subject: "x", html: "<p>\n{{ a | nonesuch }}" }] };
    const refused = await call("PATCH", `/${id}`, { messageTemplate: { draft: faulty }, updateMask: "draft" });
    assert.equal(refused.status, 400);
    assert.match(
      JSON.stringify(refused.answer),
      /message_template\.draft\.variants\[0\]\.html.*line 2, column 1: undefined filter: nonesuch/,
    );
    assert.equal(
      (await call("PATCH", `/${id}`, { messageTemplate: { draft, etag: "v0" }, updateMask: "draft" })).status,
      409,
    );
    const misspelt = await call("POST", "", {
      messageTemplate: { name: "M", channel: "CHANNEL_SMS", draft: { varients: [] } },
    });
    assert.match(JSON.stringify(misspelt.answer), /varients.*variants/);
  });

  await t.test("take large bodies, and refuse those that are too large or not UTF-8", async () => {
    const large = (characters: number) =>
      call("PATCH", `/${id}`, {
        messageTemplate: {
          draft: {
            variants: [
              { language: "en", subject: "x", html: "x".repeat(characters) },
              { language: "de", subject: "x", html: "x".repeat(characters) },
            ],
          },
        },
        updateMask: "draft",
      });
    assert.equal((await large(490_000)).status, 200);
    const tooLarge = await large(600_000);
    assert.equal(tooLarge.status, 413, JSON.stringify(tooLarge.answer));
    const response = await fetch(`${platform.edgeUrl}/v1/message-templates`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: Buffer.from(
        `{"messageTemplate":{"name":"M\xfcller","channel":"CHANNEL_SMS","draft":{"variants":[{"text":"Gr\xfc\xdfe"}]}}}`,
        "latin1",
      ),
    });
    assert.equal(response.status, 400);
  });

  await t.test("are not there for another tenant", async () => {
    const stranger = caller(await otherTenant(platform));
    assert.equal((await stranger("GET", `/${id}`)).status, 404);
    assert.equal((await stranger("POST", ":preview", { messageTemplateId: id })).status, 404);
    assert.deepEqual((await stranger("GET", "")).answer.messageTemplates, []);
  });
});
