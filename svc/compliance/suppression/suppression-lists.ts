/** How suppression lists are stored in Redis, and which commands apply a change. Pure: changes go in, commands come out. */
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { SuppressionEntry } from "../../../gen/herald/lists/v1/suppression_entry.ts";
import { SuppressionKind, type SuppressionList } from "../../../gen/herald/lists/v1/suppression_list.ts";
import type { StreamEntriesResponse } from "../../../gen/herald/lists/v1/suppression_list_service.ts";

import { comparedForm } from "../../lib/devices/old-forms.ts";

/** What a check has to know about a list; kept beside its entries. */
export interface ListSettings {
  id: string;
  name: string;
  byClient: boolean;
  /** Empty means all. */
  channels: Channel[];
  required: boolean;
  /** The program for which it holds. Absent for all, and in data from before there were programs. */
  programId?: string;
  /** Whether any entry has a beginning or an end. Those are stored apart, so that most look-ups need not read them. */
  windows: boolean;
  /** Area codes of +1 whose numbers are a bitmap, not a set. */
  dense: Record<string, 1>;
}

/** A Redis command: its name, then its arguments. */
export type Command = readonly (string | number)[];

/** The keys of one tenant's lists below its prefix. */
export const listKeys = {
  settings: (prefix: string) => `${prefix}lists`,
  /** +1 numbers of one area code: a bitmap of ten million bits (1.25 MB, whatever it holds), or a set of integers. */
  bits: (prefix: string, listId: string, areaCode: string) => `${prefix}b:${listId}:${areaCode}`,
  set: (prefix: string, listId: string, areaCode: string) => `${prefix}s:${listId}:${areaCode}`,
  /** Everything else: other numbers, addresses, client ids. */
  rest: (prefix: string, listId: string) => `${prefix}r:${listId}`,
  /** Entries with a beginning or an end: value → `from:until`, milliseconds, either may be empty. */
  windows: (prefix: string, listId: string) => `${prefix}w:${listId}`,
};

/** Longest command: scripts unpack a command onto a stack of 8,000. */
const MEMBERS_AT_ONCE = 2_000;
const BITS_AT_ONCE = 1_000;

/** The list's settings after a change. */
export function settingsAfter(
  list: SuppressionList,
  before: ListSettings | undefined,
  added: readonly SuppressionEntry[],
): ListSettings {
  return {
    id: list.id,
    name: list.name,
    byClient: list.kind === SuppressionKind.SUPPRESSION_KIND_CLIENT_ID,
    channels: list.channels,
    required: list.required,
    ...(list.programId !== "" && { programId: list.programId }),
    windows: before?.windows === true || added.some(hasWindow),
    dense: before?.dense ?? {},
  };
}

/** Whether a list holds for attempts of a channel and a program. */
export const holdsFor = (
  list: Pick<ListSettings, "channels" | "programId">,
  channel: Channel,
  programId: string,
): boolean =>
  (list.channels.length === 0 || list.channels.includes(channel)) &&
  (list.programId === undefined || list.programId === programId);

/** The commands of one change. Removals come first, so that a value which is both removed and added stays suppressed. */
export function entryCommands(
  prefix: string,
  list: ListSettings,
  { added, removed }: Pick<StreamEntriesResponse, "added" | "removed">,
): Command[] {
  const always = added.filter((entry) => !hasWindow(entry)).map(compared);
  const windowed = added.filter(hasWindow);
  const gone = removed.map(comparedForm);
  return [
    ...remove(prefix, list, [...gone, ...windowed.map(compared)]),
    ...(list.windows ? chunked("HDEL", listKeys.windows(prefix, list.id), [...gone, ...always]) : []),
    ...chunked(
      "HSET",
      listKeys.windows(prefix, list.id),
      windowed.flatMap((entry) => [compared(entry), window(entry)]),
    ),
    ...place(prefix, list, always, { one: "SADD", bit: "1" }),
  ];
}

/** The commands that remove a list with all its entries. */
export function removalCommands(prefix: string, listId: string): Command[] {
  const areaCodes = Array.from({ length: 800 }, (_, i) => String(200 + i));
  const keys = areaCodes.flatMap((areaCode) => [
    listKeys.bits(prefix, listId, areaCode),
    listKeys.set(prefix, listId, areaCode),
  ]);
  return [
    ["HDEL", listKeys.settings(prefix), listId],
    ["UNLINK", listKeys.rest(prefix, listId), listKeys.windows(prefix, listId), ...keys],
  ];
}

/** The area codes whose sets grow by a change, so that they may have to become bitmaps. */
export function sparseAreaCodes(list: ListSettings, { added }: Pick<StreamEntriesResponse, "added">): string[] {
  if (list.byClient) return [];
  const areaCodes = new Set(added.flatMap(({ value }) => (isNorthAmerican(value) ? [value.slice(2, 5)] : [])));
  return [...areaCodes].filter((areaCode) => !list.dense[areaCode]);
}

const hasWindow = ({ fromTime, untilTime }: SuppressionEntry) => fromTime !== undefined || untilTime !== undefined;
const compared = ({ value }: SuppressionEntry) => comparedForm(value);
const window = ({ fromTime, untilTime }: SuppressionEntry) =>
  `${fromTime?.getTime() ?? ""}:${untilTime?.getTime() ?? ""}`;
/** Only digits count as a number, because entries may be stored as they were written. */
const isNorthAmerican = (value: string) => value.length === 12 && /^\+1\d{10}$/.test(value);

const remove = (prefix: string, list: ListSettings, values: readonly string[]) =>
  place(prefix, list, values, { one: "SREM", bit: "0" });

/** Adds values to the structures that hold them, or removes them. */
function place(
  prefix: string,
  list: ListSettings,
  values: readonly string[],
  how: { one: "SADD" | "SREM"; bit: "0" | "1" },
): Command[] {
  const commands: Command[] = [];
  const rest: string[] = [];
  const byAreaCode = new Map<string, string[]>();
  for (const value of values) {
    if (list.byClient || !isNorthAmerican(value)) rest.push(value);
    else {
      const areaCode = value.slice(2, 5);
      const lines = byAreaCode.get(areaCode);
      // Without leading zeros: Redis keeps small sets of plain integers in 4 bytes each.
      const line = String(Number(value.slice(5)));
      if (lines) lines.push(line);
      else byAreaCode.set(areaCode, [line]);
    }
  }
  for (const [areaCode, lines] of byAreaCode) {
    if (list.dense[areaCode]) commands.push(...bitCommands(listKeys.bits(prefix, list.id, areaCode), lines, how.bit));
    else commands.push(...chunked(how.one, listKeys.set(prefix, list.id, areaCode), lines));
  }
  commands.push(...chunked(how.one, listKeys.rest(prefix, list.id), rest));
  return commands;
}

function bitCommands(key: string, lines: readonly string[], bit: "0" | "1"): Command[] {
  const commands: Command[] = [];
  for (let i = 0; i < lines.length; i += BITS_AT_ONCE) {
    const command = ["BITFIELD", key];
    for (const line of lines.slice(i, i + BITS_AT_ONCE)) command.push("SET", "u1", line, bit);
    commands.push(command);
  }
  return commands;
}

function chunked(name: string, key: string, values: readonly string[]): Command[] {
  const commands: Command[] = [];
  for (let i = 0; i < values.length; i += MEMBERS_AT_ONCE)
    commands.push([name, key, ...values.slice(i, i + MEMBERS_AT_ONCE)]);
  return commands;
}
