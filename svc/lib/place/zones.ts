/** Sets of IANA zones, kept once each: two equal sets are the same array, so that they compare by identity. */

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

/** Names that ICU, and so `Intl`, still prefers to the ones IANA uses today. */
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
