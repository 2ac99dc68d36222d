import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runToEnd } from "./command.ts";
import { projectRoot, toolsDir } from "./paths.ts";

/** Folder of the built web application. */
export const uiDir = join(projectRoot, "ui", "dist");

const stampIn = (dir: string): string => join(dir, ".built-from");

/**
 * Builds the web application if there is no build, or its sources have changed since. Returns whether it did. The new build replaces the
 * old one when it is complete, so that a platform beside us can go on serving it.
 */
export async function buildUi(report: (words: string) => void = () => {}, staleWillDo = false): Promise<boolean> {
  if (staleWillDo && existsSync(stampIn(uiDir))) return false;
  const sources = fingerprint();
  if (existsSync(stampIn(uiDir)) && readFileSync(stampIn(uiDir), "utf8") === sources) return false;
  report("building the web application");
  const making = join(toolsDir, `ui-${process.pid}`);
  const vite = join(projectRoot, "node_modules", "vite", "bin", "vite.js");
  const { code, output } = await runToEnd(
    process.execPath,
    [vite, "build", join(projectRoot, "ui"), "--outDir", making, "--logLevel", "warn"],
    { cwd: projectRoot, env: { NODE_ENV: "production", NO_COLOR: "1" } },
  );
  if (code !== 0) {
    rmSync(making, { recursive: true, force: true });
    throw new Error(`The web application could not be built:\n${output}`);
  }
  writeFileSync(stampIn(making), sources);
  replaceFolder(uiDir, making);
  return true;
}

function replaceFolder(folder: string, by: string): void {
  const old = `${by}.old`;
  if (existsSync(folder)) renameSync(folder, old);
  renameSync(by, folder);
  rmSync(old, { recursive: true, force: true });
}

/** A key for the state of all files that the build reads. */
function fingerprint(): string {
  const files = globSync(["ui/**/*", "gen/rest.ts", "package-lock.json"], {
    cwd: projectRoot,
    exclude: (path) => path === "ui/dist" || path === "ui/node_modules",
  });
  const hash = createHash("sha256");
  for (const file of files.sort()) {
    const path = join(projectRoot, file);
    if (!statSync(path).isFile()) continue;
    hash.update(`${file}\0`).update(readFileSync(path)).update("\0");
  }
  return hash.digest("hex");
}
