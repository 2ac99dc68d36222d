/** Simulated agents. Each is ready, or handles one call for a while. */
import { handlingSeconds } from "./pacing.ts";

export class Agents {
  readonly #chance: () => number;
  readonly #busy = new Set<number>();
  readonly #ready: number[] = [];
  #count = 0;

  constructor(chance: () => number) {
    this.#chance = chance;
  }

  get count(): number {
    return this.#count;
  }

  get ready(): number {
    return this.#ready.length;
  }

  /** Sets the number of agents. Busy agents finish their calls first. */
  setCount(count: number): void {
    for (let agent = 1; agent <= count; agent++)
      if (!this.#busy.has(agent) && !this.#ready.includes(agent)) this.#ready.push(agent);
    this.#ready.splice(0, this.#ready.length, ...this.#ready.filter((agent) => agent <= count));
    this.#count = count;
  }

  /** Takes the agent that has been ready longest; undefined when none is ready. */
  take(): number | undefined {
    const agent = this.#ready.shift();
    if (agent !== undefined) this.#busy.add(agent);
    return agent;
  }

  release(agent: number): void {
    if (this.#busy.delete(agent) && agent <= this.#count) this.#ready.push(agent);
  }

  /** How long the next call is handled. */
  handlingMs(meanSeconds: number): number {
    return handlingSeconds(meanSeconds, this.#chance) * 1_000;
  }
}
