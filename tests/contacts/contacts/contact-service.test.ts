import assert from "node:assert/strict";
import { test } from "node:test";
import { IdentityKind } from "../../../gen/herald/contacts/v1/contact.ts";
import { bootIdentity } from "../../identity/identity.ts";
import { newId, rejectsWith, status } from "../../lib/harness.ts";
import { provesRowSecurity } from "../../lib/row-security.ts";
import { allPages, anAttempt, bootContacts, type ContactCalls } from "../contacts.ts";

test("IdentifyContact makes a contact once, and finds it by each of its details", async (t) => {
  const { person } = await bootContacts(t);
  const { contacts } = await person(newId());
  const details = {
    clientId: "C-1",
    phone: "+1 (202) 555-0123",
    email: "Ada@Example.COM",
    firstName: "Ada",
    lastName: "Lovelace",
  };
  const { contact, created } = await contacts.identifyContact(details);
  assert.equal(created, true);
  assert.equal(contact?.clientId, "C-1");
  assert.deepEqual(
    contact?.identities.map(({ value, kind }) => [value, kind]),
    [
      ["+12025550123", IdentityKind.IDENTITY_KIND_PHONE],
      ["ada@example.com", IdentityKind.IDENTITY_KIND_EMAIL],
    ],
  );
  for (const mark of [{ clientId: "C-1" }, { phone: "+12025550123" }, { email: "ADA@example.com" }]) {
    const again = await contacts.identifyContact(mark);
    assert.equal(again.contact?.id, contact?.id);
    assert.equal(again.created, false);
  }
  assert.deepEqual((await contacts.getContact({ contactId: contact?.id ?? "" })).contact, contact);
});

test("what becomes known later is added, and a name is never written over", async (t) => {
  const { person, clock } = await bootContacts(t);
  const { contacts } = await person(newId());
  const first = await contacts.identifyContact({ phone: "+12025550123" });
  clock.advance(60_000);
  const second = await contacts.identifyContact({ clientId: "C-1", phone: "+12025550123", firstName: "Ada" });
  const third = await contacts.identifyContact({
    clientId: "C-1",
    email: "ada@example.com",
    firstName: "Eve",
    lastName: "X",
  });
  assert.equal(second.contact?.id, first.contact?.id);
  assert.equal(third.contact?.id, first.contact?.id);
  assert.equal(third.contact?.firstName, "Ada");
  assert.equal(third.contact?.lastName, "");
  assert.equal(third.contact?.clientId, "C-1");
  assert.deepEqual(
    third.contact?.identities.map(({ value }) => value),
    ["+12025550123", "ada@example.com"],
  );
  assert.deepEqual(third.contact?.createTime, first.contact?.createTime);
  assert.deepEqual(third.contact?.updateTime, clock.now());
});

test("a hundred callers who identify the same new person at once make one contact", async (t) => {
  const { person } = await bootContacts(t);
  const { contacts } = await person(newId());
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, i) =>
      contacts.identifyContact({ phone: "+12025550123", email: `ada${i % 3}@example.com` }),
    ),
  );
  assert.equal(new Set(answers.map(({ contact }) => contact?.id)).size, 1);
  assert.equal(answers.filter(({ created }) => created).length, 1);
});

test("a number without country code is read by the region of the tenant", async (t) => {
  const identity = await bootIdentity(t);
  const { tenantId, slug, adminEmail } = await identity.newTenant();
  const { TenantServiceDefinition } = await import("../../../gen/herald/identity/v1/tenant_service.ts");
  const admin = identity.client(TenantServiceDefinition, await identity.signIn(slug, adminEmail));
  await admin.updateTenant({ tenant: { defaultRegion: "GB" }, updateMask: ["default_region"] });
  const { person } = await bootContacts(t, { HERALD_MESH_IDENTITY: identity.address });
  const { contacts, interactions } = await person(tenantId);
  const { contact } = await contacts.identifyContact({ phone: "020 7946 0123" });
  assert.equal(contact?.identities[0]?.value, "+442079460123");
  assert.equal((await contacts.searchContacts({ query: "(020) 7946-0123" })).contacts[0]?.id, contact?.id);
  assert.deepEqual((await interactions.searchInteractions({ contactInfo: "020 7946 0123" })).interactions, []);
});

