/** A thread of the pool. It gives one answer for each piece of work. */
import { parentPort } from "node:worker_threads";
import { buffersOf } from "../open.ts";
import { FileFault, toldFault } from "../problem.ts";
import { doSmallWork, type SmallWork } from "./small-work.ts";

const port = parentPort;
if (!port) throw new Error("reader/threads/small-worker.ts runs as a worker thread.");

port.on("message", (work: SmallWork) => {
  try {
    const result = doSmallWork(work);
    port.postMessage({ result }, "copy" in result ? buffersOf(result) : []);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    port.postMessage({ fault: toldFault(error) });
  }
});
