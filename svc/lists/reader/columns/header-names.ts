/** What the usual headers of contact files mean. */
import { deviceHeader, isFax, wordsOf } from "./device-headers.ts";

/** Where one column goes. */
export type ColumnTarget =
  /** `block` names one of a person's addresses. All fields are taken from the first address that a row has. */
  | { kind: "text"; field: TextField; block: string }
  | { kind: "device"; index: number; type: number }
  | { kind: "device_type"; index: number }
  /** A code before a number: an area code or a country code. */
  | { kind: "device_area"; index: number; isCallingCode: boolean }
  | { kind: "own"; name: string };

export type TextField = (typeof TEXT_FIELDS)[number];

export const TEXT_FIELDS = [
  "client_id",
  "first_name",
  "last_name",
  "company",
  "postal_code",
  "state",
  "country",
  "zone",
] as const;

export const MOST_DEVICES = 10;

/** Whether every record has this field, so that it is not one of the tenant's own. */
export const isStandardField = (name: string): boolean =>
  TEXT_FIELDS.some((field) => field === name) || /^device\d+(?:_type|_area)?$/.test(name);

/** Lower case, with only letters and digits. */
export const keyOf = (header: string) => header.toLowerCase().replaceAll(/[^a-z0-9]/g, "");

/** Codes of ContactInfoType. */
const TYPES = { unknown: 0, home: 1, business: 2, mobile: 4, vacation: 5, pager: 6, email: 10 } as const;

