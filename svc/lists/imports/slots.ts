/** Lets a few things run at once, shared fairly between tenants; the others wait for their turn. */
import { tooManyWaiting } from "../errors.ts";

export interface SlotLimits {
  /** Run at once, of all tenants together. */
  most: number;
  /** Run at once of one tenant, so that there is room for others however many it sends. */
  mostOfTenant: number;
  /** May wait, of one tenant; more are refused. */
  mostWaiting: number;
}

export interface Turn {
  tenantId: string;
  /** Ends the waiting with its reason. */
  signal: AbortSignal;
  /** Hears how many stand before it, whenever that changes. Not called where there is room at once. */
  waits?: (ahead: number) => void;
}

interface Waiter extends Turn {
  begin: () => void;
}

export class Slots {
  readonly #limits: SlotLimits;
  readonly #running = new Map<string, number>();
  /** Of tenants that run or wait, when each last came in turn. */
  readonly #cameAt = new Map<string, number>();
  #turns = 0;
  #all = 0;
  #waiting: Waiter[] = [];

  constructor(limits: SlotLimits) {
    this.#limits = limits;
  }

  /** Runs `work` once there is room. Throws the signal's reason when it aborts before. */
  async run<T>(turn: Turn, work: () => Promise<T>): Promise<T> {
    await this.#take(turn);
    try {
      return await work();
    } finally {
      this.#give(turn.tenantId);
    }
  }

  async #take(turn: Turn): Promise<void> {
    turn.signal.throwIfAborted();
    const { tenantId } = turn;
    if (this.#isRoomFor(tenantId)) return this.#count(tenantId, 1);
    const waitingOfTenant = this.#waiting.filter((one) => one.tenantId === tenantId).length;
    if (waitingOfTenant >= this.#limits.mostWaiting) throw tooManyWaiting(waitingOfTenant);
    await this.#wait(turn);
  }

  #wait(turn: Turn): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting = this.#waiting.filter((one) => one !== waiter);
        reject(turn.signal.reason as Error);
        this.#forget(turn.tenantId);
        this.#tell();
      };
      const begin = () => {
        turn.signal.removeEventListener("abort", leave);
        resolve();
      };
      const waiter: Waiter = { ...turn, begin };
      turn.signal.addEventListener("abort", leave, { once: true });
      this.#waiting.push(waiter);
      turn.waits?.(this.#waiting.length - 1);
    });
  }

  #give(tenantId: string): void {
    this.#count(tenantId, -1);
    for (let next = this.#next(); next; next = this.#next()) {
      this.#count(next.tenantId, 1);
      this.#waiting = this.#waiting.filter((one) => one !== next);
      next.begin();
    }
    this.#forget(tenantId);
    this.#tell();
  }

  /** Of those for whom there is room, the first of the tenant that has the fewest; of several such tenants, the one that came longest ago. */
  #next(): Waiter | undefined {
    let chosen: Waiter | undefined;
    for (const one of this.#waiting) {
      if (this.#isRoomFor(one.tenantId) && (!chosen || this.#isBefore(one, chosen))) chosen = one;
    }
    return chosen;
  }

  #isBefore({ tenantId: one }: Waiter, { tenantId: other }: Waiter): boolean {
    const more = this.#of(one) - this.#of(other);
    return more < 0 || (more === 0 && (this.#cameAt.get(one) ?? 0) < (this.#cameAt.get(other) ?? 0));
  }

  #forget(tenantId: string): void {
    if (this.#of(tenantId) === 0 && !this.#waiting.some((one) => one.tenantId === tenantId))
      this.#cameAt.delete(tenantId);
  }

  #tell(): void {
    this.#waiting.forEach(({ waits }, ahead) => waits?.(ahead));
  }

  #isRoomFor(tenantId: string): boolean {
    return this.#all < this.#limits.most && this.#of(tenantId) < this.#limits.mostOfTenant;
  }

  #of(tenantId: string): number {
    return this.#running.get(tenantId) ?? 0;
  }

  #count(tenantId: string, change: number): void {
    this.#all += change;
    const count = this.#of(tenantId) + change;
    if (change > 0) this.#cameAt.set(tenantId, (this.#turns += 1));
    if (count > 0) this.#running.set(tenantId, count);
    else this.#running.delete(tenantId);
  }
}
