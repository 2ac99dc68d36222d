import { lastWords, logTail } from "./log-tail.ts";
import { launch, type Exit, type ProcessSpec, type RunningProcess } from "./process.ts";

/** A program that is kept running. */
export interface Unit {
  name: string;
  /** Gives the command that starts it. Called before each start. */
  spec(): ProcessSpec;
  /** Whether it is ready for work now. */
  isReady(): Promise<boolean>;
  /** What it waits for while it is not ready; empty when it does not say. */
  waitsFor?(): Promise<string>;
}

/** The state of a unit. */
export interface UnitState {
  pid: number | null;
  /** How often it was restarted after it had ended by itself. */
  restarts: number;
}

/** How long to wait before a restart, and how long a run must last to count as healthy. */
export interface Backoff {
  firstMs: number;
  mostMs: number;
  healthyMs: number;
}

const usualBackoff: Backoff = { firstMs: 250, mostMs: 15_000, healthyMs: 30_000 };

/** The wait before the next start, by how many runs in a row were too short: doubled each time, up to a limit. */
export const restartDelayMs = (endsInARow: number, backoff: Backoff = usualBackoff): number =>
  Math.min(backoff.mostMs, backoff.firstMs * 2 ** Math.max(0, endsInARow - 1));

/** Keeps units running. One that ends is restarted after growing waits, and the reason is passed to `say`. */
export class Supervisor {
  readonly #kept = new Map<string, UnitKeeper>();
  readonly #say: (words: string) => void;
  readonly #backoff: Backoff;
  #stopping = false;

  constructor(say: (words: string) => void, backoff: Backoff = usualBackoff) {
    this.#say = say;
    this.#backoff = backoff;
  }

  /** Starts a unit and resolves when it is ready. If it is not ready within the deadline, rejects with the last lines of its log. */
  async start(unit: Unit, deadlineMs: number): Promise<void> {
    if (this.#stopping) throw new Error(`${unit.name} is not started any more: everything is stopping.`);
    const keeper = new UnitKeeper(unit, this.#say, this.#backoff);
    this.#kept.set(unit.name, keeper);
    await keeper.begin();
    await keeper.ready(deadlineMs);
  }

  /** What a unit does now. */
  state(name: string): UnitState {
    const keeper = this.#kept.get(name);
    if (!keeper) throw new Error(`There is no unit ${name}; there are ${[...this.#kept.keys()].join(", ")}.`);
    return keeper.state();
  }

  get names(): string[] {
    return [...this.#kept.keys()];
  }

  /** Sends a signal to a unit's process and returns its pid. If that ends the process, the unit is restarted. */
  kill(name: string, signal: NodeJS.Signals): number {
    const { pid } = this.state(name);
    if (pid === null) throw new Error(`${name} is not running now.`);
    process.kill(pid, signal);
    return pid;
  }

  /** Stops units for good, one group after another; the units of a group stop together. */
  async stop(groups: string[][]): Promise<void> {
    this.#stopping = true;
    for (const keeper of this.#kept.values()) keeper.giveUp();
    for (const group of groups) await Promise.all(group.map(async (name) => this.#kept.get(name)?.stop()));
  }
}

// A program that ended this often without ever being ready will not recover, so we stop waiting.
const endsBeforeReady = 3;

/** Keeps one unit running. */
class UnitKeeper {
  readonly #unit: Unit;
  readonly #say: (words: string) => void;
  readonly #backoff: Backoff;
  #running: RunningProcess | null = null;
  #restarts = 0;
  #endsInARow = 0;
  #stopping = false;
  #waiting: NodeJS.Timeout | undefined;
  #lastFault = "";

  constructor(unit: Unit, say: (words: string) => void, backoff: Backoff) {
    this.#unit = unit;
    this.#say = say;
    this.#backoff = backoff;
  }

  state(): UnitState {
    return { pid: this.#running?.pid ?? null, restarts: this.#restarts };
  }

  async begin(): Promise<void> {
    const spec = this.#unit.spec();
    const startedAt = performance.now();
    const running = await launch(spec);
    this.#running = running;
    if (this.#stopping) await running.stop();
    void running.exited.then((exit) => this.#ended(exit, spec, performance.now() - startedAt));
  }

  async ready(deadlineMs: number): Promise<void> {
    const end = performance.now() + deadlineMs;
    while (!(await this.#unit.isReady())) {
      if (this.#stopping) throw new Error(`${this.#unit.name} was stopped before it was ready.`);
      const fault = this.#endsInARow >= endsBeforeReady ? `ended ${this.#endsInARow} times in a row.` : null;
      const late = performance.now() > end ? `was not ready within ${seconds(deadlineMs)}.` : null;
      const why = fault ?? late;
      if (why) throw new Error(await this.#notReady(why));
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }

  /** Prevents further starts. */
  giveUp(): void {
    this.#stopping = true;
    clearTimeout(this.#waiting);
  }

  async stop(): Promise<void> {
    this.giveUp();
    await this.#running?.stop();
  }

  #ended(exit: Exit, spec: ProcessSpec, ranMs: number): void {
    this.#running = null;
    if (this.#stopping) return;
    this.#endsInARow = ranMs >= this.#backoff.healthyMs ? 1 : this.#endsInARow + 1;
    const delayMs = restartDelayMs(this.#endsInARow, this.#backoff);
    this.#lastFault = `${described(exit)} after ${seconds(ranMs)}${saidLast(exit, spec)}`;
    this.#say(`${spec.name} ended ${this.#lastFault}; starting it again in ${seconds(delayMs)}`);
    this.#waiting = setTimeout(() => void this.#startAgain(), delayMs);
  }

  async #startAgain(): Promise<void> {
    this.#restarts++;
    try {
      await this.begin();
      this.#say(`${this.#unit.name} was started again (process ${this.#running?.pid ?? "ended"})`);
    } catch (error) {
      this.#ended({ code: 127, signal: null }, { ...this.#unit.spec(), logFile: "" }, 0);
      this.#say(error instanceof Error ? error.message : String(error));
    }
  }

  async #notReady(what: string): Promise<string> {
    const { logFile } = this.#unit.spec();
    const fault = this.#lastFault ? ` It ended ${this.#lastFault}.` : "";
    const waiting = this.#running ? await this.#unit.waitsFor?.() : "";
    const wait = waiting ? ` It waits for ${waiting}.` : "";
    return `${this.#unit.name} ${what}${fault}${wait} Its log ${logFile} ends with:\n${logTail(logFile)}`;
  }
}

const described = ({ code, signal }: Exit): string => (signal ? `by ${signal}` : `with code ${code}`);

const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;

/** Its last message, unless a signal ended it in the middle of its work. */
function saidLast(exit: Exit, spec: ProcessSpec): string {
  const words = exit.signal ? "" : lastWords(spec.logFile);
  return words ? ` (${words})` : "";
}
