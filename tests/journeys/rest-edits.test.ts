/** Everything that can be edited can be edited by REST: fields in the mask change, all others stay, and a stale etag is refused. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { methods } from "../../gen/methods.ts";
import type { ApiError } from "../../gen/rest.ts";
import { bootPlatform } from "../lib/platform.ts";

type Resource = Record<string, unknown> & { id: string; etag: string };

interface Editable {
  /** The path of the collection, and the name of the resource in a body. */
  collection: string;
  wrapper: string;
  /** The body that creates one. */
  create: Record<string, unknown>;
  /** The fields in the mask, with new values. */
  change: Record<string, unknown>;
  /** Fields that are also sent, but are not in the mask. */
  beside: Record<string, unknown>;
}

const editables = (listId: string, suppressionListId: string, roleId: string): Editable[] => [
  {
    collection: "campaign-groups",
    wrapper: "campaignGroup",
    create: {
      name: "Spring",
      description: "As it was",
      channel: "CHANNEL_SMS",
      contactListIds: [listId],
      suppressionListIds: [suppressionListId],
      messagesPerMinute: 30,
      content: { text: "Hello" },
    },
    change: { name: "Summer", messagesPerMinute: 0, content: { text: "Good bye", subject: "", html: "", from: "" } },
    beside: { description: "", suppressionListIds: [] },
  },
  {
    collection: "contact-lists",
    wrapper: "contactList",
    create: { name: "Members", description: "As it was", defaultRegion: "DE" },
    change: { description: "Since May" },
    beside: { name: "", defaultRegion: "US" },
  },
  {
    collection: "providers",
    wrapper: "provider",
    create: {
      name: "Mail",
      description: "As it was",
      defaultSender: "news@own.example",
      smtp: { host: "127.0.0.1", user: "me", password: "sesame", connections: 3 },
    },
    change: {
      name: "Post",
      smtp: {
        ...{ host: "127.0.0.1", port: 0, tls: "SMTP_TLS_REQUIRED", user: "you", password: "" },
        ...{ connections: 5, noPipelining: false, envelopeSender: "" },
      },
    },
    beside: { description: "", defaultSender: "" },
  },
  {
    collection: "suppression-lists",
    wrapper: "suppressionList",
    create: { name: "Regulator", description: "As it was", kind: "SUPPRESSION_KIND_DEVICE", channels: ["CHANNEL_SMS"] },
    change: { required: true, channels: ["CHANNEL_VOICE", "CHANNEL_SMS"] },
    beside: { name: "Nobody's", description: "" },
  },
  {
    collection: "compliance-rules",
    wrapper: "rule",
    create: {
      name: "Rarely",
      description: "As it was",
      channels: ["CHANNEL_EMAIL"],
      attemptCap: { limit: 3, periodSeconds: "86400" },
    },
    change: {
      attemptCap: {
        limit: 2,
        periodSeconds: "172800",
        subject: "CAP_SUBJECT_DEVICE",
        scope: "CAP_SCOPE_TENANT",
        places: ["US"],
      },
      required: true,
    },
    beside: { name: "Often", channels: [] },
  },
  {
    collection: "message-templates",
    wrapper: "messageTemplate",
    create: {
      name: "Welcome",
      description: "As it was",
      channel: "CHANNEL_SMS",
      draft: { variants: [{ text: "Hello {{ first_name }}" }] },
    },
    change: {
      draft: {
        variants: [{ language: "en", subject: "", text: "Hi", html: "" }],
        defaultLanguage: "en",
        languageField: "",
        missingValues: "MISSING_VALUE_ACTION_DEFAULT",
        fields: [{ name: "plan", missing: "MISSING_VALUE_ACTION_DEFAULT", defaultValue: "none" }],
        plainSigns: true,
        pricePerPart: { amount: "0.01", currency: "EUR" },
        purpose: "PURPOSE_TRANSACTIONAL",
      },
    },
    beside: { name: "Good bye", description: "" },
  },
  {
    collection: "programs",
    wrapper: "program",
    create: { name: "Offers", language: "en", contactWords: "call 212 555 0100" },
    change: { contactWords: "write to us" },
    beside: { name: "", language: "de" },
  },
  {
    collection: "keywords",
    wrapper: "keyword",
    create: { kind: "KEYWORD_KIND_OWN", language: "en", words: ["hours"], answer: "Nine to five" },
    change: { words: ["hours", "open"], answer: "Ten to six" },
    beside: { language: "", silent: true },
  },
  {
    collection: "users",
    wrapper: "user",
    create: { email: "ada@example.com", displayName: "Ada", roleIds: [roleId] },
    change: { displayName: "Ada L." },
    beside: { disabled: true, roleIds: [] },
  },
  {
    collection: "roles",
    wrapper: "role",
    create: { name: "Reader", description: "As it was", permissions: ["lists.read"] },
    change: { permissions: ["campaigns.read", "lists.read"] },
    beside: { name: "Writer", description: "" },
  },
];

