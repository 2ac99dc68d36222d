/** The cells of one row → one record, or why there is none. */
import { EMAIL_FAULTS, looksLikeEmail, normaliseEmail } from "../../lib/place/email.ts";
import { countryCode, stateCode } from "../../lib/place/names.ts";
import { isRegion, normalisePhone, PHONE_FAULTS } from "../../lib/place/phone.ts";
import { candidateZones, completePostalCode, placeOf, stateOfPostalCode } from "../../lib/place/place.ts";
import { NO_ZONES, placeZone, unionOf, type ZoneSet } from "../../lib/place/zones.ts";
import type { Column } from "./columns.ts";
import { isFax } from "./device-headers.ts";
import { devicesIn } from "./devices.ts";
import { isRounded, ROUNDED } from "./rounded.ts";
import { isAddressField, looksLikeDevice, MOST_DEVICES, type TextField, typeNamed } from "./header-names.ts";
import { joinedNumber, type NumberPart } from "./number-parts.ts";

/** A record as it is kept. */
export interface ReadRecord extends Record<Exclude<TextField, "zone">, string> {
  zone: string;
  /** Undefined when there is none. */
  fields: Record<string, string> | undefined;
  devices: ReadDevice[];
}

export interface ReadDevice {
  index: number;
  /** Code of ContactInfoType. */
  type: number;
  contactInfo: string;
  zones: ZoneSet;
}

/** Why a row is no record. */
export interface RowFault {
  reason: string;
  /** Header of the column at fault; empty when it is the row. */
  column: string;
  detail: string;
}

/** What is known beside the row. */
export interface Defaults {
  /** Country for numbers without a country code, where the row names none. */
  region: string;
  /** Zone of contacts about whom nothing else is known. */
  zone: string;
}

const LENGTHS: Readonly<Record<TextField, number>> = {
  client_id: 64,
  first_name: 64,
  last_name: 64,
  company: 64,
  postal_code: 16,
  state: 64,
  country: 64,
  zone: 64,
};
const DEVICE_INDEXES = Array.from({ length: MOST_DEVICES }, (_, i) => i + 1);
const OWN_LENGTH = 1_024;
const EMAIL = 10;

interface DeviceColumn {
  at: number;
  header: string;
  index: number;
  type: number;
  /** Where the row names the type; -1 when it does not. */
  typeAt: number;
  /** What stands before its number, in other columns. */
  parts: readonly NumberPart[];
}

interface TextColumn {
  at: number;
  header: string;
  field: TextField;
  block: string;
  most: number;
}

/** Reads rows of one file. `dropped` hears of each device that is left out of a row which has others. */
export class RecordReader {
  readonly #columns: readonly Column[];
  readonly #defaults: Defaults;
  readonly #dropped: (reason: string) => void;
  readonly #text: readonly TextColumn[];
  readonly #own: readonly { at: number; header: string; name: string }[];
  readonly #devices: readonly DeviceColumn[];

