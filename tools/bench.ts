// `npm run bench -- <name>`: runs bench/<name>.ts with what it needs, and prints its lines of JSON.
import { spawn } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { basename, join } from "node:path";
import { startTestServers } from "../deploy/local/test-servers.ts";
import { ensureTools } from "../deploy/local/tools.ts";
import { root } from "./run.ts";

const names = globSync("bench/*.ts", { cwd: root })
  .map((file) => basename(file, ".ts"))
  .sort();
const [name = "", ...args] = process.argv.slice(2);
if (!existsSync(join(root, "bench", `${name}.ts`))) {
  console.error(
    `${name ? `There is no bench ${name}.` : "Name a bench."} There are: ${names.join(", ") || "none yet"}.`,
  );
  process.exit(2);
}

await ensureTools(["envoy", "redis"], (words) => console.error(`# ${words}`));
const servers = await startTestServers({ durable: true }); // what is measured is what people get, fsync included
const child = spawn(process.execPath, [join(root, "bench", `${name}.ts`), ...args], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, HERALD_TEST_DATABASE_URL: servers.databaseUrl, HERALD_TEST_REDIS_URL: servers.redisUrl },
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => void servers.stop().then(() => process.exit(code ?? 1)));
