/** Promises that every RPC of every service keeps. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { methods } from "../../gen/methods.ts";
import { wholeFile } from "../lib/cleanup.ts";
import { bootMesh, type Mesh } from "../lib/mesh.ts";
import { walkRpcs } from "../lib/walk-rpcs.ts";
import { everyPermission, probeForeignIds } from "./foreign-ids.ts";
import { makeTenant, oneOfEverything } from "./one-of-everything.ts";

/** The contract of voice adapters, which are not services of the mesh. */
const ofAdapters = (path: string) => path.startsWith("/herald.dial.v1.VoiceAdapterService/");

const mesh: Mesh = await bootMesh(wholeFile);

test("every RPC of every service refuses nobody with UNAUTHENTICATED and somebody without its permission with PERMISSION_DENIED", async () => {
  const contract = Object.fromEntries(Object.entries(methods).filter(([path]) => !ofAdapters(path)));
  // Every service with an outbox answers the RPCs that all of them share.
  const { walked, faults } = await walkRpcs({ addresses: { ...mesh, common: mesh.lists }, methods: contract });
  assert.deepEqual(walked, Object.keys(contract));
  assert.deepEqual(faults, []);
});

test("every RPC answers for another tenant's id as for one that exists nowhere: NOT_FOUND, or nothing found", async (t) => {
  const tenantId = await makeTenant(t, mesh, everyPermission);
  const ids = await oneOfEverything(t, mesh, tenantId, everyPermission);
  const { probed, faults } = await probeForeignIds(t, mesh, ids, await makeTenant(t, mesh, everyPermission));
  assert.deepEqual(faults, []);
  assert.ok(probed.length > 50, `${probed.length} RPCs name something by id`);
});
