/**
 * Whose body is read next. One thread reads all of them, so callers take turns: who sends much waits for what he sent himself, and what
 * nobody waits for any more is not read. Between two bodies the process hears the network, so that it says that it is well however much waits.
 */

/** One request's place among those of its caller. */
export interface BodyTurn {
  /** So many bytes more of it are here. */
  hold(bytes: number): void;
  /** It is whole: `read` is called when its turn comes. */
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
 * In one round of its event loop Node accepts one connection. So that new callers do not wait behind as many bodies as there are
 * connections before theirs, the network is heard for more rounds the larger a body was; a round where nothing comes takes microseconds.
 */
const BYTES_PER_ROUND = 8 << 10;

export class BodyTurns {
  readonly #mostBytes: number;
  readonly #callers = new Map<string, CallerBodies>();
  /** Those who have something to read; the first is next, and goes to the end. */
  readonly #line = new Set<CallerBodies>();
  #bytes = 0;
  /** A body was read, and the network is heard before the next one is. */
  #isListening = false;

  /** `mostBytes` are held at once, of all callers together. */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** A request of this caller begins. `giveUp` is called, and nothing after it, where too much waits and most of it is of this caller. */
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

  /** Reads the next body, where the network has been heard since the last. */
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

  /** The newest of who holds most goes: its answer would be the last to come. */
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
