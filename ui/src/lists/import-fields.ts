import type { ImportMode, KnownRecords } from "../api/contract.ts";
import { sentence } from "../components/words.ts";

/** How a file is to be read, as far as the person said; what is empty is found out by the server. */
export interface FileReading {
  /** Corrections of the mapping: header → field, or nothing to leave the column out. */
  mapping: Readonly<Record<string, string>>;
  encoding: string;
  delimiter: string;
  /** Line of the header; 0 finds it out. */
  headerLine: number;
  defaultRegion: string;
}

/** Nothing said yet: everything is guessed. */
export const guessedReading: FileReading = {
  mapping: {},
  encoding: "",
  delimiter: "",
  headerLine: 0,
  defaultRegion: "",
};

/** The mapping as the contract takes it: `Cell=device1`. */
const mappingParameters = (mapping: FileReading["mapping"]): string[] =>
  Object.entries(mapping).map(([header, field]) => `${header}=${field}`);

/** How a file is understood, beside its columns. */
export interface FileShape {
  encoding: string;
  isEncodingGuessed: boolean;
  delimiter: string;
  headerLine: string;
}

/** The parameters of a request that say how a file is to be read. */
export const readingParameters = ({ mapping, ...reading }: FileReading) => ({
  ...reading,
  mapping: mappingParameters(mapping),
});

export const encodings = [
  "utf-8",
  "utf-16le",
  "utf-16be",
  "windows-1252",
  "macintosh",
  "windows-1250",
  "windows-1251",
  "windows-1253",
  "windows-1254",
  "windows-1255",
  "windows-1256",
  "windows-1257",
  "windows-1258",
  "windows-874",
  "iso-8859-2",
  "iso-8859-15",
  "koi8-r",
  "koi8-u",
  "ibm866",
  "x-mac-cyrillic",
  "shift_jis",
  "euc-jp",
  "iso-2022-jp",
  "gb18030",
  "big5",
  "euc-kr",
];

export const delimiters = [
  { value: ",", label: "Comma ," },
  { value: ";", label: "Semicolon ;" },
  { value: "|", label: "Bar |" },
  { value: "\t", label: "Tab" },
];

const numbers = Array.from({ length: 10 }, (_, index) => index + 1);

/** Fields that Herald knows, in the groups they are offered in. Any other name is a field of the tenant's own. */
export const knownFields = [
  { group: "Person", items: ["client_id", "first_name", "last_name", "company"] },
  { group: "Devices", items: numbers.map((number) => `device${number}`) },
  { group: "Kinds of devices", items: numbers.map((number) => `device${number}_type`) },
  { group: "Area codes before numbers", items: numbers.map((number) => `device${number}_area`) },
  { group: "Place", items: ["postal_code", "state", "country", "zone"] },
];

/** True for a name that a field may have. */
export const isFieldName = (field: string): boolean => /^\w{0,64}$/.test(field);

/** Why rows are rejected or devices dropped, as people read it. */
export const reasonLabel = (reason: string): string => reasons[reason] ?? sentence(reason);

const reasons: Readonly<Record<string, string>> = {
  duplicate_in_file: "Stands in the file twice",
  no_device: "Has no number and no address",
  column_count: "Has too many or too few columns",
  quote_misplaced: "A quote opens a cell and does not close it",
  country_unknown: "A number without a country code, in a country that is not understood",
  device_invalid: "A number or address cannot be read",
  value_rounded: "A number that a spreadsheet rounded",
  value_too_long: "A value is too long",
  zone_unknown: "The time zone is not known",
  encoding: "Holds characters of another encoding",
  fax: "A fax, by its label",
};

/** What an import does with people whom the list has already. */
export type ImportWish = "skip" | "update" | "add" | "replace";

/** The wish as the contract takes it. */
export const wishParameters = (wish: ImportWish): { mode: ImportMode; knownRecords: KnownRecords } => wishes[wish];

const wishes: Readonly<Record<ImportWish, { mode: ImportMode; knownRecords: KnownRecords }>> = {
  skip: { mode: "IMPORT_MODE_APPEND", knownRecords: "KNOWN_RECORDS_SKIP" },
  update: { mode: "IMPORT_MODE_APPEND", knownRecords: "KNOWN_RECORDS_UPDATE" },
  add: { mode: "IMPORT_MODE_APPEND", knownRecords: "KNOWN_RECORDS_ADD" },
  replace: { mode: "IMPORT_MODE_REPLACE", knownRecords: "KNOWN_RECORDS_UNSPECIFIED" },
};
