import assert from "node:assert/strict";
import { globSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { SERVICE_NAMES } from "../../../svc/lib/service/service-names.ts";

const root = new URL("../../../", import.meta.url);
const THE_LIST = "svc/lib/service/service-names.ts";
const SOURCES =
  "{svc,gateway,deploy,cli,ui/src,tools,bench,demo,tests/lib,tests/local,tests/faults}/**/*.{ts,tsx,mjs,json}";

test("the services are listed in one place alone", () => {
  const name = `["']?(?:${SERVICE_NAMES.join("|")})["']?`;
  // Matches three names in a row, as values of an array or as keys of an object.
  const list = new RegExp(`[\\[{]\\s*(?:${name}\\s*(?::[^,\\n]*)?,\\s*){2}${name}\\s*[:,\\]]`);
  const files = [...globSync(SOURCES, { cwd: root }), ".dependency-cruiser.cjs", "knip.json", "package.json"];
  const others = files.filter((file) => file !== THE_LIST && list.test(readFileSync(new URL(file, root), "utf8")));
  assert.deepEqual(others, []);
  assert.ok(files.length > 500);
});

test("each service has its folder and its contract, and no other folder is a service", () => {
  const folders = readdirSync(new URL("svc", root)).filter((name) => name !== "lib");
  assert.deepEqual(folders.sort(), [...SERVICE_NAMES].sort());
  for (const name of SERVICE_NAMES)
    assert.ok(globSync(`proto/herald/${name}/v1/*_service.proto`, { cwd: root }).length > 0, `${name} has RPCs`);
});
