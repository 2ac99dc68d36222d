/** The zone of the person who reads: their browser's. */
export const readersZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The reader's zone as pages name it, with its clock of now. */
export const readersZoneLabel = (): string => zoneLabel(readersZone, new Date());

/** A zone with what its clock is ahead of or behind Greenwich at an instant: `Europe/Berlin (GMT+1)`. */
export function zoneLabel(zone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts(at);
  const offset = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
  return offset === "" || zone === "UTC" ? placeName(zone) : `${placeName(zone)} (${offset})`;
}

/** A clock elsewhere. */
export interface LocalTime {
  /** Day of the week and time of the day. */
  time: string;
  zone: string;
}

// Somebody who may be in half a continent is nowhere that helps to know.
const mostTold = 2;

/** What the clocks of these zones show at an instant, each time once. None where they show what `here` shows, or too many different ones. */
export function localTimes(at: Date, zones: readonly string[], here: string): LocalTime[] {
  const told = new Map<string, string>();
  for (const zone of zones) {
    const time = timeIn(at, zone);
    if (time !== undefined && !told.has(time)) told.set(time, placeName(zone));
  }
  const own = timeIn(at, here);
  const isElsewhere = [...told.keys()].some((time) => time !== own);
  return isElsewhere && told.size <= mostTold ? [...told].map(([time, zone]) => ({ time, zone })) : [];
}

const placeName = (zone: string): string => zone.replaceAll("_", " ");

/** Undefined for a zone that this browser does not know. */
function timeIn(instant: Date, timeZone: string): string | undefined {
  try {
    const clock = { weekday: "short", hour: "2-digit", minute: "2-digit", timeZone } as const;
    return new Intl.DateTimeFormat(undefined, clock).format(instant);
  } catch {
    return undefined;
  }
}
