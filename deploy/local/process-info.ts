import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process in the system's table. */
export interface ProcessInfo {
  pid: number;
  parent: number;
  /** When it began; with the pid, this identifies a process for ever. */
  start: string;
  command: string;
}

/** Looks a process up; null when there is none, or when it is a zombie. */
export function processInfo(pid: number): ProcessInfo | null {
  return process.platform === "linux" ? fromProc(pid) : fromPs(pid);
}

/** When a process began; null when there is none. */
export const processStart = (pid: number): string | null => processInfo(pid)?.start ?? null;

function fromProc(pid: number): ProcessInfo | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // pid (name) state parent …, and the 22nd field is the start; the name may hold spaces and brackets
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return null;
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    return { pid, parent: Number(fields[1]), start: fields[19] ?? "", command };
  } catch {
    return null;
  }
}

function fromPs(pid: number): ProcessInfo | null {
  const { status, stdout } = spawnSync("ps", ["-o", "ppid=,lstart=,command=", "-p", String(pid)], { encoding: "utf8" });
  const shape = /^\s*(\d+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(\S.*)$/.exec(stdout.trim());
  return status === 0 && shape
    ? { pid, parent: Number(shape[1]), start: shape[2] ?? "", command: shape[3] ?? "" }
    : null;
}

/** How many open files a process that we start may have: Node raises its own limit as far as possible, and child processes inherit it. */
export function openFilesAllowed(): number {
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files?: { soft: number | "unlimited" } } };
  const soft = userLimits?.open_files?.soft;
  return typeof soft === "number" ? soft : Infinity;
}
