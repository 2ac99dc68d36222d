/** The thread that reads one file: one answer for each piece of bytes. It keeps the service's own thread free. */
import { parentPort, workerData } from "node:worker_threads";
import { FileFault, toldFault } from "../problem.ts";
import type { FileTask } from "../file-task.ts";
import type { WorkerInput } from "./read-file.ts";
import type { ReadPart } from "../result.ts";
import { buffersOf, openFile } from "../open.ts";

const port = parentPort;
if (!port) throw new Error("reader/threads/worker.ts runs as a worker thread.");
const file = openFile(workerData as FileTask);

port.on("message", (message: WorkerInput) => {
  try {
    if (message.bytes) file.push(message.bytes);
    else file.end();
    answer(file.take(), !message.bytes);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    port.postMessage({ fault: toldFault(error) });
  }
});

function answer(part: ReadPart, isLast: boolean): void {
  port?.postMessage({ part, isLast }, buffersOf(part));
}
