/** Checks of what people type: passwords, slugs, regions, zones, locales. */
import { isIP } from "node:net";
import { domainToASCII } from "node:url";
import type { Checks } from "../../lib/request/validate.ts";
import { isRegion } from "./regions.ts";

const LONGEST_HOST = 253;
/** Two labels or more, as DNS and certificates take them. */
const HOST = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z](?:[a-z\d-]{0,61}[a-z\d])$/;

/** The slug of the tenant that the bootstrap makes. No other tenant may have it. */
export const PLATFORM_SLUG = "platform";

/** Passwords are taken as they are: blanks at the ends count. */
export function checkPassword(check: Checks, field: string, password: string): void {
  const length = [...password].length;
  check.that(length >= 10 && length <= 200, field, `Must have 10 to 200 characters; it has ${length}.`);
}

export function checkSlug(check: Checks, field: string, slug: string): void {
  const right = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])$/.test(slug);
  check.that(
    right,
    field,
    "Must be 2 to 40 lower-case letters, digits and hyphens, and neither begin nor end with a hyphen.",
  );
  check.that(slug !== PLATFORM_SLUG, field, `"${PLATFORM_SLUG}" is the platform's own tenant. Choose another slug.`);
}

export function checkRegion(check: Checks, field: string, region: string): void {
  check.that(
    isRegion(region),
    field,
    `${shown(region)} is not a country code. Give two capital letters of ISO 3166-1, such as US or GB.`,
  );
}

export function checkZone(check: Checks, field: string, zone: string): void {
  check.that(
    isZone(zone),
    field,
    `${shown(zone)} is not a time zone. Give a name of the IANA list, such as America/New_York.`,
  );
}

export function checkLocale(check: Checks, field: string, locale: string): void {
  check.that(isLocale(locale), field, `${shown(locale)} is not a language we know. Give a BCP 47 tag, such as en-US.`);
}

/** Gives the host as DNS has it, or an empty text for the platform's own. */
export function checkLinkHost(check: Checks, field: string, host: string): string {
  if (host === "") return "";
  const name = domainToASCII(host.trim()).toLowerCase();
  check.that(
    name.length <= LONGEST_HOST && isIP(name) === 0 && HOST.test(name),
    field,
    `${shown(host)} is not a host name. Give the name alone, without https:// and port, such as news.example.com.`,
  );
  return name;
}

/** Gives the colour in lower case, or an empty text for the platform's own. */
export function checkColor(check: Checks, field: string, color: string): string {
  check.that(
    color === "" || /^#[\da-f]{6}$/i.test(color),
    field,
    `${shown(color)} is not a colour. Give # and six hexadecimal digits, such as #1a5fb4.`,
  );
  return color.toLowerCase();
}

function isZone(zone: string): boolean {
  if (!/^(?:UTC|[A-Z][\w+-]*(?:\/[A-Z][\w+-]*)+)$/.test(zone)) return false;
  try {
    // Upper and lower case matter: PostgreSQL and others compare zone names letter by letter.
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}

function isLocale(locale: string): boolean {
  try {
    return (
      Intl.DateTimeFormat.supportedLocalesOf([locale]).length === 1 && Intl.getCanonicalLocales(locale)[0] === locale
    );
  } catch {
    return false;
  }
}

const shown = (text: string) => JSON.stringify(text.slice(0, 60));
