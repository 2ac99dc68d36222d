import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";

/** A program to run, and how to stop it. */
export interface ProcessSpec {
  name: string;
  command: string;
  args: string[];
  env?: Record<string, string>;
  cwd?: string;
  /** Where its output is appended. */
  logFile: string;
  /** The signal that asks it to end; `SIGTERM` unless given. */
  stopSignal?: NodeJS.Signals;
  /** How long it may take to end before it is killed. */
  stopMs?: number;
}

/** How a program ended. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A program that was started. */
export interface RunningProcess {
  readonly pid: number;
  /** Resolves when it has ended, for whatever reason. */
  readonly exited: Promise<Exit>;
  /** Asks it to end, and kills it when it does not. */
  stop(): Promise<void>;
}

/**
 * Starts a program in its own session, so that Ctrl-C in the terminal reaches only us and we stop things in order. The program also ends
 * when we are killed.
 */
export function launch(spec: ProcessSpec, lifeline: Lifeline = systemLifeline()): Promise<RunningProcess> {
  mkdirSync(dirname(spec.logFile), { recursive: true });
  const log = openSync(spec.logFile, "a");
  const stopSignal = spec.stopSignal ?? "SIGTERM";
  const { command, args } =
    lifeline === "pdeathsig" ? withDeathSignal(spec, stopSignal) : withWatchdog(spec, stopSignal);
  const child = spawn(command, args, {
    cwd: spec.cwd,
    env: { ...process.env, ...spec.env },
    detached: true,
    stdio: ["ignore", log, log, lifeline === "watchdog" ? "pipe" : "ignore"],
  });
  closeSync(log);
  return new Promise((resolve, reject) => {
    child.once("error", (cause) => reject(new Error(`${spec.name} could not be started: ${cause.message}`, { cause })));
    child.once("spawn", () => resolve(running(child, spec, stopSignal)));
  });
}

function running(child: ChildProcess, spec: ProcessSpec, stopSignal: NodeJS.Signals): RunningProcess {
  const exited = new Promise<Exit>((resolve) => child.once("exit", (code, signal) => resolve({ code, signal })));
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    pid: child.pid as number,
    exited,
    async stop() {
      if (hasEnded()) return;
      child.kill(stopSignal);
      const timer = setTimeout(() => child.kill("SIGKILL"), spec.stopMs ?? 12_000);
      await exited;
      clearTimeout(timer);
    },
  };
}

/** How a child learns that we are gone: from the kernel, or from a shell beside it that has a pipe to us. */
export type Lifeline = "pdeathsig" | "watchdog";

const systemLifeline = (): Lifeline =>
  process.platform === "linux" && existsSync("/usr/bin/setpriv") ? "pdeathsig" : "watchdog";

const withDeathSignal = (spec: ProcessSpec, signal: NodeJS.Signals): { command: string; args: string[] } => ({
  command: "/usr/bin/setpriv",
  args: ["--pdeathsig", signal.replace("SIG", ""), "--", spec.command, ...spec.args],
});

// File descriptor 3 is a pipe to which nobody writes: reading from it ends when our process ends, for whatever reason.
const watchdogScript = `
"$@" 3<&- & child=$!
trap 'kill -SIGNAL $child' SIGNAL
{ read -r _ <&3; kill -SIGNAL $child; } 2>/dev/null & watcher=$!
while :; do wait $child; code=$?; kill -0 $child 2>/dev/null || break; done
kill $watcher 2>/dev/null
exit $code`;

const withWatchdog = (spec: ProcessSpec, signal: NodeJS.Signals): { command: string; args: string[] } => ({
  command: "/bin/sh",
  args: ["-c", watchdogScript.replaceAll("SIGNAL", signal.replace("SIG", "")), "sh", spec.command, ...spec.args],
});

/** Waits until `probe` answers true; `deadlineMs` from now it gives up with the words of `what`. */
export async function until(
  what: string,
  probe: () => Promise<boolean>,
  deadlineMs: number,
  everyMs = 25,
): Promise<void> {
  const end = performance.now() + deadlineMs;
  while (!(await probe())) {
    if (performance.now() > end) throw new Error(`${what} within ${Math.round(deadlineMs / 1000)} s.`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
