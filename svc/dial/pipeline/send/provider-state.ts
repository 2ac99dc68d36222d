/** Whether a provider can be used. It is down from the first failure until a connection stands again. */
import { backoffMs } from "../../../lib/async/time.ts";
import type { ProviderEvents } from "../../events.ts";

const BACK_OFF = { baseMs: 250, mostMs: 15_000 };

export class ProviderState {
  readonly #name: string;
  readonly #events: ProviderEvents;
  #failures = 0;
  /** Somebody was told whether it is up. */
  #isTold = false;
  #waiters: (() => void)[] = [];
  /** Why it is down, for people; empty while it is up. */
  trouble = "";

  constructor(name: string, events: ProviderEvents) {
    this.#name = name;
    this.#events = events;
  }

  /** Notes that a connection stands, for a provider that needs no more than that. */
  up(): void {
    this.connected();
    this.worked();
  }

  /**
   * Notes that a connection stands. Failures go on counting until it has carried a message, since a server that greets and then takes
   * nothing is down.
   */
  connected(): void {
    if (this.trouble !== "" || !this.#isTold) this.#events.providerUp(this.#name);
    this.#isTold = true;
    this.trouble = "";
    for (const wake of this.#waiters.splice(0)) wake();
  }

  /** Notes that the provider took a message, or refused it for a reason of its own. */
  worked(): void {
    this.#failures = 0;
  }

  /** Notes a failure. Gives the milliseconds to wait before the next try. */
  down(why: string): number {
    this.#failures += 1;
    if (this.trouble === "" || !this.#isTold) this.#events.providerDown(this.#name, why);
    this.#isTold = true;
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
