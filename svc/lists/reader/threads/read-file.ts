/** Reads a file while it is uploaded, in a thread of its own, so that the service's other calls go on. Small files use a pool of threads. */
import { Worker } from "node:worker_threads";
import { BoundedQueue } from "../../../lib/async/batch.ts";
import type { FileTask, ReadTurn } from "../file-task.ts";
import type { ThreadPool } from "./thread-pool.ts";
import { faultOf, type FileFaultFields } from "../problem.ts";
import type { ReadPart } from "../result.ts";
import { threadOptions } from "./thread-options.ts";

export type WorkerInput = { bytes: Uint8Array } | { bytes?: undefined };

type WorkerOutput = { part: ReadPart; isLast: boolean; fault?: undefined } | { fault: FileFaultFields };

type FilePiece = Uint8Array<ArrayBuffer>;

const UNDER_WAY = 2;
const PIECE_BYTES = 128 * 1024;

/** A file whose beginning has come; of a small file that is all. */
export interface BegunFile {
  first: FilePiece | undefined;
  rest: AsyncGenerator<FilePiece, void>;
}

/** Waits for the beginning of a file, so that senders who send nothing hold no place. */
export async function beginFile(pieces: AsyncIterable<Uint8Array>): Promise<BegunFile> {
  const rest = inPieces(pieces);
  const { value } = await rest.next();
  return { first: value ?? undefined, rest };
}

/**
 * Reads a file, and takes pieces only as fast as the parts are taken. Throws FileFault, any error of the pieces, and the signal's
 * reason; the thread then ends at once, in the middle of its work.
 */
export async function* readFile(
  threads: ThreadPool,
  task: FileTask,
  { first = new Uint8Array(0), rest }: BegunFile,
  turn: ReadTurn,
): AsyncGenerator<ReadPart, void> {
  // Only the last piece is shorter than the others.
  if (first.length < PIECE_BYTES) yield await threads.readWhole(task, first, turn);
  else yield* readInThread(task, first, rest, turn.signal);
}

/** Two pieces are on their way at a time, so that the thread never waits for the next. */
async function* readInThread(
  task: FileTask,
  first: FilePiece,
  rest: AsyncGenerator<FilePiece, void>,
  signal: AbortSignal,
): AsyncGenerator<ReadPart, void> {
  signal.throwIfAborted();
  const worker = new Worker(new URL("./worker.ts", import.meta.url), threadOptions(task));
  const parts = new BoundedQueue<{ part: ReadPart; isLast: boolean }>(UNDER_WAY + 1);
  const room = new PieceWindow(UNDER_WAY);
  worker.on("message", (message: WorkerOutput) => {
    if (message.fault) parts.end(faultOf(message.fault));
    else parts.offer(message);
  });
  worker.on("error", (error) => parts.end(error instanceof Error ? error : new Error(String(error))));
  // The pieces alone would not tell us: while the thread is busy, nobody asks for the next one and so nobody learns of the end.
  const leave = () => parts.end(signal.reason as Error);
  signal.addEventListener("abort", leave, { once: true });
  feed(worker, first, rest, room).catch((error: Error) => parts.end(error));
  try {
    for await (const { part, isLast } of parts) {
      yield part;
      room.free();
      if (isLast) return;
    }
  } finally {
    signal.removeEventListener("abort", leave);
    room.close();
    await worker.terminate();
  }
}

async function feed(
  worker: Worker,
  first: FilePiece,
  rest: AsyncGenerator<FilePiece, void>,
  room: PieceWindow,
): Promise<void> {
  await room.take();
  worker.postMessage({ bytes: first }, [first.buffer]);
  for await (const bytes of rest) {
    if (!(await room.take())) return;
    worker.postMessage({ bytes }, [bytes.buffer]);
  }
  if (await room.take()) worker.postMessage({});
}

/** Copies what comes into pieces of a sensible size, so that a sender of single bytes costs no more than others. */
async function* inPieces(given: AsyncIterable<Uint8Array>): AsyncGenerator<FilePiece, void> {
  let piece = new Uint8Array(PIECE_BYTES);
  let filled = 0;
  for await (const bytes of given) {
    for (let at = 0; at < bytes.length;) {
      const some = bytes.subarray(at, at + PIECE_BYTES - filled);
      piece.set(some, filled);
      at += some.length;
      filled += some.length;
      if (filled < PIECE_BYTES) continue;
      yield piece;
      piece = new Uint8Array(PIECE_BYTES);
      filled = 0;
    }
  }
  if (filled > 0) yield piece.slice(0, filled);
}

/** Limits how many pieces are on their way. */
class PieceWindow {
  #left: number;
  #closed = false;
  #wake = () => {};

  constructor(most: number) {
    this.#left = most;
  }

  /** Waits for room; false once closed. */
  async take(): Promise<boolean> {
    while (this.#left === 0 && !this.#closed) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#left -= 1;
    return !this.#closed;
  }

  free(): void {
    this.#left += 1;
    this.#wake();
  }

  close(): void {
    this.#closed = true;
    this.#wake();
  }
}
