import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { packagesAreInstalled } from "../../deploy/local/packages.mjs";
import { scratchFolder } from "./folder.ts";

type Packages = Record<string, { version: string; optional?: boolean; os?: string[]; cpu?: string[] }>;

/** A project whose lock file wants some packages, and whose node_modules has others. */
function project(t: TestContext, wanted: Packages, installed: Packages | null): string {
  const root = scratchFolder(t);
  writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages: { "": { version: "1.0.0" }, ...wanted } }));
  mkdirSync(join(root, "node_modules"));
  if (installed)
    writeFileSync(join(root, "node_modules", ".package-lock.json"), JSON.stringify({ packages: installed }));
  return root;
}

const pg = { "node_modules/pg": { version: "8.0.0" } };

test("packages are installed when each has the version of the lock file", (t) => {
  assert.equal(packagesAreInstalled(project(t, pg, pg)), true);
  assert.equal(packagesAreInstalled(project(t, pg, { "node_modules/pg": { version: "7.0.0" } })), false);
  assert.equal(packagesAreInstalled(project(t, pg, {})), false);
  assert.equal(packagesAreInstalled(project(t, pg, null)), false, "a fresh clone has no record at all");
});

test("packages for other machines may be absent, those for this one may not", (t) => {
  const elsewhere = { "node_modules/x": { version: "1.0.0", optional: true, os: ["plan9"] } };
  const here = { "node_modules/y": { version: "1.0.0", optional: true, os: [process.platform], cpu: [process.arch] } };
  assert.equal(packagesAreInstalled(project(t, { ...pg, ...elsewhere }, pg)), true);
  assert.equal(packagesAreInstalled(project(t, { ...pg, ...here }, pg)), false);
});
