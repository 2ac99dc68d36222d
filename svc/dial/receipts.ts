/** Matches receipts with the attempts they tell of, also those that another dialer, or we before a crash, sent. */
import { LRUCache } from "lru-cache";
import { DeliveryState } from "../../gen/herald/common/v1/outcome.ts";
import type { Database } from "../lib/db.ts";
import { type Now, pause } from "../lib/time.ts";
import type { Attempt, AttemptKey, Change } from "./attempt.ts";
import type { Events } from "./events.ts";
import { findByMessage, findReceiptsOverdue, type SentMessage } from "./open-store.ts";
import { deliveryOutcome, unknownOutcome } from "./outcomes.ts";
import type { Results } from "./results.ts";
import { namesOf, type Receipt, type ReceiptIds, tellsOf } from "./sms-receipt.ts";

export interface ReceiptsDeps {
  db: Database;
  results: Results;
  events: Events;
  now: Now;
  /** How the centre names messages in its receipts. */
  ids: ReceiptIds;
}

/** Messages remembered without asking the database; receipts usually come within seconds. */
const REMEMBERED = 100_000;
/** A receipt may overtake the writing of its message by another dialer. */
const LOOK_AGAIN_MS = [100, 400, 1_500];
const OVERDUE_BATCH = 500;

export class Receipts {
  readonly #deps: ReceiptsDeps;
  readonly #sent = new LRUCache<string, SentMessage>({ max: REMEMBERED });
  #lookups: Lookup[] = [];

  constructor(deps: ReceiptsDeps) {
    this.#deps = deps;
  }

  /** The centre took a message of ours. */
  expect(messageId: string, attempt: Attempt): void {
    this.#sent.set(messageId, { key: attempt, recipient: attempt.contactInfo });
  }

  /** Resolves once the receipt is durable (true), or known to be about nothing of ours. */
  async receive(receipt: Receipt): Promise<boolean> {
    const { state, providerStatus } = receipt;
    if (state === undefined) return true; // still on its way
    const found = await this.#find(receipt);
    if (!found) {
      this.#deps.events.receiptUnmatched();
      return false;
    }
    this.#sent.delete(found.name);
    await this.#deps.results.put(receiptChange(found.key, state, providerStatus, this.#deps.now()));
    return true;
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

  async #find(receipt: Receipt): Promise<Found | undefined> {
    // The answer to the submit may have come in the same breath, and be about to be noted.
    const known =
      this.#remembered(receipt) ??
      (await new Promise<Found | undefined>((resolve) => setImmediate(() => resolve(this.#remembered(receipt)))));
    if (known) return known;
    for (const waitMs of [0, ...LOOK_AGAIN_MS]) {
      await pause(waitMs);
      const found = await this.#lookUp(receipt);
      if (found) return found;
    }
    return undefined;
  }

  #remembered(receipt: Receipt): Found | undefined {
    return pick(receipt, this.#deps.ids, this.#sent);
  }

  /** Many receipts come at once after a restart: they are looked up together. */
  #lookUp(receipt: Receipt): Promise<Found | undefined> {
    return new Promise((found, failed) => {
      this.#lookups.push({ receipt, found, failed });
      if (this.#lookups.length === 1) setImmediate(() => void this.#lookUpAll());
    });
  }

  async #lookUpAll(): Promise<void> {
    const { db, ids } = this.#deps;
    const lookups = this.#lookups.splice(0);
    try {
      const names = lookups.flatMap(({ receipt }) => Object.values(namesOf(receipt.messageId, ids)));
      const known = await findByMessage(
        db.everyTenant(),
        names.filter((name) => name !== undefined),
      );
      for (const { receipt, found } of lookups) found(pick(receipt, ids, known));
    } catch (error) {
      for (const { failed } of lookups) failed(error);
    }
  }
}

interface Lookup {
  receipt: Receipt;
  found: (message: Found | undefined) => void;
  failed: (error: unknown) => void;
}

interface Found {
  name: string;
  key: AttemptKey;
}

/** The message that a receipt is about; one that is only guessed must have gone to the number that the receipt tells of. */
function pick(
  { messageId, numbers }: Receipt,
  ids: ReceiptIds,
  messages: { get(name: string): SentMessage | undefined },
): Found | undefined {
  const { certain, guessed } = namesOf(messageId, ids);
  const sure = messages.get(certain);
  if (sure) return { name: certain, key: sure.key };
  const guess = guessed === undefined ? undefined : messages.get(guessed);
  return guess && guessed !== undefined && tellsOf(numbers, guess.recipient)
    ? { name: guessed, key: guess.key }
    : undefined;
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
