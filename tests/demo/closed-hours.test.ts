/** While calls and SMS are not allowed at this hour, email is sent at full pace, and there are no checks, refusals or history entries for the other channels. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { promisify } from "node:util";
import type { Report } from "../../demo/report.ts";
import { projectRoot } from "../../deploy/local/paths.ts";
import { cleanup } from "../lib/cleanup.ts";

const PEOPLE = 600;
/** A place where it is two in the morning, whenever the test runs. */
const hourIn = (timeZone: string) => new Date().toLocaleString("en-GB", { timeZone, hour: "2-digit" });
const NIGHT = Intl.supportedValuesOf("timeZone").find((zone) => hourIn(zone) === "02") ?? "";

const listOf = (phones: boolean) =>
  [
    "Name,E-Mail,Mobile,Zone",
    ...Array.from({ length: PEOPLE }, (_, i) => {
      const mobile = phones ? `+1 212 555 ${String(1000 + i)}` : "";
      return `Person ${i},person.${i}@example.com,${mobile},${NIGHT}`;
    }),
  ].join("\n");

async function demo(t: TestContext, list: string): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), "herald-demo-hours-"));
  cleanup(t, () => rm(folder, { recursive: true, force: true }));
  const file = join(folder, "mine.csv");
  await writeFile(file, list);
  const args = [join(projectRoot, "demo", "main.ts"), "--json", "--list", file];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env: { ...process.env, HERALD_DATA_DIR: join(folder, "data"), TMPDIR: folder },
  });
  return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "") as Report;
}

test("email is not held up by voice and SMS that wait for their hours, and nothing is written about those", async (t) => {
  const report = await demo(t, listOf(true));
  const { due, attempted, attempts, refused, waiting, arrived, stages, through, seconds } = report;
  assert.deepEqual([due, attempted, waiting], [3 * PEOPLE, PEOPLE, 2 * PEOPLE]);
  assert.deepEqual([refused, attempts["sms"], attempts["voice"]], [{}, {}, {}]);
  assert.deepEqual(arrived, { email: PEOPLE, sms: 0, calls: 0 });
  const alone = await demo(t, listOf(false));
  assert.deepEqual(alone.arrived, arrived);
  const [beside, by] = [through["email"] ?? Infinity, alone.through["email"] ?? 0];
  // Twice the time allows for a busy machine, and two seconds for a look and a start.
  assert.ok(beside <= 2 * by + 2, `${beside} s beside the others, ${by} s alone`);
  assert.equal(Math.round(10 * seconds), Math.round(10 * Object.values(stages).reduce((all, one) => all + one, 0)));
});
