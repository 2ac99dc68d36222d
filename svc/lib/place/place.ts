/** Finds where a number or an address is, and every zone it may be in. It uses tables only: no clock, store or network. */
import { readFileSync } from "node:fs";
import { callingCodeOf, planOf, plansByCallingCode } from "../devices/numbering-plan.ts";
import { PrefixTable } from "./prefix-table.ts";
import { STATE_ZONES } from "./state-zones.ts";
import { NO_ZONES, unionOf, zoneNamed, type ZoneSet, zoneSet } from "./zones.ts";

/** What a number's digits show. */
export interface Place {
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** The first three digits after +1; empty elsewhere. */
  areaCode: string;
  /** US state or Canadian province (ISO 3166-2 without the country); empty elsewhere, and when the number does not show it. */
  state: string;
  /** Every zone the number may be in; never empty. */
  zones: ZoneSet;
  /** Whether the zones are those of a part of the country: false when the number shows only its country. */
  isLocal: boolean;
}

/** What is known about a contact's address; empty fields are unknown. */
export interface Address {
  country: string;
  state: string;
  postalCode: string;
}

const load = (file: string) =>
  Object.entries(JSON.parse(readFileSync(new URL(`data/${file}`, import.meta.url), "utf8")) as Record<string, string>);
const byPrefix = (file: string) =>
  load(file).flatMap(([value, prefixes]) => prefixes.split(" ").map((prefix): [string, string] => [prefix, value]));

const numberZones = new PrefixTable(
  byPrefix("number-zones.json").map(([prefix, zones]) => [prefix, zoneSet(zones.split(" "))]),
);
const stateOfAreaCode = new Map(byPrefix("area-codes.json"));
// prettier-ignore
const placeOfZip3 = new Map(byPrefix("zip-zones.json").map(([zip3, place]) => {
  const [state = "", ...zones] = place.split(" ");
  return [zip3, { state, zones: zoneSet(zones) }];
}));
const stateZones = new Map(
  Object.entries(STATE_ZONES).flatMap(([country, states]) =>
    Object.entries(states).map(([state, zones]): [string, ZoneSet] => [`${country} ${state}`, zoneSet(zones)]),
  ),
);
const areaCodeCountry = new Map<string, string>();
const UTC = zoneSet(["UTC"]);

/** The place of an E.164 number (`+12025550123`). A number that nobody uses gets the place of its prefix. */
export function placeOf(e164: string): Place {
  const digits = e164.slice(1);
  const zones = numberZones.find(digits);
  if (digits.charCodeAt(0) === ONE) return northAmerican(digits, zones ?? UTC);
  const callingCode = callingCodeOf(digits) ?? "";
  const country = countryOf(callingCode, digits.slice(callingCode.length));
  const whole = zonesOfCountry(country);
  return {
    country,
    areaCode: "",
    state: "",
    zones: zones ?? (whole.length > 0 ? whole : UTC),
    isLocal: zones !== undefined && zones !== whole,
  };
}

/** The zones that a device shows by itself: none for an email address, or for a number that shows only a country with several zones. */
export function zonesTold(device: string): ZoneSet {
  if (!device.startsWith("+")) return NO_ZONES;
  const { zones, isLocal } = placeOf(device);
  return (isLocal || zones.length === 1) && zones !== UTC ? zones : NO_ZONES;
}

const ONE = 49;

function northAmerican(digits: string, zones: ZoneSet): Place {
  const areaCode = digits.slice(1, 4);
  let country = areaCodeCountry.get(areaCode);
  if (country === undefined) areaCodeCountry.set(areaCode, (country = countryOf("1", `${areaCode}2345678`)));
  return {
    country,
    areaCode,
    state: stateOfAreaCode.get(areaCode) ?? "",
    zones,
    isLocal: zones !== numberZones.find("1") && zones !== numberZones.find("1600"),
  };
}

function countryOf(callingCode: string, nationalNumber: string): string {
  const plans = plansByCallingCode.get(callingCode) ?? [];
  if (plans.length === 1) return plans[0]?.region ?? "";
  const plan =
    plans.find(({ leadingDigits }) => leadingDigits?.test(nationalNumber)) ?? planOf(plans, nationalNumber) ?? plans[0];
  return plan?.region ?? "";
}

/** All zones of a country; those of the 48 states for the US. Empty when the country is not known. */
export function zonesOfCountry(country: string): ZoneSet {
  const known = countryZones.get(country);
  if (known) return known;
  const states = CONTINENTAL.has(country) ? undefined : STATE_ZONES[country];
  const zones = states
    ? zoneSet(Object.values(states).flat())
    : (numberZones.find(callingCodes.get(country) ?? "") ?? NO_ZONES);
  if (zones.length > 0) countryZones.set(country, zones);
  return zones;
}

