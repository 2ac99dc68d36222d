/** Email domains that cannot belong to one tenant: anybody may register names below them, or have a mailbox there. */
import providers from "email-providers/all.json" with { type: "json" };
import { getDomain } from "tldts";

/** Reserved for documentation (RFC 2606): nobody has a mailbox there, whatever lists say. */
const RESERVED: readonly string[] = ["example.com", "example.net", "example.org"];
const FREE_MAIL: ReadonlySet<string> = new Set(providers.filter((domain) => !RESERVED.includes(domain)));

/** The registered domain, such as `alpha.example` for everything below it; undefined for a public suffix such as `co.uk` or a single label. */
export const registeredDomain = (domain: string): string | undefined =>
  getDomain(domain, { allowPrivateDomains: true }) ?? undefined;

export function isSharedDomain(domain: string): boolean {
  const registered = registeredDomain(domain);
  return registered === undefined || FREE_MAIL.has(domain) || FREE_MAIL.has(registered);
}
