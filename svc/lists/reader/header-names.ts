/** What the usual headers of contact files mean. */

/** Where one column goes. */
export type Target =
  | { kind: "text"; field: TextField }
  | { kind: "device"; index: number; type: number }
  | { kind: "device_type"; index: number }
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

/** Whether a field is one that every record has, and not the tenant's own. */
export const isStandardField = (name: string): boolean =>
  TEXT_FIELDS.some((field) => field === name) || /^device\d+(_type)?$/.test(name);

/** Lower case, letters and digits alone. */
export const keyOf = (header: string) => header.toLowerCase().replaceAll(/[^a-z0-9]/g, "");

/** Codes of ContactInfoType. */
const TYPES = { unknown: 0, home: 1, business: 2, mobile: 4, vacation: 5, pager: 6, email: 10 } as const;

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

export const textTarget = (key: string): Target | undefined => {
  const field = textFields.get(key);
  return field && { kind: "text", field };
};

/** `device3`, `Device 3 Type`, `Phone3Type`. */
export function numberedTarget(key: string): Target | undefined {
  const match = /^(?:device|phone|contactinfo)(\d+)(type)?$/.exec(key);
  const index = Number(match?.[1]);
  if (!match || index < 1 || index > MOST_DEVICES) return undefined;
  if (match[2]) return { kind: "device_type", index };
  return key.startsWith("phone") ? undefined : { kind: "device", index, type: TYPES.unknown };
}

const DEVICE_NAME =
  /^(?:(?:primary|secondary|alt|alternate|other|contact|main)?(?:phone|telephone|tel|mobile|cell|cellular|handset|landline|sms|pager|email|emailaddress|mail|eaddress|device)(?:phone|telephone|number|no|address)?\d{0,2}|(?:home|work|business|office|day|daytime|evening|vacation|direct|private|personal)(?:phone|telephone|tel|number|no|email|mobile|cell|line)\d{0,2}|msisdn|phonenum|phonenumber\d{0,2})$/;

/** Whether a header of this name would be guessed to be more than a field of one's own; such a name could not be exported and read again. */
export function hasMeaning(name: string): boolean {
  const key = keyOf(name);
  return textTarget(key) !== undefined || numberedTarget(key) !== undefined || isDeviceName(key);
}

export const isDeviceName = (key: string) => DEVICE_NAME.test(key);

export function guessedType(key: string): number {
  if (/mail|eaddress/.test(key)) return TYPES.email;
  if (/mobile|cell|handset|sms|msisdn/.test(key)) return TYPES.mobile;
  if (/home|private|landline|evening/.test(key)) return TYPES.home;
  if (/work|business|office|direct|day/.test(key)) return TYPES.business;
  if (/pager/.test(key)) return TYPES.pager;
  return /vacation/.test(key) ? TYPES.vacation : TYPES.unknown;
}

// prettier-ignore
const TYPE_NAMES: Readonly<Record<string, number>> = {
  home: 1, homephone: 1, landline: 1, business: 2, work: 2, office: 2, directbusinessphone: 2, businesswithextension: 3, businesswithext: 3,
  mobile: 4, cell: 4, cellphone: 4, mobilephone: 4, vacation: 5, vacationphone: 5, pager: 6, modem: 7, fax: 7, voicemail: 8, pinpager: 9,
  email: 10, mail: 10,
};

/** A device's type as a file writes it: its code or its name. Undefined when it is neither. */
export function typeNamed(text: string): number | undefined {
  if (/^\d{1,2}$/.test(text)) return Number(text) <= 10 ? Number(text) : undefined;
  return TYPE_NAMES[keyOf(text)];
}

/**
 * How good a row would be as the header of a list of contacts: how many columns it names, or 0. A row with the columns that a mapping
 * names is the best. A row that holds a number or an address is none, nor is any after it: -1.
 */
export function headerRating(cells: readonly string[], told: ReadonlyMap<string, string>): number {
  if (told.size > 0 && [...told.keys()].every((header) => cells.includes(header))) return MOST_COLUMNS;
  if (cells.some((cell) => looksLikeDevice(cell))) return -1;
  if (told.size > 0) return 0;
  const keys = cells.map(keyOf);
  return keys.some(isDeviceName) ? keys.filter((key) => hasMeaning(key)).length : 0;
}

const MOST_COLUMNS = 1_000;

/** Whether a text may be meant to be a number or an address. */
export const looksLikeDevice = (text: string): boolean => {
  const begin = text.slice(0, 64);
  return begin.includes("@") || begin.replaceAll(/\D/g, "").length >= 7;
};
