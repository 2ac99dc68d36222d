import assert from "node:assert/strict";
import { test } from "node:test";
import {
  contains,
  guarded,
  intersection,
  merged,
  weekOf,
  WEEK_MINUTES,
} from "../../../../svc/compliance/rules/engine/week.ts";

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

test("open times of a week are sorted and joined where they touch, also over midnight", () => {
  const week = weekOf([
    { weekdays: [2], fromMinute: 0, untilMinute: 60 },
    { weekdays: [1], fromMinute: 1_200, untilMinute: 1_440 },
    { weekdays: [1], fromMinute: 480, untilMinute: 720 },
    { weekdays: [1], fromMinute: 700, untilMinute: 800 },
  ]);
  assert.deepEqual(week, [
    { from: 480, until: 800 },
    { from: 1_200, until: 1_500 },
  ]);
});

test("the guard cuts both edges of a window, and none where the week goes round", () => {
  assert.deepEqual(guarded(weekOf([{ weekdays: [1], fromMinute: 480, untilMinute: 1_260 }]), 5), [
    { from: 485, until: 1_255 },
  ]);
  const always = weekOf([{ weekdays: EVERY_DAY, fromMinute: 0, untilMinute: 1_440 }]);
  assert.deepEqual(guarded(always, 5), [{ from: 0, until: WEEK_MINUTES }]);
  const overSunday = weekOf([
    { weekdays: [7], fromMinute: 1_200, untilMinute: 1_440 },
    { weekdays: [1], fromMinute: 0, untilMinute: 60 },
  ]);
  assert.deepEqual(guarded(overSunday, 5), [
    { from: 0, until: 55 },
    { from: 6 * 1_440 + 1_205, until: WEEK_MINUTES },
  ]);
  assert.deepEqual(
    guarded(weekOf([{ weekdays: [1], fromMinute: 480, untilMinute: 490 }]), 5),
    [],
    "nothing remains of ten minutes",
  );
});

test("intersection and membership agree with asking each minute", () => {
  for (let round = 0; round < 200; round++) {
    const some = () =>
      merged(
        Array.from({ length: 5 }, () => ({
          from: Math.floor(Math.random() * 90),
          until: Math.floor(Math.random() * 100),
        })),
      );
    const [one, other] = [some(), some()];
    const both = intersection(one, other);
    for (let minute = 0; minute < 100; minute++) {
      assert.equal(contains(both, minute), contains(one, minute) && contains(other, minute));
    }
    for (const [i, interval] of both.entries())
      assert.ok(interval.from < interval.until && (both[i - 1]?.until ?? -1) < interval.from);
  }
});
