import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { launch, until, type Lifeline } from "../../deploy/local/process.ts";
import { processInfo } from "../../deploy/local/process-info.ts";
import { scratchFolder } from "./folder.ts";

const processModule = new URL("../../deploy/local/process.ts", import.meta.url).href;
const lifelines: Lifeline[] = process.platform === "linux" ? ["pdeathsig", "watchdog"] : ["watchdog"];

for (const lifeline of lifelines) {
  test(`what we started ends when we are killed (${lifeline})`, async (t) => {
    const dir = scratchFolder(t);
    const code = `
      import { launch } from ${JSON.stringify(processModule)};
      await launch({ name: "child", command: process.execPath, args: ["-e", "console.log(process.pid); setInterval(() => {}, 1000)"],
        logFile: ${JSON.stringify(join(dir, "child.log"))} }, ${JSON.stringify(lifeline)});
      console.log("launched"); setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ["--input-type=module", "-e", code]);
    await once(parent.stdout, "data");
    const childPid = (): number => Number(readFileSync(join(dir, "child.log"), "utf8").trim());
    await until("the child did not start", async () => childPid() > 0, 10_000);
    const pid = childPid();
    assert.notEqual(processInfo(pid), null);
    parent.kill("SIGKILL");
    await until("the child outlived its parent", async () => processInfo(pid) === null, 10_000);
  });

  test(`stop ends it, and tells how it ended (${lifeline})`, async (t) => {
    const dir = scratchFolder(t);
    const script = `process.on("SIGINT", () => process.exit(5)); console.log("up"); setInterval(() => {}, 1000);`;
    const spec = {
      name: "child",
      command: process.execPath,
      args: ["-e", script],
      logFile: join(dir, "child.log"),
      stopSignal: "SIGINT" as const,
    };
    const child = await launch(spec, lifeline);
    await until("the child did not start", async () => readFileSync(spec.logFile, "utf8").includes("up"), 10_000);
    await child.stop();
    assert.deepEqual(await child.exited, { code: 5, signal: null });
  });
}

test("a program that does not exist is an error with its name, not a silent end", async (t) => {
  const spec = { name: "ghost", command: "/nowhere/ghost", args: [], logFile: join(scratchFolder(t), "ghost.log") };
  const child = await launch(spec);
  assert.notEqual((await child.exited).code, 0);
});
