/** Email addresses for envelopes and headers, and senders with a name. Pure; the time it takes grows linearly with the length. */
import { domainToASCII } from "node:url";

/** A sender, read from `News <news@example.com>`. */
export interface EmailSender {
  name: string;
  /** The bare address, with the domain in the form that DNS uses. */
  address: string;
}

/** Room for a name of 64 characters with a few bytes each, and for the longest address that mail servers take. */
export const LONGEST_SENDER = 320;

/** Reads `Herald <news@example.com>` or a bare address; undefined when it is neither. */
export function readEmailSender(from: string): EmailSender | undefined {
  if (from.length > LONGEST_SENDER || /\p{Cc}/u.test(from)) return undefined;
  const { name, bare } = parted(from.trim());
  const address = asciiAddress(bare);
  return address === undefined || /[<>"]/.test(name) ? undefined : { name, address };
}

function parted(text: string): { name: string; bare: string } {
  const begin = text.lastIndexOf("<");
  if (begin < 0 || !text.endsWith(">")) return { name: "", bare: text };
  const name = text.slice(0, begin).trim();
  const isQuoted = name.length > 1 && name.startsWith('"') && name.endsWith('"');
  return { name: isQuoted ? name.slice(1, -1).trim() : name, bare: text.slice(begin + 1, -1) };
}

/** One local part and one domain, with nothing that could end a header or a command. */
export const isAddress = (address: string): boolean =>
  /^[^\s@<>()[\],;:"\p{Cc}]{1,64}@[^\s@<>()[\],;:"\p{Cc}]{1,253}$/u.test(address);

/** The address in ASCII, which every server takes; undefined when it has no such form: a local part beyond ASCII, or no domain. */
export function asciiAddress(address: string): string | undefined {
  if (!isAddress(address)) return undefined;
  const at = address.indexOf("@");
  const localPart = address.slice(0, at);
  const domain = withoutRootDot(domainToASCII(address.slice(at + 1)));
  return /^[!-~]+$/.test(localPart) && isDomain(domain) ? `${localPart}@${domain}` : undefined;
}

/** `example.com.` is the same domain, but an address has no dot at its end. */
const withoutRootDot = (domain: string) => (domain.endsWith(".") ? domain.slice(0, -1) : domain);
const isDomain = (domain: string) => domain.split(".").every((label) => label !== "");
