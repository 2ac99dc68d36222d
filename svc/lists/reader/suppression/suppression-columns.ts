/** Decides which column of a file of suppression entries goes where: by the mapping, or else by the usual names of headers. Pure. */
import { SuppressionKind } from "../../../../gen/herald/lists/v1/suppression_list.ts";
import { clip, requireHeader } from "../columns/columns.ts";
import { normalisePhone } from "../../../lib/devices/phone.ts";
import { deviceHeader, wordsOf } from "../columns/device-headers.ts";
import {
  isDated,
  isDeviceName,
  isOfParts,
  keyOf,
  looksLikeDevice,
  numberedTarget,
  textTarget,
} from "../columns/header-names.ts";
import { type NumberPart, partsOfNumbers } from "../columns/number-parts.ts";
import { FileFault } from "../problem.ts";

/** What a column may be. Several columns may hold values: all values of a row are suppressed. */
export const ENTRY_FIELDS = ["value", "area", "from", "until", "reason", "do_not_contact", "consent"] as const;
export type EntryField = (typeof ENTRY_FIELDS)[number];

export interface EntryColumn {
  header: string;
  /** Undefined when it is left out. */
  field: EntryField | undefined;
}

const NAMES: Readonly<Record<Exclude<EntryField, "value" | "area">, string>> = {
  from: "from fromtime start startdate validfrom since",
  until: "until untiltime till to end enddate expires expiry expirydate validuntil",
  reason: "reason why comment comments note notes source",
  do_not_contact:
    "donotcontact donotcall donotemail donotmail donottext donotsms dnc optout optedout unsubscribe unsubscribed suppress suppressed blocked blacklisted",
  consent: "consent hasconsent optin optedin subscribed maycontact contactable permission",
};
const named = new Map(
  Object.entries(NAMES).flatMap(([field, names]) =>
    names.split(" ").map((name): [string, EntryField] => [name, field as EntryField]),
  ),
);
const VALUE_NAMES = new Set("value values entry entries number numbers contactinfo".split(" "));

/** Names by which a mapping may call a column of values. */
const VALUE_ALIASES = /^(?:value|device(?:10|[1-9])?|phone|email|client_id)$/;

/** The field that a header is usually the name of. */
function guessedField(header: string, kind: SuppressionKind): EntryField | undefined {
  if (isValueName(header, kind)) return "value";
  return named.get(keyOf(header)) ?? (isRefusal(header) ? "do_not_contact" : undefined);
}

/** Whether a header marks those who must not be contacted: `is_opted_out`, `Email Opt Out`, `dnc_flag`, `no_sms`. The date of an opt-out does not. */
function isRefusal(header: string): boolean {
  const said = wordsOf(header).join(" ");
  return REFUSAL.test(said) && !/\b(?:date|time|at|on|by|reason|source|ip|url|link|count)\b/.test(said);
}

const REFUSAL =
  /\b(?:opt(?:ed)? ?out|optedout|unsubscribed?|dnc|dnd|do ?not ?(?:contact|call|e?mail|text|sms|phone|disturb|market)|no (?:contact|calls?|sms|emails?|texts?|phone|marketing)|suppress(?:ed)?|block(?:ed|list|listed)|blacklist(?:ed)?)\b/;

function isValueName(header: string, kind: SuppressionKind): boolean {
  const key = keyOf(header);
  if (kind === SuppressionKind.SUPPRESSION_KIND_CLIENT_ID) {
    const target = textTarget(key);
    return key === "value" || (target?.kind === "text" && target.field === "client_id");
  }
  return VALUE_NAMES.has(key) || isDeviceName(header) || numberedTarget(key)?.kind === "device";
}

/** Decides for each header. Refuses a file without a column of values, and says which columns it has and what would be right. */
export function mapEntryColumns(
  headers: readonly string[],
  kind: SuppressionKind,
  told: ReadonlyMap<string, string>,
): EntryColumn[] {
  for (const header of told.keys()) requireHeader(headers, header);
  const columns = headers.map((header): EntryColumn => {
    const field = told.get(header);
    return { header, field: field === undefined ? guessedField(header, kind) : explicitField(header, field) };
  });
  onlyOneAddress(columns, told, kind);
  if (kind !== SuppressionKind.SUPPRESSION_KIND_CLIENT_ID) guessParts(columns, told);
  return columns;
}

/** Finds columns of area codes, if there are numbers to which they may belong. */
function guessParts(columns: EntryColumn[], told: ReadonlyMap<string, string>): void {
  const open = columns.filter(({ header, field }) => field === undefined && !told.has(header));
  const partOf = ({ header }: EntryColumn) => deviceHeader(header)?.part;
  if (isOfParts(columns.map(({ header }) => header)) && columns.every(({ field }) => field !== "value")) {
    for (const column of open) if (partOf(column) === "line") column.field = "value";
  }
  if (columns.every(({ field }) => field !== "value")) return;
  for (const column of open) {
    const part = partOf(column);
    if (part === "area" || part === "calling_code") column.field = "area";
  }
}

