/** Measures how long a repeated `npm start` takes until everything answers, and how much memory it uses when idle. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { projectRoot } from "../deploy/local/paths.ts";
import { freePort } from "../deploy/local/ports.ts";
import { median, printFigure } from "./lib/figures.ts";

const LIMIT_SECONDS = 15;
const LIMIT_MB = 1_200;
const STARTS = 3;
/** After this time, memory that only the start needed is free again. */
const IDLE_AFTER_MS = 15_000;

const dataDir = mkdtempSync(join(tmpdir(), "herald-bench-start-"));
const env = {
  ...process.env,
  HERALD_DATA_DIR: dataDir,
  HERALD_PORT: String(await freePort()),
  HERALD_PORT_BASE: "9000",
  DATABASE_URL: "",
  REDIS_URL: "",
};

const times: number[] = [];
let idleMb = 0;
try {
  await start(); // the first start creates the database and builds the web application
  for (let i = 0; i < STARTS; i++) times.push(await start(i === STARTS - 1));
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
printFigure("start", median(times), "s", LIMIT_SECONDS, idleMb);
printFigure("start.idle_memory", idleMb, "MB", LIMIT_MB, idleMb);

/** Starts the platform, waits until the address table is printed, and stops it. Gives the seconds until it was ready. */
async function start(measuresMemory = false): Promise<number> {
  const begun = performance.now();
  const child = spawn("npm", ["start"], { cwd: projectRoot, env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  await ready(child);
  const took = (performance.now() - begun) / 1_000;
  if (measuresMemory) {
    await wait(IDLE_AFTER_MS);
    idleMb = descendants(child.pid ?? 0).reduce((sum, pid) => sum + pssMb(pid), 0);
  }
  // npm itself would end at once. So the signal goes to the process that npm started, and npm ends with it.
  process.kill((JSON.parse(readFileSync(join(dataDir, "platform.json"), "utf8")) as { pid: number }).pid, "SIGTERM");
  await ended;
  return took;
}

/** Resolves when the address table is printed. The output is read to its end, so that nobody writes into a closed pipe. */
function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("is ready")) resolve();
    });
    child.once("exit", () => reject(new Error(`The platform did not start:\n${said}`)));
  });
}

/** A process and all its descendants. */
function descendants(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    const stat = readOr(`/proc/${name}/stat`);
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
  }
  const isOurs = (pid: number | undefined): boolean =>
    pid === root || (pid !== undefined && pid > 1 && isOurs(parents.get(pid)));
  return [...parents.keys()].filter((pid) => isOurs(pid));
}

/** The memory of a process. Each page that processes share is counted in equal parts for all of them. */
function pssMb(pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(readOr(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1024;
}

function readOr(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // it ended meanwhile
  }
}
