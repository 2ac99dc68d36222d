import assert from "node:assert/strict";
import { test } from "node:test";
import { linkTokens } from "../../../svc/dial/unsubscribes/link-token.ts";
import { newId } from "../../lib/harness.ts";

const OLD = "an old key of more than thirty-two bytes";
const NEW = "a newer key of more than thirty-two bytes";
const facts = { tenantId: newId(), attemptId: newId(), programId: "", address: "ann@example.com" };

test("a token says what it was made of, and always the same for the same email", () => {
  const tokens = linkTokens([OLD]);
  const token = tokens.make(facts);
  assert.deepEqual(tokens.read(token), facts);
  assert.equal(tokens.make(facts), token);
  const ofProgram = { ...facts, programId: newId(), address: "jörg@bücher.example" };
  assert.deepEqual(tokens.read(tokens.make(ofProgram)), ofProgram);
});

test("a token shows neither address nor ids, and fits into a line of a header", () => {
  const token = linkTokens([OLD]).make({ ...facts, address: `${"a".repeat(64)}@${"b".repeat(185)}.com` });
  assert.match(token, /^[\w-]+$/);
  assert.ok(token.length < 600, `${token.length} characters`);
  const bytes = Buffer.from(linkTokens([OLD]).make(facts), "base64url").toString("latin1");
  assert.ok(!bytes.includes("ann"));
  assert.ok(!bytes.includes(Buffer.from(facts.tenantId.replaceAll("-", ""), "hex").toString("latin1")));
});

test("links of before work with a new key, as long as the old one is given; the new key makes the new ones", () => {
  const before = linkTokens([OLD]).make(facts);
  const rotated = linkTokens([NEW, OLD]);
  assert.deepEqual(rotated.read(before), facts);
  assert.notEqual(rotated.make(facts), before);
  assert.equal(linkTokens([NEW]).read(before), undefined);
  assert.equal(linkTokens([OLD]).read(rotated.make(facts)), undefined);
});

test("a token that was cut, changed anywhere, or made up is none", () => {
  const tokens = linkTokens([OLD]);
  const token = tokens.make(facts);
  for (let length = 0; length < token.length; length++) assert.equal(tokens.read(token.slice(0, length)), undefined);
  for (let at = 0; at < token.length; at++) {
    for (const sign of ["A", "_", "z"]) {
      const changed = token.slice(0, at) + sign + token.slice(at + 1);
      if (changed !== token) assert.equal(tokens.read(changed), undefined, `position ${at}`);
    }
  }
  for (const made of [
    "",
    "example",
    `${token}A`,
    `${token}=`,
    ` ${token}`,
    token.repeat(9),
    "ü".repeat(200),
    "../../etc",
  ])
    assert.equal(tokens.read(made), undefined, made.slice(0, 20));
});
