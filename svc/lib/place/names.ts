/** Countries and states as people write them → their codes. */
import { plans } from "./numbering-plan.ts";

// prettier-ignore
const STATES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  US: {
    alabama: "AL", alaska: "AK", arizona: "AZ", arkansas: "AR", california: "CA", colorado: "CO", connecticut: "CT", delaware: "DE",
    "district of columbia": "DC", florida: "FL", georgia: "GA", hawaii: "HI", idaho: "ID", illinois: "IL", indiana: "IN", iowa: "IA",
    kansas: "KS", kentucky: "KY", louisiana: "LA", maine: "ME", maryland: "MD", massachusetts: "MA", michigan: "MI", minnesota: "MN",
    mississippi: "MS", missouri: "MO", montana: "MT", nebraska: "NE", nevada: "NV", "new hampshire": "NH", "new jersey": "NJ",
    "new mexico": "NM", "new york": "NY", "north carolina": "NC", "north dakota": "ND", ohio: "OH", oklahoma: "OK", oregon: "OR",
    pennsylvania: "PA", "rhode island": "RI", "south carolina": "SC", "south dakota": "SD", tennessee: "TN", texas: "TX", utah: "UT",
    vermont: "VT", virginia: "VA", washington: "WA", "washington state": "WA", "washington d.c.": "DC", "west virginia": "WV",
    wisconsin: "WI", wyoming: "WY",
  },
  CA: {
    alberta: "AB", "british columbia": "BC", manitoba: "MB", "new brunswick": "NB", "newfoundland and labrador": "NL",
    "northwest territories": "NT", "nova scotia": "NS", nunavut: "NU", ontario: "ON", "prince edward island": "PE", quebec: "QC",
    québec: "QC", saskatchewan: "SK", yukon: "YT",
  },
};

/** What the names of countries do not tell. */
const OTHER_NAMES = {
  usa: "US",
  "u.s.": "US",
  "u.s.a.": "US",
  "united states of america": "US",
  uk: "GB",
  "great britain": "GB",
  england: "GB",
  scotland: "GB",
  wales: "GB",
};

let countries: ReadonlyMap<string, string> | undefined;

/** Made when it is first asked for: the names of all countries are some megabytes. */
function countryNames(): ReadonlyMap<string, string> {
  const english = new Intl.DisplayNames("en", { type: "region" });
  const regions = [...plans.keys()];
  return new Map([
    ...regions.map((region): [string, string] => [(english.of(region) ?? region).toLowerCase(), region]),
    ...Object.entries(OTHER_NAMES),
  ]);
}

/** ISO 3166-1 alpha-2 of a country's code or English name; empty when it is neither. */
export function countryCode(text: string): string {
  if (plans.has(text)) return text;
  const name = text.trim().toLowerCase();
  if (plans.has(name.toUpperCase())) return name.toUpperCase();
  return (countries ??= countryNames()).get(name) ?? "";
}

/** The code of a state or province: its name in the US and Canada, else what looks like a code (`CA`, `NSW`); empty when it is neither. */
export function stateCode(country: string, text: string): string {
  if (/^[A-Z0-9]{1,3}$/.test(text)) return text;
  const name = text.trim().toLowerCase();
  const known = country === "" ? (STATES.US?.[name] ?? STATES.CA?.[name]) : STATES[country]?.[name];
  return known ?? (/^[a-z0-9]{1,3}$/.test(name) ? name.toUpperCase() : "");
}
