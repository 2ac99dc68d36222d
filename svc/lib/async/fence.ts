/**
 * A fence around work on what strangers wrote, such as templates. The work runs in separate processes with limits of memory and time; a
 * process that exceeds one is killed and replaced. Threads would not do: an allocation too large for a thread's heap ends the whole
 * process.
 */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { backoffMs } from "./time.ts";

/** A job exceeded a limit, and its process is gone. */
export class FenceBrokenError extends Error {
  readonly limit: "time" | "memory";

  constructor(limit: "time" | "memory") {
    super(`The work took more ${limit} than it may.`);
    this.name = "FenceBrokenError";
    this.limit = limit;
  }
}

export interface FenceOptions {
  /** What a process runs: a module that calls `serveFenced`. */
  program: URL;
  /** At least two, so that one owner cannot keep all of them busy. */
  processes: number;
  heapMb: number;
  /** Longest run of one job. */
  limitMs: number;
  /** A process was killed, or died. */
  broken?: (limit: FenceBrokenError["limit"]) => void;
}

interface WaitingJob<Job, Answer> {
  owner: string;
  job: Job;
  done: (answer: Answer) => void;
  failed: (error: Error) => void;
}

interface FencedProcess<Job, Answer> {
  process: ChildProcess | undefined;
  ready: boolean;
  work: WaitingJob<Job, Answer> | undefined;
  late: NodeJS.Timeout | undefined;
  failures: number;
}

const START_BACK_OFF = { baseMs: 200, mostMs: 5_000 };

export class Fence<Job, Answer> {
  readonly #options: FenceOptions;
  readonly #places: FencedProcess<Job, Answer>[];
  #waiting: WaitingJob<Job, Answer>[] = [];
  #stopped = false;

  constructor(options: FenceOptions) {
    this.#options = options;
    this.#places = Array.from({ length: options.processes }, () => ({
      process: undefined,
      ready: false,
      work: undefined,
      late: undefined,
      failures: 0,
    }));
  }

  /** Does one job. Those of one `owner` are done one after another, and owners take turns. Rejects with FenceBrokenError. */
  run(owner: string, job: Job): Promise<Answer> {
    if (this.#stopped) return Promise.reject(new Error("The fence is closed."));
    return new Promise((done, failed) => {
      this.#waiting.push({ owner, job, done, failed });
      this.#next();
    });
  }

  /** Ends all processes; what was not done is rejected. */
  stop(): void {
    this.#stopped = true;
    for (const { failed } of this.#waiting.splice(0)) failed(new Error("The fence is closed."));
    for (const place of this.#places) place.process?.kill("SIGKILL");
  }

  #next(): void {
    for (const place of this.#places) {
      if (place.work || this.#waiting.length === 0) continue;
      if (!place.process) this.#start(place);
      if (!place.ready) continue;
      const busy = new Set(this.#places.map(({ work }) => work?.owner));
      const at = this.#waiting.findIndex(({ owner }) => !busy.has(owner));
      if (at >= 0) this.#give(place, this.#waiting.splice(at, 1)[0] as WaitingJob<Job, Answer>);
    }
  }

  #give(place: FencedProcess<Job, Answer>, work: WaitingJob<Job, Answer>): void {
    place.work = work;
    place.late = setTimeout(() => this.#kill(place), this.#options.limitMs);
    // If the process is dying, its exit reports it.
    place.process?.send({ job: work.job }, () => {});
  }

  #kill(place: FencedProcess<Job, Answer>): void {
    this.#end(place, ({ failed }) => failed(new FenceBrokenError("time")));
    this.#options.broken?.("time");
    place.process?.kill("SIGKILL");
    place.ready = false;
  }

  #end(place: FencedProcess<Job, Answer>, tell: (work: WaitingJob<Job, Answer>) => void): void {
    const { work } = place;
    clearTimeout(place.late);
    place.work = undefined;
    if (work) tell(work);
  }

  #start(place: FencedProcess<Job, Answer>): void {
    const { program, heapMb } = this.#options;
    const child = fork(fileURLToPath(program), [], {
      execArgv: [`--max-old-space-size=${heapMb}`, "--max-semi-space-size=4"],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      // The process must not see the service's secrets.
      env: { NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] },
    });
    place.process = child;
    child.on("message", (message: { ready: true } | { answer: Answer }) => {
      if ("ready" in message) {
        place.ready = true;
        place.failures = 0;
      } else this.#end(place, ({ done }) => done(message.answer));
      this.#next();
    });
    child.on("error", () => {});
    child.once("exit", () => this.#gone(place));
    // A process that could not be started has no exit event.
    if (child.pid === undefined) setImmediate(() => this.#gone(place));
  }

  #gone(place: FencedProcess<Job, Answer>): void {
    const began = place.ready || place.work !== undefined;
    if (place.work && !this.#stopped) this.#options.broken?.("memory");
    this.#end(place, ({ failed }) =>
      failed(this.#stopped ? new Error("The fence is closed.") : new FenceBrokenError("memory")),
    );
    place.ready = false;
    if (this.#stopped) return;
    place.failures = began ? 0 : place.failures + 1;
    const again = () => {
      place.process = undefined;
      this.#next();
    };
    if (place.failures === 0) again();
    else setTimeout(again, backoffMs(place.failures, START_BACK_OFF)).unref();
  }
}
