/** Matches receipts with the attempts they tell of, also those that another dialer, or we before a crash, sent. */
import { LRUCache } from "lru-cache";
import { DeliveryState } from "../../../gen/herald/common/v1/outcome.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { type Now, pause } from "../../lib/async/time.ts";
import type { Attempt, AttemptKey, Change } from "../attempts/attempt.ts";
import type { Events } from "../events.ts";
import {
  findByMessage,
  findReceiptsOverdue,
  findSent,
  type NamedMessage,
  type SentMessage,
} from "../attempts/open-store.ts";
import { deliveryOutcome, unknownOutcome } from "../attempts/outcomes.ts";
import type { Results } from "../pipeline/settle/results.ts";
import { namesOf, type Receipt, type ReceiptIds, tellsOf } from "../sms/sms-receipt.ts";

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
const LOOKUP_BATCH = 500;
const OVERDUE_BATCH = 500;

export class Receipts {
  readonly #deps: ReceiptsDeps;
  readonly #sent = new LRUCache<string, SentMessage>({ max: REMEMBERED });
  #lookups: ReceiptLookup[] = [];
  #isLooking = false;

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

  async #find(receipt: Receipt): Promise<FoundMessage | undefined> {
    // The answer to the submit may have come in the same breath, and be about to be noted.
    const known =
      this.#remembered(receipt) ??
      (await new Promise<FoundMessage | undefined>((resolve) =>
        setImmediate(() => resolve(this.#remembered(receipt))),
      ));
    if (known) return known;
    for (const waitMs of [0, ...LOOK_AGAIN_MS]) {
      await pause(waitMs);
      const found = await this.#lookUp(receipt);
      if (found) return found;
    }
    return undefined;
  }

  /** What is only guessed is left to a look at the database. */
  #remembered(receipt: Receipt): FoundMessage | undefined {
    const found = pick(receipt, this.#deps.ids, this.#sent);
    return found?.instead === undefined ? found : undefined;
  }

  /** Many receipts come at once after a restart: those that come during a look are looked up together by the next. */
  #lookUp(receipt: Receipt): Promise<FoundMessage | undefined> {
    return new Promise((found, failed) => {
      this.#lookups.push({ receipt, found, failed });
      if (this.#lookups.length === 1 && !this.#isLooking) setImmediate(() => void this.#lookUpAll());
    });
  }

  async #lookUpAll(): Promise<void> {
    this.#isLooking = true;
    while (this.#lookups.length > 0) {
      const lookups = this.#lookups.splice(0, LOOKUP_BATCH);
      try {
        const found = await this.#findAll(lookups.map(({ receipt }) => receipt));
        lookups.forEach((lookup, i) => lookup.found(found[i]));
      } catch (error) {
        for (const { failed } of lookups) failed(error);
      }
    }
    this.#isLooking = false;
  }

  async #findAll(receipts: readonly Receipt[]): Promise<(FoundMessage | undefined)[]> {
    const { db, ids } = this.#deps;
    const names = receipts.flatMap(({ messageId }) => Object.values(namesOf(messageId, ids)));
    const open = await findByMessage(
      db.everyTenant(),
      names.filter((name) => name !== undefined),
    );
    const known = { get: (name: string) => open.get(name) ?? this.#sent.get(name) };
    const found = receipts.map((receipt) => pick(receipt, ids, known));
    // A message to the same person that really had the name, and has ended: the receipt is one more of that one.
    const doubts = found.flatMap((one) => one?.instead ?? []);
    const others = doubts.length > 0 ? await findSent(db.everyTenant(), doubts) : [];
    const taken = new Set(others.map(keyOf));
    return found.map((one) => (one?.instead && taken.has(keyOf(one.instead)) ? undefined : one));
  }
}

const keyOf = ({ name, recipient }: NamedMessage) => `${name} ${recipient}`;

interface ReceiptLookup {
  receipt: Receipt;
  found: (message: FoundMessage | undefined) => void;
  failed: (error: unknown) => void;
}

interface FoundMessage {
  name: string;
  key: AttemptKey;
  /** Of a guess: the message that the receipt names as it stands, should there have been one. */
  instead: NamedMessage | undefined;
}

/** The message that a receipt is about; one that is only guessed must have gone to the number that the receipt tells of. */
function pick(
  { messageId, numbers }: Receipt,
  ids: ReceiptIds,
  messages: { get(name: string): SentMessage | undefined },
): FoundMessage | undefined {
  const { certain, guessed } = namesOf(messageId, ids);
  const sure = messages.get(certain);
  if (sure) return { name: certain, key: sure.key, instead: undefined };
  const guess = guessed === undefined ? undefined : messages.get(guessed);
  if (!guess || guessed === undefined || !tellsOf(numbers, guess.recipient)) return undefined;
  return { name: guessed, key: guess.key, instead: { name: certain, recipient: guess.recipient } };
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
