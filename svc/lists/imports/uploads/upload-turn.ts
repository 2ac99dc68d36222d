/** Takes an upload from its first message to its turn. It waits for the beginning of the file first, so that slow senders hold no place. */
import type { Ctx } from "../../../lib/rpc/context.ts";
import { RpcError, status } from "../../../lib/errors/errors.ts";
import { importCancelled, uploadIncomplete } from "../../errors.ts";
import { beginFile, type BegunFile } from "../../reader/threads/read-file.ts";
import type { ThreadPool } from "../../reader/threads/thread-pool.ts";
import type { FairSlots } from "../../../lib/async/fair-slots.ts";
import { atLeastRate, type LeastRate } from "./upload-rate.ts";

/** Tells the reading of a file to stop, with the error that says why. */
export class UploadStop {
  readonly #controller = new AbortController();

  /** Stops by itself when the caller goes away. */
  constructor({ signal }: Pick<Ctx, "signal">) {
    const leave = () => this.#controller.abort(reasonOf(signal));
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Waits for a promise, but only until reading is to stop. */
  async orStopped<T>(promise: Promise<T>): Promise<T> {
    const over = new AbortController();
    const stopped = new Promise<never>((_, reject) => {
      const leave = () => reject(this.signal.reason as Error);
      if (this.signal.aborted) leave();
      else this.signal.addEventListener("abort", leave, { once: true, signal: over.signal });
    });
    return Promise.race([promise, stopped]).finally(() => over.abort());
  }

  /** Somebody asked to stop. */
  cancel(): void {
    this.#controller.abort(importCancelled());
  }
}

const reasonOf = ({ reason }: AbortSignal): RpcError =>
  reason instanceof RpcError && reason.code !== status.CANCELLED ? reason : uploadIncomplete(reason);

export interface TurnDeps {
  slots: FairSlots;
  threads: ThreadPool;
  leastRate: LeastRate;
}

/** Gives `work` the file once its beginning has come and there is room. */
export async function inTurn<T>(
  { slots, leastRate }: Pick<TurnDeps, "slots" | "leastRate">,
  {
    tenantId,
    pieces,
    stop,
    waits,
  }: { tenantId: string; pieces: AsyncIterable<Uint8Array, void>; stop: UploadStop; waits: (ahead: number) => void },
  work: (file: BegunFile) => Promise<T>,
): Promise<T> {
  const file = await stop.orStopped(beginFile(atLeastRate(pieces, leastRate)));
  return slots.run({ owner: tenantId, signal: stop.signal, waits }, () => work(file));
}
