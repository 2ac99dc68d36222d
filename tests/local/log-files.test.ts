import assert from "node:assert/strict";
import { appendFileSync, closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { trimOnce } from "../../deploy/local/log-files.ts";
import { lastWords, logTail } from "../../deploy/local/log-tail.ts";
import { scratchFolder } from "./folder.ts";

test("a log that grew too long is moved aside, and its writer goes on at the beginning", (t) => {
  const dir = scratchFolder(t);
  const file = join(dir, "lists.log");
  const writer = openSync(file, "a");
  t.after(() => closeSync(writer));
  writeSync(writer, "x".repeat(2_000));
  trimOnce(dir, 1_000);
  writeSync(writer, "more");
  assert.equal(readFileSync(file, "utf8"), "more");
  assert.equal(statSync(`${file}.1`).size, 2_000);
  trimOnce(dir, 1_000);
  assert.equal(statSync(`${file}.1`).size, 2_000, "a short log stays where it is");
});

test("the end of a log is read without reading all of it", (t) => {
  const file = join(scratchFolder(t), "long.log");
  writeFileSync(file, `${"x".repeat(1_000_000)}\nlast but one\nlast\n`);
  assert.equal(logTail(file, 2), "last but one\nlast");
  assert.equal(logTail("/nowhere/at.log"), "");
});

test("last words skip the stack, and are the message of a JSON line", (t) => {
  const file = join(scratchFolder(t), "crash.log");
  writeFileSync(
    file,
    "Error: the port is taken\n    at listen (net.js:1:2)\n    at main (a.ts:3:4) {\n  }\n\nNode.js v26.10.0\n",
  );
  assert.equal(lastWords(file), "Error: the port is taken");
  appendFileSync(file, `${JSON.stringify({ level: 60, msg: "cannot start", err: { message: "no database" } })}\n`);
  assert.equal(lastWords(file), "cannot start: no database");
});
