/** Keeps a session for each server in a file that only its owner can read. A session is only ever sent to its own server. */
import { mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Failure } from "./failure.ts";
import { readServer } from "./server.ts";

export interface Session {
  /** The server as the person typed it at the login. */
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

/** The content of the file. `sessions` are by the server's URL, which distinguishes http from https. */
interface SavedSessions {
  /** The server of the last login. */
  current?: string | undefined;
  sessions: Record<string, Session>;
  /** Device tokens by server, tenant and email: they show that a person signed in from here before. They give no access, and stay after a logout. */
  devices?: Record<string, string>;
}

const LOCK_WAIT_MS = 10_000;

const file = (): string => join(process.env["XDG_CONFIG_HOME"] || join(homedir(), ".config"), "herald", "session.json");

/** The session at a server, if there is one. */
export async function readSession(server: string): Promise<Session | undefined> {
  return (await readKept()).sessions[readServer(server).url];
}

/** Every session there is. */
export async function readSessions(): Promise<Session[]> {
  return Object.values((await readKept()).sessions);
}

/** The server of the last login. */
export async function lastServer(): Promise<string | undefined> {
  const { current, sessions } = await readKept();
  return current === undefined ? undefined : sessions[current]?.server;
}

/** Keeps a new session and makes its server the default for commands. */
export const beginSession = (session: Session, deviceToken: string): Promise<void> =>
  alone(async () => {
    const { sessions, devices = {} } = await readKept();
    const { url } = readServer(session.server);
    if (deviceToken) devices[deviceKey(session)] = deviceToken;
    await writeKept({ current: url, sessions: { ...sessions, [url]: session }, devices });
  });

/** The device token to send with a password, so that wrong passwords of others do not slow this sign-in down. */
export async function deviceTokenFor(who: Pick<Session, "server" | "tenant" | "who">): Promise<string> {
  return (await readKept()).devices?.[deviceKey(who)] ?? "";
}

const deviceKey = ({ server, tenant, who }: Pick<Session, "server" | "tenant" | "who">): string =>
  `${readServer(server).url} ${tenant} ${who.toLowerCase()}`;

/** Stores a changed session. Call it within `alone`. */
export async function renewSession(session: Session): Promise<void> {
  const kept = await readKept();
  await writeKept({ ...kept, sessions: { ...kept.sessions, [readServer(session.server).url]: session } });
}

export const forgetSession = (server: string): Promise<void> =>
  alone(async () => {
    const { current, sessions, ...others } = await readKept();
    const { url } = readServer(server);
    const left = Object.fromEntries(Object.entries(sessions).filter(([key]) => key !== url));
    await writeKept({ ...others, current: current === url ? undefined : current, sessions: left });
  });

async function readKept(): Promise<SavedSessions> {
  try {
    const kept = JSON.parse(await readFile(file(), "utf8")) as SavedSessions | Session;
    return "sessions" in kept ? kept : fromOneSession(kept);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { sessions: {} };
    throw new Failure(`The sessions in ${file()} cannot be read.`, "Sign in again with `herald login`.");
  }
}

/** Earlier versions kept a single session of one server. */
function fromOneSession(session: Session): SavedSessions {
  const { url } = readServer(session.server);
  return { current: url, sessions: { [url]: session } };
}

async function writeKept(kept: SavedSessions): Promise<void> {
  await mkdir(dirname(file()), { recursive: true, mode: 0o700 });
  const fresh = `${file()}.${process.pid}`;
  await writeFile(fresh, JSON.stringify(kept, null, 2), { mode: 0o600 });
  await rename(fresh, file());
}

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
