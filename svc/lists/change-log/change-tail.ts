/** Watches the end of the change log for all streams of this process. Notifications wake it, and it looks at regular intervals too. */
import type { Database } from "../../lib/postgres/db.ts";
import { dependencyUnavailable } from "../../lib/errors/errors.ts";
import type { Logger } from "../../lib/observe/log.ts";
import { ChangeStream } from "../../lib/watch/change-stream.ts";
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

/** Notifications announce every change. This look confirms that there was none. */
const LOOK_EVERY_MS = 800;
/** A stream may say "nothing new" only if it is sure. After this long without a look it ends, so that its receiver connects elsewhere. */
const STALE_MS = 2_000;
/** The log is the only thing that is watched here. */
const LOG = "log";

export function changeTail(db: Database, log: Logger): ChangeTail {
  const stopping = new AbortController();
  const grown = new ChangeStream();
  const notified = new ChangeStream();
  let seen = { last: 0, forgotten: 0 };
  let seenAt = -Infinity;
  let looking: Promise<void> | undefined;
  let listener: { stop(): Promise<void> } | undefined;

  const look = async () => {
    const at = performance.now();
    const ends = await logEnds(db.everyTenant());
    seenAt = at;
    const hasGrown = ends.last !== seen.last || ends.forgotten !== seen.forgotten;
    seen = ends;
    if (hasGrown) grown.changed(LOG);
  };

  const follow = async () => {
    const notifications = notified.watch(LOG, stopping.signal);
    while (!stopping.signal.aborted) {
      await look().catch((error: unknown) => log.warn({ error }, "cannot look at the log of suppression changes"));
      await notifications.changed(LOOK_EVERY_MS);
    }
  };

  return {
    async begin() {
      await look();
      listener ??= notified.listen(db, CHANGES_CHANNEL, () => [LOG]);
      looking ??= follow();
    },
    ends() {
      if (performance.now() - seenAt > STALE_MS) throw dependencyUnavailable("The database of lists");
      return seen;
    },
    async beyond(sequence, mostMs, signal) {
      if (seen.last > sequence) return;
      const growth = grown.watch(LOG, signal);
      await growth.changed(mostMs);
      growth.end();
    },
    async stop() {
      stopping.abort();
      await listener?.stop();
      await looking;
    },
  };
}