test("an edit by REST changes what its mask names and nothing else", async (t) => {
  const { platform, token } = await bootPlatform(t);
  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${platform.edgeUrl}/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
  };
  const make = async (collection: string, wrapper: string, resource: object): Promise<Resource> => {
    const extra = collection === "users" ? { password: "a long enough password" } : {};
    const { status, answer } = await call("POST", collection, {
      [wrapper]: resource,
      requestId: randomUUID(),
      ...extra,
    });
    assert.equal(status, 200, JSON.stringify(answer));
    return answer[wrapper] as Resource;
  };
  const list = await make("contact-lists", "contactList", { name: "People" });
  const suppression = await make("suppression-lists", "suppressionList", { name: "Never" });
  const role = await make("roles", "role", { name: "Anybody", permissions: ["lists.read"] });
  const kinds = editables(list.id, suppression.id, role.id);

  await t.test("every update of the contract is among them", () => {
    const paths = Object.entries(methods).flatMap(([name, { http }]) =>
      /\/Update/.test(name) && http ? [http.path] : [],
    );
    const single = ["/v1/tenant", "/v1/attempt-policy", "/v1/opt-out-policy"];
    const walked = [...kinds.map(({ collection }) => `/v1/${collection}/`), ...single];
    assert.deepEqual(
      paths.filter((path) => !walked.some((start) => path.startsWith(start))),
      [],
    );
    assert.equal(paths.length, walked.length);
  });

  for (const { collection, wrapper, create, change, beside } of kinds) {
    await t.test(`${collection}: with a mask, without one, and with an etag that is too old`, async () => {
      const made = await make(collection, wrapper, create);
      const path = `${collection}/${made.id}`;
      const sent = { ...beside, ...change, etag: made.etag };
      const updateMask = Object.keys(change).join(",");
      const edited = await call("PATCH", path, { [wrapper]: sent, updateMask });
      assert.equal(edited.status, 200, JSON.stringify(edited.answer));
      const read = (await call("GET", path)).answer[wrapper] as Resource;
      assert.deepEqual(read, { ...made, ...change, ...changedByWriting(read) });
      assert.notEqual(read.etag, made.etag);
      assert.deepEqual(edited.answer[wrapper], read);

      const stale = await call("PATCH", path, { [wrapper]: { ...create, etag: made.etag }, updateMask });
      assert.equal(stale.status, 409, JSON.stringify(stale.answer));
      // The helper gives every response the type of the resource; this one is an error.
      assert.equal((stale.answer as unknown as ApiError).code, 10);

      // The resource that was read may be sent back as a whole, including its id; this changes nothing.
      const whole = await call("PATCH", path, { [wrapper]: read });
      assert.equal(whole.status, 200, JSON.stringify(whole.answer));
      const after = whole.answer[wrapper] as Resource;
      assert.deepEqual(after, { ...read, ...changedByWriting(after) });

      const another = await call("PATCH", path, { [wrapper]: { ...after, id: randomUUID() }, updateMask });
      assert.equal(another.status, 400, JSON.stringify(another.answer));
    });
  }

  await t.test("tenant: with a mask, and with an etag that is too old", async () => {
    const before = (await call("GET", "tenant")).answer["tenant"] as Resource;
    const sent = { displayName: "Another name", locale: "", etag: before.etag };
    const edited = await call("PATCH", "tenant", { tenant: sent, updateMask: "display_name" });
    const after = edited.answer["tenant"] as Resource;
    assert.deepEqual(after, { ...before, displayName: "Another name", ...changedByWriting(after) });
    assert.equal((await call("PATCH", "tenant", { tenant: sent, updateMask: "displayName" })).status, 409);
  });

  await t.test("opt-out-policy: with a mask, and with an etag that is too old", async () => {
    const before = (await call("GET", "opt-out-policy")).answer["optOutPolicy"] as Resource;
    const sent = { scope: "OPT_OUT_SCOPE_CHANNEL", etag: before.etag };
    const edited = await call("PATCH", "opt-out-policy", { optOutPolicy: sent, updateMask: "scope" });
    assert.equal((edited.answer["optOutPolicy"] as Resource)["scope"], sent.scope, JSON.stringify(edited.answer));
    assert.equal((await call("PATCH", "opt-out-policy", { optOutPolicy: sent })).status, 409);
  });
});

/** The fields that every write changes. */
const changedByWriting = ({ etag, updateTime }: Resource) => ({
  etag,
  ...(updateTime !== undefined && { updateTime }),
});
