/** The shapes of bodies in the contract: the field names of each message in both notations, and the shape of each field. */
import {
  createFileRegistry,
  type DescField,
  type DescMessage,
  type FileRegistry,
  fromBinary,
} from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { methods } from "../../gen/methods.ts";

/** What may be at a place: a message of ours, a map, a single value, or a type of Google's, which the transcoder checks. */
export type Shape = MessageShape | { kind: "map"; values: Shape } | { kind: "scalar" } | { kind: "any" };

export interface MessageShape {
  kind: "message";
  /** Fields by `jsonName` and by `proto_name`. */
  fields: ReadonlyMap<string, FieldShape>;
}

export interface FieldShape {
  jsonName: string;
  /** Of its value, or of each item of its list. */
  shape: Shape;
  isList: boolean;
  /** The names of the alternatives, where at most one may be set. */
  oneof: readonly string[] | undefined;
}

/** How the body of a call is checked: its shape, and the fields that the path has already. */
export interface BodyRule {
  shape: MessageShape;
  /** Fields of the path, as `contactList.id`, in the order of its segments. */
  inPath: readonly string[];
}

/** A call of the contract as a router sees it. */
export interface CallRule {
  /** Matches the path; its groups are the values in it. */
  path: RegExp;
  /** Null where the call takes no body. */
  body: BodyRule | null;
}

/** Rules by collection (such as `POST /v1/jobs`), so that only few patterns are tried for a call. */
export type CallRules = ReadonlyMap<string, readonly CallRule[]>;

/** Where in `CallRules` the rule of a call is, if there is one. */
export const collectionOf = (verb: string, path: string): string =>
  `${verb} ${/^(?:\/[^/:]*){0,2}/.exec(path)?.[0] ?? ""}`;

/** Every call of the contract whose body, if it has one, is JSON. Uploads are not among them. */
export function readCallRules(descriptorSet: Uint8Array): CallRules {
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, descriptorSet));
  const shapes = new Map<DescMessage, MessageShape>();
  const rules = new Map<string, CallRule[]>();
  for (const [rpc, { http }] of Object.entries(methods)) {
    for (const { verb, path, body } of http ? [http, ...http.additional] : []) {
      if (body !== null && body !== "*") continue;
      const shape = body === null ? null : messageShape(inputOf(registry, rpc), shapes);
      const rule = { path: pathPattern(path), body: shape && { shape, inPath: fieldsIn(path) } };
      const collection = collectionOf(verb, path);
      rules.set(collection, [...(rules.get(collection) ?? []), rule]);
    }
  }
  return rules;
}

/** `/v1/jobs/{job_id}:cancel` as a pattern. A value may hold a colon where no verb follows it. */
const pathPattern = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll(/[.:]/g, "\\$&").replaceAll(/\{[^{}]+\}/g, "([^/]+)")}$`);

const fieldsIn = (path: string): string[] => [...path.matchAll(/\{([\w.]+)\}/g)].map(([, name = ""]) => camel(name));

const camel = (name: string): string => name.replaceAll(/_(\w)/g, (_whole, letter: string) => letter.toUpperCase());

function inputOf(registry: FileRegistry, rpc: string): DescMessage {
  const [, service = "", name = ""] = rpc.split("/");
  const method = registry.getService(service)?.methods.find((each) => each.name === name);
  if (!method) throw new Error(`The descriptor set has no ${rpc}; run npm run gen.`);
  return method.input;
}

function messageShape(desc: DescMessage, known: Map<DescMessage, MessageShape>): MessageShape {
  const seen = known.get(desc);
  if (seen) return seen;
  const fields = new Map<string, FieldShape>();
  const shape: MessageShape = { kind: "message", fields };
  known.set(desc, shape); // before its fields, since a message may contain itself
  for (const field of desc.fields) {
    const oneof = field.oneof?.fields.map((each) => each.jsonName);
    const isList = field.fieldKind === "list";
    const fieldShape = { jsonName: field.jsonName, shape: shapeOf(field, known), isList, oneof };
    fields.set(field.jsonName, fieldShape).set(field.name, fieldShape);
  }
  return shape;
}

function shapeOf(field: DescField, known: Map<DescMessage, MessageShape>): Shape {
  const value = valueShape(field.message, known);
  return field.fieldKind === "map" ? { kind: "map", values: value } : value;
}

function valueShape(message: DescMessage | undefined, known: Map<DescMessage, MessageShape>): Shape {
  if (!message) return { kind: "scalar" };
  // Google's own types (Timestamp, FieldMask, Struct …) have their own JSON forms.
  return message.typeName.startsWith("google.") ? { kind: "any" } : messageShape(message, known);
}
