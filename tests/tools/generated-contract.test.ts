import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { methods } from "../../gen/methods.ts";
import type { JsonSchema } from "../../tools/contract/json-schema.ts";
import type { OpenApi, OpenApiOperation } from "../../tools/contract/openapi.ts";

const api = JSON.parse(readFileSync(new URL("../../gen/openapi.json", import.meta.url), "utf8")) as OpenApi;
const operations = Object.entries(api.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([verb, operation]): [string, OpenApiOperation] => [`${verb} ${path}`, operation]),
);

test("every RPC with a REST path is in the document, under each of its paths", () => {
  const rest = Object.entries(methods).flatMap(([name, { http }]) =>
    http ? [name, ...http.additional.map(() => name)] : [],
  );
  assert.deepEqual(operations.map(([, operation]) => String(operation["x-herald-grpc"])).sort(), rest.sort());
});

test("every operation tells its permission, its errors, and an example of what it answers", () => {
  for (const [name, operation] of operations) {
    assert.equal(typeof operation["x-herald-permission"], "string", name);
    assert.match(operation.description, /Permission: `.+`|Needs no token/, name);
    assert.ok(operation.summary.length > 0, name);
    assert.ok(operation.responses[503], `${name} has no 503`);
    if (operation["x-herald-permission"] !== "public")
      assert.ok(operation.responses[401] && operation.responses[403], name);
    const json = operation.responses[200]?.content["application/json"];
    if (json) assert.notEqual(json.example, undefined, `${name} has no example`);
  }
});

test("path parameters are declared, and each reference leads somewhere", () => {
  for (const [name, operation] of operations) {
    const inPath = [...name.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter ?? "");
    const declared = operation.parameters.filter((each) => each.in === "path").map((each) => each.name);
    assert.deepEqual(declared.sort(), inPath.sort(), name);
  }
  const references = [...JSON.stringify(api).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
    ([, schema]) => schema ?? "",
  );
  assert.deepEqual(
    references.filter((schema) => !(schema in api.components.schemas)),
    [],
  );
});

test("objects refuse what they do not know, so that a misspelt field is found by whoever validates", () => {
  const open = Object.entries(api.components.schemas).filter(
    ([, schema]) => schema.properties && schema.additionalProperties !== false,
  );
  assert.deepEqual(
    open.map(([name]) => name),
    [],
  );
});

test("what only the server sets has no place in a request", () => {
  const sent = Object.entries(api.components.schemas).filter(([name]) => /(Input|Patch)$/.test(name));
  const contactList = sent.find(([name]) => name === "ContactListPatch")?.[1] as JsonSchema;
  assert.ok(contactList.properties?.name && !contactList.properties.createTime);
  assert.equal(contactList.required, undefined, "a patch needs no field");
});

/** Built-in rules and domains have names, links have tokens, and versions count. */
const NO_UUIDS = new Set(["domain", "ruleId", "token", "version"]);

test("the limits that comments state are limits of the schemas", () => {
  const { schemas } = api.components;
  const list = schemas["ContactListInput"]?.properties;
  assert.deepEqual([list?.["name"]?.minLength, list?.["name"]?.maxLength], [1, 120]);
  assert.equal(list?.["description"]?.maxLength, 500);
  for (const [name, { parameters }] of operations) {
    for (const { name: parameter, in: place, schema } of parameters) {
      if (parameter === "pageSize") assert.equal(schema.minimum, 0, name);
      if (place === "path" && !NO_UUIDS.has(parameter))
        assert.match(schema.pattern ?? "", /a-fA-F/, `${name} ${parameter}`);
    }
  }
});

test("what may be left out of a request may be null, as protobuf's JSON has it, and nothing of an answer may", () => {
  const { schemas } = api.components;
  assert.deepEqual(schemas["ContactListInput"]?.properties?.["etag"]?.type, ["string", "null"]);
  assert.equal(schemas["ContactListInput"]?.properties?.["name"]?.type, "string");
  assert.equal(schemas["ContactList"]?.properties?.["etag"]?.type, "string");
});