  constructor(columns: readonly Column[], defaults: Defaults, dropped: (reason: string) => void) {
    this.#columns = columns;
    this.#defaults = defaults;
    this.#dropped = dropped;
    this.#text = textColumns(columns);
    this.#own = columns.flatMap(({ header, target }, at) =>
      target?.kind === "own" ? [{ at, header, name: target.name }] : [],
    );
    const typeAt = (index: number) =>
      columns.findIndex(({ target }) => target?.kind === "device_type" && target.index === index);
    const partsOf = (index: number) =>
      columns.flatMap(({ target }, at) =>
        target?.kind === "device_area" && target.index === index ? [{ at, isCallingCode: target.isCallingCode }] : [],
      );
    this.#devices = columns
      .flatMap(({ header, target }, at) => {
        if (target?.kind !== "device") return [];
        const { index, type } = target;
        return [{ at, header, index, type, typeAt: typeAt(index), parts: partsOf(index) }];
      })
      .sort((a, b) => a.index - b.index);
  }

  read(cells: readonly string[]): ReadRecord | RowFault {
    if (!this.#fits(cells)) return this.#wrongCount(cells.length);
    const record: ReadRecord = {
      client_id: "",
      first_name: "",
      last_name: "",
      company: "",
      postal_code: "",
      state: "",
      country: "",
      zone: "",
      fields: undefined,
      devices: [],
    };
    let address: string | undefined;
    for (const { at, header, field, block, most } of this.#text) {
      const value = (cells[at] ?? "").trim();
      if (value === "") continue;
      // A person's address is the first that the row has, and whole: no state of the one beside the code of the other.
      if (isAddressField(field) && block !== (address ??= block)) continue;
      if (value.length > most) return tooLong(header, most, value.length);
      if (field === "client_id" && isRounded(value))
        return { reason: "value_rounded", column: header, detail: ROUNDED };
      record[field] = value;
    }
    const written = record.country;
    const hasZone = record.zone !== "";
    const fault = this.#ownFields(cells, record);
    if (fault) return fault;
    place(record, this.#defaults.region);
    if (hasZone && record.zone === "") this.#dropped("zone_unknown");
    return this.#readDevices(cells, record, written !== "" && !isRegion(record.country));
  }

  /**
   * Whether a row over several lines is none: its lines are rows by themselves, of which a stray quote made one. A line is a row when it
   * has all columns and a device where they have one. The first line may lack its device; where it lacks columns, a device within the
   * quotes tells that it was a row.
   */
  swallows(cells: readonly string[], [first = [], ...others]: readonly (readonly string[])[]): boolean {
    if (!this.#fits(cells)) return true;
    const opens = cells.findIndex((cell) => cell.includes("\n"));
    const later = this.#devices.filter(({ at }) => at >= opens);
    const isBare = later.every(({ at }) => (first[at] ?? "").trim() === "");
    const isWhole = this.#areAll(first) && (isBare || later.some(({ at }) => this.#isDeviceAt(first, at)));
    if (!isWhole && !first.slice(opens).some(looksLikeDevice)) return false;
    return others.some((line) => this.#areAll(line) && this.#devices.some(({ at }) => this.#isDeviceAt(line, at)));
  }

  #areAll(line: readonly string[]): boolean {
    return line.length >= this.#columns.length;
  }

  /** A separator too many may have moved the device to the right. */
  #isDeviceAt(line: readonly string[], at: number): boolean {
    const moved = at + line.length - this.#columns.length;
    const parts = this.#devices.find((device) => device.at === at)?.parts ?? [];
    const codes = parts.map((part) => line[part.at] ?? "").join("");
    return looksLikeDevice(codes + (line[at] ?? "")) || looksLikeDevice(line[moved] ?? "");
  }

  #fits(cells: readonly string[]): boolean {
    const count = this.#columns.length;
    return cells.length === count || (cells.length > count && cells.slice(count).every((cell) => cell.trim() === ""));
  }

  #ownFields(cells: readonly string[], record: ReadRecord): RowFault | undefined {
    for (const { at, header, name } of this.#own) {
      const value = (cells[at] ?? "").trim();
      if (value === "") continue;
      if (value.length > OWN_LENGTH) return tooLong(header, OWN_LENGTH, value.length);
      (record.fields ??= {})[name] = value;
    }
    return undefined;
  }

  /**
   * Reads the devices. A country that is written and not understood explains no number: without it a number of Istanbul would be dialed
   * in New York.
   */
  #readDevices(cells: readonly string[], record: ReadRecord, isAbroad: boolean): ReadRecord | RowFault {
    const region = isRegion(record.country) ? record.country : isAbroad ? NO_REGION : this.#defaults.region;
    const faults: RowFault[] = [];
    for (const { text, column } of this.#texts(cells, region)) {
      if (!looksLikeEmail(text) && isFax(labelOf(cells, column))) {
        this.#dropped("fax");
        continue;
      }
      const read = this.#readDevice(text, column, region);
      if (read.fault !== undefined) faults.push({ reason: reasonOf(read), column: column.header, detail: read.detail });
      else if (record.devices.some(({ contactInfo }) => contactInfo === read.contactInfo))
        this.#dropped("duplicate_in_row");
      else
        record.devices.push({
          index: column.index,
          type: typeOf(cells, column, read.contactInfo),
          contactInfo: read.contactInfo,
          zones: NO_ZONES,
        });
    }
    if (record.devices.length === 0) return faults[0] ?? noDevice;
    for (const { reason } of faults) this.#dropped(reason);
    this.#locate(record, region === NO_REGION ? "" : region);
    return record;
  }

  /** The devices that the row names: of a cell with several the first in its column's place, each other in the next that is free. */
  #texts(cells: readonly string[], region: string): { text: string; column: DeviceColumn }[] {
    const texts: { text: string; column: DeviceColumn }[] = [];
    const more: { text: string; column: DeviceColumn }[] = [];
    for (const column of this.#devices) {
      const [text = "", ...others] = this.#devicesOf(cells, column, region);
      if (text === "") continue;
      texts.push({ text, column });
      for (const other of others) more.push({ text: other, column });
    }
    if (more.length === 0) return texts;
    const free = DEVICE_INDEXES.filter((index) => this.#devices.every((column) => column.index !== index));
    for (const { text, column } of more) {
      const index = free.shift();
      if (index === undefined) this.#dropped("too_many_devices");
      else texts.push({ text, column: { ...column, index } });
    }
    return texts.sort((one, other) => one.column.index - other.column.index);
  }

  /** What the column's cell names, each with the codes that stand before it in other columns. */
  #devicesOf(cells: readonly string[], { at, parts }: DeviceColumn, region: string): string[] {
    const devices = devicesIn((cells[at] ?? "").trim());
    if (parts.length === 0) return devices;
    const faultOf = (number: string) => normalisePhone(number, region).fault;
    return devices.map((device) => joinedNumber(cells, parts, device, faultOf));
  }

  #readDevice(
    text: string,
    column: DeviceColumn,
    region: string,
  ): { contactInfo: string; fault?: undefined } | { fault: string; detail: string } {
    if (looksLikeEmail(text) || column.type === EMAIL) {
      const { address, fault } = normaliseEmail(text);
      return fault === undefined ? { contactInfo: address } : { fault, detail: EMAIL_FAULTS[fault] };
    }
    if (region === NO_REGION) return readAbroad(text);
    const first = normalisePhone(text, region);
    // A row's own country explains its numbers better than the file's; where it does not, the file's still may.
    const read =
      first.fault !== undefined && region !== this.#defaults.region
        ? normalisePhone(text, this.#defaults.region)
        : first;
    return read.fault === undefined
      ? { contactInfo: read.e164 }
      : { fault: read.fault, detail: PHONE_FAULTS[read.fault] };
  }

  /** Gives each device its candidate zones. An address knows no place: it may be wherever the person's numbers may be. */
  #locate(record: ReadRecord, region: string): void {
    const { zone, country, state, postal_code: postalCode, devices } = record;
    const isPlaced = country !== "" || state !== "" || postalCode !== "";
    const address = isPlaced ? { country: country || region, state, postalCode } : NOWHERE;
    let ofNumbers = NO_ZONES;
    for (const device of devices) {
      if (looksLikeEmail(device.contactInfo)) continue;
      device.zones = candidateZones({
        zone,
        address,
        phone: placeOf(device.contactInfo),
        otherwise: this.#defaults.zone,
      });
      ofNumbers = unionOf(ofNumbers, device.zones);
    }
    for (const device of devices) {
      if (device.zones.length > 0) continue;
      const isKnown = zone !== "" || isPlaced || ofNumbers.length === 0;
      device.zones = isKnown
        ? candidateZones({ zone, address, phone: undefined, otherwise: this.#defaults.zone })
        : ofNumbers;
    }
  }

  #wrongCount(count: number): RowFault {
    const expected = this.#columns.length;
    return {
      reason: "column_count",
      column: "",
      detail: `The row has ${count} columns; the header has ${expected}. Quote cells that hold the separator.`,
    };
  }
}

