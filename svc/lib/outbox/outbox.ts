/**
 * What one service has to tell another, kept in the writer's own transaction and delivered at least once, in order and in batches, to a
 * typed RPC of the receiver, which must be idempotent.
 */
import { type AuditSink, auditSink } from "../audit/audit.ts";
import { AUDIT_ENTRIES } from "../audit/audit-entries.ts";
import { AuditCounter, COUNT_EVERY_MS, type KeepEntries } from "../audit/audit-counter.ts";
import type { Database, Queryable, Transaction } from "../postgres/db.ts";
import type { Logger } from "../observe/log.ts";
import { type Loop, startLoop } from "../async/loop.ts";
import type { Metrics } from "../observe/metrics.ts";
import type { Deliver } from "./line.ts";
import { type MessageKind, messagesOf, type NewMessage } from "./message-kind.ts";
import { createOutboxMetrics } from "./outbox-metrics.ts";
import { Relay } from "./relay.ts";
import { createSetAside, type SetAside } from "./set-aside.ts";

export interface OutboxOptions {
  db: Database;
  /** The schema; its migrations made the tables `outbox_messages` and `outbox_lines` (see README). */
  service: string;
  log: Logger;
  metrics: Metrics;
}

export class Outbox {
  /** What was refused too often. */
  readonly setAside: SetAside;
  readonly #options: OutboxOptions;
  readonly #relay: Relay;
  #refused: AuditCounter | undefined;
  #counting: Loop | undefined;

  constructor(options: OutboxOptions) {
    this.#options = options;
    const { db, service } = options;
    this.#relay = new Relay({ ...options, metrics: createOutboxMetrics(options.metrics) });
    this.setAside = createSetAside({ db, service, wake: (line) => this.#relay.wake(line) });
  }

  /** Keeps messages in the caller's transaction, made by `messagesOf`: they are delivered, soon after it, if and only if it commits. */
  async put(tx: Queryable | Transaction, tenantId: string, messages: readonly NewMessage[]): Promise<void> {
    if (messages.length === 0) return;
    await this.#relay.store.insert(tx, tenantId, messages);
    const wake = () => {
      for (const { topic } of messages) this.#relay.wake({ tenantId, topic });
    };
    if ("afterCommit" in tx) tx.afterCommit(wake);
    else wake();
  }

  /** Says how messages of a kind are delivered. Delivery begins when the service opens, once its schema is there. */
  relay<Request, Item>(kind: MessageKind<Request, Item>, deliver: Deliver<Request>): void {
    this.#relay.add(kind, deliver);
  }

  /** Brings over what versions before left, so that it comes before what is put from now on. */
  prepare(): Promise<void> {
    return this.#relay.adopt();
  }

  /** Begins to deliver. */
  open(): void {
    const { log } = this.#options;
    this.#relay.open();
    const refused = this.#refused;
    if (refused)
      this.#counting = startLoop({
        name: "audit counts",
        everyMs: COUNT_EVERY_MS,
        log,
        work: () => refused.flush(),
      });
  }

  /** The sink of the audit trail: one row for each audited call that was done, and one for those that were refused alike. */
  auditSink(): AuditSink {
    const keep: KeepEntries = (tenantId, entries) =>
      this.put(this.#options.db.tenant(tenantId), tenantId, messagesOf(AUDIT_ENTRIES, entries));
    this.#refused = new AuditCounter(keep);
    return auditSink(keep, this.#refused);
  }

  async stop(): Promise<void> {
    await this.#counting?.stop();
    await this.#relay.stop();
    await this.#refused?.flush();
  }
}
