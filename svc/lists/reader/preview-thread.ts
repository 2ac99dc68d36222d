/** Previews in a thread of their own, so that the service's other calls go on; small ones at once. */
import { Worker } from "node:worker_threads";
import { type Preview, previewRecords, type PreviewTask } from "./preview.ts";
import { type EntryPreview, previewEntries, type EntryPreviewTask } from "./suppression-preview.ts";
import { faultOf, type ToldFault } from "./problem.ts";
import { SMALL_BYTES, threadOptions } from "./read-file.ts";

type AnyTask = PreviewTask | EntryPreviewTask;
type PreviewOf<Task extends AnyTask> = Task extends PreviewTask ? Preview : EntryPreview;

export interface PreviewWork {
  task: AnyTask;
  bytes: Uint8Array;
}

type FromThread = { preview: Preview | EntryPreview; fault?: undefined } | { fault: ToldFault };

/** Reads the beginning of a file, whatever it is for. */
export const previewFile = ({ task, bytes }: PreviewWork): Preview | EntryPreview =>
  task.kind === "records" ? previewRecords(task, bytes) : previewEntries(task, bytes);

/** Throws FileFault; and the signal's reason, when the thread ends at once. */
export async function previewInThread<Task extends AnyTask>(
  task: Task,
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<PreviewOf<Task>> {
  const work: PreviewWork = { task, bytes };
  const preview = bytes.length <= SMALL_BYTES ? previewFile(work) : await inThread(work, signal);
  return preview as PreviewOf<Task>;
}

async function inThread(work: PreviewWork, signal: AbortSignal): Promise<Preview | EntryPreview> {
  signal.throwIfAborted();
  const worker = new Worker(new URL("./preview-worker.ts", import.meta.url), threadOptions(work));
  const leaving = new AbortController();
  try {
    return await new Promise<Preview | EntryPreview>((resolve, reject) => {
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
