// Everything that can be said about the code without running it: `npm run check`, or `npm run check -- types lint`.
import { checks, type Check } from "./checks.ts";

const atOnce = 2; // most of the checks use a core each

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !checks.some((check) => check.name === name));
if (unknown.length > 0) {
  console.error(`There is no check ${unknown.join(", ")}. There are: ${checks.map((check) => check.name).join(", ")}.`);
  process.exit(2);
}

const started = performance.now();
const waiting = checks.filter((check) => wanted.length === 0 || wanted.includes(check.name));
const count = waiting.length;
let failed = 0;

/** Takes checks from the front of the queue until it is empty. */
async function work(): Promise<void> {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    const fault = await outcome(check);
    if (fault !== null) failed++;
  }
}

/** Runs one check and prints its line; what it found follows. */
async function outcome(check: Check): Promise<string | null> {
  const begun = performance.now();
  const fault = await check.run().catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  const isSkipped = fault?.startsWith("skipped: ") ?? false;
  const seconds = ((performance.now() - begun) / 1000).toFixed(1).padStart(5);
  const mark = isSkipped ? "skip" : fault === null ? "ok  " : "FAIL";
  console.log(`${mark} ${check.name.padEnd(11)} ${seconds} s  ${isSkipped ? fault?.slice(9) : check.what}`);
  if (fault === null || isSkipped) return null;
  console.log(`${indented(fault)}\n     ${check.remedy}\n`);
  return fault;
}

const indented = (text: string): string =>
  text
    .split("\n")
    .slice(0, 200)
    .map((line) => `     ${line}`)
    .join("\n");

await Promise.all(Array.from({ length: atOnce }, work));
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(
  failed === 0 ? `All ${count} checks passed in ${seconds} s.` : `${failed} of ${count} checks failed (${seconds} s).`,
);
process.exitCode = failed === 0 ? 0 : 1;
