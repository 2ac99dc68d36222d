/** The spring campaign has somebody to call at nearly every hour at which it may be shown. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectRoot } from "../../deploy/local/paths.ts";
import { Channel } from "../../gen/herald/common/v1/channel.ts";
import { readPacks } from "../../svc/compliance/rules/engine/built-in.ts";
import { RuleSet } from "../../svc/compliance/rules/engine/rule-set.ts";
import { evidenceOf } from "../../svc/compliance/checks/subject.ts";
import { normalisePhone } from "../../svc/lib/devices/phone.ts";
import { placeOf } from "../../svc/lib/place/place.ts";

const HOUR_MS = 3_600_000;
const LIST = join(projectRoot, "examples", "spring-campaign", "list.csv");
const ruleSet = new RuleSet(readPacks(new URL("../../svc/compliance/rules/packs/", import.meta.url)));

/** The places of the list's people: one number for each country and state. */
const places = new Map(
  readFileSync(LIST, "utf8")
    .split("\r\n")
    .slice(1)
    .filter((row) => !row.includes('"'))
    .flatMap((row): [string, string][] => {
      const cells = row.split(",");
      const [mobile = "", country = "", state = ""] = [cells[4], cells[9], cells[8]];
      const { e164 } = normalisePhone(mobile, country);
      return e164 ? [[`${country} ${state}`, e164]] : [];
    }),
);

const calendars = [...places].map(([place, e164]) => {
  const [country = "", state = ""] = place.split(" ");
  const evidence = evidenceOf({ zones: [], zoneIsCertain: false, country, state }, placeOf(e164));
  return ruleSet.plan(place, Channel.CHANNEL_SMS, [], () => evidence).calendar;
});

/** The exception: Sundays from 07:00 to 08:05 UTC, when Hawaii has closed, Britain has not opened, and elsewhere nobody may be called on a Sunday. */
const isKnownGap = (ms: number): boolean => {
  const time = new Date(ms);
  return (
    time.getUTCDay() === 0 &&
    [7, 8].includes(time.getUTCHours()) &&
    time.toISOString() < `${time.toISOString().slice(0, 10)}T08:05`
  );
};

for (const monday of ["2026-01-12", "2026-07-13"]) {
  test(`at every hour of the week of ${monday}, but for an early hour of Sunday, somebody on the list may be contacted`, () => {
    assert.ok(calendars.length > 10);
    const begin = Date.parse(monday);
    const silent = Array.from({ length: 7 * 24 * 4 }, (_, quarter) => begin + (quarter * HOUR_MS) / 4).filter(
      (ms) => !isKnownGap(ms) && !calendars.some((calendar) => calendar?.isOpen(ms)),
    );
    assert.deepEqual(
      silent.map((ms) => new Date(ms).toISOString()),
      [],
    );
  });
}
