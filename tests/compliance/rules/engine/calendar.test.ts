import assert from "node:assert/strict";
import { test } from "node:test";
import { Calendar, isOpenAt } from "../../../../svc/compliance/rules/engine/calendar.ts";
import { guarded, weekOf } from "../../../../svc/compliance/rules/engine/week.ts";
import { offsetAt, offsetSpans } from "../../../../svc/compliance/rules/engine/zone-clock.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const ZONES = Intl.supportedValuesOf("timeZone");
const daily = (fromMinute: number, untilMinute: number) => weekOf([{ weekdays: EVERY_DAY, fromMinute, untilMinute }]);
const at = (text: string) => Date.parse(text);

/** Every clock change of a zone in three years. */
const changes = (zone: string) =>
  offsetSpans(zone, at("2025-01-01T00:00Z"), at("2028-01-01T00:00Z"))
    .map(({ from }) => from)
    .filter((ms) => ms > at("2025-01-01T00:00Z") && ms < at("2028-01-01T00:00Z"));

test("offsets are those of Intl, in every zone, around every change of the clocks and between", () => {
  assert.ok(ZONES.flatMap(changes).length > 500, "there are changes to look at");
  for (const zone of ZONES) {
    const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
    for (const ms of [
      at("2026-01-15T12:00Z"),
      at("2026-07-15T12:00Z"),
      ...changes(zone).flatMap((change) => [change - 1, change]),
    ]) {
      const name = format.formatToParts(ms).find(({ type }) => type === "timeZoneName")?.value ?? "";
      const [, sign = "+", hours = "0", minutes = "0"] = /GMT(?:([+-])(\d+):(\d+))?/.exec(name) ?? [];
      assert.equal(
        offsetAt(zone, ms),
        Number(`${sign}1`) * (Number(hours) * HOUR + Number(minutes) * MINUTE),
        `${zone} ${new Date(ms).toISOString()}`,
      );
    }
  }
});

test("in every zone the calendar says what each instant's clocks say, around every change and at random", () => {
  const week = guarded(
    weekOf([
      { weekdays: [1, 2, 3, 4, 5], fromMinute: 480, untilMinute: 1_260 },
      { weekdays: [6], fromMinute: 0, untilMinute: 150 },
      { weekdays: [7], fromMinute: 30, untilMinute: 95 },
      { weekdays: [7], fromMinute: 150, untilMinute: 1_440 },
    ]),
    5,
  );
  for (const zone of ZONES) {
    const around = changes(zone).flatMap((change) =>
      Array.from({ length: 40 }, (_, i) => change + (i - 20) * 7 * MINUTE),
    );
    const random = Array.from(
      { length: 40 },
      () => at("2025-01-01T00:00Z") + Math.floor((Math.random() * 3 * 365 * DAY) / MINUTE) * MINUTE,
    );
    for (const ms of [...around, ...random]) {
      assert.equal(
        new Calendar(week, [zone]).isOpen(ms),
        isOpenAt(week, zone, ms),
        `${zone} ${new Date(ms).toISOString()}`,
      );
    }
  }
});

test("the next opening is open, and every instant before it is closed", () => {
  const week = guarded(weekOf([{ weekdays: [1, 2, 3, 4, 5], fromMinute: 540, untilMinute: 1_020 }]), 5);
  for (const zones of [
    ["America/New_York"],
    ["America/New_York", "America/Los_Angeles"],
    ["Europe/Berlin", "Asia/Kolkata"],
    ["Pacific/Apia", "America/St_Johns"],
  ]) {
    const calendar = new Calendar(week, zones);
    for (let ms = at("2026-03-06T00:00Z"); ms < at("2026-03-31T00:00Z"); ms += 97 * MINUTE) {
      const next = calendar.nextOpen(ms);
      if (next === undefined) {
        assert.equal(
          zones.some((zone) => zone === "Pacific/Apia"),
          true,
          "only zones half a day apart never open together",
        );
        continue;
      }
      assert.ok(next >= ms && calendar.isOpen(next));
      for (let before = ms; before < next; before += 13 * MINUTE) assert.equal(calendar.isOpen(before), false);
      assert.ok(next === ms || !calendar.isOpen(next - 1));
    }
  }
});

test("all zones must be open", () => {
  const calendar = new Calendar(daily(480, 1_260), ["America/New_York", "America/Los_Angeles"]);
  assert.equal(calendar.isOpen(at("2026-03-03T15:59Z")), false, "10:59 in New York, 07:59 in Los Angeles");
  assert.equal(calendar.isOpen(at("2026-03-03T16:00Z")), true);
  assert.equal(calendar.isOpen(at("2026-03-04T01:59Z")), true, "20:59 in New York");
  assert.equal(calendar.isOpen(at("2026-03-04T02:00Z")), false);
});

test("without a zone nothing is open, and never will be", () => {
  const calendar = new Calendar(daily(0, 1_440), []);
  assert.equal(calendar.isOpen(at("2026-03-03T12:00Z")), false);
  assert.equal(calendar.nextOpen(at("2026-03-03T12:00Z")), undefined);
});

test("an hour that comes twice is open only if it is open both times", () => {
  // New York, 2026-11-01: 02:00 EDT is 01:00 EST again.
  const untilHalfPastOne = daily(0, 90);
  const open = (text: string) => isOpenAt(untilHalfPastOne, "America/New_York", at(text));
  assert.equal(open("2026-11-01T05:20Z"), true, "01:20 the first time");
  assert.equal(open("2026-11-01T05:40Z"), false, "01:40 the first time: closed");
  assert.equal(open("2026-11-01T06:20Z"), false, "01:20 the second time: it has closed before");
  const fromHalfPastOne = daily(90, 1_200);
  const opens = (text: string) => isOpenAt(fromHalfPastOne, "America/New_York", at(text));
  assert.equal(opens("2026-11-01T05:40Z"), false, "01:40 the first time: it will be 01:00 again");
  assert.equal(opens("2026-11-01T06:20Z"), false);
  assert.equal(opens("2026-11-01T06:40Z"), true, "01:40 the second time");
});

test("an edge in an hour that never comes is read strictly on both sides", () => {
  // New York, 2026-03-08: 02:00 EST is 03:00 EDT.
  const until = (text: string) => isOpenAt(daily(0, 150), "America/New_York", at(text));
  assert.equal(until("2026-03-08T06:20Z"), true, "01:20");
  assert.equal(until("2026-03-08T06:40Z"), false, "01:40 by the old clock is 02:40 by the new one");
  const from = (text: string) => isOpenAt(daily(150, 1_200), "America/New_York", at(text));
  assert.equal(from("2026-03-08T07:10Z"), false, "03:10, but 02:10 by the old clock");
  assert.equal(from("2026-03-08T07:40Z"), true);
});

test("asking costs well under 2 µs once a calendar is warm", () => {
  const calendar = new Calendar(daily(480, 1_260), [
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
  ]);
  const start = at("2026-03-03T12:00Z");
  calendar.isOpen(start);
  const begun = performance.now();
  for (let i = 0; i < 100_000; i++) calendar.isOpen(start + i * 1_000);
  assert.ok((performance.now() - begun) / 100_000 < 0.002, "milliseconds an answer");
});
