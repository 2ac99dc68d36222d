/** The thread that reads the beginning of one file. */
import { parentPort, workerData } from "node:worker_threads";
import { previewFile, type PreviewWork } from "./preview-thread.ts";
import { FileFault, toldFault } from "./problem.ts";

try {
  parentPort?.postMessage({ preview: previewFile(workerData as PreviewWork) });
} catch (error) {
  if (!(error instanceof FileFault)) throw error;
  parentPort?.postMessage({ fault: toldFault(error) });
}
