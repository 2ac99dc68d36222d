import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";

/** A folder of the test's own, gone after it. */
export function scratchFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "herald-local-test-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
