/** `npm run demo -- --list` with an own list: the report is correct, and nothing is left behind. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import type { Report } from "../../demo/report.ts";
import { projectRoot } from "../../deploy/local/paths.ts";
import { cleanup } from "../lib/cleanup.ts";

const DEMO = join(projectRoot, "demo", "main.ts");
const PEOPLE = 40;
const total = (counts: Record<string, number> = {}) => Object.values(counts).reduce((sum, count) => sum + count, 0);

/** People who each have an address, and a number whose contact window may be open or closed; one row has no device. */
const people = Array.from(
  { length: PEOPLE },
  (_, i) => `Person ${i},person.${i}@example.com,+44 7700 900${String(i).padStart(3, "0")}`,
);
const list = ["Name,E-Mail,Mobile", ...people, "Nobody,,"].join("\n");

test("the demo takes a list of one's own, guesses its columns, and its report adds up", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "herald-demo-test-"));
  cleanup(t, () => rm(folder, { recursive: true, force: true }));
  const [file, temporary] = [join(folder, "mine.csv"), join(folder, "tmp")];
  await Promise.all([writeFile(file, list), mkdir(temporary)]);
  const { stdout } = await promisify(execFile)(process.execPath, [DEMO, "--json", "--list", file], {
    env: { ...process.env, HERALD_DATA_DIR: join(folder, "data"), TMPDIR: temporary },
  });
  assert.match(stdout, /E-Mail → device\d/);
  assert.match(stdout, /Mobile → device\d/);
  const report = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "") as Report;
  const { rows, accepted, rejected, due, attempted, attempts, refused, waiting, arrived } = report;
  assert.deepEqual([rows, accepted, rejected], [PEOPLE + 1, PEOPLE, { no_device: 1 }]);
  // There is a chain for each channel. How many numbers wait for their window depends on the time of day.
  assert.equal(due, 3 * PEOPLE);
  assert.equal(attempted + total(refused) + waiting, due);
  assert.deepEqual(Object.keys(attempts).sort(), ["email", "sms", "voice"]);
  assert.equal(attempts["email"]?.["sent"], PEOPLE);
  assert.equal(arrived.email, PEOPLE);
  assert.equal(arrived.sms, total(attempts["sms"]));
  assert.deepEqual(await readdir(temporary), [], "its platform is removed with it");
});

test("what it cannot do is said before anything is started", async () => {
  for (const [args, told] of [
    [["--list", "/nowhere/none.csv"], /--list \/nowhere\/none\.csv: there is no such file/],
    [["--minutes", "soon"], /--minutes soon is no number/],
    [["--lists", "mine.csv"], /'--lists'/],
  ] as const) {
    await assert.rejects(
      promisify(execFile)(process.execPath, [DEMO, ...args]),
      (error: { code?: number; stderr?: string; stdout?: string }) => {
        assert.deepEqual([error.code, error.stdout], [1, ""]);
        assert.match(error.stderr ?? "", told);
        return true;
      },
    );
  }
});
