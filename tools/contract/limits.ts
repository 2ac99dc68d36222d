import { type DescField, ScalarType } from "@bufbuild/protobuf";
import type { JsonSchema } from "./json-schema.ts";

const UUID = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

/** Ids that others give: a customer's own number, and what asks for one of several kinds. */
const OTHERS_IDS = new Set(["client_id", "object_id", "caller_id"]);

/** The limits of a value that a caller gives, as its comment states them in words that a schema can say. */
export function limitsOf(field: DescField, comment: string, isRequired: boolean): JsonSchema {
  if (field.name === "page_size") return { minimum: 0 };
  if (field.fieldKind !== "scalar" || field.scalar !== ScalarType.STRING) return {};
  if (isId(field, comment)) return { pattern: isRequired ? `^${UUID}$` : `^(${UUID})?$` };
  return lengthOf(comment, isRequired);
}

const isId = ({ name }: DescField, comment: string): boolean =>
  (name === "id" || name.endsWith("_id")) &&
  !OTHERS_IDS.has(name) &&
  !comment.includes("`builtin:") &&
  name !== "request_id";

/** "1 to 120 characters", "up to 500 characters". An empty text is a field that is left out, so only what is required has a least length. */
function lengthOf(comment: string, isRequired: boolean): JsonSchema {
  const range = /\b(\d+) to ([\d,]+) (?:lower-case letters|characters)/.exec(comment);
  const most = range?.[2] ?? /\b[Uu]p to ([\d,]+) characters/.exec(comment)?.[1];
  if (most === undefined) return {};
  return { ...(isRequired && range && { minLength: Number(range[1]) }), maxLength: Number(most.replaceAll(",", "")) };
}
