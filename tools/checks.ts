import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keptRequests } from "./contract/kept-requests.ts";
import { keptNames, meshOnlyNames, readFindings, readReasons, unexcused } from "./contract/breaks.ts";
import { linkDescriptorSet, readDescriptorSet } from "./contract/descriptors.ts";
import { generate, ours } from "./contract/generate.ts";
import { root, run } from "./run.ts";
import { differences, readTree } from "./tree.ts";

/** One check. `run` gives null when it passes, or else what is wrong; "skipped: …" says why it did not run. */
export interface Check {
  name: string;
  what: string;
  remedy: string;
  run(): Promise<string | null>;
}

/** In the order in which they start: the slow ones first. */
export const checks: Check[] = [
  {
    name: "gen",
    what: "gen/ is what proto/ makes",
    remedy: "Run `npm run gen` and commit proto/ and gen/ together.",
    run: generatedIsCurrent,
  },
  {
    name: "lint",
    what: "oxlint, with type-aware rules",
    remedy: "The rules are in .oxlintrc.json; `npx oxlint --type-aware --fix` mends some.",
    run: () => passes("oxlint", "--type-aware", "--deny-warnings"),
  },
  {
    name: "patterns",
    what: "no pattern that outside text could keep busy: each is linear",
    remedy:
      "Let neighbours of a quantifier share no sign with it, and anchor the pattern; .oxlint-patterns.json has the rules.",
    run: () => passes("oxlint", "--config", ".oxlint-patterns.json", "--deny-warnings", ...runningFolders()),
  },
  {
    name: "types",
    what: "TypeScript, strict",
    remedy: "Each line names the file and the place.",
    run: typesAgree,
  },
  {
    name: "folders",
    what: "who imports whom",
    remedy: "The rules and their reasons are in .dependency-cruiser.cjs.",
    run: () =>
      passes("depcruise", "--config", ".dependency-cruiser.cjs", "--output-type", "err-long", ...sourceFolders()),
  },
  {
    name: "unused",
    what: "no unused file, export or dependency",
    remedy: "Delete it, or use it; knip.json names what is used from outside.",
    run: () => passes("knip", "--no-progress", "--no-config-hints"),
  },
  {
    name: "format",
    what: "Prettier",
    remedy: "Run `npm run format`.",
    run: () =>
      passes(
        "prettier",
        "--check",
        "--log-level",
        "warn",
        "--cache",
        "--cache-location",
        "node_modules/.cache/prettier/check",
        ".",
      ),
  },
  {
    name: "buf",
    what: "the contract is formatted and follows STANDARD and COMMENTS",
    remedy: "Run `npm run gen`; `npx buf lint --path proto/herald` explains.",
    run: contractIsClean,
  },
  {
    name: "breaking",
    what: "nothing in the contract breaks what main promised (WIRE_JSON)",
    remedy: "Add instead of changing; reserve what goes. CONTRACT-BREAKS.md tells what may break all the same.",
    run: nothingBreaks,
  },
  {
    name: "migrations",
    what: "squawk on every migration",
    remedy: "Each finding has a safer way; .squawk.toml says what is excluded.",
    run: migrationsAreSafe,
  },
];

async function passes(command: string, ...args: string[]): Promise<string | null> {
  const { code, output } = await run(command, args, { NO_COLOR: "1" });
  return code === 0 ? null : output.trim() || `${command} ended with code ${code}`;
}

async function generatedIsCurrent(): Promise<string | null> {
  const { changed, missing } = differences(await generate(), readTree(join(root, "gen")));
  if (changed.length + missing.length === 0) return null;
  return [
    ...changed.map((path) => `gen/${path} is not what proto/ makes`),
    ...missing.map((path) => `gen/${path} has no source in proto/`),
  ].join("\n");
}

async function contractIsClean(): Promise<string | null> {
  const faults = [
    await passes("buf", "format", "--diff", "--exit-code", ...ours),
    await passes("buf", "lint", ...ours),
  ];
  return faults.filter((fault) => fault !== null).join("\n") || null;
}

