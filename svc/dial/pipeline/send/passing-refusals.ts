/** Refusals that may pass: whether a server means one sender or everybody, which single replies do not tell. */
import { LRUCache } from "lru-cache";

interface FirstRefusal {
  tenantId: string;
  domain: string;
}

/** Replies with such a code are about the sender's own address or domain, whoever else gets them: bad syntax, no such domain. */
const NAMES_THE_SENDER = /^\d{3} \d\.1\.[78]$/;
const STATUSES_MOST = 100;
const FRESH_MS = 60_000;

/**
 * A server that takes nothing says the same to the senders of several tenants, and takes nothing from anybody in between. Two senders
 * of one tenant are not enough: no tenant can stop the mail of the others.
 */
export class PassingRefusals {
  /** The first to have heard each reply. */
  readonly #heard = new LRUCache<string, FirstRefusal>({ max: STATUSES_MOST, ttl: FRESH_MS });

  /** Notes a refusal; gives whether it concerns everybody. */
  isOfAll(status: string, tenantId: string, address: string): boolean {
    if (NAMES_THE_SENDER.test(status)) return false;
    const domain = address.slice(address.lastIndexOf("@") + 1).toLowerCase();
    const first = this.#heard.get(status);
    if (!first) this.#heard.set(status, { tenantId, domain });
    return first !== undefined && first.tenantId !== tenantId && first.domain !== domain;
  }

  /** The server takes messages, or tells what is wrong with one. */
  taken(): void {
    if (this.#heard.size > 0) this.#heard.clear();
  }
}
