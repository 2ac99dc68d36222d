import assert from "node:assert/strict";
import { test } from "node:test";
import { EchoDefinition } from "./echo.ts";
import { bootEcho } from "./echo-service.ts";
import { collect, meshClient, newId, nobodysClient, rejectsWith, status, userClient } from "./harness.ts";

const tenantId = newId();
const speaker = { tenantId, permissions: ["echo.say"] };

test("every kind of RPC answers a caller who may call it, in the tenant of the token", async (t) => {
  const { address } = await bootEcho(t);
  const echo = await userClient(t, address, EchoDefinition, speaker);
  assert.deepEqual(await echo.say({ text: "hello" }), { text: "hello", count: 0, tenantId, thingId: "" });
  assert.deepEqual(
    (await collect(echo.count({ count: 3 }))).map(({ count }) => count),
    [1, 2, 3],
  );
  assert.equal((await echo.sum([{ count: 2 }, { count: 40 }].values() as never)).count, 42);
  assert.deepEqual(
    (
      await collect(
        echo.talk(
          (async function* () {
            yield { text: "a" };
            yield { text: "b" };
          })(),
        ),
      )
    ).map(({ text }) => text),
    ["A", "B"],
  );
});

test("no token is UNAUTHENTICATED and a missing permission PERMISSION_DENIED, for every kind of RPC", async (t) => {
  const { address } = await bootEcho(t);
  const nobody = nobodysClient(t, address, EchoDefinition);
  const stranger = await userClient(t, address, EchoDefinition, { tenantId, permissions: ["echo.other"] });
  const requests = async function* () {
    yield { text: "x" };
  };
  for (const [client, code, reason] of [
    [nobody, status.UNAUTHENTICATED, "ERROR_REASON_NOT_AUTHENTICATED"],
    [stranger, status.PERMISSION_DENIED, "ERROR_REASON_PERMISSION_MISSING"],
  ] as const) {
    await rejectsWith(client.say({ text: "x" }), code, reason);
    await rejectsWith(client.count({ count: 1 }), code, reason);
    await rejectsWith(client.sum(requests()), code, reason);
    await rejectsWith(client.talk(requests()), code, reason);
  }
  const told = await rejectsWith(stranger.say({ text: "x" }), status.PERMISSION_DENIED);
  assert.deepEqual(told.metadata, { permission: "echo.say" });
});

test("what services keep among themselves is closed to people, even with a token that claims it, and open to services", async (t) => {
  const { address } = await bootEcho(t);
  const boaster = await userClient(t, address, EchoDefinition, { tenantId, permissions: ["mesh.echo"] });
  await rejectsWith(boaster.inner({}), status.PERMISSION_DENIED, "ERROR_REASON_PERMISSION_MISSING");
  assert.equal((await meshClient(t, address, EchoDefinition, tenantId).inner({ text: "in" })).tenantId, tenantId);
});
