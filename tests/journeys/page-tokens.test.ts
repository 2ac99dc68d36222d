/** However a caller changes a page token, every list RPC answers with INVALID_ARGUMENT for `page_token`, or as it would for the original one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type MethodRule, methods } from "../../gen/methods.ts";
import { serviceOf } from "../../svc/lib/rpc/definitions.ts";
import { errorDetails } from "../../svc/lib/errors/error-details.ts";
import { status } from "../../svc/lib/errors/errors.ts";
import { type KeyPart, pageOf, readPage } from "../../svc/lib/request/page.ts";
import { wholeFile } from "../lib/cleanup.ts";
import { meshClient, userClient } from "../lib/harness.ts";
import { bootMesh, type Mesh } from "../lib/mesh.ts";
import { definitions, everyPermission } from "./foreign-ids.ts";
import { makeTenant, oneOfEverything } from "./one-of-everything.ts";

type Request = { pageSize: number; pageToken: string } & Record<string, unknown>;

/** Sort keys with which no page ends. */
const KEYS: (readonly KeyPart[])[] = [
  [],
  ["x"],
  [null, null],
  [-1, 1e300],
  ["2026-13-45T99:00:00Z", "x"],
  ["+300000-01-01T00:00:00Z", "y"],
  ["a\0b", "a\0b"],
  ["x".repeat(10_000), "z"],
];

const mesh: Mesh = await bootMesh(wholeFile);

/** A token for this request in the form that the call would give it, but with another key. */
const tokenOf = (req: Request, key: readonly KeyPart[]) =>
  pageOf(
    readPage({ ...req, pageToken: "" }, { usual: 1, most: 1 }),
    [1, 2],
    () => key,
    () => 0,
  ).nextPageToken;

function tampered(req: Request): string[] {
  const token = tokenOf(req, ["0198c5f0-0000-7000-8000-000000000000"]);
  const flipped = Buffer.from(token, "base64url");
  flipped[3] = (flipped[3] ?? 0) ^ 1;
  return [
    ...KEYS.map((key) => tokenOf(req, key)),
    token.slice(0, -3),
    flipped.toString("base64url"),
    tokenOf({ ...req, anotherFilter: 1 }, ["x"]),
    Buffer.from("rubbish").toString("base64url"),
    Buffer.from("[[[[").toString("base64url"),
    "~~~",
    "A".repeat(3_999),
    "A".repeat(100_000),
    "a\0b",
  ];
}

test("tampered page tokens are refused by name by every list, and none makes a service stumble", async (t) => {
  const tenantId = await makeTenant(t, mesh, everyPermission);
  const ids = await oneOfEverything(t, mesh, tenantId, everyPermission);
  const faults: string[] = [];
  const asked: string[] = [];
  for (const definition of await definitions()) {
    const address = mesh[serviceOf(definition) as keyof Mesh];
    const person = await userClient(t, address, definition, { tenantId, permissions: everyPermission });
    const service = meshClient(t, address, definition, tenantId);
    for (const [name, method] of Object.entries(definition.methods)) {
      const empty = method.requestType.fromPartial({} as never) as Request;
      if (!("pageToken" in empty)) continue;
      const path = `/${definition.fullName}/${method.name}`;
      const client = (methods[path] as MethodRule).requires?.startsWith("mesh.") ? service : person;
      const named = Object.fromEntries(Object.keys(empty).flatMap((key) => (ids[key] ? [[key, ids[key]]] : [])));
      const req: Request = { ...empty, ...named };
      asked.push(path);
      // Each list RPC has its own request type; this test uses only the fields that all of them have.
      const call = client[name] as unknown as (request: object) => Promise<unknown>;
      for (const pageToken of tampered(req)) {
        const told = await call({ ...req, pageToken }).then(
          () => undefined,
          (error: unknown) => errorDetails(error) ?? { code: status.UNKNOWN, message: String(error), fields: [] },
        );
        const isNamed = told?.code === status.INVALID_ARGUMENT && told.fields[0]?.field === "page_token";
        if (told && !isNamed) faults.push(`${path} ${pageToken.slice(0, 60)}: ${status[told.code]} ${told.message}`);
      }
    }
  }
  assert.deepEqual(faults, []);
  assert.ok(asked.length >= 15, asked.join(", "));
});
