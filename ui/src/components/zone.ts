/** The zone of the reader, which is that of the browser. */
export const readersZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The reader's zone as pages name it, with its current offset. */
export const readersZoneLabel = (): string => zoneLabel(readersZone, new Date());

/** A zone with its offset at an instant: `Europe/Berlin (GMT+1)`. */
export function zoneLabel(zone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts(at);
  const offset = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
  return offset === "" || zone === "UTC" ? placeName(zone) : `${placeName(zone)} (${offset})`;
}

/** The local time in another zone. */
export interface LocalTime {
  /** Day of the week and time of day. */
  time: string;
  zone: string;
}

// Too many possible zones do not help.
const mostTold = 2;

/** The local times of these zones at an instant, each once. Empty when they are the same as in `here`, or too many. */
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
