import { copyFileSync, readdirSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";

const mostBytes = 64 << 20;
const everyMs = 60_000;

/**
 * Keeps logs from filling the disk: a log over 64 MiB is moved to `.1`, whose content goes. Programs append to their
 * logs through a handle of their own, so the file is emptied in place, not replaced.
 */
export function trimLogs(dir: string): { stop(): void } {
  const timer = setInterval(() => trimOnce(dir, mostBytes), everyMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/** One round of trimming. */
export function trimOnce(dir: string, most: number): void {
  for (const name of readdirSync(dir)) {
    const file = join(dir, name);
    if (!name.endsWith(".log") || statSync(file).size <= most) continue;
    copyFileSync(file, `${file}.1`);
    truncateSync(file);
  }
}
