/** The contract tells the range of every number that a caller may give. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type DescField, type DescMessage, getOption, hasOption, ScalarType } from "@bufbuild/protobuf";
import { readComments } from "../../tools/contract/comments.ts";
import { linkDescriptorSet, readDescriptorSet } from "../../tools/contract/descriptors.ts";
import { readMethods } from "../../tools/contract/methods.ts";

const SMALL = new Set([
  ScalarType.INT32,
  ScalarType.UINT32,
  ScalarType.SINT32,
  ScalarType.FIXED32,
  ScalarType.SFIXED32,
  ScalarType.FLOAT,
  ScalarType.DOUBLE,
]);
/** `1 to 100`, `1 (Monday) to 7 (Sunday)`, `up to 10,000`; of a page what is more is read as the most. */
const RANGE = /\b\d[\d.,]*(?: \(\w+\))? to \d|\b[Uu]p to \d|more than [\d,]+ is read as/;

const set = readDescriptorSet(readFileSync(new URL("../../gen/herald.binpb", import.meta.url)));
const registry = linkDescriptorSet(set);
const commentOf = readComments(set);

/** Fields of a request, those of its messages included; what only the server sets is no caller's to give. */
function* givenFields(message: DescMessage, seen: Set<string>): Generator<DescField> {
  if (seen.has(message.typeName) || !message.typeName.startsWith("herald.")) return;
  seen.add(message.typeName);
  for (const field of message.fields) {
    if (isOutputOnly(field)) continue;
    yield field;
    if (field.message) yield* givenFields(field.message, seen);
  }
}

function isOutputOnly(field: DescField): boolean {
  const behaviour = registry.getExtension("google.api.field_behavior");
  if (!behaviour || !hasOption(field, behaviour)) return false;
  const values = getOption(field, behaviour) as readonly number[];
  return values.includes(OUTPUT_ONLY);
}

const OUTPUT_ONLY = 3;

test("every small number of a request that people may send tells its range, which checks and forms are written after", () => {
  const seen = new Set<string>();
  const fields = readMethods(registry)
    .filter(({ http }) => http !== null)
    .flatMap(({ desc }) => [...givenFields(desc.input, seen)]);
  const numbers = fields.filter((field) => "scalar" in field && field.scalar !== undefined && SMALL.has(field.scalar));
  assert.ok(numbers.length > 30, `${numbers.length} numbers`);
  const silent = numbers.filter((field) => !RANGE.test(commentOf(field.proto)));
  assert.deepEqual(
    silent.map((field) => `${field.parent.typeName}.${field.name}: ${commentOf(field.proto)}`),
    [],
  );
});
