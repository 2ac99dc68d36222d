import { accessSync, constants, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "./process.ts";
import { processStart } from "./process-info.ts";

/** What a running platform says about itself, in its data folder. */
export interface RunningPlatform {
  pid: number;
  /** When that process began, in the system's count: the pid alone may belong to another program by now. */
  processStart: string | null;
  edgeUrl: string;
  addresses: Record<string, string>;
  /** It is stopping. */
  stopping?: boolean;
}

/** This process's hold on a data folder. */
export interface Lock {
  /** Notes that this platform is stopping, so that the next start waits instead of giving up. */
  stopping(): void;
  release(): void;
}

/** Another platform uses the data folder. */
export class AlreadyRunningError extends Error {
  constructor(dataDir: string, running: RunningPlatform) {
    super(
      `Herald is already running here: ${running.edgeUrl} (process ${running.pid}, data in ${dataDir}).\n` +
        `Stop that one with Ctrl-C or \`kill ${running.pid}\`; for a second one beside it set HERALD_DATA_DIR, HERALD_PORT and HERALD_PORT_BASE.`,
    );
    this.name = "AlreadyRunningError";
  }
}

const lockFile = (dataDir: string): string => join(dataDir, "platform.json");

/** The platform that uses a data folder now; null when none does. */
export function runningPlatform(dataDir: string): RunningPlatform | null {
  const found = read(lockFile(dataDir));
  return found && isAlive(found) ? found : null;
}

/** Waits while an earlier platform on the data folder is stopping. */
export async function waitForEnding(dataDir: string, say: (line: string) => void): Promise<void> {
  if (!runningPlatform(dataDir)?.stopping) return;
  say("  … waiting for the earlier run to end");
  await until("The earlier run did not end", async () => !runningPlatform(dataDir)?.stopping, endsWithinMs, 100);
}

// Services drain for ten seconds at most, and the databases end after them.
const endsWithinMs = 60_000;

/** Locks the data folder for this process. `release` unlocks it. If we are killed instead, the next start notices that. */
export function takeLock(dataDir: string, edgeUrl: string, addresses: Record<string, string>): Lock {
  makeUsable(dataDir);
  const file = lockFile(dataDir);
  const mine: RunningPlatform = { pid: process.pid, processStart: processStart(process.pid), edgeUrl, addresses };
  const making = `${file}.${process.pid}`;
  const write = (state: RunningPlatform): void =>
    writeFileSync(making, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  write(mine);
  try {
    while (!linked(making, file)) removeStale(dataDir, file);
  } finally {
    rmSync(making, { force: true });
  }
  return {
    stopping() {
      write({ ...mine, stopping: true });
      renameSync(making, file);
    },
    release: () => rmSync(file, { force: true }),
  };
}

function makeUsable(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new Error(
      `The data folder ${dataDir} cannot be used (${(cause as NodeJS.ErrnoException).code}). ` +
        `Start as the user who owns it, or set HERALD_DATA_DIR to a folder of your own.`,
      { cause },
    );
  }
}

/** However many processes try, only one can make the hard link. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Moves a dead process's lock away. If another start has replaced it in between, the new lock is put back. */
function removeStale(dataDir: string, file: string): void {
  const found = read(file);
  if (found && isAlive(found)) throw new AlreadyRunningError(dataDir, found);
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return; // another start was quicker
  }
  const moved = read(aside);
  if (moved && isAlive(moved)) linked(aside, file);
  rmSync(aside, { force: true });
}

function read(file: string): RunningPlatform | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as RunningPlatform;
  } catch {
    return null; // absent, or cut off while it was written: nobody holds it
  }
}

function isAlive(found: RunningPlatform): boolean {
  try {
    process.kill(found.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false; // EPERM: it lives and is another user's
  }
  return processStart(found.pid) === found.processStart;
}
