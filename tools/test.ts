// `npm test`: sets up all that the tests need, runs them in parallel and clears up. `npm test -- tests/lists` runs a part.
import { spawn } from "node:child_process";
import { existsSync, globSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { compileCacheDir } from "../deploy/local/paths.ts";
import { startTestServers } from "../deploy/local/test-servers.ts";
import { ensureTools } from "../deploy/local/tools.ts";
import { buildUi } from "../deploy/local/ui-build.ts";
import { ensureChromium } from "./chromium.ts";
import { root } from "./run.ts";

// Tests wait for databases and timers about as long as they compute.
const atOnce = Math.min(6, availableParallelism() + 1);
const longestTestMs = 240_000;
// What a person has set for `npm start` must not lead the tests to that platform.
const notForTests = /^(DATABASE_URL|REDIS_URL|PORT|METRICS_PORT|HERALD_.*|LOG_LEVEL|IDENTITY_.*|DIAL_.*|SIM_.*)$/;

const say = (words: string): void => console.log(`# ${words}`);

const files = testFiles(process.argv.slice(2));
if (files.length === 0) {
  console.error(`There is no test in ${process.argv.slice(2).join(", ") || "tests/"}.`);
  process.exit(2);
}
const needsUi = files.some((file) => /^tests\/(ui|journeys|faults|gateway|demo)\//.test(file));
const needsChromium = files.some((file) => file.startsWith("tests/ui/"));

await ensureTools(["envoy", "redis"], say);
if (needsUi && existsSync(join(root, "ui", "index.html"))) await buildUi(say);
const chromium = needsChromium ? await ensureChromium(say) : null;
if (chromium && "missing" in chromium) say(`the tests in Chromium are skipped: ${chromium.missing}`);

const servers = await startTestServers();
const child = spawn(
  process.execPath,
  ["--test", `--test-concurrency=${atOnce}`, `--test-timeout=${longestTestMs}`, ...files],
  {
    cwd: root,
    stdio: "inherit",
    env: {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !notForTests.test(name))),
      NODE_COMPILE_CACHE: compileCacheDir,
      HERALD_TEST_DATABASE_URL: servers.databaseUrl,
      HERALD_TEST_REDIS_URL: servers.redisUrl,
      ...(chromium &&
        ("path" in chromium ? { CHROMIUM_BIN: chromium.path } : { HERALD_TEST_NO_CHROMIUM: chromium.missing })),
    },
  },
);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => void servers.stop().then(() => process.exit(code ?? 1)));

/** The test files in the named files and folders; all without a name. */
function testFiles(named: string[]): string[] {
  const wanted = named.length > 0 ? named : ["tests"];
  return wanted.flatMap((path) => {
    const isFolder = statSync(join(root, path), { throwIfNoEntry: false })?.isDirectory();
    return globSync(isFolder ? `${path.replace(/\/$/, "")}/**/*.test.{ts,tsx}` : path, { cwd: root }).sort();
  });
}
