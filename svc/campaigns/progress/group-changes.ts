/** Notifies the watchers of a group, in this and other processes, that something about it has changed. */
import { EventEmitter } from "node:events";
import type { Database } from "../../lib/postgres/db.ts";
import type { Logger } from "../../lib/observe/log.ts";
import type { GroupKey } from "../groups/group-key.ts";

const CHANNEL = "campaigns_changed";
/** Other processes are notified about one group at most this often; watchers also look by themselves. */
const TELL_OTHERS_EVERY_MS = 500;
/** Most groups in one notification, which can hold 8,000 bytes. */
const MOST_GROUPS = 100;

export class GroupChanges {
  readonly #emitter = new EventEmitter().setMaxListeners(0);
  readonly #here: ((key: GroupKey) => void)[] = [];
  readonly #any: (() => void)[] = [];
  readonly #db: Database;
  readonly #log: Logger;
  readonly #listening: { stop(): Promise<void> };
  readonly #toTell = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(db: Database, log: Logger) {
    this.#db = db;
    this.#log = log;
    this.#listening = db.listen(CHANNEL, (payload) => {
      // Notifications may have been missed before the connection was made, so every watcher looks again.
      for (const heard of this.#any) heard();
      const groups = payload === undefined ? this.#emitter.eventNames() : payload.split(",");
      for (const group of groups) this.#emitter.emit(group);
    });
  }

  /** Notifies that a group, its queue or its counts have changed. Call it after the commit. */
  happened(key: GroupKey): void {
    const { groupId } = key;
    for (const heard of this.#here) heard(key);
    for (const heard of this.#any) heard();
    this.#emitter.emit(groupId);
    this.#toTell.add(groupId);
    this.#timer ??= setTimeout(() => void this.#tellOthers(), TELL_OTHERS_EVERY_MS);
  }

  /** Calls `heard` after each change that this process made. */
  onHere(heard: (key: GroupKey) => void): void {
    this.#here.push(heard);
  }

  /** Calls `heard` whenever something changed, here or in another process, and when something may have been missed. */
  onAny(heard: () => void): void {
    this.#any.push(heard);
  }

  /** Calls `changed` at each change of a group until the returned function is called. */
  on(groupId: string, changed: () => void): () => void {
    this.#emitter.on(groupId, changed);
    return () => this.#emitter.off(groupId, changed);
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#listening.stop();
  }

  async #tellOthers(): Promise<void> {
    this.#timer = undefined;
    const groups = [...this.#toTell];
    this.#toTell.clear();
    try {
      for (let i = 0; i < groups.length; i += MOST_GROUPS) {
        await this.#db
          .everyTenant()
          .query("select pg_notify($1, $2)", [CHANNEL, groups.slice(i, i + MOST_GROUPS).join(",")]);
      }
    } catch (error) {
      // Only logged: watchers also look by themselves every few seconds.
      this.#log.debug({ error }, "other processes could not be notified of changes");
    }
  }
}
