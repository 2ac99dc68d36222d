import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process as the system's table has it. */
export interface ProcessInfo {
  pid: number;
  parent: number;
  /** When it began; together with the pid it names a process for good. */
  start: string;
  command: string;
}

/** Looks a process up; null when there is none, or it has ended and only its parent has not noticed. */
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

/** How many files a process that we start may have open: Node has raised its own limit as far as it can, and hands it on. */
export function openFilesAllowed(): number {
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files?: { soft: number | "unlimited" } } };
  const soft = userLimits?.open_files?.soft;
  return typeof soft === "number" ? soft : Infinity;
}
