/** How times, periods and channels read. Nothing here names a person, number or address. */
import { Channel } from "../../../../gen/herald/common/v1/channel.ts";
import { DAY_MINUTES, type Week, WEEK_MINUTES } from "./week.ts";
import { minuteOfWeek, offsetAt } from "./zone-clock.ts";

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** What attempts on a channel are called. */
export const attempts = (channel: Channel): string =>
  channel === Channel.CHANNEL_VOICE ? "calls" : channel === Channel.CHANNEL_SMS ? "text messages" : "emails";

/** `Saturday 21:40`: what the clocks of a zone show. */
export function localTime(zone: string, ms: number): string {
  const minute = Math.floor(minuteOfWeek(ms, offsetAt(zone, ms)));
  return `${weekday(minute)} ${clock(minute % DAY_MINUTES)}`;
}

/**
 * `allowed 08:00 to 21:00, tried from 08:05 to 20:55`, or that there are none: the open times of the weekday that it is in a zone, and
 * what the guard at their edges leaves of them.
 */
export function openToday(week: Week, guarded: Week, zone: string, ms: number): string {
  const minute = minuteOfWeek(ms, offsetAt(zone, ms));
  const midnight = Math.floor(minute / DAY_MINUTES) * DAY_MINUTES;
  const [allowed, tried] = [timesOfDay(week, midnight), timesOfDay(guarded, midnight)];
  if (allowed.length === 0) return `not allowed on ${weekday(Math.floor(minute))}s`;
  const guard =
    String(tried) === String(allowed) || tried.length === 0 ? "" : `, tried from ${tried.join(" and from ")}`;
  return `allowed ${allowed.join(" and ")}${guard}`;
}

/** `08:00 to 12:00`, `14:00 to 20:00`: the part of a week that lies in the day that begins at `midnight`, in minutes of the week. */
const timesOfDay = (week: Week, midnight: number): string[] =>
  week.flatMap(({ from, until }) => {
    const [begin, end] = [Math.max(from, midnight), Math.min(until, midnight + DAY_MINUTES)];
    return begin < end ? [`${clock(begin - midnight)} to ${clock(end - midnight)}`] : [];
  });

/** `24 hours`, `7 days`, `90 minutes`, `minute`, as it follows "in the last": in the largest unit that leaves no rest. */
export function period(seconds: number): string {
  const units: [number, string][] = [
    [86_400, "day"],
    [3_600, "hour"],
    [60, "minute"],
    [1, "second"],
  ];
  const [size, unit] = units.find(([size]) => seconds % size === 0 && (seconds > size || size < 86_400)) ?? [
    1,
    "second",
  ];
  return seconds === size ? unit : count(seconds / size, unit);
}

/** `1 attempt`, `3 attempts`. */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;

/** `2026-11-21 14:05 UTC`. */
export const instant = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace("T", " ")} UTC`;

const weekday = (minute: number): string => WEEKDAYS[Math.floor((minute % WEEK_MINUTES) / DAY_MINUTES)] as string;
const clock = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(Math.floor(minute) % 60)}`;
const two = (number: number): string => String(number).padStart(2, "0");
