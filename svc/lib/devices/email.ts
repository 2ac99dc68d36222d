/** Brings email addresses, as people write them, into the form that is compared and sent to. */
import { domainToASCII } from "node:url";

/** Why no mail can be sent to a text. */
export type EmailFault = "empty" | "no_at" | "local_part" | "domain" | "too_long";

export type NormalisedEmail = { address: string; fault?: undefined } | { address?: undefined; fault: EmailFault };

/** For people: what is wrong and what would be right. */
export const EMAIL_FAULTS: Readonly<Record<EmailFault, string>> = {
  empty: "It is empty.",
  no_at: "It is not an email address: there must be exactly one @.",
  local_part:
    "What stands before the @ may have letters a to z, digits and !#$%&'*+-/=?^_`{|}~, with single dots between, up to 64 characters.",
  domain: "What stands after the @ is no domain name, such as example.com.",
  too_long: "It has more than 254 characters.",
};

const LONGEST_ADDRESS = 254;
const PLAIN = /^[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

/**
 * Lower case, without a `mailto:` or `Name <…>` around it, international domain names in their ASCII form
 * (`jo@bücher.example` → `jo@xn--bcher-kva.example`). Quoted and international local parts are refused: too few
 * servers take them. Lower case is right for every mail service in wide use, and makes suppression certain.
 */
export function normaliseEmail(text: string): NormalisedEmail {
  const address = text.trim().toLowerCase();
  if (address.length <= 64 && PLAIN.test(address)) return { address };
  return address === "" ? { fault: "empty" } : carefully(bare(address));
}

/** Whether a text is meant to be an email address rather than a number. */
export const looksLikeEmail = (text: string): boolean => text.includes("@");

function carefully(address: string): NormalisedEmail {
  const at = address.indexOf("@");
  if (at < 0 || at !== address.lastIndexOf("@")) return { fault: "no_at" };
  const localPart = address.slice(0, at);
  if (localPart.length > 64 || !LOCAL_PART.test(localPart)) return { fault: "local_part" };
  const domain = domainToASCII(address.slice(at + 1));
  if (!DOMAIN.test(domain)) return { fault: "domain" };
  const whole = `${localPart}@${domain}`;
  return whole.length > LONGEST_ADDRESS ? { fault: "too_long" } : { address: whole };
}

function bare(address: string): string {
  const named = /^[^<>]*<([^<>]+)>$/.exec(address)?.[1];
  return (named ?? address).trim().replace(/^mailto:/, "");
}
