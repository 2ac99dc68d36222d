/** What a row of a contact file becomes: a record, or a fault. */
import type { ZoneSet } from "../../../lib/place/zones.ts";
import type { TextField } from "../columns/header-names.ts";

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
  /** Header of the column at fault; empty when the whole row is. */
  column: string;
  detail: string;
}

/** What applies where the row says nothing. */
export interface RecordDefaults {
  /** Country of numbers without a country code. */
  region: string;
  /** Zone of contacts whose place is not known. */
  zone: string;
}

/** Tells a fault from a record. */
export const isFault = (read: ReadRecord | RowFault): read is RowFault => "reason" in read;

/** The fault of a row in which a quote opens a cell and never closes it properly. */
export const quoteMisplaced: RowFault = {
  reason: "quote_misplaced",
  column: "",
  detail:
    "A quote begins a cell and does not end it. Leave it out, or quote the whole cell and double the quotes within.",
};
