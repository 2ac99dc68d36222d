/** What a zone's clocks show, from its offset changes alone: they are asked of Temporal once and then kept. */
import type { Interval } from "./week.ts";

/** A stretch of time in which a zone keeps one offset, in UTC milliseconds. */
export interface OffsetSpan extends Interval {
  readonly offsetMs: number;
}

const DAY_MS = 86_400_000;
const KEPT_BEFORE_MS = 400 * DAY_MS;
const KEPT_AFTER_MS = 900 * DAY_MS;
const MINUTE_MS = 60_000;

const kept = new Map<string, readonly OffsetSpan[]>();

/** The zone's offset spans around [fromMs, untilMs], first and last ones reaching beyond it. */
export function offsetSpans(zone: string, fromMs: number, untilMs: number): readonly OffsetSpan[] {
  let spans = kept.get(zone);
  if (!spans || (spans[0] as OffsetSpan).from > fromMs || (spans.at(-1) as OffsetSpan).until < untilMs) {
    spans = readSpans(zone, fromMs - KEPT_BEFORE_MS, Math.max(untilMs, fromMs) + KEPT_AFTER_MS);
    kept.set(zone, spans);
  }
  return spans;
}

/**
 * The offsets under which an instant has to be read. Near a change of the clocks there are two: wall-clock times that
 * happen twice, or never, belong to both sides, and what must hold then has to hold by either reading.
 */
export function readings(zone: string, ms: number): number[] {
  const spans = offsetSpans(zone, ms - DAY_MS, ms + DAY_MS);
  const i = spans.findIndex((span) => ms < span.until);
  const here = spans[i] as OffsetSpan;
  const offsets = [here.offsetMs];
  const before = spans[i - 1];
  const after = spans[i + 1];
  if (before && ms - here.from < jump(before, here)) offsets.push(before.offsetMs);
  if (after && here.until - ms <= jump(here, after)) offsets.push(after.offsetMs);
  return offsets;
}

/** How far the clocks are moved between two spans. */
export const jump = (one: OffsetSpan, next: OffsetSpan): number => Math.abs(next.offsetMs - one.offsetMs);

/** The offset in force. */
export function offsetAt(zone: string, ms: number): number {
  return (readings(zone, ms) as [number, ...number[]])[0];
}

/** Minutes since Monday 00:00 that a clock with this offset shows, with their fraction. */
export function minuteOfWeek(ms: number, offsetMs: number): number {
  // 1970-01-01 was a Thursday: Monday of that week lies three days before.
  const sinceMonday = (ms + offsetMs + 3 * DAY_MS) % (7 * DAY_MS);
  return (sinceMonday < 0 ? sinceMonday + 7 * DAY_MS : sinceMonday) / MINUTE_MS;
}

function readSpans(zone: string, fromMs: number, untilMs: number): OffsetSpan[] {
  const spans: OffsetSpan[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(fromMs).toZonedDateTimeISO(zone);
  while (at.epochMilliseconds < untilMs) {
    const next = at.getTimeZoneTransition("next");
    const until = Math.min(next?.epochMilliseconds ?? Infinity, untilMs);
    const offsetMs = Math.round(at.offsetNanoseconds / 1e6);
    const before = spans.at(-1);
    // Some zones changed their name or law without moving their clocks.
    if (before?.offsetMs === offsetMs) spans[spans.length - 1] = { ...before, until };
    else spans.push({ from: at.epochMilliseconds, until, offsetMs });
    if (!next) break;
    at = next;
  }
  return spans;
}
