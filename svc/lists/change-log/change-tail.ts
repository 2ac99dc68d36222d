/** Follows the end of the change log for every stream of this process: woken by notifications, and looking by itself besides. */
import type { Database } from "../../lib/postgres/db.ts";
import { dependencyUnavailable } from "../../lib/errors/errors.ts";
import type { Logger } from "../../lib/observe/log.ts";
import { pause } from "../../lib/async/time.ts";
import { CHANGES_CHANNEL, logEnds } from "./change-store.ts";

export interface ChangeTail {
  /** Where the log ends, as seen within the last second or two; UNAVAILABLE when it could not be seen for longer. */
  ends(): { last: number; forgotten: number };
  /** Resolves once the log goes beyond `sequence`, and at the latest after `mostMs`. */
  beyond(sequence: number, mostMs: number, signal: AbortSignal): Promise<void>;
  /** Looks for the first time; rejects while the database is away. */
  begin(): Promise<void>;
  stop(): Promise<void>;
}

/** Notifications tell of every change; this is for knowing that there was none. */
const LOOK_EVERY_MS = 800;
/** A stream that says "nothing new" must know it: after this long without a look it ends, and its receiver goes elsewhere. */
const STALE_MS = 2_000;

export function changeTail(db: Database, log: Logger): ChangeTail {
  const stopping = new AbortController();
  let seen = { last: 0, forgotten: 0 };
  let seenAt = -Infinity;
  let nudge = new AbortController();
  let waiting = new Set<() => void>();
  let looking: Promise<void> | undefined;
  let listener: { stop(): Promise<void> } | undefined;

  const look = async () => {
    const at = performance.now();
    const ends = await logEnds(db.everyTenant());
    seenAt = at;
    const grown = ends.last !== seen.last || ends.forgotten !== seen.forgotten;
    seen = ends;
    if (!grown) return;
    const woken = waiting;
    waiting = new Set();
    for (const wake of woken) wake();
  };

  const follow = async () => {
    while (!stopping.signal.aborted) {
      nudge = new AbortController();
      await look().catch((error: unknown) => log.warn({ error }, "cannot look at the log of suppression changes"));
      await pause(LOOK_EVERY_MS, AbortSignal.any([nudge.signal, stopping.signal]));
    }
  };

  return {
    async begin() {
      await look();
      listener ??= db.listen(CHANGES_CHANNEL, () => nudge.abort());
      looking ??= follow();
    },
    ends() {
      if (performance.now() - seenAt > STALE_MS) throw dependencyUnavailable("The database of lists");
      return seen;
    },
    async beyond(sequence, mostMs, signal) {
      if (seen.last > sequence || signal.aborted || mostMs <= 0) return;
      await new Promise<void>((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          signal.removeEventListener("abort", wake);
          waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, mostMs);
        signal.addEventListener("abort", wake, { once: true });
        waiting.add(wake);
      });
    },
    async stop() {
      stopping.abort();
      await listener?.stop();
      await looking;
    },
  };
}
