/** No value of any field of any RPC makes a service fail: a value that cannot be stored or read again is refused with the name of its field. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Client, credentials, status } from "@grpc/grpc-js";
import { methods } from "../../gen/methods.ts";
import { errorDetails } from "../../svc/lib/errors/error-details.ts";
import { audienceOf, meshTokens } from "../../svc/lib/auth/mesh-token.ts";
import { wholeFile } from "../lib/cleanup.ts";
import { MESH_KEY, tokenFor } from "../lib/harness.ts";
import { bootMesh, type Mesh } from "../lib/mesh.ts";
import { callRaw } from "../lib/walk-rpcs.ts";
import { everyPermission } from "./foreign-ids.ts";
import { makeTenant, oneOfEverything } from "./one-of-everything.ts";
import { oddRequests } from "./odd-requests.ts";

/** Acceptable codes: the caller can do something about them, or nothing was wrong. */
const CLEAN = new Set([
  status.OK,
  status.INVALID_ARGUMENT,
  status.NOT_FOUND,
  status.FAILED_PRECONDITION,
  status.ALREADY_EXISTS,
  status.ABORTED,
  status.PERMISSION_DENIED,
  status.UNAUTHENTICATED,
  status.RESOURCE_EXHAUSTED,
]);

const mesh: Mesh = await bootMesh(wholeFile);

test("odd values in each field of each RPC are answered cleanly, and refused where they could never be kept", async (t) => {
  const tenantId = await makeTenant(t, mesh, everyPermission);
  const ids = await oneOfEverything(t, mesh, tenantId, everyPermission);
  const person = `Bearer ${await tokenFor({ tenantId, permissions: everyPermission })}`;
  const faults: string[] = [];
  let calls = 0;
  for (const [path, rule] of Object.entries(methods)) {
    const [, named = ""] = path.split(".");
    // Every service with an outbox answers the RPCs that all of them share.
    const service = (named === "common" ? "lists" : named) as keyof Mesh;
    if (path.startsWith("/herald.dial.v1.VoiceAdapterService/")) continue;
    const ofMesh = rule.requires?.startsWith("mesh.");
    const header = ofMesh ? await meshTokens("tests", audienceOf(MESH_KEY, service))(tenantId) : person;
    const client = new Client(mesh[service], credentials.createInsecure());
    for (const { bytes, field, what, isText, mustBeRefused } of oddRequests(path, ids)) {
      const told = errorDetails(await callRaw(client, path, rule, header, bytes));
      const code = told?.code ?? status.OK;
      calls += 1;
      const isNamed = told?.fields.some((wrong) => wrong.field.replaceAll(/\[\d+\]/g, "") === field);
      if (!CLEAN.has(code)) faults.push(`${path} ${field} ${what}: ${status[code]} ${told?.message}`);
      else if (mustBeRefused && !(ofMesh && isText) && (code !== status.INVALID_ARGUMENT || !isNamed))
        faults.push(`${path} ${field} ${what}: not refused by its name: ${status[code]} ${told?.message}`);
    }
    client.close();
  }
  assert.deepEqual(faults, []);
  assert.ok(calls > 2_000, `${calls} calls`);
});
