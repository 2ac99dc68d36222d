/** Open times within a week of local wall-clock time. */

/** `from` and `until` count from the same origin; `until` is the first moment that is closed again. */
export interface Interval {
  readonly from: number;
  readonly until: number;
}

/** Sorted, disjoint intervals in minutes since Monday 00:00. */
export type Week = readonly Interval[];

/** The parts of a rule's open time that the week is made of. */
export interface OpenTime {
  readonly weekdays: readonly number[];
  readonly fromMinute: number;
  readonly untilMinute: number;
}

export const DAY_MINUTES = 1_440;
export const WEEK_MINUTES = 7 * DAY_MINUTES;
export const ALWAYS: Week = [{ from: 0, until: WEEK_MINUTES }];

/** The week of a rule's open times. Times that touch or overlap become one, so that midnight is no edge of a window that spans it. */
export function weekOf(openTimes: readonly OpenTime[]): Week {
  const single = openTimes.flatMap(({ weekdays, fromMinute, untilMinute }) =>
    weekdays.map((weekday) => {
      const midnight = (weekday - 1) * DAY_MINUTES;
      return { from: midnight + fromMinute, until: midnight + untilMinute };
    }),
  );
  return merged(single);
}

/** The same week with each window cut by a margin at both edges, because clocks differ and calls take time to arrive. */
export function guarded(week: Week, margin: number): Week {
  const [first] = week;
  const last = week.at(-1);
  // Sunday 24:00 is Monday 00:00: a window over that midnight has no edge there.
  const goesRound = first?.from === 0 && last?.until === WEEK_MINUTES;
  return week
    .map(({ from, until }) => ({
      from: goesRound && from === 0 ? from : from + margin,
      until: goesRound && until === WEEK_MINUTES ? until : until - margin,
    }))
    .filter(({ from, until }) => from < until);
}

/** The sorted intervals with those that touch or overlap joined. */
export function merged(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals.filter(({ from, until }) => from < until).sort((a, b) => a.from - b.from);
  const joined: Interval[] = [];
  for (const interval of sorted) {
    const before = joined.at(-1);
    if (before && interval.from <= before.until) {
      joined[joined.length - 1] = { from: before.from, until: Math.max(before.until, interval.until) };
    } else joined.push(interval);
  }
  return joined;
}

/** What is open in both. */
export function intersection(one: readonly Interval[], other: readonly Interval[]): Interval[] {
  const both: Interval[] = [];
  for (let i = 0, j = 0; i < one.length && j < other.length;) {
    const [a, b] = [one[i] as Interval, other[j] as Interval];
    const from = Math.max(a.from, b.from);
    const until = Math.min(a.until, b.until);
    if (from < until) both.push({ from, until });
    if (a.until < b.until) i++;
    else j++;
  }
  return both;
}

/** Whether a moment lies in one of the intervals. */
export function contains(intervals: readonly Interval[], moment: number): boolean {
  for (const { from, until } of intervals) {
    if (moment < from) return false;
    if (moment < until) return true;
  }
  return false;
}
