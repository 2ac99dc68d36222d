import assert from "node:assert/strict";
import { test } from "node:test";
import { IdentityKind } from "../../../gen/herald/contacts/v1/contact.ts";
import { type KnownContact, type PersonDetails, resolve } from "../../../svc/contacts/contacts/resolve.ts";

const phone = (value: string) => ({ value, kind: IdentityKind.IDENTITY_KIND_PHONE });
const details = (clientId: string, values: string[] = [], firstName = "", lastName = ""): PersonDetails => ({
  clientId,
  values: values.map(phone),
  firstName,
  lastName,
});

/** Contacts as `id: { client, values, named }`. */
function known(contacts: Record<string, { client?: string; values?: string[]; named?: boolean }>) {
  const byClientId = new Map<string, KnownContact>();
  const byValue = new Map<string, KnownContact>();
  for (const [id, { client = "", values = [], named = false }] of Object.entries(contacts)) {
    const contact = { id, clientId: client, isNamed: named };
    if (client) byClientId.set(client, contact);
    for (const value of values) byValue.set(value, contact);
  }
  return { byClientId, byValue };
}

function ids() {
  let made = 0;
  return () => `new-${++made}`;
}

test("nobody known: one contact is made, and the next of the same details finds it", () => {
  const { contactIds, changes } = resolve(
    [details("c1", ["p1"]), details("", ["p1"]), details("c1", ["p2"])],
    known({}),
    ids(),
  );
  assert.deepEqual(contactIds, ["new-1", "new-1", "new-1"]);
  assert.equal(changes.made.length, 1);
  assert.deepEqual(
    changes.learned.map(({ value, contactId }) => [value, contactId]),
    [
      ["p1", "new-1"],
      ["p2", "new-1"],
    ],
  );
});

test("a client id wins over a number that belongs to somebody else, and leaves it there", () => {
  const people = known({ ada: { client: "c1" }, bob: { client: "c2", values: ["p1"] } });
  const { contactIds, changes } = resolve([details("c1", ["p1"])], people, ids());
  assert.deepEqual(contactIds, ["ada"]);
  assert.deepEqual(changes, { made: [], learned: [], adopted: [], named: [] });
});

test("a contact known by number alone takes on the client id that comes with it", () => {
  const { contactIds, changes } = resolve(
    [details("c1", ["p1"]), details("c1", ["p2"])],
    known({ ada: { values: ["p1"] } }),
    ids(),
  );
  assert.deepEqual(contactIds, ["ada", "ada"]);
  assert.deepEqual(changes.adopted, [{ contactId: "ada", clientId: "c1" }]);
  assert.deepEqual(
    changes.learned.map(({ value }) => value),
    ["p2"],
  );
});

test("a new client id on the number of another client is another person", () => {
  const { contactIds, changes } = resolve(
    [details("c2", ["p1"])],
    known({ ada: { client: "c1", values: ["p1"] } }),
    ids(),
  );
  assert.deepEqual(contactIds, ["new-1"]);
  assert.deepEqual(changes.learned, [], "the number stays with whom it was");
});

test("two clients of one batch who share a new number are two people", () => {
  const { contactIds, changes } = resolve(
    [details("c1", ["p1"]), details("c2", ["p1"]), details("", ["p1"])],
    known({}),
    ids(),
  );
  assert.deepEqual(contactIds, ["new-1", "new-2", "new-1"]);
  assert.equal(changes.learned.length, 1);
});

test("of a number and an address of two people, the first decides, and each keeps its own", () => {
  const people = known({ ada: { values: ["p1"] }, bob: { values: ["e1"] } });
  const { contactIds, changes } = resolve([details("", ["p1", "e1"]), details("", ["e1", "p1"])], people, ids());
  assert.deepEqual(contactIds, ["ada", "bob"]);
  assert.deepEqual(changes.learned, []);
});

test("names are kept when the contact has none, the first that comes, whole", () => {
  const people = known({ ada: { values: ["p1"] }, bob: { values: ["p2"], named: true } });
  const told = [details("", ["p1"], "Ada"), details("", ["p1"], "Eve", "Other"), details("", ["p2"], "Rob", "Other")];
  assert.deepEqual(resolve(told, people, ids()).changes.named, [{ contactId: "ada", firstName: "Ada", lastName: "" }]);
});

test("a contact made without a name gets the one that comes later in the batch", () => {
  const { changes } = resolve([details("c1"), details("c1", [], "Ada", "Lovelace")], known({}), ids());
  assert.deepEqual(changes.made, [{ id: "new-1", clientId: "c1", firstName: "", lastName: "" }]);
  assert.deepEqual(changes.named, [{ contactId: "new-1", firstName: "Ada", lastName: "Lovelace" }]);
});
