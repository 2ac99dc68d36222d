/**
 * What one service has to tell another, kept in the writer's own transaction and delivered at least once, in batches, to a
 * typed RPC of the receiver, which must be idempotent.
 */
import { status } from "@grpc/grpc-js";
import { AUDIT_TOPIC, type AuditSink, auditSink } from "../audit/audit.ts";
import { AuditCounter, COUNT_EVERY_MS, type KeepEntries } from "../audit/audit-counter.ts";
import type { Database, Queryable, Transaction } from "../postgres/db.ts";
import { isServiceError } from "../errors/error-details.ts";
import { newId } from "../request/ids.ts";
import type { Logger } from "../observe/log.ts";
import { type Loop, type LoopOptions, startLoop } from "../async/loop.ts";
import type { Metrics } from "../observe/metrics.ts";
import { createSetAside, type SetAside } from "./set-aside.ts";
import { storable, storableJson } from "../postgres/storable.ts";
import { backoffMs } from "../async/time.ts";
import { withoutValues } from "./withheld.ts";

/** One waiting message. `payload` is JSON: dates are ISO strings. */
export interface OutboxRow<Payload> {
  id: string;
  tenant_id: string;
  payload: Payload;
  attempts: number;
}

/** The receiver refuses some of what a message holds, and took the rest; these remain of it. */
export class PartlyRefused extends Error {
  readonly left: unknown;

  constructor(left: unknown, cause: unknown) {
    super("The receiver refused a part of it.", { cause });
    this.name = "PartlyRefused";
    this.left = left;
  }
}

/** Delivers one tenant's messages with one call; throws when it did not arrive. */
export type Deliver<Payload> = (tenantId: string, messages: Payload[], signal: AbortSignal) => Promise<unknown>;

export interface Topic<Payload> {
  deliver: Deliver<Payload>;
  /** Messages of one call at most. */
  batchRows?: number;
}

export interface OutboxOptions {
  db: Database;
  /** The schema; its migration made the table `outbox` (see README). */
  service: string;
  log: Logger;
  metrics: Metrics;
}

const BATCH_ROWS = 500;
const POLL_MS = 500;
const BACK_OFF = { baseMs: 200, mostMs: 30_000 };
/** A message that was refused so often is set aside: about a minute after the first time. */
const REFUSALS_MOST = 8;
const REASON_CHARACTERS = 500;

export class Outbox {
  /** What was refused too often. */
  readonly setAside: SetAside;
  readonly #options: OutboxOptions;
  readonly #loops = new Map<string, Loop>();
  readonly #waiting: (() => void)[] = [];
  #open = false;
  #lastWords = async () => {};
  readonly #delivered;
  readonly #failed;
  readonly #setAside;