test("while identity is away, numbers with a country code are read, and others are UNAVAILABLE", async (t) => {
  const { person } = await bootContacts(t, { HERALD_MESH_IDENTITY: "127.0.0.1:1" });
  const { contacts } = await person(newId());
  assert.equal((await contacts.identifyContact({ phone: "+12025550123" })).created, true);
  await rejectsWith(contacts.identifyContact({ phone: "202 555 0123" }), status.UNAVAILABLE);
});

test("IdentifyContact refuses a call without details, and details that cannot be read, naming each field", async (t) => {
  const { person } = await bootContacts(t);
  const { contacts } = await person(newId());
  const fieldsOf = async (details: object) =>
    (
      await rejectsWith(contacts.identifyContact(details), status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID")
    ).fields.map(({ field }) => field);
  assert.deepEqual(await fieldsOf({ firstName: "Ada" }), ["client_id"]);
  assert.deepEqual(await fieldsOf({ phone: "+1 12", email: "nobody" }), ["phone", "email"]);
  assert.deepEqual(await fieldsOf({ clientId: "x".repeat(400) }), ["client_id"]);
  assert.deepEqual((await contacts.searchContacts({})).contacts, [], "nothing half happened");
});

test("a contact that does not exist is NOT_FOUND, and so is another tenant's", async (t) => {
  const { person, recorder, env } = await bootContacts(t);
  const tenantId = newId();
  const { contacts } = await person(tenantId);
  const { contact } = await contacts.identifyContact({ clientId: "C-1", phone: "+12025550123", firstName: "Ada" });
  await recorder(tenantId).recordInteractions({ interactions: [{ interaction: anAttempt() }] });
  const stranger = (await person(newId())).contacts;
  for (const [who, contactId] of [
    [contacts, newId()],
    [stranger, contact?.id ?? ""],
  ] as const) {
    await rejectsWith(who.getContact({ contactId }), status.NOT_FOUND, "ERROR_REASON_CONTACT_NOT_FOUND");
    await rejectsWith(who.listContactHistory({ contactId }), status.NOT_FOUND, "ERROR_REASON_CONTACT_NOT_FOUND");
  }
  for (const query of ["", "C-1", "+12025550123", "ada"]) {
    assert.deepEqual((await stranger.searchContacts({ query })).contacts, []);
  }
  const { created } = await stranger.identifyContact({ clientId: "C-1", phone: "+12025550123" });
  assert.equal(created, true, "the same person is another contact of another tenant");
  await rejectsWith(contacts.getContact({ contactId: "12" }), status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
  const filled = ["contacts", "identities", "heard", "interactions"];
  await provesRowSecurity(env["DATABASE_URL"] ?? "", "contacts", tenantId, filled);
});

const PEOPLE = [
  { clientId: "C-1", phone: "+12025550101", firstName: "Ada", lastName: "Lovelace" },
  { clientId: "C-2", email: "zoe@example.com", firstName: "Zoë", lastName: "Adams" },
  { clientId: "C-10", phone: "+12025550103", firstName: "Ben", lastName: "Ångström" },
];

async function bootPeople(contacts: ContactCalls) {
  for (const who of PEOPLE) await contacts.identifyContact(who);
}

for (const [query, found] of Object.entries({
  "C-1": ["C-1"],
  "c-1": [],
  "+1 202-555-0103": ["C-10"],
  "ZOE@example.com": ["C-2"],
  ad: ["C-1", "C-2"],
  "ada lov": ["C-1"],
  "Lovelace  ADA": ["C-1"],
  zoe: ["C-2"],
  angs: ["C-10"],
  lace: [],
  "%": [],
})) {
  test(`SearchContacts finds ${found.join(" and ") || "nobody"} for "${query}"`, async (t) => {
    const { person } = await bootContacts(t);
    const { contacts } = await person(newId());
    await bootPeople(contacts);
    const answer = await contacts.searchContacts({ query });
    assert.deepEqual(answer.contacts.map(({ clientId }) => clientId).sort(), found);
  });
}

test("SearchContacts finds by an exact mark alone if it is asked to, however many names begin like it", async (t) => {
  const { person } = await bootContacts(t);
  const { contacts } = await person(newId());
  await contacts.identifyContact({ clientId: "anna", phone: "+12025550100" });
  for (let i = 1; i <= 25; i++)
    await contacts.identifyContact({
      clientId: `C-${i}`,
      email: `a${i}@example.com`,
      firstName: "Anna",
      lastName: "Bee",
    });
  const found = async (query: string) =>
    (await contacts.searchContacts({ query, exact: true, pageSize: 2 })).contacts.map(({ clientId }) => clientId);
  assert.deepEqual(await found("anna"), ["anna"]);
  assert.deepEqual(await found("anna bee"), []);
  assert.deepEqual(await found("A7@example.com"), ["C-7"]);
  assert.deepEqual(await found("+1 202-555-0100"), ["anna"]);
});

test("pages of contacts meet without gap or repeat, the one heard of last first", async (t) => {
  const { person, recorder, clock } = await bootContacts(t);
  const tenantId = newId();
  const { contacts } = await person(tenantId);
  for (let i = 0; i < 11; i++) {
    if (i % 3 === 0) clock.advance(1_000);
    await contacts.identifyContact({ clientId: `C-${i}`, firstName: "Ada", lastName: `${i}` });
  }
  const startTime = new Date(clock.now().getTime() + 60_000);
  const attempt = { interaction: anAttempt({ contactInfo: "", startTime }), clientId: "C-4" };
  await recorder(tenantId).recordInteractions({ interactions: [attempt] });
  for (const query of ["", "ada"]) {
    const pages = await allPages(async (pageToken) => {
      const page = await contacts.searchContacts({ query, pageSize: 4, pageToken });
      return { items: page.contacts, nextPageToken: page.nextPageToken };
    });
    const seen = pages.flat();
    assert.deepEqual(
      pages.map(({ length }) => length),
      [4, 4, 3],
    );
    assert.equal(new Set(seen.map(({ id }) => id)).size, 11);
    assert.equal(seen[0]?.clientId, "C-4");
    assert.deepEqual(seen[0]?.lastInteractionTime, startTime);
    assert.equal(seen[1]?.lastInteractionTime, undefined);
  }
  await rejectsWith(
    contacts.searchContacts({ pageToken: "x" }),
    status.INVALID_ARGUMENT,
    "ERROR_REASON_PAGE_TOKEN_INVALID",
  );
  await rejectsWith(contacts.searchContacts({ pageSize: -1 }), status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
});

test("history comes in pages that meet without gap or repeat, newest first, also when times are equal", async (t) => {
  const { person, recorder } = await bootContacts(t);
  const tenantId = newId();
  const { contacts } = await person(tenantId);
  const at = (i: number) => new Date(Date.UTC(2026, 2, 2, 15, Math.floor(i / 3)));
  const attempts = Array.from({ length: 11 }, (_, i) => ({ interaction: anAttempt({ startTime: at(i) }) }));
  const elsewhere = { interaction: anAttempt({ contactInfo: "+12025550199" }) };
  await recorder(tenantId).recordInteractions({ interactions: [...attempts, elsewhere] });
  const [contact] = (await contacts.searchContacts({ query: "+12025550123" })).contacts;
  const pages = await allPages(async (pageToken) => {
    const page = await contacts.listContactHistory({ contactId: contact?.id ?? "", pageSize: 4, pageToken });
    return { items: page.interactions, nextPageToken: page.nextPageToken };
  });
  const seen = pages.flat();
  assert.deepEqual(seen.map(({ id }) => id).sort(), attempts.map(({ interaction }) => interaction.id ?? "").sort());
  const times = seen.map(({ startTime }) => startTime?.getTime() ?? 0);
  assert.deepEqual(
    times,
    times.toSorted((a, b) => b - a),
  );
  assert.deepEqual(contact?.lastInteractionTime, at(10));
});
