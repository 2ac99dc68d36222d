/** Validates rules and fills in defaults. Every fault is reported with its field. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import {
  type AttemptCap,
  CapScope,
  CapSubject,
  type ContactWindow,
  type LocationRule,
  type OpenTime,
  type Rule,
} from "../../../gen/herald/compliance/v1/rule.ts";
import { Checks } from "../../lib/request/validate.ts";
import { PLACE } from "./engine/evidence.ts";
import { DAY_MINUTES } from "./engine/week.ts";

const MOST_PLACES = 500;
const MOST_OPEN_TIMES = 50;
const MOST_PERIOD_SECONDS = 90 * 86_400;
const CHANNELS: readonly Channel[] = [Channel.CHANNEL_VOICE, Channel.CHANNEL_SMS, Channel.CHANNEL_EMAIL];

/** A whole new rule. */
export function readRule(rule: Rule | undefined): Rule {
  const check = new Checks();
  check.that(rule !== undefined, "rule", "Required.");
  check.that(
    rule?.body !== undefined,
    "rule.contact_window",
    "Required: exactly one of contact_window, attempt_cap and location.",
  );
  const fields = rule && readFields(check, rule);
  check.done();
  return { ...(rule as Rule), ...fields };
}

/** The fields of a rule that are there, checked. */
export function readFields<T extends Partial<Pick<Rule, "name" | "description" | "channels" | "body">>>(
  check: Checks,
  fields: T,
): T {
  return {
    ...fields,
    ...(fields.name !== undefined && { name: check.name("rule.name", fields.name, { most: 120 }) }),
    ...(fields.description !== undefined && {
      description: check.text("rule.description", fields.description, { least: 0, most: 500, lines: true }),
    }),
    ...(fields.channels !== undefined && { channels: readChannels(check, fields.channels) }),
    ...(fields.body !== undefined && { body: readBody(check, fields.body) }),
  };
}

function readChannels(check: Checks, channels: readonly Channel[]): Channel[] {
  for (const [i, channel] of channels.entries()) {
    check.that(
      CHANNELS.includes(channel),
      `rule.channels[${i}]`,
      "Must be CHANNEL_VOICE, CHANNEL_SMS or CHANNEL_EMAIL.",
    );
  }
  return [...new Set(channels)];
}

function readBody(check: Checks, body: NonNullable<Rule["body"]>): NonNullable<Rule["body"]> {
  if (body.$case === "contactWindow") return { ...body, contactWindow: readWindow(check, body.contactWindow) };
  if (body.$case === "attemptCap") return { ...body, attemptCap: readCap(check, body.attemptCap) };
  return { ...body, location: readLocation(check, body.location) };
}

function readWindow(check: Checks, { places, openTimes }: ContactWindow): ContactWindow {
  readPlaces(check, "rule.contact_window.places", places, { least: 1 });
  check.count("rule.contact_window.open_times", openTimes, { least: 1, most: MOST_OPEN_TIMES });
  for (const [i, openTime] of openTimes.entries())
    readOpenTime(check, `rule.contact_window.open_times[${i}]`, openTime);
  return { places, openTimes };
}

function readOpenTime(check: Checks, field: string, { weekdays, fromMinute, untilMinute }: OpenTime): void {
  check.count(`${field}.weekdays`, weekdays, { least: 1, most: 7 });
  for (const [i, weekday] of weekdays.entries()) check.int(`${field}.weekdays[${i}]`, weekday, { least: 1, most: 7 });
  check.int(`${field}.from_minute`, fromMinute, { least: 0, most: DAY_MINUTES - 1 });
  check.int(`${field}.until_minute`, untilMinute, { least: 1, most: DAY_MINUTES });
  check.that(
    fromMinute < untilMinute,
    `${field}.until_minute`,
    "Must be after from_minute; hours over midnight are two open times.",
  );
}

function readCap(check: Checks, cap: AttemptCap): AttemptCap {
  check.int("rule.attempt_cap.limit", cap.limit, { least: 0, most: 1_000 });
  check.int("rule.attempt_cap.period_seconds", cap.periodSeconds, { least: 1, most: MOST_PERIOD_SECONDS });
  check.that(cap.subject >= 0, "rule.attempt_cap.subject", "Must be CAP_SUBJECT_DEVICE or CAP_SUBJECT_CLIENT_ID.");
  check.that(cap.scope >= 0, "rule.attempt_cap.scope", "Must be CAP_SCOPE_TENANT or CAP_SCOPE_CAMPAIGN_GROUP.");
  readPlaces(check, "rule.attempt_cap.places", cap.places, { least: 0 });
  return {
    ...cap,
    subject: cap.subject || CapSubject.CAP_SUBJECT_DEVICE,
    scope: cap.scope || CapScope.CAP_SCOPE_TENANT,
  };
}

function readLocation(check: Checks, { places }: LocationRule): LocationRule {
  readPlaces(check, "rule.location.places", places, { least: 1 });
  return { places };
}

function readPlaces(check: Checks, field: string, places: readonly string[], { least }: { least: number }): void {
  check.count(field, places, { least, most: MOST_PLACES });
  for (const [i, place] of places.entries()) {
    check.that(
      PLACE.test(place),
      `${field}[${i}]`,
      "Must be a country (US), a state (US-TX), a +1 area code (+1617), or * for everywhere.",
    );
  }
}
