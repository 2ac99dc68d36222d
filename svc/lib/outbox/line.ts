/**
 * One line of an outbox, as this process knows it: the messages of one tenant about one topic, in their order. One process at a time works
 * at a line, for as long as its lease. Nothing is held in PostgreSQL while the receiver is asked.
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

/** For whom a call is made, and how long it may take. */
export interface DeliveryScope {
  tenantId: string;
  timeoutMs: number;
  signal: AbortSignal;
}

/** Delivers one request of a tenant with one call; rejects when it did not arrive. */
export type DeliverRequest<Request> = (request: EncodedRequest<Request>, scope: DeliveryScope) => Promise<unknown>;

export interface LineDeps {
  store: OutboxStore;
  log: Logger;
  metrics: OutboxMetrics;
  /** Ends calls under way: what they carried is delivered again. */
  stopping: AbortSignal;
}

const CALL_MS = 10_000;
const LEASE_MS = 20_000;
/** A call begins only while the lease outlasts it. */
const LEAST_LEASE_MS = CALL_MS + 2_000;
const BACK_OFF = { baseMs: 200, mostMs: 30_000 };
/** A message that was refused so often is set aside: about a minute after the first time. */
const REFUSALS_MOST = 8;
const REASON_CHARACTERS = 500;
/** After so many failures in a row it is asked whether one message is what keeps the line. */
const STUCK_AFTER = 5;

export class Line implements LineKey {
  readonly tenantId: string;
  readonly topic: string;
  /** Somebody works at it. */
  isBusy = false;
  /** Something was put into it since that began. */
  isWanted = false;
  /** This and what follows are on the clock of `performance.now()`. */
  lastUse = 0;
  readonly #deps: LineDeps;
  /** Before now, or 0: it may be another process's. */
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

  /** Its receiver was away a moment ago. */
  get isResting(): boolean {
    return this.#restsUntil > performance.now();
  }

  forgetLease(): void {
    this.#heldUntil = 0;
  }

  /** Delivers what waits in it, call by call, until nothing does or others have their turn. */
  async deliver<Request, Item>(
    kind: MessageKind<Request, Item>,
    deliver: DeliverRequest<Request>,
    othersWait: () => boolean,
  ): Promise<void> {
    const { store, stopping } = this.#deps;
    const send = async (request: Buffer) => {
      if (!(await this.#hold())) throw new LineLost();
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
        if (stopping.aborted || error instanceof LineLost) return;
        const passed = isStuck && isTimeout(error) && (await this.#pass(kind, found, send, error));
        if (!passed) return this.#noteFailure(rows, error);
        delivered = passed;
      }
      // What came meanwhile waits for more to join it: a call costs the receiver as much for a few items as for many.
      const isAll = rows === found && !fillsCall(rows, mostItems);
      if (!isAll && !stopping.aborted && !othersWait()) continue;
      if (!isAll) this.isWanted = true;
      return store.remove(this, delivered);
    }
  }

  /**
   * The first message gets no answer in time, again and again. Where the one after it gets one, the receiver is not away, and the first steps
   * out of the line; gives what arrived then.
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

  /** Tells whether the line is this process's for the time of a call, and extends its lease where it is not for so long. */
  async #hold(): Promise<boolean> {
    const now = performance.now();
    if (this.#heldUntil - now >= LEAST_LEASE_MS) return true;
    const failures = await this.#deps.store.hold(this, LEASE_MS);
    this.#heldUntil = failures === undefined ? 0 : now + LEASE_MS;
    this.#failures = failures ?? 0;
    return failures !== undefined;
  }

  /** Gives those that arrived whole. */
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

  /** The receiver is away: everything in the line waits, so that its order stays. */
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

  /** What the receiver refuses of a message waits beside the line, longer each time, and is set aside in the end. */
  async #stepAside({ row, left, cause }: RowRefusal): Promise<void> {
    const { store, log, metrics } = this.#deps;
    const { tenantId, topic } = this;
    const attempts = row.attempts + 1;
    const isSetAside = attempts >= REFUSALS_MOST;
    const fields = { error: cause, topic, tenantId, outboxId: row.id, attempts };
    if (isSetAside) log.error(fields, "a message is refused by its receiver; it is set aside");
    else log.warn(fields, "a message is refused by its receiver; it will be tried again");
    metrics.failed.inc({ topic });
    if (isSetAside) metrics.setAside.inc({ topic });
    const waitMs = isSetAside ? undefined : backoffMs(attempts, BACK_OFF);
    await store.stepAside(tenantId, { id: row.id, left, reason: reasonOf(cause), waitMs });
  }
}

/** The lease ended before the call began, and another process has taken the line over. */
class LineLost extends Error {}

const isTimeout = (error: unknown): boolean => isServiceError(error) && error.code === status.DEADLINE_EXCEEDED;

/** As far as the next of the line may not have had room in it. */
function fillsCall(rows: readonly OutboxRow[], mostItems: number): boolean {
  const sum = (of: (row: OutboxRow) => number) => rows.reduce((all, row) => all + of(row), 0);
  return sum(({ items }) => items) >= mostItems / 2 || sum(({ body }) => body?.length ?? MOST_BYTES) >= MOST_BYTES / 2;
}

/** A message that was refused before goes alone, so that no others are tried in halves because of it. */
function together(rows: OutboxRow[]): OutboxRow[] {
  const refused = rows.findIndex(({ attempts }) => attempts > 0);
  return refused < 0 ? rows : rows.slice(0, Math.max(refused, 1));
}

const reasonOf = (error: unknown): string =>
  // Withheld before the cut: half a value would not be known for one.
  withoutValues(storable(isServiceError(error) ? error.details : String(error))).slice(0, REASON_CHARACTERS);
