/** Services of a bench: processes of their own, run as `npm start` runs them. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../deploy/local/paths.ts";
import { programOf, runtimeEnvironment } from "../../deploy/local/services.ts";
import type { ServiceName } from "../../deploy/local/settings.ts";

type Environment = Record<string, string>;

export function startService(name: ServiceName, env: Environment): ChildProcess {
  const child = run(programOf(name), env);
  child.stdout?.resume();
  return child;
}

/** What the program prints is the caller's to read. */
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
