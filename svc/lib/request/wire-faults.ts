/** Finds faults in the bytes of a request that its decoded message hides: text that is not UTF-8, whole numbers that are not exact. */
import { isUtf8 } from "node:buffer";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { type FieldRule, fieldRules } from "../../../gen/fields.ts";
import type { FieldViolation } from "../errors/errors.ts";

export const DAMAGED = "Must be UTF-8; its bytes are not.";

const TOO_LARGE = "Must be a whole number from -(2^53 - 1) to 2^53 - 1.";
const OUT_OF_TIME = "Must be from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z.";

/** What is wrong with these bytes as a message of a type, as far as they can be read. */
export function wireFaults(bytes: Uint8Array, type: string): FieldViolation[] {
  const found: FieldViolation[] = [];
  try {
    walk(bytes, type, "", found);
  } catch {
    // The rest is no protobuf. What was found before it is reported.
  }
  return found;
}

function walk(bytes: Uint8Array, type: string, at: string, found: FieldViolation[]): void {
  const reader = new BinaryReader(bytes);
  const seen = new Map<FieldRule, number>();
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    const rule = fieldRules[type]?.find((one) => one.number === number);
    if (!rule || rule.many === "map") {
      reader.skip(wire);
      continue;
    }
    const i = seen.get(rule) ?? 0;
    seen.set(rule, i + 1);
    value(reader, wire, rule, `${at}${rule.name}${rule.many ? `[${i}]` : ""}`, found);
  }
}

function value(reader: BinaryReader, wire: WireType, rule: FieldRule, path: string, found: FieldViolation[]): void {
  if (rule.kind === "wide" && wire === WireType.Varint) {
    if (!isExact(reader.int64())) found.push({ field: path, description: TOO_LARGE });
    return;
  }
  if (wire !== WireType.LengthDelimited) {
    reader.skip(wire);
    return;
  }
  const bytes = reader.bytes();
  if (rule.kind === "text" && !isUtf8(bytes)) found.push({ field: path, description: DAMAGED });
  if (rule.kind === "time" && !hasExactSeconds(bytes)) found.push({ field: path, description: OUT_OF_TIME });
  if (rule.kind === "message" && rule.type !== undefined) walk(bytes, rule.type, `${path}.`, found);
}

/** `seconds` is field 1 of a Timestamp. */
function hasExactSeconds(bytes: Uint8Array): boolean {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    if (number === 1 && wire === WireType.Varint && !isExact(reader.int64())) return false;
    if (number !== 1) reader.skip(wire);
  }
  return true;
}

const isExact = (value: bigint | string) => Number.isSafeInteger(Number(value));
