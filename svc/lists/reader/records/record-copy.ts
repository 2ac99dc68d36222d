/** Writes records as lines for COPY, in the order of COPY_COLUMNS. */
import type { ZoneSet } from "../../../lib/place/zones.ts";
import type { ReadRecord } from "./record.ts";

/** The columns of lists.records in the order of a line. */
export const COPY_COLUMNS =
  "tenant_id, contact_list_id, import_number, id, source_line, client_id, first_name, last_name, company, postal_code, state, country, zone, fields, device_indexes, device_types, device_infos, device_zones";

/** The beginning that all lines of an import share. */
export const lineBegin = (tenantId: string, contactListId: string, importNumber: number): string =>
  `${tenantId}\t${contactListId}\t${importNumber}\t`;

/** One line. */
export function copyLine(begin: string, id: string, line: number, record: ReadRecord): string {
  let indexes = "";
  let types = "";
  let infos = "";
  let zones = "";
  for (const device of record.devices) {
    const comma = indexes === "" ? "" : ",";
    indexes += comma + device.index;
    types += comma + device.type;
    infos += comma + element(device.contactInfo);
    zones += comma + element(joined(device.zones));
  }
  const fields = record.fields === undefined ? "\\N" : escaped(JSON.stringify(record.fields));
  const {
    client_id: clientId,
    first_name: first,
    last_name: last,
    company,
    postal_code: postalCode,
    state,
    country,
    zone,
  } = record;
  return `${begin}${id}\t${line}\t${escaped(clientId)}\t${escaped(first)}\t${escaped(last)}\t${escaped(company)}\t${escaped(postalCode)}\t${state}\t${country}\t${zone}\t${fields}\t{${indexes}}\t{${types}}\t{${infos}}\t{${zones}}\n`;
}

/** Text within a COPY line. */
export const escaped = (text: string): string =>
  /[\\\t\n\r]/.test(text) ? text.replaceAll(/[\\\t\n\r]/g, (sign) => ESCAPES[sign] ?? sign) : text;

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/** Numbers, usual addresses and zones need no quotes in an array; anything else does. */
const element = (text: string) =>
  /^[\w.@+/ -]+$/.test(text) ? text : escaped(`"${text.replaceAll(/["\\]/g, "\\$&")}"`);

const joinedSets = new Map<ZoneSet, string>();

function joined(zones: ZoneSet): string {
  let text = joinedSets.get(zones);
  if (text === undefined) joinedSets.set(zones, (text = zones.join(" ")));
  return text;
}
