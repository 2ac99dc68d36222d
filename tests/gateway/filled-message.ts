/** Makes messages of the contract with a value in every field, different from field to field and from round to round. */
import { create, type DescField, type DescMessage, type Message, ScalarType } from "@bufbuild/protobuf";
import { reflect, type ReflectMessage } from "@bufbuild/protobuf/reflect";
import { DurationSchema, FieldMaskSchema, TimestampSchema } from "@bufbuild/protobuf/wkt";

export interface FillingOptions {
  /** Another round takes other cases of oneofs, other values of enums, and other numbers. */
  round: number;
  /** Fields to leave out, by the path of their names. */
  leaveOut: (path: string, field: DescField) => boolean;
  /** Values of texts, by the path of their names; a text of its own for every other. */
  texts: ReadonlyMap<string, string>;
}

/** A message with every field set; where it holds itself, one more of it. */
export function filledMessage(desc: DescMessage, filling: FillingOptions): Message {
  return filled(desc, filling, "", []).message;
}

function filled(desc: DescMessage, filling: FillingOptions, path: string, within: string[]): ReflectMessage {
  const message = reflect(desc, create(desc));
  const seen = [...within, desc.typeName];
  for (const field of desc.fields) {
    const at = path === "" ? field.name : `${path}.${field.name}`;
    const { oneof } = field;
    if (oneof && oneof.fields[filling.round % oneof.fields.length] !== field) continue;
    if (filling.leaveOut(at, field)) continue;
    if (field.message && seen.filter((each) => each === field.message?.typeName).length > 1) continue;
    setField(message, field, filling, at, seen);
  }
  return message;
}

function setField(
  message: ReflectMessage,
  field: DescField,
  filling: FillingOptions,
  at: string,
  seen: string[],
): void {
  const value = (item: string) => valueOf(field, filling, item, seen);
  if (field.fieldKind === "list") {
    const list = message.get(field);
    for (const item of ["first", "second"]) list.add(value(`${at}.${item}`));
  } else if (field.fieldKind === "map") {
    const map = message.get(field);
    for (const key of ["a_key", "Größe"]) map.set(key, value(`${at}.${key}`));
  } else message.set(field, value(at));
}

function valueOf(field: DescField, filling: FillingOptions, at: string, seen: string[]) {
  const number = numberOf(at, filling.round);
  if (field.message) return messageValue(field.message, filling, at, seen, number);
  if (field.enum) return field.enum.values[1 + (filling.round % (field.enum.values.length - 1))]?.number ?? 0;
  if (field.scalar === ScalarType.STRING) return filling.texts.get(at) ?? `${at} “Zoë” 🐟 & a=b+c 100% ${number}`;
  if (field.scalar === ScalarType.BOOL) return true;
  if (field.scalar === ScalarType.BYTES) return new Uint8Array([0, 255, 254, 62, 63, number & 255]);
  if (field.scalar === ScalarType.DOUBLE) return number + 0.1;
  // As large as JavaScript counts exactly, where JSON readers that take every number for a double begin to err.
  if (field.scalar === ScalarType.INT64) return BigInt(Number.MAX_SAFE_INTEGER - number);
  return number;
}

function messageValue(desc: DescMessage, filling: FillingOptions, at: string, seen: string[], number: number) {
  switch (desc.typeName) {
    case "google.protobuf.Timestamp":
      return reflect(
        TimestampSchema,
        create(TimestampSchema, { seconds: BigInt(1_790_000_000 + number), nanos: 123_000_000 }),
      );
    case "google.protobuf.Duration":
      return reflect(DurationSchema, create(DurationSchema, { seconds: BigInt(number), nanos: 500_000_000 }));
    case "google.protobuf.FieldMask":
      return reflect(
        FieldMaskSchema,
        create(FieldMaskSchema, { paths: ["display_name", "message_content.subject_line"] }),
      );
    default:
      return filled(desc, filling, at, seen);
  }
}

/** A small number that differs between neighbours. */
const numberOf = (at: string, round: number): number =>
  1 + (([...at].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9_973, 7) + round) % 9_973);
