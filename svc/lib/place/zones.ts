/** Sets of IANA zones. Equal sets are the same array, so that they can be compared by identity. */

import { readFileSync } from "node:fs";

/** A sorted, frozen set of IANA zone names. */
export type ZoneSet = readonly string[];

const kept = new Map<string, ZoneSet>();
const unions = new Map<ZoneSet, Map<ZoneSet, ZoneSet>>();
const zoneNames = new Map<string, string | undefined>();
const ZONE_NAMES_KEPT = 2_000;

/** The set of these zones. */
export function zoneSet(zones: readonly string[]): ZoneSet {
  const sorted = [...new Set(zones)].sort();
  const key = sorted.join(" ");
  let set = kept.get(key);
  if (!set) kept.set(key, (set = Object.freeze(sorted)));
  return set;
}

/** No zone at all. */
export const NO_ZONES: ZoneSet = zoneSet([]);

/** The zones of either set. Remembered, since few pairs make up most of a list. */
export function unionOf(one: ZoneSet, other: ZoneSet): ZoneSet {
  if (one === other || other.length === 0) return one;
  if (one.length === 0) return other;
  let withOne = unions.get(one);
  if (!withOne) unions.set(one, (withOne = new Map<ZoneSet, ZoneSet>()));
  let union = withOne.get(other);
  if (!union) withOne.set(other, (union = zoneSet([...one, ...other])));
  return union;
}

/** The zone's name as IANA writes it (`america/new_york` → `America/New_York`), or undefined when there is no such zone. */
export function zoneNamed(text: string): string | undefined {
  if (zoneNames.has(text)) return zoneNames.get(text);
  const name = findZone(text);
  if (zoneNames.size < ZONE_NAMES_KEPT) zoneNames.set(text, name);
  return name;
}

/** The zone that a text in a list means: an IANA name, a link to one, or a Windows name. Undefined for offsets and abbreviations, which are no places. */
export function placeZone(text: string): string | undefined {
  const name = text.trim();
  const zone = linked(name) ?? windowsZone(name) ?? zoneNamed(name.replaceAll(" ", "_"));
  return zone?.startsWith("Etc/") ? undefined : zone;
}

/** Names without a place that IANA links to one. Three-letter abbreviations are not among them: they are offsets without summer time. */
const LINKS: Readonly<Record<string, string>> = {
  est5edt: "America/New_York",
  cst6cdt: "America/Chicago",
  mst7mdt: "America/Denver",
  pst8pdt: "America/Los_Angeles",
  cuba: "America/Havana",
  egypt: "Africa/Cairo",
  eire: "Europe/Dublin",
  gb: "Europe/London",
  hongkong: "Asia/Hong_Kong",
  iceland: "Atlantic/Reykjavik",
  iran: "Asia/Tehran",
  israel: "Asia/Jerusalem",
  jamaica: "America/Jamaica",
  japan: "Asia/Tokyo",
  kwajalein: "Pacific/Kwajalein",
  libya: "Africa/Tripoli",
  navajo: "America/Denver",
  nz: "Pacific/Auckland",
  poland: "Europe/Warsaw",
  portugal: "Europe/Lisbon",
  prc: "Asia/Shanghai",
  roc: "Asia/Taipei",
  rok: "Asia/Seoul",
  singapore: "Asia/Singapore",
  turkey: "Europe/Istanbul",
};
const linked = (name: string): string | undefined => LINKS[name.toLowerCase()];

let windowsZones: Readonly<Record<string, string>> | undefined;

/** Names such as `Eastern Standard Time`, which Windows uses in summer too. Loaded when it is first needed. */
function windowsZone(name: string): string | undefined {
  if (!/ (?:Standard|Daylight|Summer) Time$/i.test(name)) return undefined;
  const file = new URL("data/windows-zones.json", import.meta.url);
  windowsZones ??= JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
  return windowsZones[name.toLowerCase().replace(/ (?:daylight|summer) time$/, " standard time")];
}

/** Old names that ICU, and so `Intl`, still prefers to those that IANA uses today. */
export const MODERN_NAMES: Readonly<Record<string, string>> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Godthab": "America/Nuuk",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

/** Offsets such as `+01:00` and abbreviations such as `EST` are no places: they do not know summer time. */
function findZone(text: string): string | undefined {
  if (!/^[A-Za-z]+(?:[/_+-][A-Za-z0-9]+)+$|^UTC$/.test(text)) return undefined;
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions();
    return MODERN_NAMES[timeZone] ?? timeZone;
  } catch {
    return undefined;
  }
}
