// `npm start`: the whole platform on this machine, until Ctrl-C.
import { AlreadyRunningError } from "./lock.ts";
import { watchParents } from "./parent-watch.ts";
import { startPlatform, type Platform } from "./platform.ts";
import { readPlatformSettings } from "./settings.ts";
import { addressTable } from "./table.ts";

const say = (line: string): void => console.log(line);
const started = performance.now();

const givingUp = new AbortController();
let platform: Platform | undefined;
let stopping = false;

/** Stops everything in order. A second Ctrl-C exits at once, and all that we started ends with us. */
function stop(why: string): void {
  if (stopping) process.exit(130);
  stopping = true;
  say(`\n${why}: stopping everything (again to stop at once).`);
  givingUp.abort();
  if (platform) void platform.stop().then(() => process.exit(0), fail);
}

function fail(error: unknown): never {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  if (process.env.LOG_LEVEL === "debug") console.error(error);
  process.exit(error instanceof AlreadyRunningError ? 3 : 1);
}

process.on("SIGINT", () => stop("Ctrl-C"));
process.on("SIGTERM", () => stop("Asked to end"));
process.on("SIGHUP", () => stop("The terminal was closed"));
watchParents((who) => stop(`${who} is gone`));

try {
  if (process.argv.length > 2)
    throw new Error("npm start takes no arguments; settings are environment variables: see deploy/local/README.md.");
  say("Herald is starting.\n");
  platform = await startPlatform({ settings: readPlatformSettings(process.env), say, signal: givingUp.signal });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (!stopping) say(`\nHerald is ready after ${seconds} s. Ctrl-C stops everything.\n\n${addressTable(platform)}\n`);
} catch (error) {
  if (stopping) process.exit(0); // what had been started has been stopped
  fail(error);
}
