/** Reads what callers send about suppression lists: settings, entries, values. */
import type { SuppressionEntry } from "../../../gen/herald/lists/v1/suppression_entry.ts";
import type { SuppressionKind } from "../../../gen/herald/lists/v1/suppression_list.ts";
import { Checks } from "../../lib/request/validate.ts";
import type { SuppressionListFields } from "./suppression-list-store.ts";
import { keptForms, LONGEST_REASON, oneLine, readValue } from "../reader/suppression/suppression-value.ts";

const MOST_AT_ONCE = 1_000;

/** Checks those settings that are given. */
export function readListFields<Given extends Partial<SuppressionListFields>>(set: Given): Given {
  const check = new Checks();
  const fields = { ...set };
  const nothing = "Nothing to change: give at least one of name, description, channels, required.";
  check.that(Object.keys(set).length > 0, "suppression_list", nothing);
  if (set.name !== undefined) fields.name = check.name("suppression_list.name", set.name, { most: 120 });
  if (set.description !== undefined) {
    fields.description = check.text("suppression_list.description", set.description, {
      least: 0,
      most: 500,
      lines: true,
    });
  }
  set.channels?.forEach((channel, i) => check.chosen(`suppression_list.channels[${i}]`, channel));
  if (set.channels) fields.channels = [...new Set(set.channels)].sort((a, b) => a - b);
  check.done();
  return fields;
}

/** Entries in the form in which they are stored. If a value is given twice, the last one counts. */
export function readEntries(
  given: readonly SuppressionEntry[],
  kind: SuppressionKind,
  region: string,
): SuppressionEntry[] {
  const check = new Checks();
  check.count("entries", given, { least: 1, most: MOST_AT_ONCE });
  check.done();
  const entries = given.map((entry, i) => readEntry(check, `entries[${i}]`, entry, kind, region));
  check.done();
  return [...new Map(entries.map((entry) => [entry.value, entry])).values()];
}

function readEntry(
  check: Checks,
  field: string,
  { value, fromTime, untilTime, reason }: SuppressionEntry,
  kind: SuppressionKind,
  region: string,
): SuppressionEntry {
  check.that(!fromTime || !untilTime || fromTime < untilTime, `${field}.until_time`, "Must be after from_time.");
  return {
    value: readOne(check, `${field}.value`, value, kind, region),
    fromTime,
    untilTime,
    reason: oneLine(check.text(`${field}.reason`, reason, { least: 0, most: LONGEST_REASON, lines: true })),
    createTime: undefined,
  };
}

/** Why entries are removed; may be empty. */
export function readReason(reason: string): string {
  const check = new Checks();
  const text = oneLine(check.text("reason", reason, { least: 0, most: LONGEST_REASON }));
  check.done();
  return text;
}

/** Every form under which the values may be stored, each once. */
export function readValues(given: readonly string[], kind: SuppressionKind, region: string): string[] {
  const check = new Checks();
  check.count("values", given, { least: 1, most: MOST_AT_ONCE });
  check.done();
  const values = given.map((value, i) => {
    const forms = keptForms(kind, value, region);
    if (forms.length === 0) readOne(check, `values[${i}]`, value, kind, region);
    return forms;
  });
  check.done();
  return [...new Set(values.flat())];
}

/** The message does not repeat the value, which may be somebody's number. */
function readOne(check: Checks, field: string, text: string, kind: SuppressionKind, region: string): string {
  const read = readValue(kind, text, region);
  if (read.fault === undefined) return read.value;
  check.that(false, field, read.detail);
  return "";
}
