import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import type { CommentLookup } from "./comments.ts";
import type { Method } from "./methods.ts";

/** Longest text, unless the field's comment allows more. */
const USUAL_CHARACTERS = 1_000;

const WIDE = new Set([ScalarType.INT64, ScalarType.UINT64, ScalarType.SINT64, ScalarType.FIXED64, ScalarType.SFIXED64]);
const KNOWN: Readonly<Record<string, string>> = {
  "google.protobuf.Timestamp": "time",
  "google.protobuf.Duration": "duration",
  "google.protobuf.FieldMask": "mask",
};

interface FieldRule {
  number: number;
  name: string;
  key: string;
  kind: string;
  many?: "list" | "map";
  oneof?: string;
  most?: number;
  type?: string;
}

/**
 * Writes `gen/fields.ts`: for every message that a request may contain, the fields that are checked before a handler gets them. The limit
 * for a text is the one in its comment (`up to 2,000 characters`), if that is more than usual.
 */
export function writeFields(methods: readonly Method[], commentOf: CommentLookup): string {
  const messages = new Map<string, FieldRule[]>();
  for (const { desc } of methods) collect(desc.input, messages, commentOf);
  const requests = methods.map(
    ({ name, desc }) => `  ${JSON.stringify(name)}: ${JSON.stringify(desc.input.typeName)},`,
  );
  const types = [...messages]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([type, rules]) => `  ${JSON.stringify(type)}: [${rules.map((rule) => `\n    ${literal(rule)},`).join("")}\n  ],`,
    );
  return `// Made from proto/ by \`npm run gen\`. Do not edit.

/** One field of a request that is looked at before the handler: \`name\` is the contract's, \`key\` that of the generated type. */
export interface FieldRule {
  readonly number: number;
  readonly name: string;
  readonly key: string;
  /** \`wide\`: a whole number of 64 bits; \`real\`: a floating one; \`mask\`: a list of paths. */
  readonly kind: "text" | "wide" | "real" | "time" | "duration" | "mask" | "message";
  readonly many?: "list" | "map";
  /** The key of the oneof that it is part of. */
  readonly oneof?: string;
  /** Characters of a text at the most. */
  readonly most?: number;
  /** The type of a message. */
  readonly type?: string;
}

/** The type of each RPC's requests. */
export const requestTypes: Readonly<Record<string, string>> = {
${requests.join("\n")}
};

/** By message type. */
export const fieldRules: Readonly<Record<string, readonly FieldRule[]>> = {
${types.join("\n")}
};
`;
}

function collect(message: DescMessage, messages: Map<string, FieldRule[]>, commentOf: CommentLookup): void {
  if (messages.has(message.typeName)) return;
  const rules: FieldRule[] = [];
  messages.set(message.typeName, rules);
  for (const field of message.fields) {
    const kind = kindOf(field);
    if (!kind) continue;
    const { message: type } = field;
    rules.push({
      number: field.number,
      name: field.name,
      key: field.jsonName,
      kind,
      ...((field.fieldKind === "list" || field.fieldKind === "map") && { many: field.fieldKind }),
      ...(field.oneof && { oneof: camelCase(field.oneof.name) }),
      ...(kind === "text" && { most: longest(commentOf(field.proto)) }),
      ...(kind === "message" && type && { type: type.typeName }),
    });
    if (kind === "message" && type) collect(type, messages, commentOf);
  }
}

function kindOf(field: DescField): string | undefined {
  if (field.message) return KNOWN[field.message.typeName] ?? "message";
  if (field.scalar === ScalarType.STRING) return "text";
  if (field.scalar === ScalarType.DOUBLE || field.scalar === ScalarType.FLOAT) return "real";
  return field.scalar !== undefined && WIDE.has(field.scalar) ? "wide" : undefined;
}

const longest = (comment: string): number =>
  Math.max(
    USUAL_CHARACTERS,
    ...[...comment.matchAll(/([\d,]+) characters/g)].map(([, digits = ""]) => Number(digits.replaceAll(",", ""))),
  );

const camelCase = (name: string) => name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const literal = (rule: FieldRule): string => JSON.stringify(rule).replace(/"(\w+)":/g, "$1: ");
