/** Matches receipts with the attempts they tell of, also those that another dialer, or we before a crash, sent. */
import { LRUCache } from "lru-cache";
import { DeliveryState } from "../../gen/herald/common/v1/outcome.ts";
import type { Database } from "../lib/db.ts";
import { type Now, pause } from "../lib/time.ts";
import type { AttemptKey, Change } from "./attempt.ts";
import type { Events } from "./events.ts";
import { findByMessage, findReceiptsOverdue } from "./open-store.ts";
import { deliveryOutcome, unknownOutcome } from "./outcomes.ts";
import type { Results } from "./results.ts";
import { type Receipt, sameMessage } from "./sms-receipt.ts";

export interface ReceiptsDeps {
  db: Database;
  results: Results;
  events: Events;
  now: Now;
}

/** Messages remembered without asking the database; receipts usually come within seconds. */
const REMEMBERED = 100_000;
/** A receipt may overtake the writing of its message by another dialer. */
const LOOK_AGAIN_MS = [100, 400, 1_500];
const OVERDUE_BATCH = 500;

export class Receipts {
  readonly #deps: ReceiptsDeps;
  readonly #sent = new LRUCache<string, AttemptKey>({ max: REMEMBERED });
  #lookups: { names: string[]; found: (key: AttemptKey | undefined) => void; failed: (error: unknown) => void }[] = [];

  constructor(deps: ReceiptsDeps) {
    this.#deps = deps;
  }

  /** The centre took a message of ours. */
  expect(messageId: string, key: AttemptKey): void {
    this.#sent.set(messageId, key);
  }

  /** Resolves once the receipt is durable, or known to be about nothing of ours. */
  async receive({ messageId, state, providerStatus }: Receipt): Promise<void> {
    if (state === undefined) return; // still on its way
    const key = this.#sent.get(messageId) ?? (await this.#find(sameMessage(messageId)));
    if (!key) return this.#deps.events.receiptUnmatched();
    this.#sent.delete(messageId);
    await this.#deps.results.put(receiptChange(key, state, providerStatus, this.#deps.now()));
  }

  /** Gives up receipts that should have come by now. Gives whether there may be more. */
  async giveUpOverdue(): Promise<boolean> {
    const overdue = await findReceiptsOverdue(this.#deps.db.everyTenant(), this.#deps.now(), OVERDUE_BATCH);
    if (overdue.length === 0) return false;
    const at = this.#deps.now();
    await Promise.all(
      overdue.map((key) =>
        this.#deps.results.put(receiptChange(key, DeliveryState.DELIVERY_STATE_UNKNOWN, "no receipt", at)),
      ),
    );
    this.#deps.events.receiptsGivenUp(overdue.length);
    return overdue.length === OVERDUE_BATCH;
  }

  async #find(names: string[]): Promise<AttemptKey | undefined> {
    // The answer to the submit may have come in the same breath, and be about to be noted.
    const known =
      this.#remembered(names) ??
      (await new Promise<AttemptKey | undefined>((resolve) => setImmediate(() => resolve(this.#remembered(names)))));
    if (known) return known;
    for (const waitMs of [0, ...LOOK_AGAIN_MS]) {
      await pause(waitMs);
      const key = await this.#lookUp(names);
      if (key) return key;
    }
    return undefined;
  }

  #remembered(names: readonly string[]): AttemptKey | undefined {
    return names.map((name) => this.#sent.get(name)).find(Boolean);
  }

  /** Many receipts come at once after a restart: they are looked up together. */
  #lookUp(names: string[]): Promise<AttemptKey | undefined> {
    return new Promise((found, failed) => {
      this.#lookups.push({ names, found, failed });
      if (this.#lookups.length === 1) setImmediate(() => void this.#lookUpAll());
    });
  }

  async #lookUpAll(): Promise<void> {
    const lookups = this.#lookups.splice(0);
    try {
      const known = await findByMessage(
        this.#deps.db.everyTenant(),
        lookups.flatMap(({ names }) => names),
      );
      for (const { names, found } of lookups) found(names.map((name) => known.get(name)).find(Boolean));
    } catch (error) {
      for (const { failed } of lookups) failed(error);
    }
  }
}

function receiptChange(key: AttemptKey, state: DeliveryState, providerStatus: string, at: Date): Change {
  const base = { key, attempt: undefined, at };
  if (state === DeliveryState.DELIVERY_STATE_UNKNOWN)
    return { ...base, kind: "stale", outcome: unknownOutcome(key.channel), providerStatus };
  return {
    ...base,
    kind: "ended",
    outcome: deliveryOutcome(state),
    counts: true,
    providerStatus,
    providerMessageId: "",
    sentAt: undefined,
  };
}
