/** Matches receipts with their attempts, also with those that another dialer sent, or that we sent before a crash. */
import { DeliveryState } from "../../../gen/herald/common/v1/outcome.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { type Now, pause } from "../../lib/async/time.ts";
import type { Attempt, AttemptKey, AttemptChange } from "../attempts/attempt.ts";
import type { Events } from "../events.ts";
import {
  findByMessage,
  findReceiptsOverdue,
  findSent,
  type NamedMessage,
  type SentMessage,
} from "../attempts/open-store.ts";
import { deliveryOutcome, unknownOutcome } from "../../lib/outcomes/outcomes.ts";
import type { Results } from "../pipeline/settle/results.ts";
import { namesOf, type Receipt, type ReceiptIds, tellsOf } from "../sms/sms-receipt.ts";

export interface ReceiptsDeps {
  db: Database;
  results: Results;
  events: Events;
  now: Now;
}

/** Whose message centre sends receipts. */
export interface ReceiptSource {
  /** Empty for the operator's, which serves all tenants. */
  tenantId: string;
  /** Empty for the operator's. */
  providerId: string;
  /** How the centre names messages in its receipts. */
  ids: ReceiptIds;
}

/** So many messages are remembered in memory: receipts usually come within seconds. */
const REMEMBERED = 100_000;
/** A receipt may come before another dialer has stored its message. */
const LOOK_AGAIN_MS = [100, 400, 1_500];
const LOOKUP_BATCH = 500;
const OVERDUE_BATCH = 500;

export class Receipts {
  readonly #deps: ReceiptsDeps;
  readonly #sent = new Map<string, SentMessage>();
  #lookups: ReceiptLookup[] = [];
  #isLooking = false;

  constructor(deps: ReceiptsDeps) {
    this.#deps = deps;
  }

  /** Notes that the centre took a message of ours. */
  expect(messageId: string, attempt: Attempt): void {
    this.#sent.set(nameAt(attempt.route, messageId), { key: attempt, recipient: attempt.contactInfo });
    if (this.#sent.size > REMEMBERED) this.#forgetOldest();
  }

  #forgetOldest(): void {
    for (const name of this.#sent.keys()) {
      this.#sent.delete(name);
      return;
    }
  }

  /** Resolves to true once the receipt is stored, or to false when it is about no message of ours. */
  async receive(receipt: Receipt, source: ReceiptSource): Promise<boolean> {
    const { state, providerStatus } = receipt;
    if (state === undefined) return true; // still on its way
    const found = await this.#find({ receipt, source });
    if (!found) {
      this.#deps.events.receiptUnmatched();
      return false;
    }
    this.#sent.delete(nameAt(source, found.name));
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

  async #find(receipt: ReceivedReceipt): Promise<FoundMessage | undefined> {
    // The answer to the submit may have come at the same time and not have been noted yet.
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

  /** Only certain matches: guesses need a look at the database. */
  #remembered({ receipt, source }: ReceivedReceipt): FoundMessage | undefined {
    const found = pick(receipt, source.ids, this.#sentVia(source));
    return found?.instead === undefined ? found : undefined;
  }

  /** Many receipts come at once after a restart. Those that come during a look-up are looked up together by the next one. */
  #lookUp(received: ReceivedReceipt): Promise<FoundMessage | undefined> {
    return new Promise((found, failed) => {
      this.#lookups.push({ ...received, found, failed });
      if (this.#lookups.length === 1 && !this.#isLooking) setImmediate(() => void this.#lookUpAll());
    });
  }

  async #lookUpAll(): Promise<void> {
    this.#isLooking = true;
    while (this.#lookups.length > 0) {
      const lookups = this.#lookups.splice(0, LOOKUP_BATCH);
      for (const ofOne of Map.groupBy(lookups, ({ source }) => source).values()) await this.#lookUpAt(ofOne);
    }
    this.#isLooking = false;
  }

  async #lookUpAt(lookups: readonly ReceiptLookup[]): Promise<void> {
    const [first] = lookups;
    if (!first) return;
    try {
      const found = await this.#findAll(
        lookups.map(({ receipt }) => receipt),
        first.source,
      );
      lookups.forEach((lookup, i) => lookup.found(found[i]));
    } catch (error) {
      for (const { failed } of lookups) failed(error);
    }
  }

  /** The messages that are remembered of one centre. */
  #sentVia(source: ReceiptSource) {
    return { get: (name: string) => this.#sent.get(nameAt(source, name)) };
  }

  /** Receipts of a tenant's own centre are about messages of that tenant alone. */
  async #findAll(receipts: readonly Receipt[], source: ReceiptSource): Promise<(FoundMessage | undefined)[]> {
    const { ids, tenantId, providerId } = source;
    const db = tenantId === "" ? this.#deps.db.everyTenant() : this.#deps.db.tenant(tenantId);
    const names = receipts.flatMap(({ messageId }) => Object.values(namesOf(messageId, ids)));
    const open = await findByMessage(
      db,
      providerId,
      names.filter((name) => name !== undefined),
    );
    const known = { get: (name: string) => open.get(name) ?? this.#sentVia(source).get(name) };
    const found = receipts.map((receipt) => pick(receipt, ids, known));
    // If another message to the same person really had this name and has ended, the receipt is another one of that message.
    const doubts = found.flatMap((one) => one?.instead ?? []);
    const others = doubts.length > 0 ? await findSent(db, providerId, doubts) : [];
    const taken = new Set(others.map(keyOf));
    return found.map((one) => (one?.instead && taken.has(keyOf(one.instead)) ? undefined : one));
  }
}

const keyOf = ({ name, recipient }: NamedMessage) => `${name} ${recipient}`;

/** A name means something only at the centre that gave it. */
const nameAt = ({ providerId }: { providerId: string }, name: string) => `${providerId} ${name}`;

interface ReceivedReceipt {
  receipt: Receipt;
  source: ReceiptSource;
}

interface ReceiptLookup extends ReceivedReceipt {
  found: (message: FoundMessage | undefined) => void;
  failed: (error: unknown) => void;
}

interface FoundMessage {
  name: string;
  key: AttemptKey;
  /** For a guess: the message that the receipt names literally, in case there was one. */
  instead: NamedMessage | undefined;
}

/** The message that a receipt is about. A guessed message must have gone to a number in the receipt. */
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

function receiptChange(key: AttemptKey, state: DeliveryState, providerStatus: string, at: Date): AttemptChange {
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
