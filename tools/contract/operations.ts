import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { isWellKnown } from "./schema-book.ts";
import type { HttpRule, Method } from "./methods.ts";

/** A value in the path or in the query string. */
export interface Parameter {
  name: string;
  field: DescField;
}

/** What a body is made of. */
export type Body =
  | { kind: "bytes" }
  | { kind: "message"; message: DescMessage; except: Set<string> }
  | { kind: "field"; field: DescField };

/** One path and verb, and what of the RPC's messages goes where. */
export interface Operation {
  id: string;
  method: Method;
  verb: string;
  path: string;
  pathParameters: Parameter[];
  queryParameters: Parameter[];
  requestBody: Body | null;
  responseBody: Body;
}

/** Every REST operation of the contract. */
export const readOperations = (methods: Method[]): Operation[] =>
  methods.flatMap((method) => {
    if (!method.http) return [];
    const rules = [method.http, ...method.http.additional];
    return rules.map((rule, i) => operation(method, rule, i === 0 ? "" : `_${i + 1}`));
  });

function operation(method: Method, rule: HttpRule, suffix: string): Operation {
  const { input, output } = method.desc;
  const pathParameters: Parameter[] = [];
  const bound = new Set<string>();
  const path = rule.path.replace(/\{([\w.]+)(?:=[^}]*)?\}/g, (_whole, fieldPath: string) => {
    const name = camel(fieldPath);
    pathParameters.push({ name, field: fieldAt(input, fieldPath, method.name) });
    bound.add(fieldPath);
    return `{${name}}`;
  });
  const bodyFields = rule.body && rule.body !== "*" ? new Set([rule.body]) : new Set<string>();
  return {
    id: `${method.desc.parent.name}_${method.desc.name}${suffix}`,
    method,
    verb: rule.verb.toLowerCase(),
    path,
    pathParameters,
    queryParameters: rule.body === "*" ? [] : queryFields(input, "", "", new Set([...bound, ...bodyFields])),
    requestBody: requestBody(input, rule.body, bound, method.name),
    responseBody: responseBody(output, rule.responseBody, method.name),
  };
}

function requestBody(input: DescMessage, body: string | null, bound: Set<string>, rpc: string): Body | null {
  if (body === null) return null;
  if (body === "*") return isBytes(input) ? { kind: "bytes" } : { kind: "message", message: input, except: bound };
  const field = fieldAt(input, body, rpc);
  return field.message && isBytes(field.message) ? { kind: "bytes" } : { kind: "field", field };
}

function responseBody(output: DescMessage, body: string | null, rpc: string): Body {
  if (!body) return isBytes(output) ? { kind: "bytes" } : { kind: "message", message: output, except: new Set() };
  const field = fieldAt(output, body, rpc);
  return field.message && isBytes(field.message) ? { kind: "bytes" } : { kind: "field", field };
}

const isBytes = (message: DescMessage): boolean => message.typeName === "google.api.HttpBody";

function fieldAt(message: DescMessage, path: string, rpc: string): DescField {
  const [first = "", ...rest] = path.split(".");
  const field = message.fields.find((each) => each.name === first);
  if (!field) throw new Error(`${rpc}: its HTTP rule names ${path}, and ${message.typeName} has no field ${first}.`);
  if (rest.length === 0) return field;
  if (!field.message) throw new Error(`${rpc}: its HTTP rule names ${path}, and ${first} is not a message.`);
  return fieldAt(field.message, rest.join("."), rpc);
}

/** Fields that travel in the query string: scalars and lists of them, those of nested messages with dots between. */
function queryFields(message: DescMessage, path: string, name: string, except: Set<string>): Parameter[] {
  return message.fields.flatMap((field) => {
    const fieldPath = path + field.name;
    if (except.has(fieldPath) || field.fieldKind === "map") return [];
    const parameter = { name: name + field.jsonName, field };
    if (!field.message || isWellKnown(field.message)) return [parameter];
    const isTooDeep = path.split(".").length > 2;
    if (field.fieldKind === "list" || isTooDeep) return [];
    return queryFields(field.message, `${fieldPath}.`, `${parameter.name}.`, except);
  });
}

/** `contact_list.id` and `contact_list_id` both read `contactListId` in a path. */
const camel = (fieldPath: string): string =>
  fieldPath.replace(/[._](\w)/g, (_whole, letter: string) => letter.toUpperCase());