/** Stands for a country that is written and not understood. */
const NO_REGION = "?";

/** A number of which only its own country code tells the country. */
function readAbroad(text: string): { contactInfo: string; fault?: undefined } | { fault: string; detail: string } {
  const { e164, fault } = normalisePhone(text, NO_REGION);
  if (fault === undefined) return { contactInfo: e164 };
  const isNational = fault === "country_unknown" && !text.startsWith("+");
  return { fault, detail: isNational ? COUNTRY_NOT_UNDERSTOOD : PHONE_FAULTS[fault] };
}

const COUNTRY_NOT_UNDERSTOOD =
  "The row's country is not understood, so that a number without a country code may be anybody's. Write the country as a code such as DE, or the number with a plus sign and its country code.";

const NOWHERE = { country: "", state: "", postalCode: "" };

/** What people mend elsewhere than in the device has a name of its own. */
const reasonOf = ({ detail }: { detail: string }) =>
  detail === COUNTRY_NOT_UNDERSTOOD ? "country_unknown" : "device_invalid";

const noDevice: RowFault = {
  reason: "no_device",
  column: "",
  detail: "The row has neither a phone number nor an email address.",
};

/** Of a row in which a quote opens a cell and does not close it as it should. */
export const quoteMisplaced: RowFault = {
  reason: "quote_misplaced",
  column: "",
  detail:
    "A quote begins a cell and does not end it. Leave it out, or quote the whole cell and double the quotes within.",
};

