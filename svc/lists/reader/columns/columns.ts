/** Decides which column of a file goes where: by the mapping, or else by the usual names of headers. */
import { deviceHeader } from "./device-headers.ts";
import {
  guessedType,
  hasMeaning,
  isAddressField,
  isDeviceName,
  isOfParts,
  keyOf,
  MOST_DEVICES,
  numberedTarget,
  type ColumnTarget,
  TEXT_FIELDS,
  textTarget,
} from "./header-names.ts";
import { partsOfNumbers } from "./number-parts.ts";
import { FileFault } from "../problem.ts";

/** One column: its header and its target; undefined when it is left out. */
export interface Column {
  header: string;
  target: ColumnTarget | undefined;
}

const MOST_OWN_FIELDS = 100;
/** Code of ContactInfoType. */
const EMAIL = 10;
const OWN_NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** Reads a mapping: `<header>=<field>` for each column; `<header>=` leaves the column out. */
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

/** The field of a target, as a mapping writes it. */
export function fieldOf(target: ColumnTarget): string {
  if (target.kind === "text") return target.field;
  if (target.kind === "own") return target.name;
  return target.kind === "device"
    ? `device${target.index}`
    : `device${target.index}_${target.kind === "device_type" ? "type" : "area"}`;
}

/** Header → field of those columns that are not left out. */
export const shownMapping = (columns: readonly Column[]): Record<string, string> =>
  Object.fromEntries(columns.flatMap(({ header, target }) => (target ? [[header, fieldOf(target)]] : [])));

