#!/usr/bin/env node
// Runs the command line on the pinned Node, whichever Node is first on the PATH. Plain JavaScript, since that one may be older.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const pinned = fileURLToPath(new URL("../node_modules/.bin/node", import.meta.url));
const [major] = process.versions.node.split(".").map(Number);

if (major >= 24) {
  await import("./main.ts");
} else if (existsSync(pinned)) {
  const { status, signal } = spawnSync(pinned, [main, ...process.argv.slice(2)], { stdio: "inherit" });
  process.exit(signal ? 1 : (status ?? 1));
} else {
  console.error("herald needs its packages: run `npm install` in its folder once.");
  process.exit(1);
}
