import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { envoyProgram } from "../../deploy/local/tools.ts";

function setEnvoyBin(t: TestContext, path: string): void {
  const before = process.env.ENVOY_BIN;
  t.after(() => {
    if (before === undefined) delete process.env.ENVOY_BIN;
    else process.env.ENVOY_BIN = before;
  });
  process.env.ENVOY_BIN = path;
}

test("the Envoy that ENVOY_BIN names is taken", async (t) => {
  const fetched = await envoyProgram();
  setEnvoyBin(t, fetched);
  assert.equal(await envoyProgram(), fetched);
});

test("what ENVOY_BIN names but is no Envoy is refused before anything starts, with the remedy", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "herald-test-"));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const wrong of [folder, join(folder, "missing"), process.execPath]) {
    setEnvoyBin(t, wrong);
    await assert.rejects(envoyProgram(), (error: Error) => {
      assert.match(error.message, /^ENVOY_BIN is .+, which does not run as Envoy: .+\nSet it to .+ or unset it/s);
      return error.message.includes(wrong);
    });
  }
});
