/**
 * Reads previews and small files in threads that are reused, since starting a thread takes longer than the work. There are few threads;
 * a tenant has one at a time and tenants take turns, so that a busy tenant waits only for itself and the service's other calls go on.
 */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { FairSlots } from "../../../lib/async/fair-slots.ts";
import { faultOf, type FileFaultFields } from "../problem.ts";
import type { FileTask, ReadTurn } from "../file-task.ts";
import type { ReadPart } from "../result.ts";
import { threadOptions } from "./thread-options.ts";
import { type AnyPreviewTask, doSmallWork, type PreviewOf, type SmallResult, type SmallWork } from "./small-work.ts";

type ThreadOutput = { result: SmallResult; fault?: undefined } | { fault: FileFaultFields };

const AT_ONCE = 2;
/** Files up to this size are read at once in the service's own thread, in a few milliseconds at most. */
const TINY_BYTES = 4 * 1024;
/** A thread takes some forty megabytes, so it ends when it has no work for this long. */
const IDLE_MS = 30_000;

export class ThreadPool {
  /** No limit on those who wait: each holds a place for a preview or an import already, and these are limited. */
  readonly #slots = new FairSlots({ most: AT_ONCE, mostOfOne: 1 });
  readonly #idle = new Map<Worker, NodeJS.Timeout>();
  #isEnded = false;

  /** Throws FileFault, and the reason of the turn's signal; the thread then ends at once, in the middle of its work. */
  async preview<Task extends AnyPreviewTask>(task: Task, bytes: Uint8Array, turn: ReadTurn): Promise<PreviewOf<Task>> {
    // A copy, since the bytes lie in a larger buffer with other data.
    return (await this.#do({ what: "preview", task, bytes: new Uint8Array(bytes) }, turn)) as PreviewOf<Task>;
  }

  /** Reads a whole small file. Takes its bytes away from the caller. */
  async readWhole(task: FileTask, bytes: Uint8Array<ArrayBuffer>, turn: ReadTurn): Promise<ReadPart> {
    return (await this.#do({ what: "file", task, bytes }, turn)) as ReadPart;
  }

  async end(): Promise<void> {
    this.#isEnded = true;
    await Promise.all([...this.#idle.keys()].map((worker) => this.#leave(worker)));
  }

  async #do(work: SmallWork, turn: ReadTurn): Promise<SmallResult> {
    turn.signal.throwIfAborted();
    if (work.bytes.length <= TINY_BYTES) return doSmallWork(work);
    return this.#slots.run(turn, () => this.#inThread(work, turn.signal));
  }

  async #inThread(work: SmallWork, signal: AbortSignal): Promise<SmallResult> {
    const worker = this.#take();
    const answer = await answerOf(worker, work, signal).catch(async (error: unknown) => {
      await worker.terminate();
      throw error;
    });
    this.#keep(worker);
    if (answer.fault) throw faultOf(answer.fault);
    return answer.result;
  }

  #take(): Worker {
    for (const [kept, end] of this.#idle) {
      clearTimeout(end);
      this.#idle.delete(kept);
      kept.ref();
      return kept;
    }
    const worker = new Worker(new URL("./small-worker.ts", import.meta.url), threadOptions(undefined));
    // The error also reaches the caller that waits for the answer.
    worker.on("error", () => this.#forget(worker));
    return worker;
  }

  #keep(worker: Worker): void {
    worker.unref();
    this.#idle.set(worker, setTimeout(() => void this.#leave(worker), IDLE_MS).unref());
    if (this.#isEnded) void this.#leave(worker);
  }

  async #leave(worker: Worker): Promise<void> {
    this.#forget(worker);
    await worker.terminate();
  }

  #forget(worker: Worker): void {
    clearTimeout(this.#idle.get(worker));
    this.#idle.delete(worker);
  }
}

async function answerOf(worker: Worker, work: SmallWork, signal: AbortSignal): Promise<ThreadOutput> {
  const over = new AbortController();
  const left = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true, signal: over.signal });
  });
  worker.postMessage(work, [work.bytes.buffer]);
  try {
    const [answer] = (await Promise.race([once(worker, "message", { signal: over.signal }), left])) as [ThreadOutput];
    return answer;
  } finally {
    over.abort();
  }
}
