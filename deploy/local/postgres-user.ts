import { spawnSync } from "node:child_process";

/**
 * How PostgreSQL, which refuses to run as root, is started as root all the same: in a user namespace of its own, where
 * root appears as an ordinary user. Files stay root's, and folders that only root can enter stay open to it.
 */
export function asPostgresUser(command: string, args: string[]): { command: string; args: string[] } {
  if (process.getuid?.() !== 0) return { command, args };
  if (!canUnshare()) throw new Error(noNamespace);
  return { command: "unshare", args: ["--user", "--map-user=1000", "--map-group=1000", "--", command, ...args] };
}

let unshareWorks: boolean | undefined;
const canUnshare = (): boolean =>
  (unshareWorks ??= spawnSync("unshare", ["--user", "--map-user=1000", "--map-group=1000", "--", "true"]).status === 0);

const noNamespace = `PostgreSQL refuses to run as root, and this machine does not let us hide root from it (user namespaces are off).
One of these helps:
  - run the same command as an ordinary user (and give that user the project's folder),
  - allow user namespaces: sysctl -w kernel.unprivileged_userns_clone=1 user.max_user_namespaces=10000,
  - start PostgreSQL 18 yourself and set DATABASE_URL=postgres://superuser:password@host:5432/postgres.`;
