import { createServer } from "node:net";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** A port on loopback that nobody listens on now. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  return port as number;
}

/** Several free ports, all different. They are held together until the last is known. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0)));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Whether something listens on the port already, or it may not be used. */
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

/** Who listens on a TCP port, for a person to read: `python3 (pid 812)`; null where the system does not tell. */
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
