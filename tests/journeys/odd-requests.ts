/** Makes requests for one RPC of the contract that are valid except for one field with an odd value. */
import { readFileSync } from "node:fs";
import {
  create,
  createFileRegistry,
  type DescField,
  type DescMessage,
  fromBinary,
  type FileRegistry,
  type Message,
  ScalarType,
  toBinary,
} from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import type { Ids } from "./one-of-everything.ts";

export interface OddRequest {
  bytes: Buffer;
  /** Path of the field, without list positions: `rule.contact_window.open_times.from_minute`. */
  field: string;
  what: string;
  isText: boolean;
  /** Whether the value can never be stored, so that it must be refused in every field. */
  mustBeRefused: boolean;
}

interface OddValue {
  what: string;
  value: unknown;
  mustBeRefused?: boolean;
}

const registry: FileRegistry = createFileRegistry(
  fromBinary(FileDescriptorSetSchema, readFileSync(new URL("../../gen/herald.binpb", import.meta.url))),
);

/** A stand-in for bytes that are not UTF-8, since no message object can contain them. */
const BROKEN = "\u0001broken\u0001";

const TEXTS: OddValue[] = [
  { what: "a NUL", value: "a\0b", mustBeRefused: true },
  { what: "broken UTF-8", value: BROKEN, mustBeRefused: true },
  { what: "100 kB of text", value: "x".repeat(100_000) },
  { what: "an escape character", value: "\u001b[31m" },
  { what: "nothing visible", value: "\u200b\u2060" },
  { what: "a quote", value: `'"\\%_{{ x` },
  { what: "an etag of no version that can be", value: "vzzzzzzzzzz" },
  { what: "an etag of a version that cannot be", value: "vzzzzzz" },
  { what: "an emoji", value: "👩‍👩‍👧" },
];
const INTS: OddValue[] = [-2_147_483_648, -1, 2_147_483_647].map((value) => ({ what: String(value), value }));
const WIDE: OddValue[] = [
  ...[-1n, 9_007_199_254_740_991n].map((value) => ({ what: String(value), value })),
  ...[9_007_199_254_740_993n, 9_223_372_036_854_775_807n, -9_223_372_036_854_775_808n].map((value) => ({
    what: String(value),
    value,
    mustBeRefused: true,
  })),
];
const REALS: OddValue[] = [
  ...[Number.NaN, Infinity].map((value) => ({ what: String(value), value, mustBeRefused: true })),
  ...[-1, 1e308].map((value) => ({ what: String(value), value })),
];
const SECONDS = [-62_135_596_801n, 253_402_300_800n, 9_000_000_000_000n, 9_223_372_036_854_775_807n];
const TEXTS_LONG_ENOUGH = new Set(["text", "html"]);

/** Makes every odd request of an RPC. The `ids` are of things that exist, so that a request is not refused because of its ids. */
export function* oddRequests(path: string, ids: Ids): Generator<OddRequest> {
  const [, service = "", method = ""] = path.split("/");
  const input = registry.getService(service)?.methods.find(({ name }) => name === method)?.input;
  if (!input) throw new Error(`${path} is not in the contract.`);
  for (const chain of leaves(input, [])) {
    for (const odd of oddValues(chain.at(-1) as DescField)) {
      const message = filled(input, ids);
      put(message, input, chain, odd.value);
      yield {
        bytes: broken(Buffer.from(toBinary(input, message))),
        field: chain.map(({ name }) => name).join("."),
        what: odd.what,
        isText: typeof odd.value === "string",
        mustBeRefused: odd.mustBeRefused ?? false,
      };
    }
  }
}

/** The paths to every field that has a value. */
function* leaves(message: DescMessage, above: readonly DescField[]): Generator<DescField[]> {
  for (const field of message.fields) {
    const chain = [...above, field];
    if (isPlain(field)) yield chain;
    else if (field.message?.typeName.startsWith("herald.") && field.fieldKind !== "map")
      yield* leaves(field.message, chain);
  }
}

