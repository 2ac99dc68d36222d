/** Options of a reading thread: it gets little memory. */
import type { WorkerOptions } from "node:worker_threads";

const MOST_HEAP_MB = 128;
/** Objects of a row live briefly. Collecting them often takes hardly more time and saves much memory. */
const YOUNG_HEAP_MB = 8;

export const threadOptions = (workerData: unknown): WorkerOptions => ({
  workerData,
  resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB, maxYoungGenerationSizeMb: YOUNG_HEAP_MB },
});
