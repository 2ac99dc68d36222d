/** Repeats work in the background until stopped: at intervals, at once when nudged, and more slowly while it fails. */
import type { Logger } from "../observe/log.ts";
import { backoffMs } from "./time.ts";

export interface Loop {
  /** Runs the work now (or once more, if it is running). */
  nudge(): void;
  /** Lets the current run finish and ends. */
  stop(): Promise<void>;
}

export interface LoopOptions {
  name: string;
  /** Wait after a run that found nothing to do. */
  everyMs: number;
  log: Logger;
  /** Does one batch. Returns true when there is more to do at once. */
  work: (signal: AbortSignal) => Promise<boolean | void>;
}

const SLOWEST_MS = 15_000;

export function startLoop({ name, everyMs, log, work }: LoopOptions): Loop {
  const stopping = new AbortController();
  const { signal } = stopping;
  let nudged = false;
  let wake = () => {};
  let failures = 0;

  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const waitMs = (more: boolean) =>
    failures > 0 ? backoffMs(failures, { baseMs: 200, mostMs: SLOWEST_MS }) : more || nudged ? 0 : everyMs;

  const ended = (async () => {
    while (!signal.aborted) {
      nudged = false;
      let more = false;
      try {
        more = (await work(signal)) === true;
        failures = 0;
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
      if (failures === 0) wake();
    },
    async stop() {
      stopping.abort();
      wake();
      await ended;
    },
  };
}