const tooLong = (column: string, most: number, length: number): RowFault => ({
  reason: "value_too_long",
  column,
  detail: `It has ${length} characters; at most ${most} are kept.`,
});

/** Puts country, state and zone into the form they are kept in. */
function place(record: ReadRecord, region: string): void {
  if (record.country !== "") record.country = countryCode(record.country);
  if (record.state !== "") record.state = stateCode(record.country, record.state);
  const country = record.country || region;
  if (record.postal_code !== "") record.postal_code = completePostalCode(country, record.postal_code);
  if (record.state === "" && record.postal_code !== "")
    record.state = stateOfPostalCode(record.country, record.postal_code);
  // A zone that is not understood costs the zone, not the contact: number and address tell where it may be.
  if (record.zone !== "") record.zone = placeZone(record.zone) ?? "";
}

/** The type that the row names, else that of the header; what is an address is an email whatever they say. */
function typeOf(cells: readonly string[], column: DeviceColumn, contactInfo: string): number {
  if (looksLikeEmail(contactInfo)) return EMAIL;
  const { type } = column;
  const named = typeNamed(labelOf(cells, column));
  return named === undefined || named === EMAIL ? type : named;
}

const labelOf = (cells: readonly string[], { typeAt }: DeviceColumn) =>
  typeAt < 0 ? "" : (cells[typeAt] ?? "").trim();

/** Fields of an address stand together, those of the address that the file names first before others. */
function textColumns(columns: readonly Column[]): TextColumn[] {
  const text = columns.flatMap(({ header, target }, at) =>
    target?.kind === "text"
      ? [{ at, header, field: target.field, block: target.block, most: LENGTHS[target.field] }]
      : [],
  );
  const blocks = text.filter(({ field }) => isAddressField(field)).map(({ block }) => block);
  const order = ({ field, block }: TextColumn) => (isAddressField(field) ? blocks.indexOf(block) : -1);
  return text.sort((one, other) => order(one) - order(other));
}

/** Tells a fault from a record. */
export const isFault = (read: ReadRecord | RowFault): read is RowFault => "reason" in read;
