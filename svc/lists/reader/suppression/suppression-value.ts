/** Brings values of suppression entries, as people write them, into the form in which they are compared. */
import { isRounded, ROUNDED } from "../columns/rounded.ts";
import { SuppressionKind } from "../../../../gen/herald/lists/v1/suppression_list.ts";
import { EMAIL_FAULTS, looksLikeEmail, normaliseEmail } from "../../../lib/devices/email.ts";
import { comparedForm } from "../../../lib/devices/old-forms.ts";
import { normalisePhone, PHONE_FAULTS, possiblePhone } from "../../../lib/devices/phone.ts";
import { visible } from "../../../lib/devices/text.ts";

/** The value to store, or why there is none; `fault` is for programs, `detail` for people. */
export type ReadValue = { value: string; fault?: undefined } | { value?: undefined; fault: string; detail: string };

const LONGEST_CLIENT_ID = 128;
/** The longest address that mail can be sent to. */
export const LONGEST_DEVICE = 254;
export const LONGEST_REASON = 200;

/** Reads one value of a list of this kind. `region` is the country of numbers without a country code. */
export function readValue(kind: SuppressionKind, text: string, region: string): ReadValue {
  return kind === SuppressionKind.SUPPRESSION_KIND_CLIENT_ID ? readClientId(text) : readDevice(text, region);
}

/**
 * A number in the form in which it is compared, or an address in lower case. A number whose area code is newer than our tables is taken
 * too: it may belong to somebody who does not want to be called.
 */
export function readDevice(text: string, region: string): ReadValue {
  if (looksLikeEmail(text)) {
    const { address, fault } = normaliseEmail(text);
    return fault ? { fault: "value_invalid", detail: EMAIL_FAULTS[fault] } : { value: address };
  }
  const { e164, fault } = normalisePhone(text, region);
  const number = e164 ?? (fault === "not_in_use" ? possiblePhone(text, region) : undefined);
  if (number !== undefined) return { value: comparedForm(number) };
  return { fault: "value_invalid", detail: PHONE_FAULTS[fault ?? "not_a_number"] };
}

/**
 * A text that cannot be understood is kept as it is written. It matches what is written in the same way, and people can find it.
 * Undefined when it cannot be a device, because it has neither a digit nor an @.
 */
export function asWritten(kind: SuppressionKind, text: string): string | undefined {
  const value = oneLine(visible(text).replaceAll(CONTROLS, ""));
  const isClient = kind === SuppressionKind.SUPPRESSION_KIND_CLIENT_ID;
  if (value === "" || value.length > (isClient ? LONGEST_CLIENT_ID : LONGEST_DEVICE)) return undefined;
  if (isClient) return value;
  return /[\p{Nd}@]/u.test(value) ? value.toLowerCase() : undefined;
}

/** Every form under which a device may be stored, its own text included. */
export function keptForms(kind: SuppressionKind, text: string, region: string): string[] {
  const { value } = readValue(kind, text, region);
  const written = asWritten(kind, text);
  const before = value?.replace(/^\+54(?=\d{10}$)/, "+549");
  return [...new Set([value, before, written].filter((form) => form !== undefined))];
}

/** The beginning of an entry's stored form, from the beginning that people typed in their own way. */
export function keptPrefix(kind: SuppressionKind, text: string, region: string): string {
  const written = text.trim();
  if (written === "" || kind === SuppressionKind.SUPPRESSION_KIND_CLIENT_ID) return written;
  const whole = readDevice(written, region).value;
  if (whole !== undefined) return whole;
  return /^\+[\d ().-]+$/.test(written) ? `+${written.replaceAll(/\D/g, "")}` : written.toLowerCase();
}

function readClientId(text: string): ReadValue {
  const value = visible(text).trim();
  if (value === "") return { fault: "value_invalid", detail: "It is empty." };
  if (value.search(CONTROLS) >= 0) return { fault: "value_invalid", detail: "It holds control characters." };
  if (isRounded(value)) return { fault: "value_rounded", detail: ROUNDED };
  if (value.length <= LONGEST_CLIENT_ID) return { value };
  return { fault: "value_too_long", detail: `It has more than ${LONGEST_CLIENT_ID} characters.` };
}

const CONTROLS = /\p{Cc}/gu;

/** A reason is one line. */
export const oneLine = (text: string): string => text.replaceAll(/[\s\0]+/g, " ").trim();