async function typesAgree(): Promise<string | null> {
  const projects = ["tsconfig.json", "ui/tsconfig.json"].filter((file) => existsSync(join(root, file)));
  const faults = await Promise.all(projects.map((project) => passes("tsc", "--noEmit", "--project", project)));
  return faults.filter((fault) => fault !== null).join("\n") || null;
}

/** Code that runs for users, whose regular expressions meet text from outside. */
const runningFolders = (): string[] =>
  ["svc", "gateway", "cli", "ui/src", "deploy", "demo"].filter((folder) => existsSync(join(root, folder)));

const sourceFolders = (): string[] =>
  ["svc", "gen", "gateway", "cli", "ui", "deploy", "tools", "tests", "bench", "demo"].filter((folder) =>
    existsSync(join(root, folder)),
  );

/** Compares descriptor sets: main's proto/ alone could not be built, since its imports come from node_modules. */
async function nothingBreaks(): Promise<string | null> {
  const base = ["origin/main", "main"].find((ref) => git("rev-parse", "--verify", "--quiet", ref).status === 0);
  if (!base) return "skipped: there is no branch main to compare with";
  const shown = git("show", `${base}:gen/herald.binpb`);
  if (shown.status !== 0) return `skipped: ${base} has no gen/herald.binpb yet`;
  const scratch = mkdtempSync(join(tmpdir(), "herald-breaking-"));
  try {
    const before = join(scratch, "before.binpb");
    const now = join(scratch, "now.binpb");
    writeFileSync(before, shown.stdout);
    const built = await passes("buf", "build", "--as-file-descriptor-set", "-o", now, ...ours);
    return built ?? (await breaksBetween(before, now, { reasons: newReasons(base), kept: requestsInOutboxes(base) }));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** What `now` breaks of `before` and must not. Both are files with a descriptor set; `kept` are requests in outboxes. */
export async function breaksBetween(
  before: string,
  now: string,
  { reasons, kept }: { reasons: readonly string[]; kept: readonly string[] },
): Promise<string | null> {
  const options = ["--path", "herald", "--error-format", "json"];
  const { code, output } = await run("buf", ["breaking", now, "--against", before, ...options]);
  if (code === 0) return null;
  const findings = readFindings(output);
  if (!findings) return output.trim();
  // The contract before the change is the one on which others may have built.
  const registry = linkDescriptorSet(readDescriptorSet(readFileSync(before)));
  const rules = { meshOnly: meshOnlyNames(registry), kept: keptNames(registry, kept), reasons };
  return unexcused(findings, rules).join("\n") || null;
}

/** Requests that may wait in an outbox: those of the present code and those of `base`. */
export function requestsInOutboxes(base: string): string[] {
  const listed = String(git("grep", "-l", "MessageKind<", base, "--", "svc/*.ts").stdout);
  const before = listed
    .split("\n")
    .filter(Boolean)
    .map((file) => String(git("show", file).stdout));
  const now = globSync("svc/**/*.ts", { cwd: root }).map((file) => readFileSync(join(root, file), "utf8"));
  return [...new Set([...before, ...now].flatMap(keptRequests))].sort();
}

/** The reasons for breaks in this change: older lines explain older breaks. */
function newReasons(base: string): string[] {
  if (!isBeforeOne()) return [];
  const known = new Set(readReasons(String(git("show", `${base}:${BREAKS}`).stdout)));
  const text = existsSync(join(root, BREAKS)) ? readFileSync(join(root, BREAKS), "utf8") : "";
  return readReasons(text).filter((line) => !known.has(line));
}

const BREAKS = "CONTRACT-BREAKS.md";
const isBeforeOne = (): boolean =>
  (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version?: string }).version?.startsWith("0.") ??
  true;

const git = (...args: string[]): ReturnType<typeof spawnSync> =>
  spawnSync("git", args, { cwd: root, maxBuffer: 64 << 20 });

async function migrationsAreSafe(): Promise<string | null> {
  const migrations = globSync("svc/*/sql/*.sql", { cwd: root }).sort();
  if (migrations.length === 0) return "skipped: there are no migrations yet";
  const unreadable = migrations.filter((file) => readFileSync(join(root, file), "utf8").trim() === "");
  if (unreadable.length > 0) return `${unreadable.join(", ")}: empty`;
  return passes("squawk", "--config", ".squawk.toml", ...migrations);
}
