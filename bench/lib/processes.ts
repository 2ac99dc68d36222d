/** Runs the services of a bench as processes of their own, in the same way as `npm start`. */
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

/** Starts a program. The caller must read its output. */
export const startProgram = (path: string, env: Environment): ChildProcess => run([join(projectRoot, path)], env);

function run(args: string[], env: Environment): ChildProcess {
  const whole = { PATH: process.env["PATH"] ?? "", LOG_LEVEL: "error", ...runtimeEnvironment, ...env };
  return spawn(process.execPath, args, { env: whole, stdio: ["ignore", "pipe", "inherit"] });
}

/** Stops a process with SIGTERM and waits for its end. */
export async function ended(child: ChildProcess): Promise<void> {
  if ((child.exitCode ?? child.signalCode) !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}

/** The most memory that a process has used. */
export function maxRssMb({ pid }: { pid?: number | null | undefined }): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

/** Process ids, by the names that the figures use. */
export type Pids = Readonly<Record<string, number>>;

/** The CPU time in microseconds that each process has used since its start, with its children (PostgreSQL has one for each connection). */
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

/** The CPU time that each process used between two readings, for one of so many messages. */
export const microsEach = (before: Record<string, number>, after: Record<string, number>, messages: number) =>
  Object.fromEntries(
    Object.entries(after).map(([name, micros]) => [name, Math.round((micros - (before[name] ?? 0)) / messages)]),
  );

/** Linux reports CPU time in hundredths of a second, whatever the kernel's clock. */
const TICK_MICROS = 10_000;

function usageOf(pid: number): { pid: number; parent: number; own: number; ended: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // pid (name) state parent …; fields 14 to 17 are the ticks of the process itself, and of its children that have ended.
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
