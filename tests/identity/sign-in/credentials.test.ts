import assert from "node:assert/strict";
import { test } from "node:test";
import {
  accountHash,
  API_KEY_SECRET,
  makeSecret,
  newSessionId,
  readSecret,
  REFRESH_TOKEN,
  sameHash,
  secretHash,
} from "../../../svc/identity/sign-in/credentials.ts";
import { emailKey } from "../../../svc/identity/users/emails.ts";
import { newId } from "../../lib/harness.ts";

test("a secret says whose it is, and two of the same owner differ", () => {
  const owner = { tenantId: newId(), id: newSessionId() };
  const secret = makeSecret(REFRESH_TOKEN, owner);
  assert.deepEqual(readSecret(REFRESH_TOKEN, secret), owner);
  assert.notEqual(makeSecret(REFRESH_TOKEN, owner), secret);
});

test("a secret of one kind is none of the other, and what we never made is none at all", () => {
  const secret = makeSecret(API_KEY_SECRET, { tenantId: newId(), id: newId() });
  assert.equal(readSecret(REFRESH_TOKEN, secret), undefined);
  for (const strange of ["", "hk_", secret.slice(0, -1), `${secret}A`, secret.replace("_", "-"), "hk_<script>"]) {
    assert.equal(readSecret(API_KEY_SECRET, strange), undefined, strange);
  }
});

test("hashes tell secrets apart, and accounts without regard to the case of the email", () => {
  assert.ok(sameHash(secretHash("a"), secretHash("a")));
  assert.ok(!sameHash(secretHash("a"), secretHash("b")));
  assert.ok(!sameHash(secretHash("a"), Buffer.alloc(3)));
  assert.deepEqual(accountHash("acme", "Ada@Example.com"), accountHash("acme", "ada@example.com"));
  assert.notDeepEqual(accountHash("acme", "a"), accountHash("acm", "ea"));
});

test("an account has one way of writing its email only, whatever a database makes of strange letters", () => {
  assert.equal(emailKey(" Ada@Example.COM "), "ada@example.com");
  assert.equal(emailKey("e\u0301@x.example"), emailKey("\u00e9@x.example"));
  // Postgres folds a Turkish dotted I to a plain i; here it stays another letter, so that it is another account.
  assert.notEqual(emailKey("adm\u0130n@x.example"), emailKey("admin@x.example"));
});
