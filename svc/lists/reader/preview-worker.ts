/** The thread that reads the beginning of one file. */
import { parentPort, workerData } from "node:worker_threads";
import { previewRecords } from "./preview.ts";
import type { PreviewWork } from "./preview-thread.ts";
import { FileFault, toldFault } from "./problem.ts";

const { task, bytes } = workerData as PreviewWork;
try {
  parentPort?.postMessage({ preview: previewRecords(task, bytes) });
} catch (error) {
  if (!(error instanceof FileFault)) throw error;
  parentPort?.postMessage({ fault: toldFault(error) });
}
