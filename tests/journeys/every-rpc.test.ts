/** What every RPC of every service promises, whoever wrote it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { methods } from "../../gen/methods.ts";
import { bootMesh } from "../lib/mesh.ts";
import { walkRpcs } from "../lib/walk-rpcs.ts";

test("every RPC of every service refuses nobody with UNAUTHENTICATED and somebody without its permission with PERMISSION_DENIED", async (t) => {
  const addresses = await bootMesh(t);
  const { walked, faults } = await walkRpcs({ addresses });
  assert.deepEqual(walked, Object.keys(methods));
  assert.deepEqual(faults, []);
});