const CONTINENTAL = new Set(["US"]);
const countryZones = new Map<string, ZoneSet>();
/** Countries that share +1 have their zones under their area code. */
const callingCodes = new Map(
  [...plansByCallingCode].flatMap(([code, plans]) =>
    plans.map(({ region, leadingDigits }): [string, string] => [region, code + firstDigits(leadingDigits)]),
  ),
);

/** The digits that every alternative of a pattern of leading digits begins with. */
function firstDigits(leadingDigits: RegExp | undefined): string {
  return /^\^\(\?:(\d+)/.exec(leadingDigits?.source ?? "")?.[1] ?? "";
}

/** All zones of a state or province; empty when it is not known. */
export const zonesOfState = (country: string, state: string): ZoneSet =>
  stateZones.get(`${country} ${state}`) ?? NO_ZONES;

/** The state of a US ZIP code; empty when the code does not show it. */
export const stateOfPostalCode = (country: string, postalCode: string): string =>
  country === "US" ? (placeOfZip3.get(zip3(postalCode))?.state ?? "") : "";

/** The zones of a postal code: US ZIP codes by their first three digits, Canadian codes by province. Empty when the code does not show them. */
export function zonesOfPostalCode(country: string, postalCode: string): ZoneSet {
  if (country === "US") return placeOfZip3.get(zip3(postalCode))?.zones ?? NO_ZONES;
  if (country === "CA") return zonesOfState("CA", PROVINCE_OF_LETTER[postalCode.charAt(0).toUpperCase()] ?? "");
  return NO_ZONES;
}

/** Countries with postal codes of five digits that may begin with zeros. Spreadsheets remove those. */
const FIVE_DIGITS = new Set("US PR VI GU AS MP DE FR IT ES MX FI".split(" "));

/** Restores the zeros that a spreadsheet removed: in the US `2134` becomes `02134`, and `21341234` becomes `02134-1234`. */
export function completePostalCode(country: string, postalCode: string): string {
  const [, code = "", more = ""] = /^(\d{3,9})(?:\.0+)?(?:[ -]?(\d{4}))?$/.exec(postalCode) ?? [];
  if (!FIVE_DIGITS.has(country) || code === "") return postalCode;
  if (code.length <= 5) return code.padStart(5, "0") + (more && `-${more}`);
  const whole = code.padStart(9, "0");
  return country === "US" && more === "" && code.length >= 7 ? `${whole.slice(0, 5)}-${whole.slice(5)}` : postalCode;
}

const zip3 = (postalCode: string) => (/^\d{5}(?:-?\d{4})?$/.test(postalCode) ? postalCode.slice(0, 3) : "");

// prettier-ignore
const PROVINCE_OF_LETTER: Readonly<Record<string, string>> = {
  A: "NL", B: "NS", C: "PE", E: "NB", G: "QC", H: "QC", J: "QC", K: "ON", L: "ON", M: "ON", N: "ON", P: "ON", R: "MB", S: "SK", T: "AB",
  V: "BC", X: "NU", Y: "YT",
};

/** The zones of an address: by its postal code, or else its state, or else its country. */
export function zonesOfAddress({ country, state, postalCode }: Address): ZoneSet {
  const byPostalCode = postalCode ? zonesOfPostalCode(country, postalCode) : NO_ZONES;
  if (byPostalCode.length > 0) return byPostalCode;
  const byState = state ? zonesOfState(country, state) : NO_ZONES;
  return byState.length > 0 ? byState : zonesOfCountry(country);
}

/**
 * Every zone a device may be in. A zone named in the record is the only one. Otherwise number and address count together: a mobile
 * number of one state may belong to somebody who lives in another, so both must be open. A number that shows only its country adds
 * nothing to an address in that country.
 */
export function candidateZones({
  zone,
  address,
  phone,
  otherwise,
}: {
  zone: string;
  address: Address;
  phone: Place | undefined;
  otherwise: string;
}): ZoneSet {
  if (zone) return zoneSet([zone]);
  const ofAddress = zonesOfAddress(address);
  if (!phone) return ofAddress.length > 0 ? ofAddress : zoneSet([zoneNamed(otherwise) ?? "UTC"]);
  const addressIsFiner = ofAddress.length > 0 && address.country === phone.country;
  if (!phone.isLocal && addressIsFiner) return ofAddress;
  if (ofAddress === zonesOfCountry(phone.country)) return phone.zones;
  return unionOf(phone.zones, ofAddress);
}
