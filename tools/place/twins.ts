/** Zones that keep the same time: of each such group one is enough. */

/** Of a group of zones that agree, the one that stays; anything before anything that is not listed. */
// prettier-ignore
const PREFERRED = [
  "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix", "America/Anchorage",
  "America/Toronto", "America/Winnipeg", "America/Edmonton", "America/Vancouver", "America/Halifax", "Europe/London",
  "Asia/Almaty", "Australia/Sydney", "Indian/Reunion",
];

const YEARS = [2026, 2027, 2028];
const DAY_MS = 86_400_000;

/** Leaves out each zone that shows the same time as one that is kept, on every day of the years to come. */
export function withoutTwins(zones: readonly string[]): string[] {
  const rank = (zone: string) => (PREFERRED.includes(zone) ? PREFERRED.indexOf(zone) : PREFERRED.length);
  const kept = new Map<string, string>();
  for (const zone of [...zones].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))) {
    const clock = clockOf(zone);
    if (!kept.has(clock)) kept.set(clock, zone);
  }
  return [...kept.values()];
}

/** Whether two zones show the same time on every day of the years to come. */
export const sameClock = (one: string, other: string): boolean => one === other || clockOf(one) === clockOf(other);

const clocks = new Map<string, string>();

/** The local hour at noon UTC of every day, as one text. */
function clockOf(zone: string): string {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    day: "2-digit",
    hourCycle: "h23",
  });
  const clock: string[] = [];
  for (const year of YEARS)
    for (let day = 0; day < 366; day += 1) clock.push(format.format(Date.UTC(year, 0, 1, 12) + day * DAY_MS));
  clocks.set(zone, clock.join());
  return clock.join();
}
