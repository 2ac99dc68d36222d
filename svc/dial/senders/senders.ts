/** Brings senders, and numbers as message centres write them, into the form in which they are compared. Pure. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { SenderKind } from "../../../gen/herald/dial/v1/sender.ts";
import { readEmailSender } from "../../lib/devices/email-sender.ts";
import { normalisePhone } from "../../lib/devices/phone.ts";
import { placeOf } from "../../lib/place/place.ts";
import { isSharedDomain } from "./shared-domains.ts";

/** A sender, in the form that claims use. */
export interface SenderName {
  kind: SenderKind;
  address: string;
}

/** So many digits show that two texts are the same number when one has no country code. */
const FEWEST_DIGITS = 7;
export const LONGEST_SHORT_CODE = FEWEST_DIGITS - 1;
const LONGEST_NAME = 11;
const ANY_REGION = "US";

/** The sender that a channel's own address claims; undefined when the provider chooses it, or it cannot be claimed. */
export function senderOf(channel: Channel, own: string, region = ""): SenderName | undefined {
  return channel === Channel.CHANNEL_EMAIL ? emailSender(own) : phoneSender(own, region);
}

/** The sender that a person claims; its form shows its kind. `@example.com` is the domain, since `Booking.com` is a name for SMS. */
export function senderNamed(text: string, region = ""): SenderName | undefined {
  const given = text.trim();
  if (given.startsWith("@")) return domainNamed(given);
  return given.includes("@") ? emailSender(given) : phoneSender(given, region);
}

/** Whether this is a number only together with the country of the one who wrote it. */
export const lacksCountryCode = (own: string): boolean => {
  const text = visible(own);
  return /^[\d ().-]+$/.test(text) && !text.startsWith("00") && digitsOf(text).length >= FEWEST_DIGITS;
};

/** If many people share a domain, a tenant can only claim a single address there. */
function emailSender(own: string): SenderName | undefined {
  const address = readEmailSender(own)?.address;
  if (address === undefined) return undefined;
  const domain = address.slice(address.indexOf("@") + 1).toLowerCase();
  return isSharedDomain(domain)
    ? {
        kind: SenderKind.SENDER_KIND_EMAIL_ADDRESS,
        address: `${address.slice(0, address.indexOf("@")).toLowerCase()}@${domain}`,
      }
    : { kind: SenderKind.SENDER_KIND_EMAIL_DOMAIN, address: domain };
}

function domainNamed(text: string): SenderName | undefined {
  const address = readEmailSender(`any${text}`)?.address;
  return address === undefined
    ? undefined
    : { kind: SenderKind.SENDER_KIND_EMAIL_DOMAIN, address: address.slice(address.indexOf("@") + 1).toLowerCase() };
}

function phoneSender(own: string, region: string): SenderName | undefined {
  const text = visible(own);
  if (text === "") return undefined;
  if (/^\+[\d ().-]+$/.test(text))
    return { kind: SenderKind.SENDER_KIND_NUMBER, address: canonical(`+${digitsOf(text)}`) };
  if (/^[\d ().-]+$/.test(text) && digitsOf(text) !== "") return digitsOnly(digitsOf(text), region);
  return { kind: SenderKind.SENDER_KIND_NAME, address: text.slice(0, LONGEST_NAME).trim().toUpperCase() };
}

/** Digits without a plus sign are an international number or a number of the region, if such a number exists; otherwise a short code or a number of unknown country. */
function digitsOnly(digits: string, region: string): SenderName {
  const bare = digits.replace(/^00/, "");
  const whole = bare.length > 10 ? normalisePhone(`+${bare}`, ANY_REGION).e164 : undefined;
  const isNational = region !== "" && digits.length >= FEWEST_DIGITS;
  const number = whole ?? (isNational ? normalisePhone(digits, region).e164 : undefined);
  if (number !== undefined) return { kind: SenderKind.SENDER_KIND_NUMBER, address: number };
  const isShort = digits.length < FEWEST_DIGITS;
  return { kind: SenderKind.SENDER_KIND_SHORT_CODE, address: isShort ? digits : digits.replace(/^0+(?=.)/, "") };
}

const visible = (own: string) =>
  own
    .normalize("NFKC")
    .replaceAll(/\p{Cf}/gu, "")
    .trim();
const canonical = (number: string) => normalisePhone(number, ANY_REGION).e164 ?? number;
const digitsOf = (text: string) => text.replaceAll(/\D/g, "");

/** Whether `other` is the same domain or one below it. */
export const covers = (one: SenderName, other: SenderName): boolean =>
  one.kind === other.kind &&
  (one.address === other.address ||
    (one.kind === SenderKind.SENDER_KIND_EMAIL_DOMAIN && other.address.endsWith(`.${one.address}`)));

/** A domain, then the domains above it that somebody can own; for anything else only itself. */
export function coveredBy({ kind, address }: SenderName): string[] {
  const labels = kind === SenderKind.SENDER_KIND_EMAIL_DOMAIN ? address.split(".") : [address];
  return labels.map((_, i) => labels.slice(i).join("."));
}

/**
 * Whether two names may be the same sender: they are equal, or one number with and without its country code. Opt-outs use this, so that
 * they hold for everybody who may be meant. Claims do not, since many numbers end alike.
 */
export function mayBeSame(one: SenderName, other: SenderName): boolean {
  if (one.kind === other.kind && one.address === other.address) return true;
  const [a, b] = [tailOf(one), tailOf(other)];
  return a !== "" && b !== "" && (a.endsWith(b) || b.endsWith(a));
}

/** The last digits by which a number can be recognised without its country code; empty for anything else. */
export function tailOf({ kind, address }: SenderName): string {
  const isPhone = kind === SenderKind.SENDER_KIND_NUMBER || kind === SenderKind.SENDER_KIND_SHORT_CODE;
  const digits = isPhone ? address.replace("+", "") : "";
  return digits.length >= FEWEST_DIGITS ? digits : "";
}

/** The country of a number; empty for anything else. */
export const countryOf = ({ kind, address }: SenderName): string =>
  kind === SenderKind.SENDER_KIND_NUMBER ? placeOf(address).country : "";