/** Refuses a mapping whose column the file does not have, or has twice. */
export function requireHeader(headers: readonly string[], header: string): void {
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
function explicitTarget(header: string, field: string): ColumnTarget | undefined {
  if (field === "") return undefined;
  const known = TEXT_FIELDS.find((name) => name === field);
  if (known) return { kind: "text", field: known, block: "" };
  const device = /^device(\d+)(_type|_area)?$/.exec(field);
  if (device) {
    const index = Number(device[1]);
    if (index < 1 || index > MOST_DEVICES)
      throw new FileFault("mapping", `There is no field ${field}; devices are device1 to device${MOST_DEVICES}.`, {
        header,
      });
    if (device[2] === "_type") return { kind: "device_type", index };
    if (device[2] === "_area")
      return { kind: "device_area", index, isCallingCode: deviceHeader(header)?.part === "calling_code" };
    return { kind: "device", index, type: guessedType(header) };
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
    `${JSON.stringify(clip(field))} is no field: use one of ${TEXT_FIELDS.join(", ")}, device1 to device10, device1_type to device10_type, device1_area to device10_area, or a name of your own of letters, digits and underscores, up to 64, beginning with a letter.`,
    { header },
  );
}

function guessOthers(columns: Column[], told: ReadonlyMap<string, string>): void {
  const taken = new Set(columns.flatMap(({ target }) => (target ? [fieldOf(target)] : [])));
  const open = columns.filter(({ header }) => !told.has(header) && header !== "");
  const give = (column: Column, target: ColumnTarget) => {
    if (taken.has(fieldOf(target)) && !isShared(target)) return;
    taken.add(fieldOf(target));
    column.target = target;
  };
  guessFields(open, new Set(taken), give);
  const ofParts = isOfParts(columns.map(({ header }) => header)) && !columns.some(({ header }) => isDeviceName(header));
  const isDevice = (header: string) => isDeviceName(header) || (ofParts && deviceHeader(header)?.part === "line");
  for (const column of open.filter(({ target, header }) => !target && isDevice(header))) {
    const index = nextDevice(taken);
    if (index) give(column, { kind: "device", index, type: guessedType(column.header) });
  }
  guessLabels(columns, open, give);
  guessAreas(columns, open, give);
  let own = columns.filter(({ target }) => target?.kind === "own").length;
  for (const column of open.filter(({ target }) => !target)) {
    const name = ownName(column.header);
    if (own >= MOST_OWN_FIELDS || !OWN_NAME.test(name) || taken.has(name) || hasMeaning(name)) continue;
    give(column, { kind: "own", name });
    own += 1;
  }
}

/** Several columns may have such a target: a number may have several codes before it, and a person several addresses. */
const isShared = (target: ColumnTarget) =>
  target.kind === "device_area" || (target.kind === "text" && isAddressField(target.field));

type ColumnAssigner = (column: Column, target: ColumnTarget) => void;

/** Assigns columns whose names are known. Each field of an address is taken once, unless the mapping says where it is. */
function guessFields(open: readonly Column[], told: ReadonlySet<string>, give: ColumnAssigner): void {
  const seen = new Set<string>();
  for (const column of open) {
    if (deviceHeader(column.header)?.part === "label") continue;
    const target = numberedTarget(keyOf(column.header)) ?? textTarget(keyOf(column.header));
    if (!target || told.has(fieldOf(target)) || seen.has(placeOf(target))) continue;
    seen.add(placeOf(target));
    give(column, target);
  }
}

/** The field, and the address that it belongs to. */
const placeOf = (target: ColumnTarget) =>
  target.kind === "text" ? `${target.block} ${target.field}` : fieldOf(target);

/** `Phone 1 - Label` holds the type of `Phone 1 - Value`. */
function guessLabels(columns: readonly Column[], open: readonly Column[], give: ColumnAssigner): void {
  const nameOf = ({ header }: Column) => `${/mail/i.test(header) ? "mail" : "phone"} ${deviceHeader(header)?.which}`;
  for (const column of open) {
    if (column.target || deviceHeader(column.header)?.part !== "label") continue;
    const owner = columns.find((other) => other.target?.kind === "device" && nameOf(other) === nameOf(column));
    const numbered = numberedTarget(keyOf(column.header));
    if (owner?.target?.kind === "device") give(column, { kind: "device_type", index: owner.target.index });
    else if (numbered) give(column, numbered);
  }
}

/** `Area Code` belongs to the number beside it. Columns such as `device1` come from our own exports, whose numbers are whole. */
function guessAreas(columns: readonly Column[], open: readonly Column[], give: ColumnAssigner): void {
  const headers = columns.map(({ header }) => header);
  const numbers = columns.flatMap(({ header, target }, at) =>
    target?.kind === "device" && target.type !== EMAIL && numberedTarget(keyOf(header)) === undefined ? [at] : [],
  );
  const codes = columns.flatMap((column, at) => {
    const part = deviceHeader(column.header)?.part;
    return open.includes(column) && !column.target && (part === "area" || part === "calling_code") ? [at] : [];
  });
  for (const [owner, parts] of partsOfNumbers(headers, numbers, codes)) {
    const target = columns[owner]?.target;
    for (const { at, isCallingCode } of parts) {
      const column = columns[at];
      if (column && target?.kind === "device")
        give(column, { kind: "device_area", index: target.index, isCallingCode });
    }
  }
}

const ownName = (header: string) =>
  header
    .trim()
    .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_|_$/g, "");

function nextDevice(taken: ReadonlySet<string>): number | undefined {
  for (let index = 1; index <= MOST_DEVICES; index += 1) if (!taken.has(`device${index}`)) return index;
  return undefined;
}

function refuseTwice(columns: readonly Column[]): void {
  const seen = new Map<string, string>();
  for (const { header, target } of columns) {
    if (!target || target.kind === "device_area") continue;
    const field = fieldOf(target);
    const other = seen.get(placeOf(target));
    if (other !== undefined)
      throw new FileFault(
        "mapping",
        `The columns ${JSON.stringify(clip(other))} and ${JSON.stringify(clip(header))} both map to ${field}.`,
        { header },
      );
    seen.set(placeOf(target), header);
  }
  if (columns.filter(({ target }) => target?.kind === "own").length > MOST_OWN_FIELDS) {
    throw new FileFault("mapping", `More than ${MOST_OWN_FIELDS} columns map to fields of your own.`);
  }
}

/** Refuses a file without a column of devices. A preview still shows its columns, so that people can correct the mapping. */
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

/** Shortens a header so that it can still be recognised. */
export const clip = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
