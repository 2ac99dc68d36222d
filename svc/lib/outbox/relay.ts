/**
 * Delivers the lines of one service's outbox. Lines into which this process puts messages are delivered soon. A look every half second, or
 * every two seconds while nothing is under way, finds those of other processes, and those that have rested.
 */
import { newId } from "../request/ids.ts";
import type { Database } from "../postgres/db.ts";
import type { Logger } from "../observe/log.ts";
import { type Loop, startLoop } from "../async/loop.ts";
import { type DeliverRequest, Line } from "./line.ts";
import type { MessageKind } from "./message-kind.ts";
import type { OutboxMetrics } from "./outbox-metrics.ts";
import { type LineKey, OutboxStore } from "./outbox-store.ts";

export interface RelayOptions {
  db: Database;
  service: string;
  log: Logger;
  metrics: OutboxMetrics;
}

interface Topic {
  kind: MessageKind<unknown, unknown>;
  deliver: DeliverRequest<unknown>;
  /** Lines that wait for a free call. */
  waiting: Set<Line>;
  busy: number;
}

const POLL_MS = 500;
/** The wait while nothing is put, rests or is found. What waits then is of a process that died as soon as it had put it. */
const IDLE_POLL_MS = 2_000;
/** Messages that are put within this time are delivered together. */
const GATHER_MS = 50;
/** After this time without messages, a line's lease is ended. */
const IDLE_MS = 1_000;
/** During an update, processes of an earlier version still put messages into the old table. */
const ADOPT_EVERY_MS = 10_000;
/** Most calls of a topic at once, each for another tenant. */
const CALLS_AT_ONCE = 4;
/** Most lines of one look. */
const LINES_AT_ONCE = 500;

export class Relay {
  readonly store: OutboxStore;
  readonly #options: RelayOptions;
  readonly #topics = new Map<string, Topic>();
  readonly #lines = new Map<string, Line>();
  readonly #woken = new Map<string, LineKey>();
  readonly #work = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  #gathering: NodeJS.Timeout | undefined;
  #polling: Loop | undefined;
  /** The line after which the next look continues. */
  #lastFound: LineKey | undefined;
  #adoptedAt = -Infinity;
  #hasOldTable: boolean | undefined;

  constructor(options: RelayOptions) {
    this.#options = options;
    this.store = new OutboxStore({ ...options, holder: newId() });
  }

  add<Request, Item>(kind: MessageKind<Request, Item>, deliver: DeliverRequest<Request>): void {
    const topic = { kind, deliver, waiting: new Set<Line>(), busy: 0 };
    // One map holds topics of different message types. A kind is only used with its own receiver, which the type of the map cannot express.
    this.#topics.set(kind.topic, topic as unknown as Topic);
  }

  /** Moves messages over from the table of earlier versions. */
  async adopt(): Promise<void> {
    this.#hasOldTable ??= await this.store.hasOldTable();
    if (this.#hasOldTable) while (await this.store.adopt());
    this.#adoptedAt = performance.now();
  }

  open(): void {
    const work = () => this.#poll();
    this.#polling = startLoop({
      name: "outbox",
      everyMs: POLL_MS,
      idleMs: IDLE_POLL_MS,
      log: this.#options.log,
      work,
    });
  }

  /** Makes a line be delivered soon. */
  wake(line: LineKey): void {
    if (!this.#polling || this.#stopping.signal.aborted) return;
    this.#polling.quicken();
    this.#woken.set(keyOf(line), line);
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      for (const woken of this.#woken.values()) this.#want(woken);
      this.#woken.clear();
    }, GATHER_MS);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#gathering);
    await this.#polling?.stop();
    await Promise.all(this.#work);
    if (this.#lines.size > 0) await this.store.release();
  }

  async #poll(): Promise<void> {
    this.#letGo();
    if (performance.now() - this.#adoptedAt >= ADOPT_EVERY_MS) await this.adopt();
    const found = await this.store.waitingLines([...this.#topics.keys()], this.#lastFound, LINES_AT_ONCE);
    this.#lastFound = found.length < LINES_AT_ONCE ? undefined : found.at(-1);
    if (found.length > 0 || this.#lines.size > 0) this.#polling?.quicken();
    for (const { isReady, ...line } of found) if (isReady) this.#want(line);
  }

  #want(key: LineKey): void {
    const topic = this.#topics.get(key.topic);
    const line = this.#lines.get(keyOf(key)) ?? this.#newLine(key);
    if (!topic || line.isResting) return;
    line.isWanted = true;
    if (!line.isBusy) topic.waiting.add(line);
    this.#begin(topic);
  }

  #newLine(key: LineKey): Line {
    const { log, metrics } = this.#options;
    const line = new Line(key, { store: this.store, log, metrics, stopping: this.#stopping.signal });
    this.#lines.set(keyOf(key), line);
    return line;
  }

  #begin(topic: Topic): void {
    for (const line of topic.waiting) {
      if (topic.busy >= CALLS_AT_ONCE || this.#stopping.signal.aborted) return;
      topic.waiting.delete(line);
      topic.busy += 1;
      line.isWanted = false;
      const work = line.deliver(topic.kind, topic.deliver, () => topic.waiting.size > 0);
      this.#follow(
        line,
        work.finally(() => (topic.busy -= 1)),
      );
    }
  }

  /** Keeps a line busy until the work ends, so that nothing else in this process uses it. Then it is delivered again if it is wanted. */
  #follow(line: Line, work: Promise<unknown>): void {
    line.isBusy = true;
    const done = work
      .catch((error: unknown) => {
        const { log } = this.#options;
        log.warn({ error, topic: line.topic }, "the outbox cannot be read or written; it will be tried again");
      })
      .then(() => {
        line.isBusy = false;
        line.lastUse = performance.now();
        this.#work.delete(done);
        const topic = this.#topics.get(line.topic);
        if (!topic) return;
        if (line.isWanted && !line.isResting) topic.waiting.add(line);
        this.#begin(topic);
      });
    this.#work.add(done);
  }

  /** Ends the leases of lines without messages for some time, so that other processes may have them. */
  #letGo(): void {
    const now = performance.now();
    const idle = [...this.#lines.values()].filter(
      (line) => !line.isBusy && !line.isWanted && !line.isResting && now - line.lastUse >= IDLE_MS,
    );
    const held = idle.filter(({ isHeld }) => isHeld);
    for (const line of idle) if (!line.isHeld) this.#lines.delete(keyOf(line));
    if (held.length === 0) return;
    for (const line of held) line.forgetLease();
    const released = this.store.release(held);
    for (const line of held) this.#follow(line, released);
  }
}

const keyOf = ({ tenantId, topic }: LineKey): string => `${tenantId} ${topic}`;
