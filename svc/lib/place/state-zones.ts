/** Zones of states and provinces, in countries with several zones: the times that the law sets there, one zone name for each. */

const EASTERN = "America/New_York";
const CENTRAL = "America/Chicago";
const MOUNTAIN = "America/Denver";
const PACIFIC = "America/Los_Angeles";
const ARIZONA = "America/Phoenix";

const same = (states: string, ...zones: string[]) =>
  Object.fromEntries(states.split(" ").map((state) => [state, zones]));

/** `STATE_ZONES.US.TN` → `["America/Chicago", "America/New_York"]`. */
export const STATE_ZONES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  US: {
    ...same("CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV", EASTERN),
    ...same("FL IN KY MI TN", CENTRAL, EASTERN),
    ...same("AL AR IA IL LA MN MO MS OK WI", CENTRAL),
    ...same("KS ND NE SD TX", CENTRAL, MOUNTAIN),
    ...same("CO MT NM UT WY", MOUNTAIN),
    ...same("ID NV OR", MOUNTAIN, PACIFIC),
    ...same("CA WA", PACIFIC),
    // The Navajo Nation keeps summer time, the rest of Arizona does not.
    AZ: [MOUNTAIN, ARIZONA],
    AK: ["America/Adak", "America/Anchorage"],
    HI: ["Pacific/Honolulu"],
    AS: ["Pacific/Pago_Pago"],
    GU: ["Pacific/Guam"],
    MP: ["Pacific/Guam"],
    PR: ["America/Puerto_Rico"],
    VI: ["America/Puerto_Rico"],
  },
  CA: {
    NL: ["America/Halifax", "America/St_Johns"],
    ...same("NB NS PE", "America/Halifax"),
    QC: ["America/Halifax", "America/Toronto"],
    ON: ["America/Toronto", "America/Winnipeg"],
    MB: ["America/Winnipeg"],
    SK: ["America/Edmonton", "America/Regina"],
    ...same("AB NT", "America/Edmonton"),
    BC: ["America/Edmonton", "America/Vancouver", "America/Whitehorse"],
    NU: ["America/Edmonton", "America/Toronto", "America/Winnipeg"],
    YT: ["America/Whitehorse"],
  },
  AU: {
    ...same("ACT TAS VIC", "Australia/Sydney"),
    // Broken Hill keeps the time of Adelaide.
    NSW: ["Australia/Adelaide", "Australia/Sydney"],
    NT: ["Australia/Darwin"],
    QLD: ["Australia/Brisbane"],
    SA: ["Australia/Adelaide"],
    WA: ["Australia/Perth"],
  },
};
