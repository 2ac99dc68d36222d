import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { until } from "../../deploy/local/process.ts";
import { restartDelayMs, Supervisor, type Unit } from "../../deploy/local/supervisor.ts";
import { scratchFolder } from "./folder.ts";

const quick = { firstMs: 10, mostMs: 40, healthyMs: 60_000 };

/** A unit that runs a script of Node's and is ready once `<dir>/ready` exists. */
const scriptUnit = (dir: string, script: string): Unit => ({
  name: "script",
  spec: () => ({
    name: "script",
    command: process.execPath,
    args: ["-e", script],
    cwd: dir,
    logFile: join(dir, "script.log"),
  }),
  isReady: async () => existsSync(join(dir, "ready")),
});

const staysReady = `require("fs").writeFileSync("ready", ""); process.stdin.resume(); setInterval(() => {}, 1000);`;

test("waits between starts double, up to a limit", () => {
  const backoff = { firstMs: 100, mostMs: 1_000, healthyMs: 1 };
  assert.deepEqual(
    [1, 2, 3, 4, 5, 50].map((ends) => restartDelayMs(ends, backoff)),
    [100, 200, 400, 800, 1_000, 1_000],
  );
});

test("a unit that is killed is started again, and the words say why", async (t) => {
  const dir = scratchFolder(t);
  const said: string[] = [];
  const supervisor = new Supervisor((words) => said.push(words), quick);
  t.after(() => supervisor.stop([["script"]]));
  await supervisor.start(scriptUnit(dir, staysReady), 10_000);
  const before = supervisor.state("script").pid;
  supervisor.kill("script", "SIGKILL");
  await until("it was not started again", async () => supervisor.state("script").restarts === 1, 10_000);
  await until("it has no process", async () => supervisor.state("script").pid !== null, 10_000);
  assert.notEqual(supervisor.state("script").pid, before);
  assert.match(said.join("\n"), /script ended by SIGKILL after .*; starting it again in/);
});

test("a unit that ends by itself is reported with its code and its last words", async (t) => {
  const dir = scratchFolder(t);
  const said: string[] = [];
  const supervisor = new Supervisor((words) => said.push(words), quick);
  t.after(() => supervisor.stop([["script"]]));
  const script = `console.error("DATABASE_URL is missing"); process.exit(7);`;
  await assert.rejects(
    supervisor.start(scriptUnit(dir, script), 20_000),
    /ended 3 times in a row.*DATABASE_URL is missing/s,
  );
  assert.match(said[0] ?? "", /ended with code 7 .*\(DATABASE_URL is missing\)/);
});

test("a unit that never becomes ready fails the start with what its log ends with", async (t) => {
  const dir = scratchFolder(t);
  const supervisor = new Supervisor(() => {}, quick);
  t.after(() => supervisor.stop([["script"]]));
  const script = `console.log("waiting for a database"); setInterval(() => {}, 1000);`;
  await assert.rejects(
    supervisor.start(scriptUnit(dir, script), 500),
    /was not ready within 0.5 s.*waiting for a database/s,
  );
});

test("stop ends a unit in order and does not start it again", async (t) => {
  const dir = scratchFolder(t);
  const supervisor = new Supervisor(() => {}, quick);
  const script = `process.on("SIGTERM", () => { require("fs").writeFileSync("drained", ""); process.exit(0); }); ${staysReady}`;
  await supervisor.start(scriptUnit(dir, script), 10_000);
  const pid = supervisor.state("script").pid ?? 0;
  await supervisor.stop([["script"]]);
  assert.ok(existsSync(join(dir, "drained")));
  assert.throws(() => process.kill(pid, 0), /ESRCH/);
  assert.deepEqual(supervisor.state("script"), { pid: null, restarts: 0 });
  await assert.rejects(supervisor.start(scriptUnit(dir, staysReady), 1_000), /everything is stopping/);
});

test("a unit that ignores the signal is killed after its time", async (t) => {
  const dir = scratchFolder(t);
  const supervisor = new Supervisor(() => {}, quick);
  const unit = scriptUnit(dir, `process.on("SIGTERM", () => {}); ${staysReady}`);
  await supervisor.start({ ...unit, spec: () => ({ ...unit.spec(), stopMs: 200 }) }, 10_000);
  await supervisor.stop([["script"]]);
  assert.equal(supervisor.state("script").pid, null);
});
