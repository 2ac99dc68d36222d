/** Lets a few things run at once, shared fairly between their owners (tenants, addresses); the others wait for their turn. */

export interface FairSlotLimits {
  /** Most that run at once, of all owners together. */
  most: number;
  /** Most that run at once of one owner, which leaves room for others. Without it there is no limit for one owner. */
  mostOfOne?: number;
  /** Most that may wait, of all together and of one owner; more are refused. Without a limit any number may wait: for callers that are limited elsewhere. */
  mostWaiting?: number;
  mostWaitingOfOne?: number;
  /** The error for one too many; `waiting` is how many of its owner wait already. */
  refuse?: (waiting: number) => Error;
}

export interface SlotTurn {
  owner: string;
  /** Ends the waiting with its reason. */
  signal?: AbortSignal;
  /** Called with the number of others before it, whenever that changes. Not called if it can run at once. */
  waits?: (ahead: number) => void;
}

interface Waiter extends SlotTurn {
  begin: () => void;
}

export class FairSlots {
  readonly #limits: Required<FairSlotLimits>;
  readonly #running = new Map<string, number>();
  /** When each owner that runs or waits last had its turn. */
  readonly #cameAt = new Map<string, number>();
  #turns = 0;
  #all = 0;
  #waiting: Waiter[] = [];

  constructor(limits: FairSlotLimits) {
    this.#limits = {
      mostOfOne: limits.most,
      mostWaiting: Infinity,
      mostWaitingOfOne: Infinity,
      refuse: (waiting) => new Error(`${waiting} wait already.`),
      ...limits,
    };
  }

  /** Runs `work` once there is room. Throws the signal's reason when it aborts before. */
  async run<T>(turn: SlotTurn, work: () => Promise<T>): Promise<T> {
    await this.#take(turn);
    try {
      return await work();
    } finally {
      this.#give(turn.owner);
    }
  }

  async #take(turn: SlotTurn): Promise<void> {
    turn.signal?.throwIfAborted();
    const { owner } = turn;
    if (this.#isRoomFor(owner)) return this.#count(owner, 1);
    const { mostWaiting, mostWaitingOfOne, refuse } = this.#limits;
    const waitingOfOne = this.#waiting.filter((one) => one.owner === owner).length;
    if (waitingOfOne >= mostWaitingOfOne || this.#waiting.length >= mostWaiting) throw refuse(waitingOfOne);
    await this.#wait(turn);
  }

  #wait(turn: SlotTurn): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting = this.#waiting.filter((one) => one !== waiter);
        reject(turn.signal?.reason as Error);
        this.#forget(turn.owner);
        this.#tell();
      };
      const begin = () => {
        turn.signal?.removeEventListener("abort", leave);
        resolve();
      };
      const waiter: Waiter = { ...turn, begin };
      turn.signal?.addEventListener("abort", leave, { once: true });
      this.#waiting.push(waiter);
      turn.waits?.(this.#waiting.length - 1);
    });
  }

  #give(owner: string): void {
    this.#count(owner, -1);
    for (let next = this.#next(); next; next = this.#next()) {
      this.#count(next.owner, 1);
      this.#waiting = this.#waiting.filter((one) => one !== next);
      next.begin();
    }
    this.#forget(owner);
    this.#tell();
  }

  /** Among those that may run: the first of the owner with the fewest running; of several such owners, the one whose last turn is longest ago. */
  #next(): Waiter | undefined {
    let chosen: Waiter | undefined;
    for (const one of this.#waiting) {
      if (this.#isRoomFor(one.owner) && (!chosen || this.#isBefore(one, chosen))) chosen = one;
    }
    return chosen;
  }

  #isBefore({ owner: one }: Waiter, { owner: other }: Waiter): boolean {
    const more = this.#of(one) - this.#of(other);
    return more < 0 || (more === 0 && (this.#cameAt.get(one) ?? 0) < (this.#cameAt.get(other) ?? 0));
  }

  #forget(owner: string): void {
    if (this.#of(owner) === 0 && !this.#waiting.some((one) => one.owner === owner)) this.#cameAt.delete(owner);
  }

  #tell(): void {
    this.#waiting.forEach(({ waits }, ahead) => waits?.(ahead));
  }

  #isRoomFor(owner: string): boolean {
    return this.#all < this.#limits.most && this.#of(owner) < this.#limits.mostOfOne;
  }

  #of(owner: string): number {
    return this.#running.get(owner) ?? 0;
  }

  #count(owner: string, change: number): void {
    this.#all += change;
    const count = this.#of(owner) + change;
    if (change > 0) this.#cameAt.set(owner, (this.#turns += 1));
    if (count > 0) this.#running.set(owner, count);
    else this.#running.delete(owner);
  }
}
