import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { createServer } from "node:net";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/**
 * The range in which free ports are looked for. It lies below the ports that systems use for outgoing connections (from 32768 on Linux,
 * 49152 elsewhere), since such a connection could take a port between its choice and its use. It lies above the usual ports of `npm start`.
 */
const FIRST_PORT = 18_000;
const LAST_PORT = 32_700;

/** A free port on loopback. No other caller of this function gets it while we run. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 1_000; tries++) {
    const port = randomInt(FIRST_PORT, LAST_PORT + 1);
    if ((await reserve(port)) && !(await portTaken(port))) return port;
  }
  throw new Error(`No free port was found on 127.0.0.1 between ${FIRST_PORT} and ${LAST_PORT}; close some listeners.`);
}

/** Several free ports, all different. */
export function freePorts(count: number): Promise<number[]> {
  return Promise.all(Array.from({ length: count }, freePort));
}

/** Opens the UDP port of the same number, which we do not use otherwise, until this process ends: a lock that cannot be left behind. */
function reserve(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const twin = createSocket({ type: "udp4", reuseAddr: false });
    twin.once("error", () => twin.close(() => resolve(false)));
    twin.bind({ port, address: "127.0.0.1", exclusive: true }, () => {
      twin.unref();
      resolve(true);
    });
  });
}

/** Whether something listens on the port already, or we may not use it. */
export async function portTaken(port: number, host = "127.0.0.1"): Promise<boolean> {
  try {
    const server = await listen(port, host);
    await new Promise((resolve) => server.close(resolve));
    return false;
  } catch {
    return true;
  }
}

function listen(port: number, host = "127.0.0.1"): Promise<ReturnType<typeof createServer>> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port, host, exclusive: true }, () => resolve(server));
  });
}

/** Who listens on a TCP port, for people: `python3 (pid 812)`; null when the system does not say. */
export function portHolder(port: number): string | null {
  try {
    const inode = listeningInode(port);
    const pid = inode && readdirSync("/proc").find((name) => /^\d+$/.test(name) && holdsSocket(name, inode));
    return pid ? `${readFileSync(`/proc/${pid}/comm`, "utf8").trim()} (pid ${pid})` : null;
  } catch {
    return null; // not Linux, or another user's process
  }
}

function listeningInode(port: number): string | undefined {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  for (const table of ["/proc/net/tcp", "/proc/net/tcp6"]) {
    for (const line of readFileSync(table, "utf8").split("\n").slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (local?.endsWith(suffix) && state === "0A") return inode;
    }
  }
  return undefined;
}

function holdsSocket(pid: string, inode: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`) === `socket:[${inode}]`);
  } catch {
    return false; // ended meanwhile, or not ours to look into
  }
}
