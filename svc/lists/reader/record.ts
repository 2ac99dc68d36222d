/** What a row of a contact file becomes: a record, or a fault. */
import type { ZoneSet } from "../../lib/place/zones.ts";
import type { TextField } from "./header-names.ts";

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
export interface RecordDefaults {
  /** Country for numbers without a country code, where the row names none. */
  region: string;
  /** Zone of contacts about whom nothing else is known. */
  zone: string;
}

/** Tells a fault from a record. */
export const isFault = (read: ReadRecord | RowFault): read is RowFault => "reason" in read;

/** Of a row in which a quote opens a cell and does not close it as it should. */
export const quoteMisplaced: RowFault = {
  reason: "quote_misplaced",
  column: "",
  detail:
    "A quote begins a cell and does not end it. Leave it out, or quote the whole cell and double the quotes within.",
};
