/** Repeats work in the background until stopped: at intervals, at once when nudged, and more slowly while it fails. */
import type { Logger } from "../observe/log.ts";
import { backoffMs } from "./time.ts";

export interface Loop {
  /** Runs the work now (or once more, if it is running). */
  nudge(): void;
  /** There may be something to do again: it looks as often as it does at first. */
  quicken(): void;
  /** Lets the current run finish and ends. */
  stop(): Promise<void>;
}

export interface LoopOptions {
  name: string;
  /** Wait after a run that found nothing to do. */
  everyMs: number;
  /** The longest wait, for work that is quickened when there may be something to do. Once it has found nothing several times, waits grow up to this. */
  idleMs?: number;
  log: Logger;
  /** Does one batch. Returns true when there is more to do at once. */
  work: (signal: AbortSignal) => Promise<boolean | void>;
}

const SLOWEST_MS = 15_000;
/** Runs that find nothing before waits begin to grow. */
const QUIET_RUNS = 10;

export function startLoop({ name, everyMs, idleMs = everyMs, log, work }: LoopOptions): Loop {
  const stopping = new AbortController();
  const { signal } = stopping;
  let nudged = false;
  let wake = () => {};
  let failures = 0;
  let quietRuns = 0;
  let sleepsLong = false;

  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      sleepsLong = failures === 0 && ms > everyMs;
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const waitMs = (more: boolean) => {
    if (failures > 0) return backoffMs(failures, { baseMs: 200, mostMs: SLOWEST_MS });
    if (more || nudged) return 0;
    return Math.min(idleMs, everyMs * 2 ** Math.max(0, Math.min(quietRuns - QUIET_RUNS, 10)));
  };

  const ended = (async () => {
    while (!signal.aborted) {
      nudged = false;
      let more = false;
      try {
        more = (await work(signal)) === true;
        failures = 0;
        quietRuns = more ? 0 : quietRuns + 1;
      } catch (error) {
        if (signal.aborted) break;
        failures += 1;
        log.warn({ error, loop: name, failures }, "background work failed; it will be tried again");
      }
      const ms = waitMs(more);
      if (!signal.aborted) await (ms === 0 ? new Promise((resolve) => setImmediate(resolve)) : sleep(ms));
    }
  })();

  return {
    nudge() {
      nudged = true;
      quietRuns = 0;
      if (failures === 0) wake();
    },
    quicken() {
      quietRuns = 0;
      if (sleepsLong) wake();
      sleepsLong = false;
    },
    async stop() {
      stopping.abort();
      wake();
      await ended;
    },
  };
}
