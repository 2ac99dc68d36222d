import { copyFileSync, readdirSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";

const mostBytes = 64 << 20;
const everyMs = 60_000;

/**
 * Keeps logs from filling the disk: a log over 64 MiB is copied over `.1` and emptied. It is emptied in place, since programs append to
 * their logs through open handles.
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
