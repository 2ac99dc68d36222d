/** Which column of a file goes where: as told, else guessed from the usual names of headers. */
import { FileFault } from "./problem.ts";

/** Where one column goes. */
export type Target =
  | { kind: "text"; field: TextField }
  | { kind: "device"; index: number; type: number }
  | { kind: "device_type"; index: number }
  | { kind: "own"; name: string };

export type TextField = (typeof TEXT_FIELDS)[number];

const TEXT_FIELDS = [
  "client_id",
  "first_name",
  "last_name",
  "company",
  "postal_code",
  "state",
  "country",
  "zone",
] as const;

/** One column: its header and its target; undefined when it is left out. */
export interface Column {
  header: string;
  target: Target | undefined;
}

const MOST_DEVICES = 10;
const MOST_OWN_FIELDS = 100;
const OWN_NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** Codes of ContactInfoType. */
const TYPES = { unknown: 0, home: 1, business: 2, mobile: 4, vacation: 5, pager: 6, email: 10 } as const;

/** What a mapping says, `<header>=<field>` each; `<header>=` leaves the column out. */
export function readMapping(mapping: readonly string[]): Map<string, string> {
  const told = new Map<string, string>();
  for (const entry of mapping) {
    const at = entry.lastIndexOf("=");
    if (at < 1)
      throw new FileFault(
        "mapping",
        `Mapping ${JSON.stringify(clip(entry))} must be written <header>=<field>, such as Cell=device1.`,
      );
    const header = entry.slice(0, at).trim();
    if (told.has(header))
      throw new FileFault("mapping", `The mapping names the column ${JSON.stringify(clip(header))} twice.`, { header });
    told.set(header, entry.slice(at + 1).trim());
  }
  return told;
}

/** Decides for each header of a list of contacts. */
export function mapColumns(headers: readonly string[], told: ReadonlyMap<string, string>): Column[] {
  for (const header of told.keys()) requireHeader(headers, header);
  const columns = headers.map((header): Column => {
    const field = told.get(header);
    return { header, target: field === undefined ? undefined : explicitTarget(header, field) };
  });
  guessOthers(columns, told);
  refuseTwice(columns);
  return columns;
}

/** Whether a field is one that every record has, and not the tenant's own. */
export const isStandardField = (name: string): boolean =>
  TEXT_FIELDS.some((field) => field === name) || /^device\d+(_type)?$/.test(name);

/** The field of a target, as a mapping writes it. */
export function fieldOf(target: Target): string {
  if (target.kind === "text") return target.field;
  if (target.kind === "own") return target.name;
  return target.kind === "device" ? `device${target.index}` : `device${target.index}_type`;
}

/** Header → field of those columns that are not left out. */
export const shownMapping = (columns: readonly Column[]): Record<string, string> =>
  Object.fromEntries(columns.flatMap(({ header, target }) => (target ? [[header, fieldOf(target)]] : [])));

function requireHeader(headers: readonly string[], header: string): void {
  const found = headers.filter((one) => one === header).length;
  if (found === 0) {
    const some = headers
      .slice(0, 20)
      .map((one) => JSON.stringify(clip(one)))
      .join(", ");
    throw new FileFault(
      "mapping",
      `The mapping names the column ${JSON.stringify(clip(header))}, which the file does not have. Its columns: ${some}${headers.length > 20 ? ", …" : ""}.`,
      { header },
    );
  }
  if (found > 1)
    throw new FileFault(
      "mapping",
      `The file has ${found} columns named ${JSON.stringify(clip(header))}, so that the mapping does not tell which one is meant.`,
      { header },
    );
}

/** The target that a mapping names; undefined for one that is left out. */
function explicitTarget(header: string, field: string): Target | undefined {
  if (field === "") return undefined;
  const known = TEXT_FIELDS.find((name) => name === field);
  if (known) return { kind: "text", field: known };
  const device = /^device(\d+)(_type)?$/.exec(field);
  if (device) {
    const index = Number(device[1]);
    if (index < 1 || index > MOST_DEVICES)
      throw new FileFault("mapping", `There is no field ${field}; devices are device1 to device${MOST_DEVICES}.`, {
        header,
      });
    return device[2] ? { kind: "device_type", index } : { kind: "device", index, type: guessedType(keyOf(header)) };
  }
  if (OWN_NAME.test(field) && hasMeaning(field)) {
    throw new FileFault(
      "mapping",
      `A field of your own cannot be named ${field}: a column of that name is read as something else. Choose another name.`,
      { header },
    );
  }
  if (OWN_NAME.test(field)) return { kind: "own", name: field };
  throw new FileFault(
    "mapping",
    `${JSON.stringify(clip(field))} is no field: use one of ${TEXT_FIELDS.join(", ")}, device1 to device10, device1_type to device10_type, or a name of your own of letters, digits and underscores, up to 64, beginning with a letter.`,
    { header },
  );
}

function guessOthers(columns: Column[], told: ReadonlyMap<string, string>): void {
  const taken = new Set(columns.flatMap(({ target }) => (target ? [fieldOf(target)] : [])));
  const open = columns.filter(({ header }) => !told.has(header) && header !== "");
  const give = (column: Column, target: Target) => {
    if (taken.has(fieldOf(target))) return;
    taken.add(fieldOf(target));
    column.target = target;
  };
  for (const column of open) {
    const target = numberedTarget(keyOf(column.header)) ?? textTarget(keyOf(column.header));
    if (target) give(column, target);
  }
  for (const column of open.filter(({ target, header }) => !target && isDeviceName(keyOf(header)))) {
    const index = nextDevice(taken);
    if (index) give(column, { kind: "device", index, type: guessedType(keyOf(column.header)) });
  }
  let own = columns.filter(({ target }) => target?.kind === "own").length;
  for (const column of open.filter(({ target }) => !target)) {
    const name = ownName(column.header);
    if (own >= MOST_OWN_FIELDS || !OWN_NAME.test(name) || taken.has(name) || hasMeaning(name)) continue;
    give(column, { kind: "own", name });
    own += 1;
  }
}

