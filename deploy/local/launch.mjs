// Runs one of our TypeScript files: `node deploy/local/launch.mjs tools/check.ts …`. Every npm script goes through here,
// so this file and what it imports are plain JavaScript that Node 20 understands and need no package: on a fresh
// machine there is none yet. It installs what package-lock.json names, then hands over to the pinned Node.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { installPackages, packagesAreInstalled } from "./packages.mjs";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const oldest = 24; // the first Node that runs TypeScript as it is
const pinned = join(root, "node_modules", ".bin", "node");

const [file = "", ...args] = process.argv.slice(2);
const installs = !packagesAreInstalled(root);
if (installs) await installPackages(root);
if (!installs && Number.parseInt(process.versions.node, 10) >= oldest) {
  process.argv.splice(1, 2, resolve(root, file));
  const { enableCompileCache } = await import("node:module");
  enableCompileCache?.(join(root, "node_modules", ".cache", "node"));
  await import(pathToFileURL(join(root, file)).href);
} else {
  handOver();
}

/** Runs the file in the pinned Node, passes signals on and ends as it ends. */
function handOver() {
  if (!existsSync(pinned)) {
    console.error(`Herald needs Node ${oldest} or later; this is ${process.versions.node}, and npm has no Node for`);
    console.error(`${process.platform} ${process.arch} that it could pin. Install one and run the same command again.`);
    process.exit(1);
  }
  const child = spawn(pinned, [join(root, file), ...args], {
    stdio: "inherit",
    env: { ...process.env, HERALD_LAUNCHER_PID: String(process.pid) },
  });
  // Ctrl-C reaches the child by itself, since it shares our terminal; a kill aimed at us alone does not.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
}
