/** Where libphonenumber's map of number prefixes to zones is too coarse or wrong. */

import { MODERN_NAMES } from "../../svc/lib/place/zones.ts";

export interface NumberOverride {
  /** Digits after the plus sign. */
  prefix: string;
  zones: readonly string[];
  /** Whether longer prefixes that the map has are kept: they tell one exchange from another. */
  trustLonger: boolean;
}

const both = (areaCodes: string, zones: readonly string[], trustLonger = true): NumberOverride[] =>
  areaCodes.split(" ").map((areaCode) => ({ prefix: `1${areaCode}`, zones, trustLonger }));

const ATLANTIC = "America/Halifax";
const CENTRAL = "America/Chicago";
const EASTERN = "America/New_York";
const MOUNTAIN = "America/Denver";
const PACIFIC = "America/Los_Angeles";
/** A number that tells nothing but the United States: the 48 states. */
const UNITED_STATES = [CENTRAL, MOUNTAIN, PACIFIC, EASTERN, "America/Phoenix"];
const CANADA = [
  "America/Edmonton",
  ATLANTIC,
  "America/Regina",
  "America/St_Johns",
  "America/Toronto",
  "America/Vancouver",
  "America/Winnipeg",
];
const AUSTRALIA = [
  "Australia/Adelaide",
  "Australia/Brisbane",
  "Australia/Darwin",
  "Australia/Perth",
  "Australia/Sydney",
];
const RUSSIA =
  "Europe/Kaliningrad Europe/Moscow Europe/Samara Asia/Yekaterinburg Asia/Omsk Asia/Novosibirsk Asia/Krasnoyarsk Asia/Irkutsk Asia/Yakutsk Asia/Vladivostok Asia/Magadan Asia/Kamchatka".split(
    " ",
  );

export const NUMBER_OVERRIDES: readonly NumberOverride[] = [
  { prefix: "1", zones: UNITED_STATES, trustLonger: true },
  // Area codes that lie in two zones. Where longer prefixes are not trusted, they were found wrong.
  ...both("208 986", [MOUNTAIN, PACIFIC]),
  ...both("219 574 812 930", [CENTRAL, EASTERN]),
  ...both("250 236 672 778", ["America/Edmonton", "America/Vancouver"], false),
  ...both("270 364", [CENTRAL, EASTERN], false),
  ...both("306 639 474", ["America/Edmonton", "America/Regina"]),
  ...both("308 432 605 620 701 785", [CENTRAL, MOUNTAIN]),
  ...both("915", [CENTRAL, MOUNTAIN]),
  ...both("418 581 367", [ATLANTIC, "America/Toronto"]),
  ...both("819 873 468", [ATLANTIC, "America/Toronto"]),
  ...both("423", [CENTRAL, EASTERN], false),
  ...both("606 850 448", [CENTRAL, EASTERN]),
  ...both("931", [CENTRAL, EASTERN]),
  ...both("906", [CENTRAL, EASTERN], false),
  ...both("458 541", [MOUNTAIN, PACIFIC]),
  ...both("775", [MOUNTAIN, PACIFIC]),
  ...both("709 879", [ATLANTIC, "America/St_Johns"], false),
  ...both("807", ["America/Toronto", "America/Winnipeg"]),
  ...both("867", ["America/Edmonton", "America/Toronto", "America/Whitehorse", "America/Winnipeg"], false),
  ...both("907", ["America/Adak", "America/Anchorage"]),
  ...both("928", [MOUNTAIN, "America/Phoenix"]),
  // Newer than the map.
  ...both("273", ["America/Toronto"]),
  // Canadian numbers without a place.
  ...both("600 622 633", CANADA),
  // Mobile numbers without a place, in countries of several zones; the map names the biggest zone alone.
  { prefix: "61", zones: AUSTRALIA, trustLonger: true },
  { prefix: "614", zones: AUSTRALIA, trustLonger: false },
  { prefix: "617", zones: ["Australia/Brisbane", "Australia/Sydney"], trustLonger: false },
  { prefix: "6189", zones: ["Australia/Darwin", "Australia/Perth"], trustLonger: false },
  { prefix: "6188", zones: ["Australia/Adelaide", "Australia/Darwin", "Australia/Perth"], trustLonger: false },
  { prefix: "346", zones: ["Atlantic/Canary", "Europe/Madrid"], trustLonger: false },
  { prefix: "347", zones: ["Atlantic/Canary", "Europe/Madrid"], trustLonger: false },
  { prefix: "7", zones: RUSSIA, trustLonger: true },
  { prefix: "77", zones: ["Asia/Almaty"], trustLonger: false },
  { prefix: "79", zones: RUSSIA, trustLonger: false },
  { prefix: "628", zones: ["Asia/Jakarta", "Asia/Jayapura", "Asia/Makassar"], trustLonger: false },
];

/** Old names of zones, zones that have since been joined to others, and small ones that keep the time of a big neighbour. */
export const RENAMED_ZONES: Readonly<Record<string, string>> = {
  ...MODERN_NAMES,
  "America/Boise": "America/Denver",
  "America/Fort_Nelson": "America/Whitehorse",
  "America/Juneau": "America/Anchorage",
  "America/North_Dakota/Center": "America/Chicago",
  "America/St_Thomas": "America/Puerto_Rico",
  "Asia/Choibalsan": "Asia/Ulaanbaatar",
  "Pacific/Saipan": "Pacific/Guam",
};