/** Lower case, letters and digits alone. */
const keyOf = (header: string) => header.toLowerCase().replaceAll(/[^a-z0-9]/g, "");

const ownName = (header: string) =>
  header
    .trim()
    .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_+|_+$/g, "");

const NAMES: Readonly<Record<TextField, string>> = {
  client_id:
    "clientid client clientno clientnumber customerid customerno customernumber customer custid custno account accountid accountno accountnumber acct acctno contactid externalid recordid id",
  first_name: "firstname first fname givenname forename",
  last_name: "lastname last lname surname familyname",
  company: "company companyname organization organisation employer business businessname",
  postal_code: "postalcode postcode zip zipcode plz",
  state: "state statecode province region stateprovince",
  country: "country countrycode countryiso",
  zone: "timezone timezoneoverride tz zone",
};

const textFields = new Map(
  Object.entries(NAMES).flatMap(([field, names]) =>
    names.split(" ").map((name): [string, TextField] => [name, field as TextField]),
  ),
);

const textTarget = (key: string): Target | undefined => {
  const field = textFields.get(key);
  return field && { kind: "text", field };
};

/** `device3`, `Device 3 Type`, `Phone3Type`. */
function numberedTarget(key: string): Target | undefined {
  const match = /^(?:device|phone|contactinfo)(\d+)(type)?$/.exec(key);
  const index = Number(match?.[1]);
  if (!match || index < 1 || index > MOST_DEVICES) return undefined;
  if (match[2]) return { kind: "device_type", index };
  return key.startsWith("phone") ? undefined : { kind: "device", index, type: TYPES.unknown };
}

const DEVICE_NAME =
  /^(?:(?:primary|secondary|alt|alternate|other|contact|main)?(?:phone|telephone|tel|mobile|cell|cellular|handset|landline|sms|pager|email|emailaddress|mail|eaddress|device)(?:phone|telephone|number|no|address)?\d{0,2}|(?:home|work|business|office|day|daytime|evening|vacation|direct|private|personal)(?:phone|telephone|tel|number|no|email|mobile|cell|line)\d{0,2}|msisdn|phonenum|phonenumber\d{0,2})$/;

/** Whether a header of this name would be guessed to be more than a field of one's own; such a name could not be exported and read again. */
function hasMeaning(name: string): boolean {
  const key = keyOf(name);
  return textTarget(key) !== undefined || numberedTarget(key) !== undefined || isDeviceName(key);
}

const isDeviceName = (key: string) => DEVICE_NAME.test(key);

function guessedType(key: string): number {
  if (/mail|eaddress/.test(key)) return TYPES.email;
  if (/mobile|cell|handset|sms|msisdn/.test(key)) return TYPES.mobile;
  if (/home|private|landline|evening/.test(key)) return TYPES.home;
  if (/work|business|office|direct|day/.test(key)) return TYPES.business;
  if (/pager/.test(key)) return TYPES.pager;
  return /vacation/.test(key) ? TYPES.vacation : TYPES.unknown;
}

const TYPE_NAMES: Readonly<Record<string, number>> = {
  home: 1, homephone: 1, landline: 1, business: 2, work: 2, office: 2, directbusinessphone: 2, businesswithextension: 3, businesswithext: 3,
  mobile: 4, cell: 4, cellphone: 4, mobilephone: 4, vacation: 5, vacationphone: 5, pager: 6, modem: 7, fax: 7, voicemail: 8, pinpager: 9,
  email: 10, mail: 10,
}; // prettier-ignore

/** A device's type as a file writes it: its code or its name. Undefined when it is neither. */
export function typeNamed(text: string): number | undefined {
  if (/^\d{1,2}$/.test(text)) return Number(text) <= 10 ? Number(text) : undefined;
  return TYPE_NAMES[keyOf(text)];
}

function nextDevice(taken: ReadonlySet<string>): number | undefined {
  for (let index = 1; index <= MOST_DEVICES; index += 1) if (!taken.has(`device${index}`)) return index;
  return undefined;
}

function refuseTwice(columns: readonly Column[]): void {
  const seen = new Map<string, string>();
  for (const { header, target } of columns) {
    if (!target) continue;
    const field = fieldOf(target);
    const other = seen.get(field);
    if (other !== undefined)
      throw new FileFault(
        "mapping",
        `The columns ${JSON.stringify(clip(other))} and ${JSON.stringify(clip(header))} both map to ${field}.`,
        { header },
      );
    seen.set(field, header);
  }
  if (columns.filter(({ target }) => target?.kind === "own").length > MOST_OWN_FIELDS) {
    throw new FileFault("mapping", `More than ${MOST_OWN_FIELDS} columns map to fields of your own.`);
  }
}

/** Refuses a file of which no row could become a record. A preview shows its columns nonetheless, so that the mapping can be put right. */
export function refuseWithoutDevice(columns: readonly Column[]): void {
  if (columns.some(({ target }) => target?.kind === "device")) return;
  const some = columns
    .slice(0, 20)
    .map(({ header }) => JSON.stringify(clip(header)))
    .join(", ");
  throw new FileFault(
    "mapping",
    `No column maps to a phone number or email address. The first line must name the columns; it has ${some}. Map one, such as Cell=device1.`,
  );
}

const clip = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
