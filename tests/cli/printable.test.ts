import assert from "node:assert/strict";
import { test } from "node:test";
import { facts, table } from "../../cli/output.ts";
import { printable } from "../../cli/printable.ts";

const STEERING = ["\x1b[2J", "\x9b31m", "\r", "\b", "\0", "\x7f", "\u2028", "\u202e", "\u2066", "\u200f", "\u061c"];

test("a value that would steer the terminal is shown with its characters escaped, in tables and facts", () => {
  for (const steering of STEERING) {
    for (const shown of [table(["name"], [[`Ada${steering}Byron`]], ""), facts([["name", `Ada${steering}Byron`]])])
      assert.match(shown, /Ada\\u[0-9a-f]{4}.*Byron$/, JSON.stringify(steering));
  }
});

test("a value cannot make a line of its own", () => {
  assert.equal(table(["name"], [["Ada\nBen  admin"]], "").split("\n").length, 2);
  assert.equal(facts([["name", "Ada\nrole  admin"]]).split("\n").length, 1);
});

test("what people write in their languages stays as it is", () => {
  for (const text of ["Zoë Ångström", "محمد", "अनिल", "👩‍👩‍👧", "line one\nline two"]) assert.equal(printable(text), text);
});

test("JSON says the same when it is made safe to show", () => {
  const value = Object.fromEntries(STEERING.map((text, i) => [`field ${i}`, `x${text}y`]));
  const shown = printable(JSON.stringify(value, null, 2));
  assert.deepEqual(JSON.parse(shown), value);
  assert.doesNotMatch(shown, /(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
});