const NAMES: Readonly<Record<TextField, string>> = {
  client_id:
    "clientid client clientno clientnumber customerid customerno customernumber customer custid custno account accountid accountno accountnumber acct acctno contactid externalid recordid id",
  first_name: "firstname first fname givenname forename",
  last_name: "lastname last lname surname familyname",
  company:
    "company companyname organization organisation organizationname organization1name organisationname employer business businessname",
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

/** Address books have several addresses and write which one before each field: `Business Postal Code`, `Address 1 - Region`. */
const BLOCK = /^(address\d|home|business|work|other|mailing|billing|shipping|primary|postal)(.+)$/;
/** More names that address books use for fields of addresses. */
const OF_ADDRESSES: Readonly<Record<string, TextField>> = {
  countryregion: "country",
  zippostalcode: "postal_code",
  postalcodezip: "postal_code",
};

export function textTarget(key: string): ColumnTarget | undefined {
  const field = textFields.get(key);
  if (field) return { kind: "text", field, block: "" };
  const [, block = "", name = ""] = BLOCK.exec(key) ?? [];
  const placed = OF_ADDRESSES[name] ?? textFields.get(name);
  return placed && isAddressField(placed) ? { kind: "text", field: placed, block } : undefined;
}

/** Whether a field is part of an address. */
export const isAddressField = (field: TextField): boolean =>
  field === "postal_code" || field === "state" || field === "country";

/** `device3`, `Device 3 Type`, `Phone3Type`. */
export function numberedTarget(key: string): ColumnTarget | undefined {
  const match = /^(?:device|phone|contactinfo)(\d+)(type)?$/.exec(key);
  const index = Number(match?.[1]);
  if (!match || index < 1 || index > MOST_DEVICES) return undefined;
  if (match[2]) return { kind: "device_type", index };
  return key.startsWith("phone") ? undefined : { kind: "device", index, type: TYPES.unknown };
}

const GLUED_NAME =
  /^(?:(?:primary|secondary|alt|alternate|other|contact|main)?(?:phone|telephone|tel|mobile|cell|cellular|handset|landline|sms|pager|email|emailaddress|mail|eaddress|device)(?:phone|telephone|number|no|address)?\d{0,2}|(?:home|work|business|office|day|daytime|evening|vacation|direct|private|personal)(?:phone|telephone|tel|number|no|email|mobile|cell|line)\d{0,2}|msisdn|phonenum|phonenumber\d{0,2})$/;

/** Whether a header of this name has a meaning. A tenant's own field cannot have such a name: an export could not be read again. */
export const hasMeaning = (name: string): boolean =>
  textTarget(keyOf(name)) !== undefined || numberedTarget(keyOf(name)) !== undefined || isDeviceName(name);

/** Whether a header names a column of numbers or addresses. */
export const isDeviceName = (header: string): boolean =>
  !isFax(header) && (GLUED_NAME.test(keyOf(header)) || deviceHeader(header)?.part === "device");

/** The type of device that a header or a label names. */
export function guessedType(text: string): number {
  const key = wordsOf(text).join("");
  if (/mail|eaddress|courriel|correo/.test(key)) return TYPES.email;
  if (/pager/.test(key)) return TYPES.pager;
  if (/mobi|cell|celu|movil|handset|sms|msisdn|iphone|whatsapp/.test(key)) return TYPES.mobile;
  if (/home|privat|landline|evening|domicile|casa/.test(key)) return TYPES.home;
  if (/work|business|office|direct|day|dienst|geschaft|bureau|trabajo|oficina/.test(key)) return TYPES.business;
  return /vacation/.test(key) ? TYPES.vacation : TYPES.unknown;
}

// prettier-ignore
const TYPE_NAMES: Readonly<Record<string, number>> = {
  home: 1, homephone: 1, landline: 1, business: 2, work: 2, office: 2, directbusinessphone: 2, businesswithextension: 3, businesswithext: 3,
  mobile: 4, cell: 4, cellphone: 4, mobilephone: 4, vacation: 5, vacationphone: 5, pager: 6, modem: 7, voicemail: 8, pinpager: 9,
  email: 10, mail: 10,
};

/** Reads a device's type: its code, its name, or a label such as `* Mobile`. Undefined when it is none of them. */
export function typeNamed(text: string): number | undefined {
  if (text === "") return undefined;
  if (/^\d{1,2}$/.test(text)) return Number(text) <= 10 ? Number(text) : undefined;
  return TYPE_NAMES[keyOf(text)] ?? (guessedType(text) || undefined);
}

/**
 * Rates a row as the header of a contact file: the number of columns it names. A row with the columns of the mapping is the best. A row
 * with a number or an address is data, and so is every row after it: -1.
 */
export function headerRating(cells: readonly string[], told: ReadonlyMap<string, string>): number {
  if (told.size > 0 && [...told.keys()].every((header) => cells.includes(header))) return MOST_COLUMNS;
  if (cells.some(isDevice)) return -1;
  if (told.size > 0) return 0;
  return cells.some(isDeviceName) || isOfParts(cells) ? cells.filter((cell) => hasMeaning(cell)).length || 1 : 0;
}

const MOST_COLUMNS = 1_000;

/** Whether headers name only parts of a number and no whole one: `NPA`, `NXX`, `Line`. */
export function isOfParts(headers: readonly string[]): boolean {
  const parts = new Set(headers.map((header) => deviceHeader(header)?.part));
  return parts.has("area") && parts.has("line");
}

/** Whether a text is nothing but a number or an address. Notes before the header also hold numbers: dates, and who wrote the file. */
const isDevice = (text: string): boolean =>
  looksLikeDevice(text) && !isDated(text) && /^(?:[^\s@]+@[^\s@]+|[\d+().\s/-]+)$/.test(text);

/** Whether the digits of a text are a date, as in notes before the header. */
export const isDated = (text: string): boolean =>
  /^\D*(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4})(?:[ T,]+\d{1,2}:\d{2}\D?(?:\d{2}\D*)?)?$/.test(
    text.slice(0, 64),
  );

/** Whether a text may be intended as a number or an address. */
export const looksLikeDevice = (text: string): boolean => {
  const begin = text.slice(0, 64);
  return begin.includes("@") || begin.replaceAll(/\D/g, "").length >= 7;
};
