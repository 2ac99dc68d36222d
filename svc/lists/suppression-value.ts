/** Values of suppression entries: as people write them → as they are compared. */
import { SuppressionKind } from "../../gen/herald/lists/v1/suppression_list.ts";
import { EMAIL_FAULTS, looksLikeEmail, normaliseEmail } from "../lib/place/email.ts";
import { normalisePhone, PHONE_FAULTS } from "../lib/place/phone.ts";

/** The value to keep, or why there is none; `fault` is for programs, `detail` for people. */
export type ReadValue = { value: string; fault?: undefined } | { value?: undefined; fault: string; detail: string };

const LONGEST_VALUE = 128;
export const LONGEST_REASON = 200;

/** Reads one value of a list of this kind; `region` explains numbers without a country code. */
export function readValue(kind: SuppressionKind, text: string, region: string): ReadValue {
  return kind === SuppressionKind.SUPPRESSION_KIND_CLIENT_ID ? readClientId(text) : readDevice(text, region);
}

/** A number in E.164, or an address in lower case. */
export function readDevice(text: string, region: string): ReadValue {
  if (looksLikeEmail(text)) {
    const { address, fault } = normaliseEmail(text);
    if (fault) return { fault: "value_invalid", detail: EMAIL_FAULTS[fault] };
    return address.length <= LONGEST_VALUE ? { value: address } : tooLong;
  }
  const { e164, fault } = normalisePhone(text, region);
  return fault ? { fault: "value_invalid", detail: PHONE_FAULTS[fault] } : { value: e164 };
}

function readClientId(text: string): ReadValue {
  const value = text.trim();
  if (value === "") return { fault: "value_invalid", detail: "It is empty." };
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(value)) return { fault: "value_invalid", detail: "It holds control characters." };
  return value.length <= LONGEST_VALUE ? { value } : tooLong;
}

const tooLong: ReadValue = { fault: "value_too_long", detail: `It has more than ${LONGEST_VALUE} characters.` };

/** A reason is one line. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim();
