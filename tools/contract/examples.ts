import type { JsonSchema } from "./json-schema.ts";

/** Finds a schema by its reference. */
type SchemaResolver = (ref: string) => JsonSchema;

const byName: [pattern: RegExp, example: string][] = [
  [/page_?token$/i, "MDE5YTAwMDAtMDAwMA"],
  [/etag$/i, "7"],
  [/(^|[a-z])(id|ids)$/i, "019a4f6e-5d3a-7c21-9b54-3f0e6a8d2c11"],
  [/e?mail(address)?$/i, "ada@example.com"],
  [/phone|number$/i, "+12025550143"],
  [/time_?zone|zones?$/i, "America/New_York"],
  [/region|country/i, "US"],
  [/locale|language/i, "en-US"],
  [/url$/i, "https://example.com/hook"],
  [/currency/i, "USD"],
  [/file_?name$/i, "spring.csv"],
  [/name$/i, "Spring"],
  [/secret|password|token|key$/i, "secret"],
  [/date$/i, "2026-04-01"],
  [/^q(uery)?$/i, "spring"],
];

/** Makes an example of a schema: deterministic, small, with values that only fiction has. */
export function exampleOf(schema: JsonSchema, resolve: SchemaResolver, name = "", seen: string[] = []): unknown {
  if (schema.$ref) {
    if (seen.includes(schema.$ref)) return undefined;
    return exampleOf(resolve(schema.$ref), resolve, name, [...seen, schema.$ref]);
  }
  if (schema.anyOf?.[0]) return exampleOf(schema.anyOf[0], resolve, name, seen);
  if (Array.isArray(schema.type)) return exampleOf({ ...schema, type: schema.type[0] }, resolve, name, seen);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[1] ?? schema.enum[0];
  if (schema.type === "array") return arrayExample(schema, resolve, name, seen);
  if (schema.type === "object") return objectExample(schema, resolve, seen);
  return scalarExample(schema, name);
}

function arrayExample(schema: JsonSchema, resolve: SchemaResolver, name: string, seen: string[]): unknown[] {
  const item = exampleOf(schema.items ?? {}, resolve, name.replace(/s$/, ""), seen);
  return item === undefined ? [] : [item];
}

function objectExample(schema: JsonSchema, resolve: SchemaResolver, seen: string[]): Record<string, unknown> {
  const example: Record<string, unknown> = {};
  const alternatives = new Set<string>();
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const oneof = /At most one of .* is set\./.exec(property.description ?? "")?.[0];
    if (oneof && alternatives.has(oneof)) continue;
    if (oneof) alternatives.add(oneof);
    const value = exampleOf(property, resolve, name, seen);
    if (value !== undefined) example[name] = value;
  }
  if (typeof schema.additionalProperties === "object") {
    const value = exampleOf(schema.additionalProperties, resolve, "", seen);
    if (value !== undefined) example.key = value;
  }
  return example;
}

function scalarExample(schema: JsonSchema, name: string): unknown {
  if (schema.type === "boolean") return true;
  if (schema.type === "integer" || schema.type === "number") return /percent|share|ratio/i.test(name) ? 50 : 10;
  if (schema.type !== "string") return undefined;
  if (schema.format === "date-time") return "2026-04-01T14:30:00Z";
  if (schema.format === "int64" || schema.format === "uint64") return "10000";
  if (schema.pattern?.endsWith("s$")) return "30s";
  if (schema.contentEncoding) return "SGVyYWxk";
  if (/mask$/i.test(name)) return "name";
  return byName.find(([pattern]) => pattern.test(name))?.[1] ?? "text";
}
