/** Runs one service as a process: tracing first, then the service, and an orderly end at SIGTERM or SIGINT. */
import { flushCompileCache } from "node:module";
import { ConfigError } from "./config.ts";
import { startTracing } from "../observe/tracing.ts";

export interface RunningService {
  /** Where it answers gRPC. */
  address: string;
  /** Drains and ends. */
  stop(): Promise<void>;
}

/** The whole stop must be over by then; what still hangs is cut off. */
const STOP_LIMIT_MS = 9_500;

/** `main.ts` is this one line: `await runService("lists", async () => (await import("./service.ts")).startLists());` */
export async function runService(name: string, start: () => Promise<RunningService>): Promise<void> {
  const endTracing = await startTracing(name);
  try {
    const service = await start();
    flushCompileCache(); // otherwise it would be written at the end, and delay the first stop
    let stopping = false;
    const stop = () => {
      if (stopping) return;
      stopping = true;
      setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
      void service
        .stop()
        .then(() => endTracing?.())
        .then(
          () => process.exit(0),
          (error: unknown) => leave(error),
        );
    };
    process.on("SIGTERM", stop);
    process.on("SIGINT", stop);
  } catch (error) {
    leave(error);
  }
}

function leave(error: unknown): never {
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(1);
}
