/** What a reading thread is given: little memory. */
import type { WorkerOptions } from "node:worker_threads";

const MOST_HEAP_MB = 128;
/** What a row leaves behind is short-lived: collecting it often costs hardly more time, and much less memory. */
const YOUNG_HEAP_MB = 8;

export const threadOptions = (workerData: unknown): WorkerOptions => ({
  workerData,
  resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB, maxYoungGenerationSizeMb: YOUNG_HEAP_MB },
});
