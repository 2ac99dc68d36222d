/**
 * One line of an outbox in this process: the messages of one tenant and one topic, in order. Only the process that has the line's lease
 * delivers it. No transaction is open in PostgreSQL during the call to the receiver.
 */
import { status } from "@grpc/grpc-js";
import { isServiceError } from "../errors/error-details.ts";
import type { Logger } from "../observe/log.ts";
import { storable } from "../postgres/storable.ts";
import { EncodedRequest } from "../rpc/definitions.ts";
import { backoffMs } from "../async/time.ts";
import { deliverRows, type RowRefusal, refusalOf, type SendRequest } from "./delivery.ts";
import { MOST_BYTES, MOST_ITEMS, type MessageKind } from "./message-kind.ts";
import type { OutboxMetrics } from "./outbox-metrics.ts";
import type { LineKey, OutboxRow, OutboxStore } from "./outbox-store.ts";
import { withoutValues } from "./withheld.ts";

/** The tenant of a call, and how long it may take. */
export interface DeliveryScope {
  tenantId: string;
  timeoutMs: number;
  signal: AbortSignal;
}

/** Delivers one request of a tenant with one call; rejects if the receiver did not accept it. */
export type DeliverRequest<Request> = (request: EncodedRequest<Request>, scope: DeliveryScope) => Promise<unknown>;

export interface LineDeps {
  store: OutboxStore;
  log: Logger;
  metrics: OutboxMetrics;
  /** Aborts the calls under way; their messages are delivered again. */
  stopping: AbortSignal;
}

const CALL_MS = 10_000;
const LEASE_MS = 20_000;
/** A call begins only if so much of the lease is left, so that the lease outlasts the call. */
const LEAST_LEASE_MS = CALL_MS + 2_000;
const BACK_OFF = { baseMs: 200, mostMs: 30_000 };
/** After so many refusals a message is set aside, about a minute after the first refusal. */
const REFUSALS_MOST = 8;
const REASON_CHARACTERS = 500;
/** After so many failures in a row, the line tests whether its first message alone causes them. */
const STUCK_AFTER = 5;

export class Line implements LineKey {
  readonly tenantId: string;
  readonly topic: string;
  /** This process delivers it now, or is letting it go. */
  isBusy = false;
  /** A message was put into it since its last delivery began. */
  isWanted = false;
  /** When its last delivery ended. All times of a line are of `performance.now()`. */
  lastUse = 0;
  readonly #deps: LineDeps;
  /** When this process's lease ends. If that is past or 0, another process may have the line. */
  #heldUntil = 0;
  #restsUntil = 0;
  #failures = 0;

  constructor({ tenantId, topic }: LineKey, deps: LineDeps) {
    this.tenantId = tenantId;
    this.topic = topic;
    this.#deps = deps;
  }

  get isHeld(): boolean {
    return this.#heldUntil > 0;
  }

  /** Whether it waits after a failure, since its receiver was away. */
  get isResting(): boolean {
    return this.#restsUntil > performance.now();
  }

  forgetLease(): void {
    this.#heldUntil = 0;
  }

