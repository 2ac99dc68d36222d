/** Whether a provider can be used: down from the first failure, up again when a connection stands. */
import { backoffMs } from "../../../lib/async/time.ts";
import type { Events } from "../../events.ts";

const BACK_OFF = { baseMs: 250, mostMs: 15_000 };

export class ProviderState {
  readonly #name: string;
  readonly #events: Events;
  #failures = 0;
  #waiters: (() => void)[] = [];
  /** Why it is down, for people; empty while it is up. */
  trouble = "";

  constructor(name: string, events: Events) {
    this.#name = name;
    this.#events = events;
  }

  /** A connection stands, and that is all it takes. */
  up(): void {
    this.connected();
    this.worked();
  }

  /** A connection stands. Until it has carried something, the next failure counts on: a server that greets and then takes nothing is down. */
  connected(): void {
    if (this.trouble !== "") this.#events.providerUp(this.#name);
    this.trouble = "";
    for (const wake of this.#waiters.splice(0)) wake();
  }

  /** It took something, or said why not this one. */
  worked(): void {
    this.#failures = 0;
  }

  /** Notes a failure; gives how long to wait before the next try. */
  down(why: string): number {
    this.#failures += 1;
    if (this.trouble === "") this.#events.providerDown(this.#name, why);
    this.trouble = why;
    return backoffMs(this.#failures, BACK_OFF);
  }

  async whenUp(signal: AbortSignal): Promise<void> {
    while (this.trouble !== "" && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const done = () => {
          signal.removeEventListener("abort", done);
          resolve();
        };
        this.#waiters.push(done);
        signal.addEventListener("abort", done, { once: true });
      });
    }
  }
}
