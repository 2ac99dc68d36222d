/** Decides whether temporary refusals of a server concern one sender or everybody, which a single reply does not show. */
import { LRUCache } from "lru-cache";

interface FirstRefusal {
  tenantId: string;
  domain: string;
}

/** Replies with such a code concern the sender's own address or domain, even if other senders get them too: bad syntax, no such domain. */
const NAMES_THE_SENDER = /^\d{3} \d\.1\.[78]$/;
const STATUSES_MOST = 100;
const FRESH_MS = 60_000;

/**
 * A server that takes nothing from anybody gives the same reply to senders of several tenants, and takes no message in between. Two senders
 * of one tenant are not enough, so that no tenant can stop the mail of the others.
 */
export class PassingRefusals {
  /** The first sender that got each reply. */
  readonly #heard = new LRUCache<string, FirstRefusal>({ max: STATUSES_MOST, ttl: FRESH_MS });

  /** Notes a refusal, and gives whether it concerns everybody. */
  isOfAll(status: string, tenantId: string, address: string): boolean {
    if (NAMES_THE_SENDER.test(status)) return false;
    const domain = address.slice(address.lastIndexOf("@") + 1).toLowerCase();
    const first = this.#heard.get(status);
    if (!first) this.#heard.set(status, { tenantId, domain });
    return first !== undefined && first.tenantId !== tenantId && first.domain !== domain;
  }

  /** Notes that the server took a message, or refused one for a reason of its own. */
  taken(): void {
    if (this.#heard.size > 0) this.#heard.clear();
  }
}