  constructor(options: OutboxOptions) {
    this.#options = options;
    const { db, service } = options;
    this.setAside = createSetAside({ db, service, nudge: (topic) => this.nudge(topic) });
    this.#delivered = options.metrics.counter(
      "herald_outbox_delivered_total",
      "Messages delivered to other services.",
      ["topic"],
    );
    this.#failed = options.metrics.counter(
      "herald_outbox_failed_total",
      "Deliveries that failed and will be tried again.",
      ["topic"],
    );
    this.#setAside = options.metrics.counter(
      "herald_outbox_set_aside_total",
      "Messages that their receiver refused again and again; they are kept, and somebody has to look.",
      ["topic"],
    );
  }

  /** Keeps messages in the caller's transaction: they are delivered if and only if it commits. Call `nudge` after it. */
  async put(tx: Queryable, tenantId: string, topic: string, payloads: readonly unknown[]): Promise<void> {
    if (payloads.length === 0) return;
    const text = `insert into ${this.#table} (tenant_id, id, topic, payload)
      select $1, id, $2, payload from unnest($3::uuid[], $4::jsonb[]) as new (id, payload)`;
    await tx.query({ name: "outbox_put", text }, [tenantId, topic, payloads.map(newId), payloads.map(storableJson)]);
  }

  /** Delivers soon instead of at the next poll. */
  nudge(topic: string): void {
    this.#loops.get(topic)?.nudge();
  }

  /** Says how a topic is delivered. Delivery begins when the service opens, once its schema is there. */
  relay<Payload>(topic: string, { deliver, batchRows = BATCH_ROWS }: Topic<Payload>): void {
    const work = (signal: AbortSignal) => this.#relayOnce(topic, deliver, batchRows, signal);
    const start = () => this.#loop(topic, POLL_MS, work);
    if (this.#open) start();
    else this.#waiting.push(start);
  }

  /** Begins to deliver. */
  open(): void {
    this.#open = true;
    for (const start of this.#waiting.splice(0)) start();
  }

  /** The sink of the audit trail: one row for each audited call that was done, and one for those that were refused alike. */
  auditSink(): AuditSink {
    const keep: KeepEntries = async (tenantId, entries) => {
      await this.put(this.#options.db.tenant(tenantId), tenantId, AUDIT_TOPIC, entries);
      this.nudge(AUDIT_TOPIC);
    };
    const refused = new AuditCounter(keep);
    this.#waiting.push(() => this.#loop("audit counts", COUNT_EVERY_MS, () => refused.flush()));
    this.#lastWords = () => refused.flush();
    return auditSink(keep, refused);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#loops.values()].map((loop) => loop.stop()));
    await this.#lastWords();
  }

  #loop(name: string, everyMs: number, work: LoopOptions["work"]): void {
    this.#loops.set(name, startLoop({ name, everyMs, log: this.#options.log, work }));
  }

  get #table(): string {
    return `${this.#options.service}.outbox`;
  }

  /** Takes up to `limit` due messages, delivers them tenant by tenant, and deletes what arrived, all in one transaction: whatever happens, none is lost. */
  async #relayOnce<Payload>(
    topic: string,
    deliver: Deliver<Payload>,
    limit: number,
    signal: AbortSignal,
  ): Promise<boolean> {
    const taken = await this.#options.db.everyTenant().transaction(async (tx) => {
      const rows = await this.#take<Payload>(tx, topic, limit);
      const byTenant = Map.groupBy(rows, (row) => row.tenant_id);
      for (const [tenantId, messages] of byTenant)
        await this.#deliverTenant(tx, tenantId, topic, messages, deliver, signal);
      return rows.length;
    });
    return taken === limit;
  }

  async #take<Payload>(tx: Transaction, topic: string, limit: number): Promise<OutboxRow<Payload>[]> {
    const text = `select tenant_id, id, payload, attempts from ${this.#table}
      where topic = $1 and due_at <= now() limit $2 for update skip locked`;
    const { rows } = await tx.query<OutboxRow<Payload>>({ name: "outbox_take", text }, [topic, limit]);
    return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async #deliverTenant<Payload>(
    tx: Transaction,
    tenantId: string,
    topic: string,
    rows: OutboxRow<Payload>[],
    deliver: Deliver<Payload>,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      await deliver(
        tenantId,
        rows.map((row) => row.payload),
        signal,
      );
      await tx.query(`delete from ${this.#table} where tenant_id = $1 and id = any($2::uuid[])`, [
        tenantId,
        rows.map((row) => row.id),
      ]);
      this.#delivered.inc({ topic }, rows.length);
    } catch (error) {
      if (rows.length > 1 && isRefusal(error)) return this.#deliverHalves(tx, tenantId, topic, rows, deliver, signal);
      await this.#putBack(tx, tenantId, topic, rows, error);
    }
  }

  /** One message that the receiver refuses must not hold up the others: halve until it stands alone. */
  async #deliverHalves<Payload>(
    tx: Transaction,
    tenantId: string,
    topic: string,
    rows: OutboxRow<Payload>[],
    deliver: Deliver<Payload>,
    signal: AbortSignal,
  ): Promise<void> {
    const middle = rows.length >> 1;
    await this.#deliverTenant(tx, tenantId, topic, rows.slice(0, middle), deliver, signal);
    await this.#deliverTenant(tx, tenantId, topic, rows.slice(middle), deliver, signal);
  }

  async #putBack(
    tx: Transaction,
    tenantId: string,
    topic: string,
    rows: OutboxRow<unknown>[],
    error: unknown,
  ): Promise<void> {
    const attempts = Math.max(...rows.map((row) => row.attempts)) + 1;
    const waitMs = backoffMs(attempts, BACK_OFF);
    this.#failed.inc({ topic }, rows.length);
    const [only] = rows;
    if (only && isRefusal(error))
      return this.#refused(tx, topic, only, error, attempts >= REFUSALS_MOST ? Infinity : waitMs);
    this.#options.log.warn(
      { error, topic, messages: rows.length, attempts, waitMs },
      "messages not delivered; they will be tried again",
    );
    await tx.query(
      `update ${this.#table} set attempts = attempts + 1, due_at = now() + $3 * interval '1 millisecond'
        where tenant_id = $1 and id = any($2::uuid[])`,
      [tenantId, rows.map((row) => row.id), waitMs],
    );
  }

  /** One message that the receiver refuses waits longer each time, and is set aside in the end. */
  async #refused(
    tx: Transaction,
    topic: string,
    row: OutboxRow<unknown>,
    error: unknown,
    waitMs: number,
  ): Promise<void> {
    const isSetAside = waitMs === Infinity;
    const cause = error instanceof PartlyRefused ? error.cause : error;
    const left = error instanceof PartlyRefused ? storableJson(error.left) : null;
    const fields = { error: cause, topic, tenantId: row.tenant_id, outboxId: row.id, attempts: row.attempts + 1 };
    if (isSetAside) {
      this.#setAside.inc({ topic });
      this.#options.log.error(fields, "a message is refused by its receiver; it is set aside");
    } else this.#options.log.warn(fields, "a message is refused by its receiver; it will be tried again");
    await tx.query(
      `update ${this.#table} set attempts = attempts + 1, reason = $3, payload = coalesce($4::jsonb, payload),
         due_at = case when $5::float8 is null then 'infinity'::timestamptz else now() + $5 * interval '1 millisecond' end
        where tenant_id = $1 and id = $2`,
      [row.tenant_id, row.id, reasonOf(cause), left, isSetAside ? null : waitMs],
    );
  }
}

const reasonOf = (error: unknown): string =>
  // Withheld before the cut: half a value would not be known for one.
  withoutValues(storable(isServiceError(error) ? error.details : String(error))).slice(0, REASON_CHARACTERS);

/** The receiver answered and refused the content; trying the same batch again would change nothing. */
const isRefusal = (error: unknown) => error instanceof PartlyRefused || isRefusedCall(error);

const isRefusedCall = (error: unknown) =>
  isServiceError(error) &&
  [
    status.INVALID_ARGUMENT,
    status.NOT_FOUND,
    status.FAILED_PRECONDITION,
    status.INTERNAL,
    status.UNKNOWN,
    status.OUT_OF_RANGE,
  ].includes(error.code);
