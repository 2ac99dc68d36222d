/** Reads the devices of one row: the number or address, the type, and the zones in which each may be. */
import { EMAIL_FAULTS, looksLikeEmail, normaliseEmail } from "../../../lib/devices/email.ts";
import { isRegion, normalisePhone, PHONE_FAULTS } from "../../../lib/devices/phone.ts";
import { candidateZones, placeOf } from "../../../lib/place/place.ts";
import { NO_ZONES, unionOf } from "../../../lib/place/zones.ts";
import type { Column } from "../columns/columns.ts";
import { isFax } from "../columns/device-headers.ts";
import { devicesIn } from "../columns/devices.ts";
import { looksLikeDevice, MOST_DEVICES, typeNamed } from "../columns/header-names.ts";
import { joinedNumber, type NumberPart } from "../columns/number-parts.ts";
import type { RecordDefaults, ReadRecord, RowFault } from "./record.ts";

const DEVICE_INDEXES = Array.from({ length: MOST_DEVICES }, (_, i) => i + 1);
const EMAIL = 10;

interface DeviceColumn {
  at: number;
  header: string;
  index: number;
  type: number;
  /** Position of the type in the row; -1 when the file has none. */
  typeAt: number;
  /** Codes in other columns that stand before its number. */
  parts: readonly NumberPart[];
}

/** Reads the devices in the rows of one file. Calls `dropped` for each that is left out of a row that has others. */
export class DeviceReader {
  readonly #columns: readonly DeviceColumn[];
  readonly #count: number;
  readonly #defaults: RecordDefaults;
  readonly #dropped: (reason: string) => void;

  constructor(columns: readonly Column[], defaults: RecordDefaults, dropped: (reason: string) => void) {
    this.#columns = deviceColumns(columns);
    this.#count = columns.length;
    this.#defaults = defaults;
    this.#dropped = dropped;
  }

  /**
   * Reads the devices. If the row names a country that is not understood, the file's country does not apply either: a number in Istanbul
   * would be dialed in New York.
   */
  read(cells: readonly string[], record: ReadRecord, isAbroad: boolean): ReadRecord | RowFault {
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

  /** The devices that the row names. Of a cell with several, the first has its column's place and the others the next free places. */
  #texts(cells: readonly string[], region: string): { text: string; column: DeviceColumn }[] {
    const texts: { text: string; column: DeviceColumn }[] = [];
    const more: { text: string; column: DeviceColumn }[] = [];
    for (const column of this.#columns) {
      const [text = "", ...others] = this.#devicesOf(cells, column, region);
      if (text === "") continue;
      texts.push({ text, column });
      for (const other of others) more.push({ text: other, column });
    }
    if (more.length === 0) return texts;
    const free = DEVICE_INDEXES.filter((index) => this.#columns.every((column) => column.index !== index));
    for (const { text, column } of more) {
      const index = free.shift();
      if (index === undefined) this.#dropped("too_many_devices");
      else texts.push({ text, column: { ...column, index } });
    }
    return texts.sort((one, other) => one.column.index - other.column.index);
  }

  /** The devices in the column's cell, each with its codes from other columns. */
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
    // The row's own country is tried first, then the file's.
    const read =
      first.fault !== undefined && region !== this.#defaults.region
        ? normalisePhone(text, this.#defaults.region)
        : first;
    return read.fault === undefined
      ? { contactInfo: read.e164 }
      : { fault: read.fault, detail: PHONE_FAULTS[read.fault] };
  }

  /** Gives each device its possible zones. An email address has no place: it may be wherever the person's numbers may be. */
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

  /** Positions of the columns of devices, in the order of their places. */
  get positions(): readonly number[] {
    return this.#columns.map(({ at }) => at);
  }

  /** Whether a line has a device at a position, or one further right because of a separator too many. */
  isAt(line: readonly string[], at: number): boolean {
    const moved = at + line.length - this.#count;
    const parts = this.#columns.find((device) => device.at === at)?.parts ?? [];
    const codes = parts.map((part) => line[part.at] ?? "").join("");
    return looksLikeDevice(codes + (line[at] ?? "")) || looksLikeDevice(line[moved] ?? "");
  }
}

function deviceColumns(columns: readonly Column[]): DeviceColumn[] {
  const typeAt = (index: number) =>
    columns.findIndex(({ target }) => target?.kind === "device_type" && target.index === index);
  const partsOf = (index: number) =>
    columns.flatMap(({ target }, at) =>
      target?.kind === "device_area" && target.index === index ? [{ at, isCallingCode: target.isCallingCode }] : [],
    );
  return columns
    .flatMap(({ header, target }, at) => {
      if (target?.kind !== "device") return [];
      const { index, type } = target;
      return [{ at, header, index, type, typeAt: typeAt(index), parts: partsOf(index) }];
    })
    .sort((a, b) => a.index - b.index);
}

/** Stands for a country that the row names and nobody understands. */
const NO_REGION = "?";

/** Reads a number that must have a country code of its own. */
function readAbroad(text: string): { contactInfo: string; fault?: undefined } | { fault: string; detail: string } {
  const { e164, fault } = normalisePhone(text, NO_REGION);
  if (fault === undefined) return { contactInfo: e164 };
  const isNational = fault === "country_unknown" && !text.startsWith("+");
  return { fault, detail: isNational ? COUNTRY_NOT_UNDERSTOOD : PHONE_FAULTS[fault] };
}

const COUNTRY_NOT_UNDERSTOOD =
  "The row's country is not understood, so that a number without a country code may be anybody's. Write the country as a code such as DE, or the number with a plus sign and its country code.";

const NOWHERE = { country: "", state: "", postalCode: "" };

/** A fault that people correct in another column than the device's has a reason of its own. */
const reasonOf = ({ detail }: { detail: string }) =>
  detail === COUNTRY_NOT_UNDERSTOOD ? "country_unknown" : "device_invalid";

const noDevice: RowFault = {
  reason: "no_device",
  column: "",
  detail: "The row has neither a phone number nor an email address.",
};

/** The type that the row names, or else the header's. An email address is always of type email. */
function typeOf(cells: readonly string[], column: DeviceColumn, contactInfo: string): number {
  if (looksLikeEmail(contactInfo)) return EMAIL;
  const { type } = column;
  const named = typeNamed(labelOf(cells, column));
  return named === undefined || named === EMAIL ? type : named;
}

const labelOf = (cells: readonly string[], { typeAt }: DeviceColumn) =>
  typeAt < 0 ? "" : (cells[typeAt] ?? "").trim();
