/**
 * Phone numbers as people write them → E.164, a million times in a few seconds: a fast path for the usual ways of writing,
 * libphonenumber-js for all others. Tests prove that the fast path says what libphonenumber-js says.
 */
import { parsePhoneNumberWithError, ParseError, type CountryCode } from "libphonenumber-js/max";
import { callingCodeOf, type NumberingPlan, planOf, plans, plansByCallingCode } from "./numbering-plan.ts";

/** Why a text is no number that can be reached. */
export type PhoneFault = "empty" | "not_a_number" | "too_short" | "too_long" | "country_unknown" | "not_in_use";

export type NormalisedPhone = { e164: string; fault?: undefined } | { e164?: undefined; fault: PhoneFault };

/** For people: what is wrong and what would be right. */
export const PHONE_FAULTS: Readonly<Record<PhoneFault, string>> = {
  empty: "It is empty.",
  not_a_number: "It is not a phone number: write digits, and a plus sign before a country code.",
  too_short: "It has too few digits for a phone number of its country.",
  too_long: "It has too many digits for a phone number of its country.",
  country_unknown: "No country has this country code.",
  not_in_use: "No such number is in use: its country has no such area code or range.",
};

/**
 * Reads a number; `region` (ISO 3166-1 alpha-2) explains those written without a country code. Accepted is what
 * libphonenumber knows to be in use, and ranges that regulators keep for fiction. An extension is left out.
 */
export function normalisePhone(text: string, region: string): NormalisedPhone {
  const trimmed = text.trim();
  const e164 = quickly(trimmed, region);
  return e164 === undefined ? slowly(trimmed, region) : { e164 };
}

/** Whether numbers without a country code can be read for this region. */
export const isRegion = (region: string): boolean => plans.has(region);

/** The usual ways of writing numbers in use; undefined for anything that needs a closer look, wrong numbers included. */
export function quickly(text: string, region: string): string | undefined {
  const plan = plans.get(region);
  const digits = digitsOf(text);
  if (!plan || digits.length < 5) return undefined;
  return digits.charCodeAt(0) === PLUS ? international(digits.slice(1)) : national(digits, plan);
}

const PLUS = 43;
const LONGEST_TEXT = 40;

/** The digits (after a plus sign, if there is one), or an empty text if there is anything but digits, spaces and `-./()` beside them. */
function digitsOf(text: string): string {
  if (text.length > LONGEST_TEXT) return "";
  let digits = "";
  let begin = -1;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if ((code >= 48 && code <= 57) || (code === PLUS && i === 0)) {
      if (begin < 0) begin = i;
    } else if (code === 32 || (code >= 45 && code <= 47) || code === 40 || code === 41) {
      if (begin >= 0) digits += text.slice(begin, i);
      begin = -1;
    } else return "";
  }
  return begin === 0 ? text : begin > 0 ? digits + text.slice(begin) : digits;
}

function international(digits: string): string | undefined {
  const callingCode = callingCodeOf(digits);
  const candidates = callingCode === undefined ? undefined : plansByCallingCode.get(callingCode);
  if (callingCode === undefined || !candidates) return undefined;
  const nationalNumber = digits.slice(callingCode.length);
  if (candidates[0]?.nationalPrefix?.test(nationalNumber)) return undefined;
  return planOf(candidates, nationalNumber) && `+${digits}`;
}

function national(digits: string, plan: NumberingPlan): string | undefined {
  const { callingCode, trunkPrefix } = plan;
  if (plan.leaveCountry.test(digits)) return undefined;
  const begins = trunkPrefix !== "" && digits.startsWith(trunkPrefix);
  const number = begins ? digits.slice(trunkPrefix.length) : digits;
  if (!begins && plan.nationalPrefix?.test(digits)) return undefined;
  // Where libphonenumber weighs one reading against another, it decides.
  if (
    !plan.possible.test(number) &&
    ((begins && plan.possible.test(digits)) || (digits.startsWith(callingCode) && callingCode !== trunkPrefix))
  )
    return undefined;
  return planOf(plansByCallingCode.get(callingCode) ?? [], number) && `+${callingCode}${number}`;
}

/** Ranges that regulators keep for films and examples and that are not in use, so that libphonenumber refuses them. */
const FICTIONAL =
  /^\+(?:44(?:7700900|1632960|3069990|8081570|9098790)\d{3}|3532091\d{5}|33639980\d{3}|4670174060[5-9])$/;

/** Half the world dials it before a country code, and writes it also where another one is dialed, such as 011 in North America. */
const DOUBLE_ZERO = /^'?00(?=[1-9])/;

function slowly(text: string, region: string): NormalisedPhone {
  const read = parsed(text, region);
  if (read.fault === undefined || !DOUBLE_ZERO.test(text)) return read;
  const abroad = parsed(text.replace(DOUBLE_ZERO, "+"), region);
  return abroad.fault === undefined ? abroad : read;
}

function parsed(text: string, region: string): NormalisedPhone {
  if (text === "") return { fault: "empty" };
  try {
    const number = parsePhoneNumberWithError(tidied(text), {
      defaultCountry: plans.has(region) ? (region as CountryCode) : undefined,
      extract: false,
    });
    if (FICTIONAL.test(number.number)) return { e164: number.number };
    if (!plansByCallingCode.has(number.countryCallingCode)) return { fault: "country_unknown" };
    return number.isValid() ? { e164: number.number } : { fault: faultOf(number) };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { fault: PARSE_FAULTS[error.message] ?? "not_a_number" };
  }
}

/** What spreadsheets and forms put around numbers: an apostrophe or `tel:` before, parentheses around the country code. */
const tidied = (text: string) => text.replace(/^(?:'|tel:)/i, "").replace(/^\(\+(\d{1,3})\)/, "+$1");

const PARSE_FAULTS: Readonly<Record<string, PhoneFault>> = {
  TOO_SHORT: "too_short",
  TOO_LONG: "too_long",
  INVALID_COUNTRY: "country_unknown",
};

function faultOf({
  countryCallingCode,
  nationalNumber,
}: {
  countryCallingCode: string;
  nationalNumber: string;
}): PhoneFault {
  const lengths = plansByCallingCode.get(countryCallingCode)?.flatMap((plan) => plan.lengths) ?? [];
  if (nationalNumber.length < Math.min(...lengths)) return "too_short";
  return nationalNumber.length > Math.max(...lengths) ? "too_long" : "not_in_use";
}
