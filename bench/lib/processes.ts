/** Services of a bench: processes of their own, run as `npm start` runs them. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../deploy/local/paths.ts";
import { programOf, runtimeEnvironment } from "../../deploy/local/services.ts";
import type { ServiceName } from "../../svc/lib/service/service-names.ts";

type Environment = Record<string, string>;

export function startService(name: ServiceName, env: Environment): ChildProcess {
  const child = run(programOf(name), env);
  child.stdout?.resume();
  return child;
}

/** The caller must read what the program prints. */
export const startProgram = (path: string, env: Environment): ChildProcess => run([join(projectRoot, path)], env);

function run(args: string[], env: Environment): ChildProcess {
  const whole = { PATH: process.env["PATH"] ?? "", LOG_LEVEL: "error", ...runtimeEnvironment, ...env };
  return spawn(process.execPath, args, { env: whole, stdio: ["ignore", "pipe", "inherit"] });
}

/** Stops a process in order and waits for its end. */
export async function ended(child: ChildProcess): Promise<void> {
  if ((child.exitCode ?? child.signalCode) !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}

/** The most memory that a process has held. */
export function maxRssMb({ pid }: { pid?: number | null | undefined }): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

/** Processes, by the names that the figures use. */
export type Pids = Readonly<Record<string, number>>;

/** The CPU time in microseconds that each has used since it began, its own children included (PostgreSQL has one for each connection). */
export function cpuMicros(pids: Pids): Record<string, number> {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => usageOf(Number(pid)) ?? []);
  return Object.fromEntries(
    Object.entries(pids).map(([name, pid]) => {
      const its = all.filter((one) => one.pid === pid || (one.parent === pid && pid !== process.pid));
      return [name, its.reduce((sum, { pid: one, own, ended }) => sum + own + (one === pid ? ended : 0), 0)];
    }),
  );
}

/** What each process used between two readings for one of so many messages. */
export const microsEach = (before: Record<string, number>, after: Record<string, number>, messages: number) =>
  Object.fromEntries(
    Object.entries(after).map(([name, micros]) => [name, Math.round((micros - (before[name] ?? 0)) / messages)]),
  );

/** Linux counts in hundredths of a second, whatever the kernel's clock. */
const TICK_MICROS = 10_000;

function usageOf(pid: number): { pid: number; parent: number; own: number; ended: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // pid (name) state parent …; the 14th to 17th field are the ticks of its own, and of children that have ended.
    const fields = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .map(Number);
    const ticks = (from: number) => ((fields[from] ?? 0) + (fields[from + 1] ?? 0)) * TICK_MICROS;
    return { pid, parent: fields[1] ?? 0, own: ticks(11), ended: ticks(13) };
  } catch {
    return undefined; // it ended meanwhile
  }
}
