/** Puts numbers, addresses and names into the form in which they are compared. */
import { IdentityKind } from "../../../gen/herald/contacts/v1/contact.ts";
import { EMAIL_FAULTS, looksLikeEmail, normaliseEmail } from "../../lib/devices/email.ts";
import { normalisePhone, PHONE_FAULTS } from "../../lib/devices/phone.ts";
import { hasCountryCode, type RegionLookup, writtenDevice } from "../../lib/devices/written.ts";
import type { Checks } from "../../lib/request/validate.ts";
import type { ContactValue } from "./resolve.ts";

/** For numbers with a country code any region will do. */
const ANY_REGION = "US";

/** Reads a number as people write it. If that fails, notes the reason in `check` and gives nothing. */
export async function readPhone(
  check: Checks,
  field: string,
  text: string,
  regionOf: RegionLookup,
): Promise<ContactValue[]> {
  const { e164, fault } = normalisePhone(text, hasCountryCode(text) ? ANY_REGION : await regionOf());
  if (fault) check.that(false, field, PHONE_FAULTS[fault]);
  return e164 === undefined ? [] : [{ value: e164, kind: IdentityKind.IDENTITY_KIND_PHONE }];
}

/** Reads an address as people write it. If that fails, notes the reason in `check` and gives nothing. */
export function readEmail(check: Checks, field: string, text: string): ContactValue[] {
  const { address, fault } = normaliseEmail(text);
  if (fault) check.that(false, field, EMAIL_FAULTS[fault]);
  return address === undefined ? [] : [{ value: address, kind: IdentityKind.IDENTITY_KIND_EMAIL }];
}

/** The comparable form of a number or address that a service reports. Anything else stays as it is: short codes, sender names. */
export function comparable(info: string): ContactValue {
  const text = info.trim();
  if (looksLikeEmail(text))
    return { value: normaliseEmail(text).address ?? text.toLowerCase(), kind: IdentityKind.IDENTITY_KIND_EMAIL };
  return {
    value: hasCountryCode(text) ? (normalisePhone(text, ANY_REGION).e164 ?? text) : text,
    kind: IdentityKind.IDENTITY_KIND_PHONE,
  };
}

/** Every comparable form of a searched text: as an address, as a number in the tenant's region, and as it is. */
export async function searchedForms(text: string, regionOf: RegionLookup): Promise<string[]> {
  return [...new Set([comparable(text).value, await writtenDevice(text, regionOf)])];
}

/** The form of a name for searches: without case, accents and double spaces. */
export const searchKey = (name: string): string =>
  name.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase().replaceAll(/\s+/g, " ").trim();
