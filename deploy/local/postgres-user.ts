import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Where PostgreSQL's programs and data are, and how to run them: it refuses to run as root. */
export interface PostgresHome {
  binaries: string;
  dataDir: string;
  /** The command that runs one of its programs as an accepted user. */
  command(program: string, args: string[]): { command: string; args: string[] };
  /** Makes a file that its programs can read. */
  share(file: string): string;
}

/**
 * Finds a way to run PostgreSQL. An ordinary user simply runs it. Root runs it in a user namespace, where root appears as an ordinary
 * user: files still belong to root, and folders that only root can enter are accessible. If the machine forbids namespaces (as many
 * containers do), it runs as another user, on a copy in a folder that this user can enter.
 */
export function postgresHome(binaries: string, dataDir: string): PostgresHome {
  const plain = { binaries, dataDir, share: (file: string) => file };
  if (process.getuid?.() !== 0)
    return { ...plain, command: (program, args) => ({ command: join(binaries, program), args }) };
  if (canUnshare()) {
    return {
      ...plain,
      command: (program, args) => ({ command: "unshare", args: [...inNamespace, join(binaries, program), ...args] }),
    };
  }
  return asOtherUser(binaries, dataDir);
}

const inNamespace = ["--user", "--map-user=1000", "--map-group=1000", "--"];

let unshareWorks: boolean | undefined;
const canUnshare = (): boolean => (unshareWorks ??= spawnSync("unshare", [...inNamespace, "true"]).status === 0);

const sharedFolder = "/var/lib/herald";

function asOtherUser(binaries: string, dataDir: string): PostgresHome {
  const user = otherUser();
  const home = join(sharedFolder, createHash("sha256").update(dataDir).digest("hex").slice(0, 12));
  mkdirSync(home, { recursive: true });
  chmodSync(sharedFolder, 0o755);
  own(home, user, 0o700);
  const copy = copyOf(binaries);
  return {
    binaries: copy,
    dataDir: join(home, basename(dataDir)),
    command: (program, args) => ({
      command: "setpriv",
      // The death signal is set here again, since changing the user clears it.
      args: [
        `--reuid=${user.uid}`,
        `--regid=${user.gid}`,
        "--clear-groups",
        "--pdeathsig=INT",
        "--",
        join(copy, program),
        ...args,
      ],
    }),
    share(file) {
      const shared = join(home, basename(file));
      writeFileSync(shared, readFileSync(file), { mode: 0o600 });
      own(shared, user, 0o600);
      return shared;
    },
  };
}

interface User {
  uid: number;
  gid: number;
}

/** The machine's own PostgreSQL user, or else `nobody`; initdb requires a user of the system's list. */
function otherUser(): User {
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const found = users.find(([name]) => name === "postgres") ?? users.find(([name]) => name === "nobody");
  if (!found) throw new Error(noWay);
  return { uid: Number(found[2]), gid: Number(found[3]) };
}

function own(path: string, user: User, mode: number): void {
  chmodSync(path, mode);
  chownSync(path, user.uid, user.gid);
}

/** The programs with their libraries, copied once for each version to a place where everybody can run them. */
function copyOf(binaries: string): string {
  const native = dirname(binaries);
  const { version } = JSON.parse(readFileSync(join(native, "..", "package.json"), "utf8")) as { version: string };
  const copy = join(sharedFolder, `postgres-${version}`);
  if (!existsSync(copy)) {
    const making = `${copy}.${process.pid}`;
    cpSync(native, making, { recursive: true, verbatimSymlinks: true });
    spawnSync("chmod", ["-R", "a+rX", making]);
    renameSync(making, copy);
  }
  return join(copy, "bin");
}

const noWay = `PostgreSQL refuses to run as root, and on this machine we can neither hide root from it (user namespaces are off) nor find another user.
One of these helps:
  - run the same command as an ordinary user (and give that user the project's folder),
  - allow user namespaces: sysctl -w kernel.unprivileged_userns_clone=1 user.max_user_namespaces=10000,
  - start PostgreSQL 18 yourself and set DATABASE_URL=postgres://superuser:password@host:5432/postgres.`;
