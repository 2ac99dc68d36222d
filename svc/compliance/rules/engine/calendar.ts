/** Tells when a week of local open times is open in several zones at once. It is calculated once, then looked up. */
import { contains, intersection, type Interval, merged, type Week } from "./week.ts";
import { jump, minuteOfWeek, offsetSpans, type OffsetSpan, readings } from "./zone-clock.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
/** How far ahead the calendar is calculated. Longer than the time between two openings of a usual week. */
const AHEAD_MS = 16 * DAY_MS;
const ENOUGH_AHEAD_MS = 8 * DAY_MS;
/** If it is not open within this time, it never is: by then every zone has had all clock changes of a year. */
const SEARCH_MS = 400 * DAY_MS;

/** Answers for one week and one set of zones. */
export class Calendar {
  readonly #week: Week;
  readonly #zones: readonly string[];
  #known: Interval = { from: 0, until: 0 };
  #open: readonly Interval[] = [];

  constructor(week: Week, zones: readonly string[]) {
    this.#week = week;
    this.#zones = zones;
  }

  /** Whether it is open in every zone. Without zones nothing is known, so it is closed. */
  isOpen(ms: number): boolean {
    this.#look(ms);
    return contains(this.#open, ms);
  }

  /** The first open instant from `ms` on; undefined when there is none within a year. */
  nextOpen(ms: number): number | undefined {
    this.#look(ms);
    const near = firstFrom(this.#open, ms);
    if (near !== undefined || this.#zones.length === 0 || this.#week.length === 0) return near;
    for (let from = this.#known.until; from < ms + SEARCH_MS; from += AHEAD_MS) {
      const far = firstFrom(openSpans(this.#week, this.#zones, from, from + AHEAD_MS), ms);
      if (far !== undefined) return far;
    }
    return undefined;
  }

  #look(ms: number): void {
    const { from, until } = this.#known;
    if (ms >= from && ms < until - ENOUGH_AHEAD_MS) return;
    this.#known = { from: ms - HOUR_MS, until: ms + AHEAD_MS };
    this.#open = openSpans(this.#week, this.#zones, this.#known.from, this.#known.until);
  }
}

/** Whether one week is open in one zone, by every reading of the clocks there. */
export function isOpenAt(week: Week, zone: string, ms: number): boolean {
  return readings(zone, ms).every((offset) => contains(week, minuteOfWeek(ms, offset)));
}

/** The stretches in which the week is open in every zone. */
function openSpans(week: Week, zones: readonly string[], fromMs: number, untilMs: number): Interval[] {
  if (zones.length === 0) return [];
  const whole: Interval[] = [{ from: fromMs, until: untilMs }];
  return zones.reduce((open, zone) => intersection(open, openInZone(week, zone, fromMs, untilMs)), whole);
}

function openInZone(week: Week, zone: string, fromMs: number, untilMs: number): Interval[] {
  const spans = offsetSpans(zone, fromMs - DAY_MS, untilMs + DAY_MS);
  const pieces = spans.flatMap((span, i) =>
    readInSpan(week, span, spans[i - 1], spans[i + 1], { from: fromMs, until: untilMs }),
  );
  return merged(pieces);
}

/** Reads one span of the zone; near its ends, where wall-clock times are doubtful, by the neighbour's offset as well. */
function readInSpan(
  week: Week,
  span: OffsetSpan,
  before: OffsetSpan | undefined,
  after: OffsetSpan | undefined,
  within: Interval,
): Interval[] {
  const from = Math.max(span.from, within.from);
  const until = Math.min(span.until, within.until);
  if (from >= until) return [];
  let open = openUnder(week, span.offsetMs, from, until);
  if (before) open = alsoUnder(open, week, before.offsetMs, { from: span.from, until: span.from + jump(before, span) });
  if (after) open = alsoUnder(open, week, after.offsetMs, { from: span.until - jump(span, after), until: span.until });
  return open;
}

/** Within the doubtful stretch, only what is open under the other offset too. */
function alsoUnder(open: Interval[], week: Week, offsetMs: number, doubtful: Interval): Interval[] {
  if (
    open.length === 0 ||
    doubtful.from >= (open.at(-1) as Interval).until ||
    doubtful.until <= (open[0] as Interval).from
  )
    return open;
  const outside = [
    { from: -Infinity, until: doubtful.from },
    { from: doubtful.until, until: Infinity },
  ];
  const inside = openUnder(week, offsetMs, doubtful.from, doubtful.until);
  return intersection(open, merged([...outside, ...inside]));
}

/** The week's open times under one fixed offset, cut to [fromMs, untilMs). */
function openUnder(week: Week, offsetMs: number, fromMs: number, untilMs: number): Interval[] {
  const open: Interval[] = [];
  let monday = fromMs - Math.round(minuteOfWeek(fromMs, offsetMs) * MINUTE_MS);
  for (; monday < untilMs; monday += WEEK_MS) {
    for (const { from, until } of week) {
      open.push({
        from: Math.max(monday + from * MINUTE_MS, fromMs),
        until: Math.min(monday + until * MINUTE_MS, untilMs),
      });
    }
  }
  return merged(open);
}

function firstFrom(open: readonly Interval[], ms: number): number | undefined {
  const interval = open.find(({ until }) => until > ms);
  return interval && Math.max(interval.from, ms);
}
