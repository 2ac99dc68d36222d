/**
 * Stores which sessions are being worked on, so that after a dialer died it is known which may have caused it. A session that a dead
 * dialer was working on is a suspect. Of all suspects only one is worked on at a time, so that the next death shows which it was. A
 * suspect that causes no death for a while is cleared.
 */
import type { Database } from "../../lib/postgres/db.ts";
import type { Logger } from "../../lib/observe/log.ts";
import { clearCrashes, markIdle, markWorking, type SessionKey } from "./session-store.ts";

export interface SessionMarksDeps {
  db: Database;
  log: Logger;
  /** The name of this dialer and its present start: `name/incarnation`. */
  owner: string;
}

interface SessionMark {
  key: SessionKey;
  /** Pieces of work that are running. */
  working: number;
  /** The mark in the database, or the one that is being written. */
  isMarked: boolean;
  /** Writes go one after another. */
  writing: Promise<void>;
  /** Until when this session is a suspect; undefined when it is none. */
  suspectUntilMs: number | undefined;
}

/** Call it when the work is over. */
export type EndOfWork = () => void;

/** A mark stays for so long after the work, since most sessions go on at once. */
const LINGER_MS = 1_000;
/** Work that was leased when a dialer died comes again after 15 seconds. */
const SUSPECT_MS = 60_000;

export class SessionMarks {
  readonly #deps: SessionMarksDeps;
  readonly #marked = new Map<string, SessionMark>();
  /** The turn of the last suspect in the line. */
  #turn: Promise<void> = Promise.resolve();

  constructor(deps: SessionMarksDeps) {
    this.#deps = deps;
  }

  /** Makes a session a suspect: earlier dialers died while they worked on it. */
  suspect(key: SessionKey): void {
    this.#of(key).suspectUntilMs = performance.now() + SUSPECT_MS;
  }

  /** Notes that work begins. Resolves once that is stored and, for a suspect, when it is its turn. */
  async begin(key: SessionKey): Promise<EndOfWork> {
    const one = this.#of(key);
    if (one.suspectUntilMs !== undefined) return this.#beginAlone(one, one.suspectUntilMs);
    one.working += 1;
    try {
      await this.#mark(one);
    } catch (error) {
      this.#ended(one);
      throw error;
    }
    return once(() => this.#ended(one));
  }

  /** Forgets a session that is no longer ours. */
  forget(key: SessionKey): void {
    this.#marked.delete(nameOf(key));
  }

  async #beginAlone(one: SessionMark, untilMs: number): Promise<EndOfWork> {
    const before = this.#turn;
    let release = () => {};
    this.#turn = new Promise((resolve) => (release = resolve));
    await before;
    try {
      await this.#mark(one);
    } catch (error) {
      release();
      throw error;
    }
    return once(() => {
      const isOver = performance.now() > untilMs;
      if (isOver) one.suspectUntilMs = undefined;
      void this.#unmark(one, isOver).then(release);
    });
  }

  #of(key: SessionKey): SessionMark {
    const found = this.#marked.get(nameOf(key));
    if (found) return found;
    const { tenantId, groupId } = key;
    const one: SessionMark = {
      key: { tenantId, groupId },
      working: 0,
      isMarked: false,
      writing: Promise.resolve(),
      suspectUntilMs: undefined,
    };
    this.#marked.set(nameOf(key), one);
    return one;
  }

  #mark(one: SessionMark): Promise<void> {
    if (one.isMarked) return one.writing;
    one.isMarked = true;
    const { db, owner } = this.#deps;
    const write = one.writing.then(() => markWorking(db.tenant(one.key.tenantId), one.key.groupId, owner));
    one.writing = write.catch(() => void (one.isMarked = false));
    return write;
  }

  #ended(one: SessionMark): void {
    one.working -= 1;
    if (one.working > 0) return;
    setTimeout(() => {
      if (one.working === 0) void this.#unmark(one, false);
    }, LINGER_MS).unref();
  }

  /** If this fails, a death before the next try counts against the session although no work was running. */
  #unmark(one: SessionMark, isCleared: boolean): Promise<void> {
    if (!one.isMarked) return one.writing;
    one.isMarked = false;
    const { db, owner, log } = this.#deps;
    const { tenantId, groupId } = one.key;
    const scope = db.tenant(tenantId);
    one.writing = one.writing
      .then(() => (isCleared ? clearCrashes(scope, groupId, owner) : markIdle(scope, groupId, owner)))
      .catch((error: unknown) =>
        log.warn({ error, campaignGroupId: groupId }, "a session could not be marked as idle"),
      );
    return one.writing;
  }
}

const nameOf = ({ tenantId, groupId }: SessionKey) => `${tenantId} ${groupId}`;

function once(work: () => void): EndOfWork {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}
