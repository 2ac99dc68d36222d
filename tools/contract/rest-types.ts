import type { JsonSchema } from "./json-schema.ts";
import { ENUM_NUMBER } from "./schema-book.ts";
import type { Content, OpenApi, OpenApiOperation, OpenApiParameter } from "./openapi.ts";

const verbs = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** Writes `gen/rest.ts`: the JSON shapes as TypeScript, and the `paths` that `openapi-fetch` takes. */
export function writeRestTypes(api: OpenApi): string {
  const schemas = Object.entries(api.components.schemas).map(([name, schema]) => declaration(name, schema));
  const paths = Object.entries(api.paths).map(
    ([path, item]) => `  ${JSON.stringify(path)}: {\n${pathItem(item)}\n  };`,
  );
  return `// Made from proto/ by \`npm run gen\`. Do not edit.

${schemas.join("\n\n")}

/** Every path of the REST contract, for \`createClient<paths>()\` of openapi-fetch. */
export interface paths {
${paths.join("\n")}
}
`;
}

function declaration(name: string, schema: JsonSchema): string {
  const doc = comment(schema.description, "");
  if (Object.keys(schema.properties ?? {}).length > 0) return `${doc}export interface ${name} ${typeOf(schema, "")}`;
  return `${doc}export type ${name} = ${typeOf(schema, "")};`;
}

function pathItem(item: Record<string, OpenApiOperation>): string {
  const rows = verbs.map((verb) => {
    const operation = item[verb];
    return operation
      ? `${comment(operation.description, "    ")}    ${verb}: ${operationType(operation)};`
      : `    ${verb}?: never;`;
  });
  return [`    parameters: { query?: never; header?: never; path?: never; cookie?: never };`, ...rows].join("\n");
}

function operationType(operation: OpenApiOperation): string {
  const at = (place: string): OpenApiParameter[] => operation.parameters.filter((each) => each.in === place);
  const answers = Object.entries(operation.responses).map(
    ([status, { content }]) =>
      `        ${status}: { headers: { [name: string]: unknown }; content: ${contentType(content, "        ")} };`,
  );
  return [
    "{",
    `      parameters: { query?: ${group(at("query"))}; header?: never; path${at("path").length ? "" : "?"}: ${group(at("path"))}; cookie?: never };`,
    operation.requestBody
      ? `      requestBody${operation.requestBody.required ? "" : "?"}: { content: ${contentType(operation.requestBody.content, "      ")} };`
      : "      requestBody?: never;",
    "      responses: {",
    ...answers,
    "      };",
    "    }",
  ].join("\n");
}

const group = (parameters: OpenApiParameter[]): string =>
  parameters.length === 0
    ? "never"
    : `{ ${parameters.map((each) => `${key(each.name)}${each.required ? "" : "?"}: ${typeOf(each.schema, "")}`).join("; ")} }`;

const contentType = (content: Content, indent: string): string =>
  `{ ${Object.entries(content)
    .map(([type, { schema }]) => `${JSON.stringify(type)}: ${type === "*/*" ? "Blob" : typeOf(schema, indent)}`)
    .join("; ")} }`;

function typeOf(given: JsonSchema, indent: string): string {
  // What the edge bears with (null for nothing, an enum's number) is no part of what we write ourselves.
  const schema = Array.isArray(given.type) ? { ...given, type: given.type[0] } : given;
  if (schema.anyOf?.[1]?.description === ENUM_NUMBER || schema.anyOf?.[1]?.type === "null")
    return typeOf(schema.anyOf[0] ?? {}, indent);
  if (schema.$ref) return schema.$ref.split("/").at(-1) ?? "unknown";
  if (schema.anyOf) return schema.anyOf.map((each) => typeOf(each, indent)).join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => `\n${indent}  | ${JSON.stringify(value)}`).join("");
  if (schema.type === "array") return `Array<${typeOf(schema.items ?? {}, indent)}>`;
  if (schema.type === "object") return objectType(schema, indent);
  if (schema.type === "integer" || schema.type === "number") return "number";
  return schema.type === "string" || schema.type === "boolean" ? schema.type : "unknown";
}

function objectType(schema: JsonSchema, indent: string): string {
  const required = new Set(schema.required);
  const rows = Object.entries(schema.properties ?? {}).map(
    ([name, property]) =>
      `${comment(property.description, `${indent}  `)}${indent}  ${key(name)}${required.has(name) ? "" : "?"}: ${typeOf(property, `${indent}  `)};`,
  );
  if (rows.length > 0) return `{\n${rows.join("\n")}\n${indent}}`;
  if (typeof schema.additionalProperties === "object")
    return `{ [key: string]: ${typeOf(schema.additionalProperties, indent)} }`;
  return schema.additionalProperties ? "{ [key: string]: unknown }" : "{ [key: string]: never }";
}

const key = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

function comment(text: string | undefined, indent: string): string {
  if (!text) return "";
  const lines = text.replaceAll("*/", "*\\/").split("\n");
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}