  /** Delivers the waiting messages, call by call, until none is left or other lines have their turn. */
  async deliver<Request, Item>(
    kind: MessageKind<Request, Item>,
    deliver: DeliverRequest<Request>,
    othersWait: () => boolean,
  ): Promise<void> {
    const { store, stopping } = this.#deps;
    const send = async (request: Buffer) => {
      if (!(await this.#hold())) throw new LineLostError();
      await deliver(new EncodedRequest(request), { tenantId: this.tenantId, timeoutMs: CALL_MS, signal: stopping });
    };
    if (!(await this.#hold())) return;
    const mostItems = kind.mostItems ?? MOST_ITEMS;
    for (let delivered: OutboxRow[] = []; ;) {
      const isStuck = this.#failures >= STUCK_AFTER;
      const found = await store.next(this, delivered, mostItems * (isStuck ? 2 : 1));
      const rows = isStuck ? found.slice(0, 1) : together(found);
      if (rows.length === 0 || stopping.aborted) return;
      try {
        delivered = await this.#settle(rows, await deliverRows(kind, rows, send));
      } catch (error) {
        if (stopping.aborted || error instanceof LineLostError) return;
        const passed = isStuck && isTimeout(error) && (await this.#pass(kind, found, send, error));
        if (!passed) return this.#noteFailure(rows, error);
        delivered = passed;
      }
      // Messages that came meanwhile wait for more: a call costs the receiver as much for a few items as for many.
      const isAll = rows === found && !fillsCall(rows, mostItems);
      if (!isAll && !stopping.aborted && !othersWait()) continue;
      if (!isAll) this.isWanted = true;
      return store.remove(this, delivered);
    }
  }

  /**
   * Called when the first message has got no answer in time again and again. If the next message gets an answer, the receiver is not away,
   * and the first message steps out of the line. Gives the delivered messages, or undefined if the receiver is away.
   */
  async #pass<Request, Item>(
    kind: MessageKind<Request, Item>,
    [stuck, next]: readonly OutboxRow[],
    send: SendRequest,
    cause: unknown,
  ): Promise<OutboxRow[] | undefined> {
    if (!stuck || !next) return undefined;
    try {
      const refusals = await deliverRows(kind, [next], send);
      return await this.#settle([next], [...refusals, refusalOf(kind, stuck, cause)]);
    } catch {
      return undefined;
    }
  }

  /** Whether this process has the line for the time of a call. Extends the lease if too little of it is left. */
  async #hold(): Promise<boolean> {
    const now = performance.now();
    if (this.#heldUntil - now >= LEAST_LEASE_MS) return true;
    const failures = await this.#deps.store.hold(this, LEASE_MS);
    this.#heldUntil = failures === undefined ? 0 : now + LEASE_MS;
    this.#failures = failures ?? 0;
    return failures !== undefined;
  }

  /** Gives the messages that were delivered whole. */
  async #settle(rows: readonly OutboxRow[], refusals: readonly RowRefusal[]): Promise<OutboxRow[]> {
    const { store, metrics } = this.#deps;
    for (const refusal of refusals) await this.#stepAside(refusal);
    const refused = new Set(refusals.map(({ row }) => row));
    const delivered = rows.filter((row) => !refused.has(row));
    metrics.delivered.inc({ topic: this.topic }, delivered.length);
    if (this.#failures > 0) await store.noteSuccess(this);
    this.#failures = 0;
    return delivered;
  }

  /** Makes the whole line wait, since the receiver is away and the order must stay. */
  async #noteFailure(rows: readonly OutboxRow[], error: unknown): Promise<void> {
    const { store, log, metrics } = this.#deps;
    const { topic } = this;
    const attempts = this.#failures + 1;
    const waitMs = backoffMs(attempts, BACK_OFF);
    metrics.failed.inc({ topic }, rows.length);
    const fields = { error, topic, messages: rows.length, attempts, waitMs };
    log.warn(fields, "messages not delivered; they will be tried again");
    this.#heldUntil = 0;
    this.#restsUntil = performance.now() + waitMs;
    await store.noteFailure(this, waitMs);
  }

  /** Lets the refused part of a message wait beside the line, longer each time, and sets it aside in the end. */
  async #stepAside({ row, left, cause }: RowRefusal): Promise<void> {
    const { store, log, metrics } = this.#deps;
    const { tenantId, topic } = this;
    const attempts = row.attempts + 1;
    const isSetAside = attempts >= REFUSALS_MOST;
    const fields = { error: cause, topic, tenantId, outboxId: row.id, attempts };
    if (isSetAside) log.error(fields, "the receiver refuses a message; it is set aside");
    else log.warn(fields, "the receiver refuses a message; it will be tried again");
    metrics.failed.inc({ topic });
    if (isSetAside) metrics.setAside.inc({ topic });
    const waitMs = isSetAside ? undefined : backoffMs(attempts, BACK_OFF);
    await store.stepAside(tenantId, { id: row.id, left, reason: reasonOf(cause), waitMs });
  }
}

/** The lease ended before the call began, and another process has taken the line over. */
class LineLostError extends Error {}

const isTimeout = (error: unknown): boolean => isServiceError(error) && error.code === status.DEADLINE_EXCEEDED;

/** Whether these messages fill a call at least half, so that the next message of the line may have had no room. */
function fillsCall(rows: readonly OutboxRow[], mostItems: number): boolean {
  const sum = (of: (row: OutboxRow) => number) => rows.reduce((all, row) => all + of(row), 0);
  return sum(({ items }) => items) >= mostItems / 2 || sum(({ body }) => body?.length ?? MOST_BYTES) >= MOST_BYTES / 2;
}

/** The messages of one call. A message that was refused before goes alone, so that it does not make others be halved. */
function together(rows: OutboxRow[]): OutboxRow[] {
  const refused = rows.findIndex(({ attempts }) => attempts > 0);
  return refused < 0 ? rows : rows.slice(0, Math.max(refused, 1));
}

const reasonOf = (error: unknown): string =>
  // Values are removed before the cut, since half a value would not be recognised.
  withoutValues(storable(isServiceError(error) ? error.details : String(error))).slice(0, REASON_CHARACTERS);
