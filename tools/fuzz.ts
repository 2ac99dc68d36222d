/**
 * `npm run fuzz`: asks a platform of its own, on free ports, everything that its OpenAPI document allows and much that it does not, and
 * tells what it answers otherwise than the document says. Schemathesis asks; it is fetched, by version and hash, when it is first needed.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runToEnd } from "../deploy/local/command.ts";
import { toolsDir } from "../deploy/local/paths.ts";
import { type Platform, startPlatform } from "../deploy/local/platform.ts";
import { privateSettings } from "../deploy/local/settings.ts";
import type { IssueTokenResponse } from "../gen/rest.ts";
import { root } from "./run.ts";

/** All the questions take about 40 s; a slow machine gets as many as fit. */
const LONGEST_SECONDS = 100;

const file = (name: string): string => fileURLToPath(new URL(`./fuzz/${name}`, import.meta.url));

const fuzzer = await ensureSchemathesis().catch((cause: Error) => {
  console.log(`# The contract is not fuzzed: Schemathesis could not be fetched (${cause.message}).`);
  return null;
});
if (fuzzer) process.exitCode = await fuzz(fuzzer);

async function fuzz(program: string): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), "herald-fuzz-"));
  const settings = await privateSettings(dataDir, { HERALD_TENANT_RATE: "100000", LOG_LEVEL: "warn" });
  const platform = await startPlatform({ settings, ui: "any", durable: false });
  try {
    return await ask(program, platform, dataDir);
  } finally {
    await platform.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function ask(program: string, platform: Platform, cwd: string): Promise<number> {
  const signedIn = await fetch(`${platform.edgeUrl}/v1/tokens`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ password: platform.demo }),
  });
  const { accessToken } = (await signedIn.json()) as IssueTokenResponse;
  const args = [
    ...["--config-file", file("schemathesis.toml"), "run", join(root, "gen", "openapi.json")],
    ...["--url", platform.edgeUrl, "--header", `Authorization: Bearer ${accessToken}`],
    ...["--phases", "examples,coverage", "--max-time", String(LONGEST_SECONDS), "--warnings", "off"],
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: "inherit" });
    child.once("error", reject).once("exit", (code) => resolve(code ?? 1));
  });
}

/** The program, fetched whole or not at all. */
async function ensureSchemathesis(): Promise<string> {
  const requirements = file("requirements.txt");
  const version = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12);
  const home = join(toolsDir, `schemathesis-${version}`);
  const done = join(home, "complete");
  if (!existsSync(done)) {
    console.log("# fetching Schemathesis");
    rmSync(home, { recursive: true, force: true });
    await mustRun("python3", ["-m", "venv", home]);
    await mustRun(join(home, "bin", "pip"), [
      "install",
      "-q",
      "--require-hashes",
      "--only-binary=:all:",
      "-r",
      requirements,
    ]);
    writeFileSync(done, "");
  }
  return join(home, "bin", "schemathesis");
}

async function mustRun(command: string, args: string[]): Promise<void> {
  const { code, output } = await runToEnd(command, args);
  if (code !== 0) throw new Error(output.split("\n").slice(-2).join(" "));
}
