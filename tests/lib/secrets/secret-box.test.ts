/** Sealed secrets: they open in their place alone, with any of the keys, and only as they were sealed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readSecretBox, SecretBox, SecretUnreadableError } from "../../../svc/lib/secrets/secret-box.ts";
import { type ConfigError, readSettings } from "../../../svc/lib/service/config.ts";

const [FIRST, SECOND] = ["a".repeat(32), "b".repeat(40)];
const PLACE = { table: "dial.provider_secrets", tenantId: "t1", rowId: "r1", field: "smtp.password" };

test("a secret opens in its own place, and nowhere else", () => {
  const box = new SecretBox([FIRST]);
  const sealed = box.seal("pässword", PLACE);
  assert.equal(box.open(sealed, PLACE), "pässword");
  assert.ok(!sealed.sealed.includes("word"));
  for (const other of [
    { ...PLACE, tenantId: "t2" },
    { ...PLACE, rowId: "r2" },
    { ...PLACE, field: "smpp.password" },
    { ...PLACE, table: "dial.keys" },
  ])
    assert.throws(() => box.open(sealed, other), SecretUnreadableError);
});

test("no two seals of one secret are alike, and none opens after a change", () => {
  const box = new SecretBox([FIRST]);
  const [one, other] = [box.seal("", PLACE), box.seal("", PLACE)];
  assert.notDeepEqual(one.sealed, other.sealed);
  assert.equal(box.open(one, PLACE), "");
  for (let i = 0; i < one.sealed.length; i++) {
    const sealed = Buffer.from(one.sealed);
    sealed[i] = (sealed[i] ?? 0) ^ 1;
    assert.throws(() => box.open({ ...one, sealed }, PLACE), SecretUnreadableError);
  }
  for (const length of [0, 5, 27])
    assert.throws(() => box.open({ ...one, sealed: one.sealed.subarray(0, length) }, PLACE), SecretUnreadableError);
});

test("the first key seals, the others open what they have sealed", () => {
  const before = new SecretBox([FIRST]);
  const rotating = new SecretBox([SECOND, FIRST]);
  const after = new SecretBox([SECOND]);
  const old = before.seal("x", PLACE);
  assert.equal(rotating.open(old, PLACE), "x");
  const renewed = rotating.seal("x", PLACE);
  assert.equal(renewed.keyId, after.keyId);
  assert.notEqual(renewed.keyId, old.keyId);
  assert.equal(after.open(renewed, PLACE), "x");
  assert.throws(() => after.open(old, PLACE), SecretUnreadableError);
});

test("keys come from a setting that is never quoted", () => {
  const read = (text: string) => readSettings((env) => readSecretBox(env, "X_KEY"), { X_KEY: text });
  assert.equal(read(""), undefined);
  assert.equal(read(`${SECOND}, ${FIRST}`)?.keyId, new SecretBox([SECOND]).keyId);
  for (const wrong of ["short", `${FIRST},short`, `${FIRST},`])
    assert.throws(
      () => read(wrong),
      (error: ConfigError) => /X_KEY.*at least 32 bytes/.test(error.message) && !error.message.includes("aaa"),
    );
});
