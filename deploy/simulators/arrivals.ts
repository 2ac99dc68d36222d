/** What arrived at a simulator: the last messages, counts of all, and duplicates. It is kept in memory, with limits. */
import { hash } from "node:crypto";

/** The fields of a message or call that are needed for counting. */
export interface Arrival {
  /** Who it was for. */
  to: string;
  /** Identifies the message for that recipient: its Message-ID, or its attempt and part. The same again is a duplicate. */
  id: string;
}

export interface ArrivalBounds {
  /** Messages kept whole, the newest. */
  kept: number;
  /** Messages and recipients remembered by name, for counting and for finding duplicates. */
  remembered: number;
}

export interface Duplicate {
  to: string;
  id: string;
  /** How often it arrived after the first time. */
  again: number;
}

const DUPLICATES_KEPT = 1_000;

export class Arrivals<Kept extends Arrival> {
  readonly #bounds: ArrivalBounds;
  #kept: Kept[] = [];
  #oldest = 0;
  #total = 0;
  #duplicates = 0;
  readonly #seen = new Set<number>();
  readonly #perRecipient = new Map<string, number>();
  readonly #again = new Map<string, Duplicate>();

  constructor(bounds: ArrivalBounds) {
    this.#bounds = bounds;
  }

  add(arrival: Kept): void {
    this.#total++;
    this.#perRecipient.set(arrival.to, (this.#perRecipient.get(arrival.to) ?? 0) + 1);
    forgetOldest(this.#perRecipient, this.#bounds.remembered);
    this.#noteDuplicate(arrival);
    // A ring buffer: the newest replaces the oldest.
    if (this.#kept.length < this.#bounds.kept) this.#kept.push(arrival);
    else this.#kept[this.#oldest++ % this.#bounds.kept] = arrival;
  }

  counts(): { total: number; recipients: number; duplicates: number; kept: number } {
    return {
      total: this.#total,
      recipients: this.#perRecipient.size,
      duplicates: this.#duplicates,
      kept: this.#kept.length,
    };
  }

  /** The newest first; only those to `to`, when it is given. */
  list({ to, limit }: { to?: string | undefined; limit: number }): Kept[] {
    const start = this.#oldest % Math.max(1, this.#kept.length);
    const inOrder = [...this.#kept.slice(start), ...this.#kept.slice(0, start)].reverse();
    return (to === undefined ? inOrder : inOrder.filter((one) => one.to === to)).slice(0, limit);
  }

  /** How many arrived for each recipient. */
  recipients(): Record<string, number> {
    return Object.fromEntries(this.#perRecipient);
  }

  duplicates(): Duplicate[] {
    return [...this.#again.values()];
  }

  reset(): void {
    this.#kept = [];
    this.#oldest = this.#total = this.#duplicates = 0;
    this.#seen.clear();
    this.#perRecipient.clear();
    this.#again.clear();
  }

  #noteDuplicate({ to, id }: Arrival): void {
    const mark = markOf(`${to}\n${id}`);
    if (!this.#seen.has(mark)) {
      this.#seen.add(mark);
      return forgetOldest(this.#seen, this.#bounds.remembered);
    }
    this.#duplicates++;
    const known = this.#again.get(`${to}\n${id}`);
    if (known) known.again++;
    else if (this.#again.size < DUPLICATES_KEPT) this.#again.set(`${to}\n${id}`, { to, id, again: 1 });
  }
}

/** 48 bits of a hash, with a tenth of the text's memory. The chance that all of a million differ is 0.998. */
const markOf = (text: string) => hash("sha1", text, "buffer").readUIntBE(0, 6);

function forgetOldest(held: Set<number> | Map<string, number>, most: number): void {
  if (held.size <= most) return;
  for (const key of held.keys()) {
    (held as Set<unknown>).delete(key);
    return;
  }
}
