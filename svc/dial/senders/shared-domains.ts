/** Domains of email that cannot be one tenant's: under which anybody registers names, or where anybody has a mailbox. */
import providers from "email-providers/all.json" with { type: "json" };
import { getDomain } from "tldts";

/** Reserved for documentation (RFC 2606): nobody's mailbox, whatever lists say. */
const RESERVED: readonly string[] = ["example.com", "example.net", "example.org"];
const FREE_MAIL: ReadonlySet<string> = new Set(providers.filter((domain) => !RESERVED.includes(domain)));

/** Under which a domain is registered: `alpha.example` for what stands below it; undefined for a public suffix such as `co.uk`, or one label. */
export const registeredDomain = (domain: string): string | undefined =>
  getDomain(domain, { allowPrivateDomains: true }) ?? undefined;

export function isSharedDomain(domain: string): boolean {
  const registered = registeredDomain(domain);
  return registered === undefined || FREE_MAIL.has(domain) || FREE_MAIL.has(registered);
}
