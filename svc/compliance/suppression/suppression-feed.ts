/**
 * Keeps the suppression data in Redis equal to what `lists` holds. Several compliance processes share Redis; one of them, the
 * leader, applies the stream. Leads are numbered and the number is part of every tenant's marker, so that a leader
 * that was only slow cannot apply an old change after its successor.
 */
import { randomBytes } from "node:crypto";
import type { StreamEntriesResponse } from "../../../gen/herald/lists/v1/suppression_list_service.ts";
import type { Logger } from "../../lib/observe/log.ts";
import { backoffMs, pause } from "../../lib/async/time.ts";
import type { Events } from "../events.ts";
import type { ComplianceRedis } from "../redis/redis-store.ts";
import { SuppressionWriter } from "./suppression-writer.ts";

/** Changes after a sequence (0: a snapshot first), for as long as the signal allows. */
export type Stream = (afterSequence: number, signal: AbortSignal) => AsyncIterable<StreamEntriesResponse>;

export interface FeedDeps {
  redis: ComplianceRedis;
  stream: Stream;
  events: Events;
  log: Logger;
  denseFrom: number;
  /** A stream that sends nothing for so long counts as broken. */
  silenceMs: number;
}

const LEASE_MS = 3_000;
const RENEW_MS = 1_000;
const BACK_OFF = { baseMs: 100, mostMs: 2_000 };

/** Leads whenever no other process does, until stopped. */
export async function runFeed(deps: FeedDeps, signal: AbortSignal): Promise<void> {
  const name = randomBytes(8).toString("hex");
  for (let failures = 0; !signal.aborted;) {
    try {
      const number = await deps.redis.lead(name, LEASE_MS);
      if (number > 0) await new Lead(deps, name, number).run(signal, () => (failures = 0));
      else failures = 0;
    } catch (error) {
      if (signal.aborted) break;
      failures += 1;
      deps.log.warn({ error, failures }, "suppression changes interrupted; trying again");
    }
    await pause(failures > 0 ? backoffMs(failures, BACK_OFF) : RENEW_MS / 2, signal);
  }
  await deps.redis.resign(name).catch(() => {});
}

/** Runs one lead, until the lead or the stream is lost. Any error ends it. The next lead reads the state of Redis again. */
class Lead {
  readonly #deps: FeedDeps;
  readonly #name: string;
  readonly #number: number;
  readonly #connection: number;
  readonly #writer: SuppressionWriter;
  readonly #ended = new AbortController();
  #runId = "";
  /** False until the data is complete and this run of Redis is known to hold all of it. */
  #isWhole = false;
  #isLoading = false;

  constructor(deps: FeedDeps, name: string, number: number) {
    this.#deps = deps;
    this.#name = name;
    this.#number = number;
    this.#connection = deps.redis.connection();
    this.#writer = new SuppressionWriter(deps.redis, number, deps.denseFrom);
  }

  async run(signal: AbortSignal, onMessage: () => void): Promise<void> {
    const renewal = setInterval(() => void this.#renew(), RENEW_MS);
    let alarm: NodeJS.Timeout | undefined;
    const listen = () =>
      (alarm = setTimeout(() => this.#ended.abort(new Error("the stream is silent")), this.#deps.silenceMs));
    try {
      const sequence = await this.#takeOver();
      const ended = AbortSignal.any([signal, this.#ended.signal]);
      listen();
      for await (const message of this.#deps.stream(sequence, ended)) {
        clearTimeout(alarm);
        await this.#receive(message);
        this.#ended.signal.throwIfAborted();
        onMessage();
        listen();
      }
      this.#ended.signal.throwIfAborted();
      throw new Error("the stream ended");
    } catch (error) {
      throw this.#ended.signal.aborted ? this.#ended.signal.reason : error;
    } finally {
      clearInterval(renewal);
      clearTimeout(alarm);
      await this.#writer.settle().catch(() => {});
    }
  }

  /** Takes over the data in Redis. Gives the sequence to continue from, or 0 when a new snapshot is needed. */
  async #takeOver(): Promise<number> {
    const { redis, events } = this.#deps;
    const { runId } = await redis.readServer();
    this.#runId = runId;
    const state = await redis.readState();
    events.led(this.#number, { snapshot: !state?.ready, restarted: state?.ready === true && state.runId !== runId });
    if (!state?.ready) return 0;
    this.#isWhole = state.runId === runId;
    await this.#writer.adopt(state);
    return state.sequence;
  }

  async #receive(message: StreamEntriesResponse): Promise<void> {
    if (message.snapshotStart) {
      this.#isLoading = true;
      this.#isWhole = false;
      await this.#writer.beginSnapshot();
    }
    if (message.tenantId !== "") await (this.#isLoading ? this.#writer.load(message) : this.#writer.apply(message));
    if (message.snapshotEnd) {
      await this.#writer.endSnapshot({ runId: this.#runId, sequence: message.sequence });
      this.#isLoading = false;
      this.#isWhole = true;
    }
    if (!this.#isLoading) await this.#beat(message);
    this.#deps.events.applied(message);
  }

  /** Notes which changes are applied and how current they are. A change is as old as its acceptance by `lists`; a heartbeat tells that nothing is missing. */
  async #beat({ sequence, acceptTime, tenantId }: StreamEntriesResponse): Promise<void> {
    const { redis } = this.#deps;
    if (redis.connection() !== this.#connection) throw new Error("the connection to Redis was lost");
    const isHeartbeat = tenantId === "";
    if (isHeartbeat && !this.#isWhole) {
      await redis.confirmRun(this.#writer.epoch, this.#runId);
      this.#isWhole = true;
    }
    const ageMs = isHeartbeat ? 0 : acceptTime && Math.max(0, Date.now() - acceptTime.getTime());
    if (!(await redis.beat(this.#name, this.#writer.epoch, sequence, ageMs)))
      throw new Error("the lead or the data is gone");
  }

  async #renew(): Promise<void> {
    const number = await this.#deps.redis.lead(this.#name, LEASE_MS).catch(() => 0);
    if (number !== this.#number) this.#ended.abort(new Error("the lead was lost"));
  }
}