const isPlain = (field: DescField) =>
  (field.fieldKind !== "map" && (field.scalar !== undefined || field.enum !== undefined)) ||
  field.message?.typeName === "google.protobuf.Timestamp";

function oddValues(field: DescField): OddValue[] {
  if (field.message) return SECONDS.map((seconds) => ({ what: `${seconds} s`, value: seconds, mustBeRefused: true }));
  if (field.enum) return [-1, 9_999].map((value) => ({ what: `enum ${value}`, value }));
  if (field.scalar === ScalarType.STRING)
    return TEXTS.map((odd) =>
      odd.what === "100 kB of text" ? { ...odd, mustBeRefused: !TEXTS_LONG_ENOUGH.has(field.name) } : odd,
    );
  if (field.scalar === ScalarType.INT32) return INTS;
  if (field.scalar === ScalarType.INT64) return WIDE;
  return field.scalar === ScalarType.DOUBLE ? REALS : [];
}

/** What requests need in addition to ids to be valid. */
const BESIDE: Record<string, object> = {
  "herald.campaigns.v1.CampaignGroup": { name: "Odd", channel: 2, content: { text: "Hello" } },
  "herald.lists.v1.ContactList": { name: "Odd" },
  "herald.lists.v1.SuppressionList": { name: "Odd", kind: 1 },
  "herald.lists.v1.SuppressionEntry": { value: "+12125550199" },
  "herald.compliance.v1.Rule": { name: "Odd" },
  "herald.compliance.v1.AttemptCheck": { channel: 1, contactInfo: "+12125550199" },
  "herald.dial.v1.MessageTemplate": { name: "Odd", channel: 2, draft: { variants: [{ text: "Hello" }] } },
  "herald.identity.v1.Role": { name: "Odd", permissions: ["lists.read"] },
  "herald.identity.v1.User": { displayName: "Odd", email: "odd@acme.example" },
  "herald.identity.v1.ApiKey": { name: "Odd" },
  "google.api.HttpBody": { contentType: "text/csv", data: Buffer.from("Client ID,Mobile\nC-1,+12125550123\n") },
};

function filled(desc: DescMessage, ids: Ids): Message {
  const message = create(desc, structuredClone(BESIDE[desc.typeName] ?? {}) as never) as Message &
    Record<string, unknown>;
  for (const field of desc.fields) {
    if (field.scalar === ScalarType.STRING && field.fieldKind === "scalar" && ids[field.localName])
      message[field.localName] = ids[field.localName];
    const ofMany = field.fieldKind === "list" && ids[field.localName.replace(/s$/, "")];
    if (ofMany) message[field.localName] = [ofMany];
    if (field.fieldKind === "message" && BESIDE[field.message.typeName] && !field.oneof) {
      const inner = filled(field.message, ids) as Message & Record<string, unknown>;
      const id = ids[`${field.localName}Id`];
      if (id !== undefined && "id" in inner && desc.name.startsWith("Update")) inner["id"] = id;
      message[field.localName] = inner;
    }
  }
  return message;
}

/** Sets the value at the end of a path, and makes the messages on the way to it. */
function put(message: Message, desc: DescMessage, [field, ...rest]: readonly DescField[], value: unknown): void {
  if (!field) return;
  const held = reflect(desc, message, false);
  const inner = field.message;
  if (inner && (rest.length > 0 || inner.typeName === "google.protobuf.Timestamp")) {
    const made =
      field.fieldKind === "message" && held.isSet(field) ? held.get(field).message : (create(inner) as Message);
    if (rest.length > 0) put(made, inner, rest, value);
    else (made as Message & { seconds: unknown }).seconds = value;
    if (field.fieldKind === "list") held.get(field).add(reflect(inner, made, false));
    else if (field.fieldKind === "message") held.set(field, reflect(inner, made, false));
    return;
  }
  if (field.fieldKind === "list") held.get(field).add(value);
  else held.set(field, value);
}

/** Replaces the stand-in by the bytes. */
function broken(bytes: Buffer): Buffer {
  const at = bytes.indexOf(BROKEN);
  if (at >= 0) bytes.fill(0xff, at, at + BROKEN.length);
  return bytes;
}