/** Decides which codes stand before the values of which column. */
export function partsOfValues(columns: readonly EntryColumn[]): Map<number, NumberPart[]> {
  const places = (wanted: EntryField) => columns.flatMap(({ field }, at) => (field === wanted ? [at] : []));
  const isOfMail = (at: number) => /mail/i.test(columns[at]?.header ?? "");
  const numbers = places("value").filter((at) => !isOfMail(at));
  return partsOfNumbers(
    columns.map(({ header }) => header),
    numbers,
    places("area"),
  );
}

/** A column named "address" usually holds streets. If nothing else in the file could be a value, it holds email addresses. */
function onlyOneAddress(columns: EntryColumn[], told: ReadonlyMap<string, string>, kind: SuppressionKind): void {
  if (kind === SuppressionKind.SUPPRESSION_KIND_CLIENT_ID || columns.some(({ field }) => field === "value")) return;
  const others = columns.filter(({ header, field }) => field === undefined && header !== "");
  const [only] = others;
  if (only && others.length === 1 && keyOf(only.header) === "address" && !told.has(only.header)) only.field = "value";
}

function explicitField(header: string, field: string): EntryField | undefined {
  if (field === "") return undefined;
  const known = VALUE_ALIASES.test(field) ? "value" : ENTRY_FIELDS.find((name) => name === field);
  if (known) return known;
  throw new FileFault(
    "mapping",
    `${JSON.stringify(clip(field))} is no field of an entry: use ${ENTRY_FIELDS.join(", ")}, or nothing to leave the column out.`,
    { header },
  );
}

/**
 * Rates a row as the header: the number of columns it names, or 0 if none of them holds values. A row with a device is an entry, and in
 * a list of client ids any row may be one. No header comes after an entry: -1.
 */
export function entryHeaderRating(
  cells: readonly string[],
  kind: SuppressionKind,
  told: ReadonlyMap<string, string>,
): number {
  const isOfClients = kind === SuppressionKind.SUPPRESSION_KIND_CLIENT_ID;
  if (told.size > 0 && [...told.keys()].every((header) => cells.includes(header))) return MOST_COLUMNS;
  if (!isOfClients && cells.some((cell) => looksLikeDevice(cell) && !isDated(cell))) return -1;
  const known = told.size > 0 ? [] : mapEntryColumns(cells, kind, told).filter(({ field }) => field !== undefined);
  if (known.some(({ field }) => field === "value")) return known.length;
  return isOfClients ? -1 : 0;
}

const MOST_COLUMNS = 1_000;

/**
 * The columns of a file without a header, by its first row: one value a line, or the parts of a number as registries write them
 * (`212,5550123`). Undefined when the row must be a header, although none of its names is known.
 */
export function bareColumns(row: readonly string[], kind: SuppressionKind, region: string): EntryColumn[] | undefined {
  const value: EntryColumn = { header: "", field: "value" };
  const isOfClients = kind === SuppressionKind.SUPPRESSION_KIND_CLIENT_ID;
  if (row.length === 1) return isOfClients || /@|\d.*\d.*\d/s.test((row[0] ?? "").slice(0, 64)) ? [value] : undefined;
  const isInParts =
    !isOfClients && row.length <= MOST_PARTS && row.every((cell) => /^[+(]*\d{1,10}[\d).\s-]{0,6}$/.test(cell));
  if (!isInParts || row.some((cell) => normalisePhone(cell, region).fault === undefined)) return undefined;
  if (normalisePhone(row.map((cell) => cell.replaceAll(/\D/g, "")).join(""), region).fault !== undefined)
    return undefined;
  return row.map((_, at) => (at === row.length - 1 ? value : { header: "", field: "area" }));
}

/** Country code, area code, exchange and line. */
const MOST_PARTS = 4;

/** Refuses a file without a column of values as a whole, instead of rejecting each row. */
export function refuseWithoutValue(columns: readonly EntryColumn[], kind: SuppressionKind): void {
  if (columns.some(({ field }) => field === "value")) return;
  const isClients = kind === SuppressionKind.SUPPRESSION_KIND_CLIENT_ID;
  const what = isClients ? "client ids" : "phone numbers or email addresses";
  const names = isClients ? "client_id, customer_no, account or value" : "phone, mobile, email, device1 or value";
  const some = columns
    .slice(0, 20)
    .map(({ header }) => JSON.stringify(clip(header)))
    .join(", ");
  throw new FileFault(
    "mapping",
    `No column is known to hold ${what}. The first line must name the columns; it has ${some}${columns.length > 20 ? ", …" : ""}. Name one ${names}, or map it: ${JSON.stringify(`${clip(columns[0]?.header ?? "")}=value`)}.`,
  );
}

/** Header → field of those columns that are read. */
export const shownEntryMapping = (columns: readonly EntryColumn[]): Record<string, string> =>
  Object.fromEntries(columns.flatMap(({ header, field }) => (field ? [[header, field]] : [])));
