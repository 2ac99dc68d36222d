/**
 * Decides whose body is read next. One thread reads all bodies, so callers take turns: a caller that sends much waits for its own bodies.
 * Bodies that nobody waits for any more are not read. Between two bodies the process handles the network, so that it answers health checks
 * even when many bodies wait.
 */

/** One request's place among those of its caller. */
export interface BodyTurn {
  /** So many more bytes of it have arrived. */
  hold(bytes: number): void;
  /** It is complete. `read` is called when its turn comes. */
  ready(read: () => void): void;
  /** It is answered, or nobody waits for the answer. */
  leave(): void;
}

interface HeldBody {
  bytes: number;
  giveUp: () => void;
  read?: () => void;
}

interface CallerBodies {
  name: string;
  bytes: number;
  /** In the order in which they came. */
  held: Set<HeldBody>;
  ready: Set<HeldBody>;
}

/**
 * Node accepts one connection in a round of its event loop. New callers must not wait for one body for each connection before theirs, so
 * after a larger body the network gets more rounds. A round in which nothing happens takes microseconds.
 */
const BYTES_PER_ROUND = 8 << 10;

export class BodyTurns {
  readonly #mostBytes: number;
  readonly #callers = new Map<string, CallerBodies>();
  /** Callers with a body to read. The first is next, and then goes to the end. */
  readonly #line = new Set<CallerBodies>();
  #bytes = 0;
  /** A body was read, and the network gets its rounds before the next one. */
  #isListening = false;

  /** `mostBytes` is the limit for waiting bodies of all callers together. */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** A request of this caller begins. If too much waits and most of it is this caller's, `giveUp` is called, and nothing after it. */
  enter(name: string, giveUp: () => void): BodyTurn {
    const caller = this.#callers.get(name) ?? { name, bytes: 0, held: new Set(), ready: new Set() };
    this.#callers.set(name, caller);
    const held: HeldBody = { bytes: 0, giveUp };
    caller.held.add(held);
    return {
      hold: (bytes) => {
        if (!caller.held.has(held)) return;
        this.#count(caller, held, bytes);
        while (this.#bytes > this.#mostBytes && this.#makeRoom());
      },
      ready: (read) => {
        if (!caller.held.has(held)) return;
        held.read = read;
        caller.ready.add(held);
        this.#line.add(caller);
        this.#readNext();
      },
      leave: () => this.#drop(caller, held),
    };
  }

  /** Reads the next body, if the network had its rounds since the last one. */
  #readNext(): void {
    const [caller] = this.#line;
    const [next] = caller?.ready ?? [];
    if (this.#isListening || !caller || !next) return;
    this.#listenFor(1 + Math.floor(next.bytes / BYTES_PER_ROUND));
    this.#drop(caller, next);
    if (this.#line.delete(caller)) this.#line.add(caller);
    next.read?.();
  }

  #listenFor(rounds: number): void {
    this.#isListening = rounds > 0;
    if (this.#isListening) setImmediate(() => this.#listenFor(rounds - 1));
    else this.#readNext();
  }

  /** Drops the newest body of the caller with the most bytes: it would be answered last. */
  #makeRoom(): boolean {
    const [first, ...others] = this.#callers.values();
    if (!first) return false;
    let most = first;
    for (const caller of others) if (caller.bytes > most.bytes) most = caller;
    const newest = [...most.held].at(-1);
    if (!newest) return false;
    this.#drop(most, newest);
    newest.giveUp();
    return true;
  }

  #drop(caller: CallerBodies, held: HeldBody): void {
    if (!caller.held.delete(held)) return;
    this.#count(caller, held, -held.bytes);
    caller.ready.delete(held);
    if (caller.ready.size === 0) this.#line.delete(caller);
    if (caller.held.size === 0) this.#callers.delete(caller.name);
  }

  #count(caller: CallerBodies, held: HeldBody, bytes: number): void {
    held.bytes += bytes;
    caller.bytes += bytes;
    this.#bytes += bytes;
  }
}
