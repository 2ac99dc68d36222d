/** Senders in the one form in which they are compared, and numbers as message centres write them. Pure. */
import { Channel } from "../../gen/herald/common/v1/outcome.ts";
import { SenderKind } from "../../gen/herald/dial/v1/sender.ts";
import { readEmailSender } from "../lib/email-sender.ts";
import { normalisePhone } from "../lib/place/phone.ts";
import { placeOf } from "../lib/place/place.ts";

/** A sender as claims name it. */
export interface SenderName {
  kind: SenderKind;
  address: string;
}

/** Digits by which two writings of one number are known, when one lacks the country code. */
const FEWEST_DIGITS = 7;
const LONGEST_NAME = 11;
const ANY_REGION = "US";

/** What a channel's own address claims; undefined where the provider chooses it, or it is nothing that could be claimed. */
export function senderOf(channel: Channel, own: string): SenderName | undefined {
  return channel === Channel.CHANNEL_EMAIL ? domainOf(own) : phoneSender(own);
}

/** What a person claims: the same, told by its form. `@example.com` is the domain itself: `Booking.com` is a name that SMS come from. */
export const senderNamed = (text: string): SenderName | undefined =>
  text.includes("@") ? domainOf(text.trim().replace(/^@/, "any@")) : phoneSender(text);

function domainOf(own: string): SenderName | undefined {
  const address = readEmailSender(own)?.address;
  return address === undefined
    ? undefined
    : { kind: SenderKind.SENDER_KIND_EMAIL_DOMAIN, address: address.slice(address.indexOf("@") + 1) };
}

function phoneSender(own: string): SenderName | undefined {
  const text = own.normalize("NFKC").replaceAll(/\p{Cf}/gu, "").trim();
  if (text === "") return undefined;
  if (/^\+[\d ().-]+$/.test(text)) return { kind: SenderKind.SENDER_KIND_NUMBER, address: canonical(`+${digitsOf(text)}`) };
  if (/^[\d ().-]+$/.test(text) && digitsOf(text) !== "") return digitsOnly(digitsOf(text));
  return { kind: SenderKind.SENDER_KIND_NAME, address: text.slice(0, LONGEST_NAME).trim().toUpperCase() };
} // prettier-ignore

/** Digits alone are a whole number where some country has it, else a short code or a number of no known country. */
function digitsOnly(digits: string): SenderName {
  const bare = digits.replace(/^00/, "");
  const whole = bare.length > 10 ? normalisePhone(`+${bare}`, ANY_REGION).e164 : undefined;
  if (whole !== undefined) return { kind: SenderKind.SENDER_KIND_NUMBER, address: whole };
  const isShort = digits.length < FEWEST_DIGITS;
  return { kind: SenderKind.SENDER_KIND_SHORT_CODE, address: isShort ? digits : digits.replace(/^0+(?=.)/, "") };
}

const canonical = (number: string) => normalisePhone(number, ANY_REGION).e164 ?? number;
const digitsOf = (text: string) => text.replaceAll(/\D/g, "");

/** Whether two names may be of one sender: the same, or one number with and without its country code. */
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
