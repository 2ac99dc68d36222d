/** Previews in a thread of their own, so that the service's other calls go on; small ones at once. */
import { Worker } from "node:worker_threads";
import { type Preview, previewRecords, type PreviewTask } from "./preview.ts";
import { faultOf, type ToldFault } from "./problem.ts";
import { SMALL_BYTES, threadOptions } from "./read-file.ts";

export interface PreviewWork {
  task: PreviewTask;
  bytes: Uint8Array;
}

type FromThread = { preview: Preview; fault?: undefined } | { fault: ToldFault };

/** Throws FileFault; and the signal's reason, when the thread ends at once. */
export async function previewInThread(task: PreviewTask, bytes: Uint8Array, signal: AbortSignal): Promise<Preview> {
  if (bytes.length <= SMALL_BYTES) return previewRecords(task, bytes);
  signal.throwIfAborted();
  const work: PreviewWork = { task, bytes };
  const worker = new Worker(new URL("./preview-worker.ts", import.meta.url), threadOptions(work));
  const leaving = new AbortController();
  try {
    return await new Promise<Preview>((resolve, reject) => {
      const leave = () => reject(signal.reason as Error);
      signal.addEventListener("abort", leave, { once: true, signal: leaving.signal });
      worker.on("error", reject);
      worker.on("message", (message: FromThread) =>
        message.fault ? reject(faultOf(message.fault)) : resolve(message.preview),
      );
    });
  } finally {
    leaving.abort();
    await worker.terminate();
  }
}
