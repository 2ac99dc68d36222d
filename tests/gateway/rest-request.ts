/** Writes a message as a REST request, by the HTTP rule of its RPC. */
import { type DescField, type FileRegistry, type JsonValue, type Message, toJson } from "@bufbuild/protobuf";
import { isWellKnown } from "../../tools/contract/schema-book.ts";
import type { HttpRule, Method } from "../../tools/contract/methods.ts";

/** The two ways that protobuf allows for JSON: names of fields, masks, enums by name or number, 64-bit numbers as text or not. */
export type Notation = "camelCase" | "snake_case";

export interface RestRequest {
  verb: string;
  path: string;
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer> | undefined;
}

type JsonObject = Record<string, JsonValue>;

export const PATH_TEXT = "Ünï c&d=1+2%";

/** The names of the fields that stand in the path. */
export const inPath = (rule: HttpRule): string[] =>
  [...rule.path.matchAll(/\{([\w.]+)[^{}]*\}/g)].map(([, name]) => name ?? "");

/** Whether a field has no place in a request of this rule: what is not in path or body must fit into a query string. */
export function isUnspeakable(rule: HttpRule, path: string, field: DescField): boolean {
  if (rule.body !== "*" && rule.body !== null && path.startsWith(`${rule.body}.`)) return field.name === "extensions";
  const [first = ""] = path.split(".");
  if (rule.body === "*" || rule.body === first || inPath(rule).includes(path)) return false;
  if (field.fieldKind === "map") return true;
  return field.fieldKind === "list" && field.message !== undefined && !isWellKnown(field.message);
}

export function restRequest(
  { desc }: Method,
  rule: HttpRule,
  message: Message,
  notation: Notation,
  registry: FileRegistry,
): RestRequest {
  const snake = notation === "snake_case";
  const json = toJson(desc.input, message, { registry, useProtoFieldName: snake, enumAsInteger: snake }) as JsonObject;
  const nameOf = (name: string) => (snake ? name : camel(name));
  const maskName = nameOf("update_mask");
  if (snake && typeof json[maskName] === "string")
    json[maskName] = json[maskName].replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  let path = rule.path;
  for (const field of inPath(rule)) {
    const value = takeAt(json, field.split(".").map(nameOf));
    path = path.replace(new RegExp(`\\{${field}[^{}]*\\}`), encodeURIComponent(value as string));
  }
  const headers: Record<string, string> = {};
  let body: RestRequest["body"];
  if (rule.body === "*") {
    headers["content-type"] = "application/json";
    body = bodyOf(json, snake);
  } else if (rule.body !== null) {
    const file = takeAt(json, [nameOf(rule.body)]) as Record<string, string>;
    headers["content-type"] = file[nameOf("content_type")] ?? "";
    body = Buffer.from(file["data"] ?? "", "base64");
  }
  const query = rule.body === "*" ? [] : [...queryOf(json, "")];
  return { verb: rule.verb, path: query.length > 0 ? `${path}?${query.join("&")}` : path, headers, body };
}

const bodyOf = (json: JsonObject, numbers: boolean): string => {
  const text = JSON.stringify(json);
  return numbers ? text.replaceAll(/:"(\d{15,16})"/g, ":$1") : text;
};

function* queryOf(json: JsonObject, prefix: string): Generator<string> {
  for (const [name, value] of Object.entries(json)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (typeof each === "object" && each !== null) yield* queryOf(each as JsonObject, `${prefix}${name}.`);
      else yield `${prefix}${name}=${encodeURIComponent(String(each))}`;
    }
  }
}

/** Takes the value at a path of names out of the object. */
function takeAt(json: JsonObject, [name = "", ...rest]: string[]): JsonValue {
  const value = json[name];
  if (rest.length > 0) return takeAt(value as JsonObject, rest);
  delete json[name];
  return value ?? null;
}

const camel = (name: string): string => name.replaceAll(/_(\w)/g, (_whole, letter: string) => letter.toUpperCase());
