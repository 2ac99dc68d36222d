import { ScalarType, type DescEnum, type DescField, type DescMessage } from "@bufbuild/protobuf";
import { FieldOptionsSchema } from "@bufbuild/protobuf/wkt";
import { toJson, type FileRegistry } from "@bufbuild/protobuf";
import type { CommentLookup } from "./comments.ts";
import type { JsonSchema } from "./json-schema.ts";
import { limitsOf } from "./limits.ts";

/**
 * Which way a message travels. In answers every field that cannot be absent is always there; in requests only what is
 * marked REQUIRED must be, and OUTPUT_ONLY fields have no place; in a patch nothing must be.
 */
export type Direction = "output" | "input" | "patch";

const scalars: Record<ScalarType, JsonSchema> = {
  [ScalarType.DOUBLE]: { type: "number", format: "double" },
  [ScalarType.FLOAT]: { type: "number", format: "float" },
  [ScalarType.INT64]: { type: "string", format: "int64" },
  [ScalarType.UINT64]: { type: "string", format: "uint64" },
  [ScalarType.INT32]: { type: "integer", format: "int32" },
  [ScalarType.FIXED64]: { type: "string", format: "uint64" },
  [ScalarType.FIXED32]: { type: "integer", format: "uint32", minimum: 0 },
  [ScalarType.BOOL]: { type: "boolean" },
  [ScalarType.STRING]: { type: "string" },
  [ScalarType.BYTES]: { type: "string", contentEncoding: "base64" },
  [ScalarType.UINT32]: { type: "integer", format: "uint32", minimum: 0 },
  [ScalarType.SFIXED32]: { type: "integer", format: "int32" },
  [ScalarType.SFIXED64]: { type: "string", format: "int64" },
  [ScalarType.SINT32]: { type: "integer", format: "int32" },
  [ScalarType.SINT64]: { type: "string", format: "int64" },
};

const wellKnown: Record<string, JsonSchema> = {
  "google.protobuf.Timestamp": { type: "string", format: "date-time" },
  "google.protobuf.Duration": { type: "string", pattern: "^-?[0-9]+(\\.[0-9]{1,9})?s$" },
  "google.protobuf.FieldMask": { type: "string" },
  "google.protobuf.Struct": { type: "object", additionalProperties: true },
  "google.protobuf.Value": {},
  "google.protobuf.ListValue": { type: "array", items: {} },
  "google.protobuf.Any": {
    type: "object",
    properties: { "@type": { type: "string" } },
    required: ["@type"],
    additionalProperties: true,
  },
  "google.protobuf.Empty": { type: "object", additionalProperties: false },
  "google.protobuf.StringValue": { type: "string" },
  "google.protobuf.BytesValue": { type: "string", contentEncoding: "base64" },
  "google.protobuf.BoolValue": { type: "boolean" },
  "google.protobuf.Int32Value": { type: "integer", format: "int32" },
  "google.protobuf.UInt32Value": { type: "integer", format: "uint32", minimum: 0 },
  "google.protobuf.Int64Value": { type: "string", format: "int64" },
  "google.protobuf.UInt64Value": { type: "string", format: "uint64" },
  "google.protobuf.FloatValue": { type: "number", format: "float" },
  "google.protobuf.DoubleValue": { type: "number", format: "double" },
  "google.api.HttpBody": { type: "string", contentEncoding: "binary" },
};

/** Tells the number of an enum's value from its name. */
export const ENUM_NUMBER = "The number of the value.";

/** Whether proto3's JSON has a form of its own for the message. */
export const isWellKnown = (message: DescMessage): boolean => message.typeName in wellKnown;

/** Makes the schemas of the messages and enums that are asked for, and of all they refer to. */
export class SchemaBook {
  readonly schemas: Record<string, JsonSchema> = {};
  readonly #registry: FileRegistry;
  readonly #commentOf: CommentLookup;
  readonly #nameOf: (type: DescMessage | DescEnum) => string;
  readonly #isAnswered: (message: DescMessage) => boolean;

  constructor(options: {
    registry: FileRegistry;
    commentOf: CommentLookup;
    nameOf: (type: DescMessage | DescEnum) => string;
    isAnswered: (message: DescMessage) => boolean;
  }) {
    this.#registry = options.registry;
    this.#commentOf = options.commentOf;
    this.#nameOf = options.nameOf;
    this.#isAnswered = options.isAnswered;
  }

