/** Turns the cells of one row into a record, or says why it is none. */
import { countryCode, stateCode } from "../../../lib/place/names.ts";
import { isRegion } from "../../../lib/devices/phone.ts";
import { completePostalCode, stateOfPostalCode } from "../../../lib/place/place.ts";
import { placeZone } from "../../../lib/place/zones.ts";
import type { Column } from "../columns/columns.ts";
import { isAddressField, looksLikeDevice, type TextField } from "../columns/header-names.ts";
import type { RecordDefaults, ReadRecord, RowFault } from "./record.ts";
import { isRounded, ROUNDED } from "../columns/rounded.ts";
import { DeviceReader } from "./row-devices.ts";

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
const OWN_LENGTH = 1_024;

interface TextColumn {
  at: number;
  header: string;
  field: TextField;
  block: string;
  most: number;
}

/** Reads the rows of one file. Calls `dropped` for each device that is left out of a row that has others. */
export class RecordReader {
  readonly #columns: readonly Column[];
  readonly #defaults: RecordDefaults;
  readonly #dropped: (reason: string) => void;
  readonly #text: readonly TextColumn[];
  readonly #own: readonly { at: number; header: string; name: string }[];
  readonly #devices: DeviceReader;

  constructor(columns: readonly Column[], defaults: RecordDefaults, dropped: (reason: string) => void) {
    this.#columns = columns;
    this.#defaults = defaults;
    this.#dropped = dropped;
    this.#text = textColumns(columns);
    this.#own = columns.flatMap(({ header, target }, at) =>
      target?.kind === "own" ? [{ at, header, name: target.name }] : [],
    );
    this.#devices = new DeviceReader(columns, defaults, dropped);
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
      // All fields come from the first address that the row has: the state of one must not meet the postal code of another.
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
    return this.#devices.read(cells, record, written !== "" && !isRegion(record.country));
  }

  /**
   * Whether a row over several lines is really several rows that a stray quote joined. A line is a row when it has all columns, and a
   * device in a column of devices. The first line may lack its device. If it lacks columns, a device within the quotes shows that it was
   * a row.
   */
  swallows(cells: readonly string[], [first = [], ...others]: readonly (readonly string[])[]): boolean {
    if (!this.#fits(cells)) return true;
    const opens = cells.findIndex((cell) => cell.includes("\n"));
    const later = this.#devices.positions.filter((at) => at >= opens);
    const isBare = later.every((at) => (first[at] ?? "").trim() === "");
    const isWhole = this.#areAll(first) && (isBare || later.some((at) => this.#devices.isAt(first, at)));
    if (!isWhole && !first.slice(opens).some(looksLikeDevice)) return false;
    return others.some(
      (line) => this.#areAll(line) && this.#devices.positions.some((at) => this.#devices.isAt(line, at)),
    );
  }

  #areAll(line: readonly string[]): boolean {
    return line.length >= this.#columns.length;
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

  #wrongCount(count: number): RowFault {
    const expected = this.#columns.length;
    return {
      reason: "column_count",
      column: "",
      detail: `The row has ${count} columns; the header has ${expected}. Quote cells that hold the separator.`,
    };
  }
}

const tooLong = (column: string, most: number, length: number): RowFault => ({
  reason: "value_too_long",
  column,
  detail: `It has ${length} characters; at most ${most} are kept.`,
});

/** Brings country, state and zone into the form in which they are stored. */
function place(record: ReadRecord, region: string): void {
  if (record.country !== "") record.country = countryCode(record.country);
  if (record.state !== "") record.state = stateCode(record.country, record.state);
  const country = record.country || region;
  if (record.postal_code !== "") record.postal_code = completePostalCode(country, record.postal_code);
  if (record.state === "" && record.postal_code !== "")
    record.state = stateOfPostalCode(record.country, record.postal_code);
  // A zone that is not understood is left out, not the contact: its number and address still have zones.
  if (record.zone !== "") record.zone = placeZone(record.zone) ?? "";
}

/** Puts the fields of an address together, in the order in which the file has the addresses. */
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
