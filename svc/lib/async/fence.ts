/**
 * A fence around work on what strangers wrote, such as templates. The work runs in separate processes with limits of memory and time; a
 * process that exceeds one is killed and replaced. Threads would not do: an allocation too large for a thread's heap ends the whole
 * process.
 */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { tooManyWaiting } from "../errors/errors.ts";
import { OwnerTurns } from "./owner-turns.ts";
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
  /** Most jobs of one owner that may wait. Without it any number may: for callers that are limited elsewhere. */
  mostWaitingOfOne?: number;
  /** A process was killed, or died. */
  broken?: (limit: FenceBrokenError["limit"]) => void;
}

interface WaitingJob<Job, Answer> {
  owner: string;
  job: Job;
  done: (answer: Answer) => void;
  failed: (error: Error) => void;
  /** Called when it no longer waits. */
  taken: () => void;
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
  readonly #waiting = new OwnerTurns<WaitingJob<Job, Answer>>();
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

  /**
   * Does one job. Those of one `owner` are done one after another, and owners take turns. If the signal aborts while it waits, it is not
   * done, and rejects with the signal's reason. Rejects with FenceBrokenError, and with RESOURCE_EXHAUSTED if too many of its owner wait.
   */
  async run(owner: string, job: Job, signal?: AbortSignal): Promise<Answer> {
    if (this.#stopped) throw new Error("The fence is closed.");
    signal?.throwIfAborted();
    const most = this.#options.mostWaitingOfOne ?? Infinity;
    if (this.#waiting.countOf(owner) >= most) throw tooManyWaiting("jobs with texts", most);
    return new Promise((done, failed) => {
      const leave = () => {
        this.#waiting.remove(owner, work);
        failed(signal?.reason as Error);
      };
      const work = { owner, job, done, failed, taken: () => signal?.removeEventListener("abort", leave) };
      signal?.addEventListener("abort", leave, { once: true });
      this.#waiting.add(owner, work);
      this.#next();
    });
  }

  /** Ends all processes; what was not done is rejected. */
  stop(): void {
    this.#stopped = true;
    for (const { failed, taken } of this.#waiting.takeAll()) {
      taken();
      failed(new Error("The fence is closed."));
    }
    for (const place of this.#places) place.process?.kill("SIGKILL");
  }

  #next(): void {
    for (const place of this.#places) {
      if (place.work || this.#waiting.isEmpty) continue;
      if (!place.process) this.#start(place);
      if (!place.ready) continue;
      const busy = new Set(this.#places.map(({ work }) => work?.owner));
      const work = this.#waiting.take(busy);
      if (work) this.#give(place, work);
    }
  }

  #give(place: FencedProcess<Job, Answer>, work: WaitingJob<Job, Answer>): void {
    work.taken();
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
