import assert from "node:assert/strict";
import { test } from "node:test";
import { echoMethods, EchoDefinition } from "../echo.ts";
import { bootEcho } from "../echo-service.ts";
import { collect, meshClient, newId, nobodysClient, rejectsWith, status, userClient } from "../harness.ts";

const tenantId = newId();
const speaker = { tenantId, permissions: ["echo.say", "echo.change"] };

async function* texts(...values: string[]) {
  for (const text of values) yield { text };
}

test("every kind of RPC answers a caller who may call it, in the tenant of the token", async (t) => {
  const { address } = await bootEcho(t);
  const echo = await userClient(t, address, EchoDefinition, speaker);
  assert.deepEqual(await echo.say({ text: "hello" }), { text: "hello", count: 0, tenantId, thingId: "" });
  const counted = await collect(echo.count({ count: 3 }));
  assert.deepEqual(
    counted.map(({ count }) => count),
    [1, 2, 3],
  );
  const numbers = async function* () {
    yield { count: 2 };
    yield { count: 40 };
  };
  assert.equal((await echo.sum(numbers())).count, 42);
  const said = await collect(echo.talk(texts("a", "b")));
  assert.deepEqual(
    said.map(({ text }) => text),
    ["A", "B"],
  );
});

test("no token is UNAUTHENTICATED and a missing permission PERMISSION_DENIED, for every kind of RPC", async (t) => {
  const { address } = await bootEcho(t);
  const nobody = nobodysClient(t, address, EchoDefinition);
  const stranger = await userClient(t, address, EchoDefinition, { tenantId, permissions: ["echo.other"] });
  for (const [client, code, reason] of [
    [nobody, status.UNAUTHENTICATED, "ERROR_REASON_NOT_AUTHENTICATED"],
    [stranger, status.PERMISSION_DENIED, "ERROR_REASON_PERMISSION_MISSING"],
  ] as const) {
    await rejectsWith(client.say({ text: "x" }), code, reason);
    await rejectsWith(client.count({ count: 1 }), code, reason);
    await rejectsWith(client.sum(texts("x")), code, reason);
    await rejectsWith(client.talk(texts("x")), code, reason);
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

test("a call for every tenant is refused by a handler that acts within one", async (t) => {
  const { address } = await bootEcho(t);
  await rejectsWith(meshClient(t, address, EchoDefinition, "*").inner({}), status.INVALID_ARGUMENT);
});

test("a public RPC needs no token and minds no bad one", async (t) => {
  const { address } = await bootEcho(t, { handlers: { greet: async (_req, ctx) => ({ text: ctx.caller.kind }) } });
  const nobody = nobodysClient(t, address, EchoDefinition);
  assert.equal((await nobody.greet({})).text, "none");
  const expired = await userClient(t, address, EchoDefinition, { endsIn: -60 });
  assert.equal((await expired.greet({})).text, "none");
  await rejectsWith(expired.say({}), status.UNAUTHENTICATED);
});

test("an RPC that the contract gives no permission keeps the server from starting", async (t) => {
  for (const methods of [
    {
      ...echoMethods,
      "/herald.lists.v1.EchoService/Sum": { ...echoMethods["/herald.lists.v1.EchoService/Sum"], requires: null },
    },
    Object.fromEntries(Object.entries(echoMethods).filter(([path]) => !path.endsWith("/Talk"))),
  ]) {
    await assert.rejects(
      bootEcho(t, { methods: methods as typeof echoMethods }),
      /has no \(herald.options.v1.requires\) in the contract/,
    );
  }
});

test("a message of more than 4 MiB is refused, one just below is not", async (t) => {
  const { address } = await bootEcho(t);
  const echo = await userClient(t, address, EchoDefinition, speaker);
  const megabytes = 4 * 1024 * 1024;
  assert.equal((await echo.say({ text: "x".repeat(megabytes - 200) })).text.length, megabytes - 200);
  await rejectsWith(echo.say({ text: "x".repeat(megabytes) }), status.RESOURCE_EXHAUSTED);
});

test("a handler knows the request id it was given, and one is made when it was not", async (t) => {
  const { address } = await bootEcho(t, { handlers: { say: async (_req, ctx) => ({ text: ctx.requestId }) } });
  const echo = await userClient(t, address, EchoDefinition, speaker);
  assert.equal((await echo.say({}, { requestId: "from-the-edge-1" })).text, "from-the-edge-1");
  assert.match((await echo.say({})).text, /^[0-9a-f-]{36}$/);
});
