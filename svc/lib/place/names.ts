/** Finds the codes of countries and states from what people write. */
import { readFileSync } from "node:fs";
import { plans } from "../devices/numbering-plan.ts";

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

let countries: ReadonlyMap<string, string> | undefined;

/** Loaded when it is first needed: most lists have codes. */
function countryNames(): ReadonlyMap<string, string> {
  const text = readFileSync(new URL("data/country-names.json", import.meta.url), "utf8");
  const names = Object.entries(JSON.parse(text) as Record<string, string[]>);
  return new Map(names.flatMap(([region, own]) => own.map((name): [string, string] => [name, region])));
}

/** Words before the name of many countries. */
const FORMS = /^(?:(?:the|republic|kingdom|state|federal|federation|democratic|islamic|people s|of) )+/;

/** ISO 3166-1 alpha-2 of a country's code of two or three letters, or of its name in any of some fifty languages; empty when it is neither. */
export function countryCode(text: string): string {
  if (plans.has(text)) return text;
  const code = text.trim().toUpperCase();
  if (plans.has(code)) return code;
  const names = (countries ??= countryNames());
  const name = nameKey(text.replace(/\([^()]*\)\s*$/, ""));
  return names.get(name) ?? names.get(name.replace(FORMS, "").replace(/ the$/, "")) ?? "";
}

/** A name without case, accents and punctuation. */
export const nameKey = (name: string): string =>
  name
    .toLowerCase()
    .normalize("NFKD")
    .replaceAll("ı", "i")
    .replaceAll("ß", "ss")
    .replaceAll("&", " and ")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .replaceAll(/\bst\b/g, "saint");

/** The code of a state or province: its name in the US and Canada, else what looks like a code (`CA`, `NSW`); empty when it is neither. */
export function stateCode(country: string, text: string): string {
  if (/^[A-Z0-9]{1,3}$/.test(text)) return text;
  const name = text.trim().toLowerCase();
  const known = country === "" ? (STATES.US?.[name] ?? STATES.CA?.[name]) : STATES[country]?.[name];
  return known ?? (/^[a-z0-9]{1,3}$/.test(name) ? name.toUpperCase() : "");
}
