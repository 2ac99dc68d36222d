/** Senders in the one form in which they are compared, and numbers as message centres write them. Pure. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { SenderKind } from "../../../gen/herald/dial/v1/sender.ts";
import { readEmailSender } from "../../lib/devices/email-sender.ts";
import { normalisePhone } from "../../lib/devices/phone.ts";
import { placeOf } from "../../lib/place/place.ts";
import { isSharedDomain } from "./shared-domains.ts";

/** A sender as claims name it. */
export interface SenderName {
  kind: SenderKind;
  address: string;
}

/** Digits by which two writings of one number are known, when one lacks the country code. */
const FEWEST_DIGITS = 7;
export const LONGEST_SHORT_CODE = FEWEST_DIGITS - 1;
const LONGEST_NAME = 11;
const ANY_REGION = "US";

/** What a channel's own address claims; undefined where the provider chooses it, or it is nothing that could be claimed. */
export function senderOf(channel: Channel, own: string, region = ""): SenderName | undefined {
  return channel === Channel.CHANNEL_EMAIL ? emailSender(own) : phoneSender(own, region);
}

/** What a person claims: the same, told by its form. `@example.com` is the domain itself: `Booking.com` is a name that SMS come from. */
export function senderNamed(text: string, region = ""): SenderName | undefined {
  const given = text.trim();
  if (given.startsWith("@")) return domainNamed(given);
  return given.includes("@") ? emailSender(given) : phoneSender(given, region);
}

/** Whether only the country of who wrote it says which number it is. */
export const lacksCountryCode = (own: string): boolean => {
  const text = visible(own);
  return /^[\d ().-]+$/.test(text) && !text.startsWith("00") && digitsOf(text).length >= FEWEST_DIGITS;
};

/** Where many people or many owners share a domain, one address is all that can be anybody's. */
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

/** Digits alone are a whole number where some country has it, or one of the region; else a short code or a number of no known country. */
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

/** Whether `other` is the same, or a domain below. */
export const covers = (one: SenderName, other: SenderName): boolean =>
  one.kind === other.kind &&
  (one.address === other.address ||
    (one.kind === SenderKind.SENDER_KIND_EMAIL_DOMAIN && other.address.endsWith(`.${one.address}`)));

/** A domain, then those above it that can be anybody's; of anything else itself. */
export function coveredBy({ kind, address }: SenderName): string[] {
  const labels = kind === SenderKind.SENDER_KIND_EMAIL_DOMAIN ? address.split(".") : [address];
  return labels.map((_, i) => labels.slice(i).join("."));
}

/**
 * Whether two names may be of one sender: the same, or one number with and without its country code. So opt-outs are held for all whom
 * they may mean; a claim binds nobody by it, since the end of a number is the end of many.
 */
export function mayBeSame(one: SenderName, other: SenderName): boolean {
  if (one.kind === other.kind && one.address === other.address) return true;
  const [a, b] = [tailOf(one), tailOf(other)];
  return a !== "" && b !== "" && (a.endsWith(b) || b.endsWith(a));
}

/** The digits by which a number may be known without its country code; empty for what is no such number. */
export function tailOf({ kind, address }: SenderName): string {
  const isPhone = kind === SenderKind.SENDER_KIND_NUMBER || kind === SenderKind.SENDER_KIND_SHORT_CODE;
  const digits = isPhone ? address.replace("+", "") : "";
  return digits.length >= FEWEST_DIGITS ? digits : "";
}

/** The country of a number; empty for anything else. */
export const countryOf = ({ kind, address }: SenderName): string =>
  kind === SenderKind.SENDER_KIND_NUMBER ? placeOf(address).country : "";