  /** A reference to a message's schema, which is made when it is first asked for. */
  message(message: DescMessage, direction: Direction): JsonSchema {
    const known = wellKnown[message.typeName];
    if (known) return known;
    const name = this.#messageName(message, direction);
    if (!this.schemas[name]) {
      this.schemas[name] = {}; // taken first, since messages may hold themselves
      this.schemas[name] = this.object(message, direction);
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  /** The schema of a message itself, without the fields named in `except`. */
  object(
    message: DescMessage,
    direction: Direction,
    except: ReadonlySet<string> = new Set(),
    patched = false,
  ): JsonSchema {
    const properties: Record<string, JsonSchema> = {};
    const required: string[] = [];
    for (const field of message.fields) {
      const behaviour = this.#behaviour(field);
      if (except.has(field.name) || (direction !== "output" && behaviour.has("OUTPUT_ONLY"))) continue;
      if (direction === "output" && behaviour.has("INPUT_ONLY")) continue;
      const nested = patched && field.fieldKind === "message" ? "patch" : direction === "patch" ? "input" : direction;
      const schema =
        direction === "output" ? this.field(field, nested) : this.asked(field, nested, behaviour.has("REQUIRED"));
      properties[field.jsonName] = { ...schema, ...this.#described(field) };
      if (direction === "output" ? isAlwaysThere(field) : direction === "input" && behaviour.has("REQUIRED"))
        required.push(field.jsonName);
    }
    return {
      type: "object",
      ...this.#description(message.proto),
      properties,
      ...(required.length > 0 && { required }),
      additionalProperties: false,
    };
  }

  /** The schema of one field's value. */
  field(field: DescField, direction: Direction): JsonSchema {
    if (field.fieldKind === "list") return { type: "array", items: this.#element(field, direction) };
    if (field.fieldKind === "map") return { type: "object", additionalProperties: this.#element(field, direction) };
    return this.#element(field, direction);
  }

  /** The schema of a value that a caller gives, with the limits that its comment states. What may be left out may also be null. */
  asked(field: DescField, direction: Direction, isRequired: boolean): JsonSchema {
    const given = this.#given(field, direction);
    const limited = { ...given, ...limitsOf(field, this.#commentOf(field.proto), isRequired) };
    if (isRequired) return limited;
    if (limited.anyOf) return { anyOf: [...limited.anyOf, { type: "null" }] };
    if (limited.$ref) return { anyOf: [limited, { type: "null" }] };
    return typeof limited.type === "string" ? { ...limited, type: [limited.type, "null"] } : limited;
  }

  /** The schema of a value in the query, where nothing is null. */
  inQuery(field: DescField): JsonSchema {
    return { ...this.#given(field, "input"), ...limitsOf(field, this.#commentOf(field.proto), false) };
  }

  /** An enum's value may be given by its number, as everywhere in protobuf's JSON. */
  #given(field: DescField, direction: Direction): JsonSchema {
    if (!field.enum) return this.field(field, direction);
    const value = { anyOf: [this.#enum(field.enum), { type: "integer", description: ENUM_NUMBER }] };
    if (field.fieldKind === "list") return { type: "array", items: value };
    return field.fieldKind === "map" ? { type: "object", additionalProperties: value } : value;
  }

  #element(field: DescField, direction: Direction): JsonSchema {
    if (field.message) return this.message(field.message, direction);
    if (field.enum) return this.#enum(field.enum);
    return field.scalar === undefined ? {} : scalars[field.scalar];
  }

  #enum(type: DescEnum): JsonSchema {
    const name = this.#nameOf(type);
    this.schemas[name] ??= {
      type: "string",
      enum: type.values.map((value) => value.name),
      description: [
        this.#commentOf(type.proto),
        type.values
          .map((value) => `- \`${value.name}\`: ${this.#commentOf(value.proto).replace(/\s+/g, " ")}`)
          .join("\n"),
      ]
        .filter(Boolean)
        .join("\n\n"),
    };
    return { $ref: `#/components/schemas/${name}` };
  }

  #messageName(message: DescMessage, direction: Direction): string {
    const name = this.#nameOf(message);
    if (direction === "patch") return `${name}Patch`;
    return direction === "input" && this.#isAnswered(message) ? `${name}Input` : name;
  }

  #behaviour(field: DescField): Set<string> {
    const options = field.proto.options;
    if (!options) return new Set();
    const json = toJson(FieldOptionsSchema, options, { registry: this.#registry }) as Record<string, unknown>;
    return new Set((json["[google.api.field_behavior]"] as string[] | undefined) ?? []);
  }

  #described(field: DescField): JsonSchema {
    const oneof = field.oneof
      ? `At most one of ${field.oneof.fields.map((each) => `\`${each.jsonName}\``).join(", ")} is set.`
      : "";
    const description = [this.#commentOf(field.proto), oneof].filter(Boolean).join(" ");
    return { ...(description && { description }), ...(field.deprecated && { deprecated: true }) };
  }

  #description(proto: object): JsonSchema {
    const description = this.#commentOf(proto);
    return description ? { description } : {};
  }
}

/** Whether the JSON of an answer always has the field: the gateway prints every field that proto3 cannot leave unset. */
const isAlwaysThere = (field: DescField): boolean =>
  field.fieldKind === "list" ||
  field.fieldKind === "map" ||
  (field.fieldKind !== "message" && !field.oneof && !field.proto.proto3Optional);
