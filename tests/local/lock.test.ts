import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { AlreadyRunningError, runningPlatform, takeLock, waitForEnding } from "../../deploy/local/lock.ts";
import { scratchFolder } from "./folder.ts";

const edge = "http://localhost:8080";

test("a data folder has one platform at a time, and the second start says where the first is", (t) => {
  const dir = scratchFolder(t);
  const lock = takeLock(dir, edge, { lists: "127.0.0.1:1" });
  assert.throws(
    () => takeLock(dir, edge, {}),
    (error) =>
      error instanceof AlreadyRunningError && error.message.includes(edge) && error.message.includes(`${process.pid}`),
  );
  assert.equal(runningPlatform(dir)?.addresses.lists, "127.0.0.1:1");
  lock.release();
  assert.equal(runningPlatform(dir), null);
  takeLock(dir, edge, {}).release();
});

test("a start waits for an earlier run that is on its way out", async (t) => {
  const dir = scratchFolder(t);
  const said: string[] = [];
  const lock = takeLock(dir, edge, {});
  await waitForEnding(dir, (line) => said.push(line));
  assert.equal(said.length, 0, "one that goes on is nothing to wait for");
  lock.stopping();
  const waiting = waitForEnding(dir, (line) => said.push(line));
  lock.release();
  await waiting;
  assert.equal(said.length, 1);
  takeLock(dir, edge, {}).release();
});

test("the lock of a killed platform does not stand in the way", async (t) => {
  const dir = scratchFolder(t);
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  writeFileSync(
    join(dir, "platform.json"),
    JSON.stringify({ pid: child.pid, processStart: "1", edgeUrl: edge, addresses: {} }),
  );
  assert.equal(runningPlatform(dir), null);
  takeLock(dir, edge, {}).release();
});

test("a pid that belongs to another program by now is not taken for the platform", (t) => {
  const dir = scratchFolder(t);
  writeFileSync(
    join(dir, "platform.json"),
    JSON.stringify({ pid: process.pid, processStart: "long ago", edgeUrl: edge, addresses: {} }),
  );
  takeLock(dir, edge, {}).release();
});

test("of many that start at once on a dead platform's folder exactly one gets it", async (t) => {
  const dir = scratchFolder(t);
  writeFileSync(join(dir, "platform.json"), "{");
  const code = `
    import { takeLock } from ${JSON.stringify(new URL("../../deploy/local/lock.ts", import.meta.url).href)};
    try { takeLock(process.argv[1], "x", {}); console.log("got it"); process.stdin.resume(); } catch { console.log("refused"); }`;
  const starters = Array.from({ length: 6 }, () => spawn(process.execPath, ["--input-type=module", "-e", code, dir]));
  t.after(() => starters.forEach((starter) => starter.kill("SIGKILL")));
  const answers = await Promise.all(
    starters.map(async (starter) => String((await once(starter.stdout, "data"))[0]).trim()),
  );
  assert.deepEqual(answers.sort(), ["got it", ...Array.from({ length: 5 }, () => "refused")]);
});
