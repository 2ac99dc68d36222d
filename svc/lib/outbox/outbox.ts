/**
 * Messages from one service to others. The writer stores them in its own transaction. They are delivered at least once, in order and in
 * batches, to a typed RPC of the receiver, which must be idempotent.
 */
import type { Database, TenantQueryable, TenantTransaction } from "../postgres/db.ts";
import type { Logger } from "../observe/log.ts";
import type { Metrics } from "../observe/metrics.ts";
import type { DeliverRequest } from "./line.ts";
import type { MessageKind, NewMessage } from "./message-kind.ts";
import { createOutboxMetrics } from "./outbox-metrics.ts";
import { Relay } from "./relay.ts";
import { createSetAside, type SetAsideMessages } from "./set-aside.ts";

export interface OutboxOptions {
  db: Database;
  /** The name of the schema. Its migrations must create the tables `outbox_messages` and `outbox_lines` (see README). */
  service: string;
  log: Logger;
  metrics: Metrics;
}

export class Outbox {
  /** Messages that were refused too often. */
  readonly setAside: SetAsideMessages;
  readonly #relay: Relay;

  constructor(options: OutboxOptions) {
    const { db, service } = options;
    this.#relay = new Relay({ ...options, metrics: createOutboxMetrics(options.metrics) });
    this.setAside = createSetAside({ db, service, wake: (line) => this.#relay.wake(line) });
  }

  /** Stores messages made by `messagesOf` in the caller's transaction. They are delivered soon after it, if and only if it commits. */
  async put(tx: TenantQueryable | TenantTransaction, messages: readonly NewMessage[]): Promise<void> {
    if (messages.length === 0) return;
    await this.#relay.store.insert(tx, messages);
    const wake = () => {
      for (const { topic } of messages) this.#relay.wake({ tenantId: tx.tenantId, topic });
    };
    if ("afterCommit" in tx) tx.afterCommit(wake);
    else wake();
  }

  /** Sets how messages of a kind are delivered. Delivery begins when the service opens, after its migrations. */
  relay<Request, Item>(kind: MessageKind<Request, Item>, deliver: DeliverRequest<Request>): void {
    this.#relay.add(kind, deliver);
  }

  /** Moves messages of earlier versions over, so that they come before new ones. */
  prepare(): Promise<void> {
    return this.#relay.adopt();
  }

  /** Starts delivery. */
  open(): void {
    this.#relay.open();
  }

  /** Stops delivery and aborts the calls under way; their messages are delivered again. */
  stop(): Promise<void> {
    return this.#relay.stop();
  }
}
