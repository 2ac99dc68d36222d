/**
 * Wakes those who watch something when it changes. A change carries no data: a watcher that is woken reads the present state itself. So
 * several changes before a read count as one, and a slow watcher costs one flag and always sees the last state.
 */
import { Bell } from "../async/bell.ts";
import type { Database } from "../postgres/db.ts";

/** Watches one thing. */
export interface Watch {
  /** Resolves when the thing has changed since the last call resolved, after `mostMs`, or once the watcher's signal aborts. */
  changed(mostMs?: number): Promise<void>;
  /** Nothing wakes this watcher any more. */
  end(): void;
}

export class ChangeStream {
  /** Watchers by the key of what they watch. */
  readonly #watches = new Map<string, Set<() => void>>();

  /**
   * Listens on a channel of PostgreSQL for changes by any process; `keysOf` reads the changed keys from a notification. After each new
   * connection all watchers are woken, since notifications may have been missed.
   */
  listen(
    db: Pick<Database, "listen">,
    channel: string,
    keysOf = (payload: string): readonly string[] => [payload],
  ): { stop(): Promise<void> } {
    return db.listen(channel, (payload) => {
      for (const key of payload === undefined ? this.#watches.keys() : keysOf(payload)) this.changed(key);
    });
  }

  /** Says that something changed. */
  changed(key: string): void {
    for (const wake of this.#watches.get(key) ?? []) wake();
  }

  /** Watches one thing, until `signal` aborts or the watch is ended. */
  watch(key: string, signal: AbortSignal): Watch {
    const bell = new Bell();
    const ring = () => bell.ring();
    const watches = this.#watches.get(key) ?? new Set();
    this.#watches.set(key, watches.add(ring));
    const end = () => {
      signal.removeEventListener("abort", leave);
      watches.delete(ring);
      if (watches.size === 0 && this.#watches.get(key) === watches) this.#watches.delete(key);
    };
    const leave = () => {
      end();
      bell.ring();
    };
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave, { once: true });
    return { end, changed: (mostMs) => (signal.aborted ? Promise.resolve() : bell.heard(mostMs)) };
  }
}
