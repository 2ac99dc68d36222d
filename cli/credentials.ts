/** Keeps one session in a file that only its owner can read, and goes on with it when its access token ends. */
import { mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Failure } from "./failure.ts";

export interface Session {
  server: string;
  tenant: string;
  /** The email, or the id of the API key. */
  who: string;
  accessToken: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
  /** Empty for API keys, which sign in again. */
  refreshToken: string;
}

const LOCK_WAIT_MS = 10_000;

const file = (): string => join(process.env["XDG_CONFIG_HOME"] || join(homedir(), ".config"), "herald", "session.json");

export async function readSession(): Promise<Session | undefined> {
  try {
    return JSON.parse(await readFile(file(), "utf8")) as Session;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new Failure(`The session in ${file()} cannot be read.`, "Sign in again with `herald login`.");
  }
}

export async function writeSession(session: Session): Promise<void> {
  await mkdir(dirname(file()), { recursive: true, mode: 0o700 });
  const fresh = `${file()}.${process.pid}`;
  await writeFile(fresh, JSON.stringify(session, null, 2), { mode: 0o600 });
  await rename(fresh, file());
}

export const forgetSession = (): Promise<void> => rm(file(), { force: true });

/**
 * Runs `work` while no other `herald` does the same. A refresh token works once, so two commands at the same time must not both use it.
 */
export async function alone<T>(work: () => Promise<T>): Promise<T> {
  const lock = `${file()}.lock`;
  await mkdir(dirname(lock), { recursive: true, mode: 0o700 });
  const giveUpAt = Date.now() + LOCK_WAIT_MS;
  while (!(await taken(lock))) {
    // A lock this old was left behind by a command that was killed.
    if (Date.now() > giveUpAt) await rm(lock, { force: true });
    await wait(50 + Math.random() * 50);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function taken(lock: string): Promise<boolean> {
  try {
    await (await open(lock, "wx")).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
