import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { test, type TestContext } from "node:test";
import { RpcError } from "../../../svc/lib/errors/errors.ts";
import { type Calls, connect } from "../../../svc/lib/client/client.ts";
import { audienceOf, meshTokens } from "../../../svc/lib/auth/mesh-token.ts";
import { cleanup } from "../cleanup.ts";
import { EchoDefinition, type EchoHandlers, echoMethods } from "../echo.ts";
import { bootEcho, echoEnv } from "../echo-service.ts";
import { MESH_KEY, newId, rejectsWith, status, until } from "../harness.ts";

const tenantId = newId();
const scope = { tenantId };

function open(t: TestContext, address: string): Calls<typeof EchoDefinition> {
  const connection = connect({
    address,
    token: meshTokens("tests", audienceOf(MESH_KEY, "lists")),
    deadlineMs: 5_000,
    methods: echoMethods,
  });
  cleanup(t, () => connection.close());
  return connection.client(EchoDefinition);
}

const away = () => new RpcError(status.UNAVAILABLE, "not now", { reason: "ERROR_REASON_DEPENDENCY_UNAVAILABLE" });

test("a handler's context travels on: tenant, request id, what is left of the deadline, and the end", async (t) => {
  const seen: { requestId: string; leftMs: number; tenantId: string }[] = [];
  const inner: EchoHandlers["inner"] = async (_req, ctx) => {
    seen.push({ requestId: ctx.requestId, leftMs: ctx.deadlineMs - Date.now(), tenantId: ctx.tenantId });
    await new Promise((resolve) => ctx.signal.addEventListener("abort", resolve));
    seen.push({ requestId: "aborted", leftMs: 0, tenantId: "" });
    return {};
  };
  const below = await bootEcho(t, { handlers: { inner } });
  const client = open(t, below.address);
  const above = await bootEcho(t, { handlers: { inner: (req, ctx) => client.inner(req, ctx) } });
  const leave = new AbortController();
  const call = open(t, above.address).inner(
    {},
    { tenantId, requestId: "req-7", timeoutMs: 3_000, signal: leave.signal },
  );
  await until(() => seen.length === 1);
  leave.abort();
  await rejectsWith(call, status.CANCELLED);
  await until(() => seen.length === 2, { what: "the call below ends as well" });
  assert.deepEqual([seen[0]?.requestId, seen[0]?.tenantId, seen[1]?.requestId], ["req-7", tenantId, "aborted"]);
  const leftMs = seen[0]?.leftMs ?? 0;
  assert.ok(leftMs > 1_000 && leftMs <= 3_000, `${leftMs} ms were left below`);
});

test("a call ends at its deadline, on both sides", async (t) => {
  let aborted = false;
  const inner: EchoHandlers["inner"] = async (_req, ctx) => {
    await new Promise((resolve) => ctx.signal.addEventListener("abort", resolve));
    aborted = true;
    return {};
  };
  const { address } = await bootEcho(t, { handlers: { inner } });
  await rejectsWith(open(t, address).inner({}, { tenantId, timeoutMs: 100 }), status.DEADLINE_EXCEEDED);
  await until(() => aborted);
});

test("UNAVAILABLE is tried again, a limited number of times, only where the contract says that a repeat is harmless", async (t) => {
  let calls = 0;
  const failing = (times: number) => async () => {
    if (++calls <= times) throw away();
    return { count: calls };
  };
  const { address } = await bootEcho(t, { handlers: { sayAgain: failing(2), say: failing(1), change: failing(99) } });
  const echo = open(t, address);
  assert.equal((await echo.sayAgain({}, scope)).count, 3);
  calls = 0;
  await rejectsWith(echo.say({}, scope), status.UNAVAILABLE, "ERROR_REASON_DEPENDENCY_UNAVAILABLE");
  assert.equal(calls, 1, "no level, no retry");

  const tired = await bootEcho(t, { handlers: { sayAgain: failing(99) } });
  calls = 0;
  await rejectsWith(open(t, tired.address).sayAgain({}, scope), status.UNAVAILABLE);
  assert.equal(calls, 4);
});

test("other errors are not tried again, even where a repeat is harmless", async (t) => {
  let calls = 0;
  const sayAgain: EchoHandlers["sayAgain"] = async () => {
    calls += 1;
    throw new Error("a fault of ours");
  };
  const { address } = await bootEcho(t, { handlers: { sayAgain } });
  await rejectsWith(open(t, address).sayAgain({}, scope), status.INTERNAL);
  assert.equal(calls, 1);
});

test("a server that was away is found again soon after it is back", async (t) => {
  const env = await echoEnv(t);
  const first = await bootEcho(t, { env });
  const echo = open(t, first.address);
  await echo.say({}, scope);
  await first.stop();
  await rejectsWith(echo.say({}, { tenantId, timeoutMs: 2_000 }), status.UNAVAILABLE);
  await bootEcho(t, { env: { ...env, PORT: new URL(`http://${first.address}`).port } });
  const begun = performance.now();
  await until(() =>
    echo.say({}, scope).then(
      () => true,
      () => false,
    ),
  );
  assert.ok(performance.now() - begun < 5_000);
});

test("calls spread over every address behind a name", async (t) => {
  const counts = [0, 0];
  const env = await echoEnv(t);
  const boot = (i: number, host: string, port: string) =>
    bootEcho(t, {
      env: { ...env, HOST: host, PORT: port },
      handlers: { say: async () => ({ count: (counts[i] = (counts[i] ?? 0) + 1) }) },
    });
  const one = await boot(0, "127.0.0.1", "0");
  const port = new URL(`http://${one.address}`).port;
  await boot(1, "127.0.0.2", port);
  const echo = open(t, `ipv4:127.0.0.1:${port},127.0.0.2:${port}`);
  for (let i = 0; i < 40; i++) await echo.say({}, scope);
  assert.ok(
    counts.every((count) => count >= 15),
    `spread as ${counts.join(" and ")}`,
  );
});

test("a peer that accepts and never answers costs a deadline, not a hang", async (t) => {
  const sockets = new Set<Socket>();
  const mute = createServer((socket) => void sockets.add(socket)).listen(0, "127.0.0.1");
  await once(mute, "listening");
  cleanup(t, () => {
    for (const socket of sockets) socket.destroy();
    mute.close();
  });
  const { port } = mute.address() as AddressInfo;
  await rejectsWith(open(t, `127.0.0.1:${port}`).sayAgain({}, { tenantId, timeoutMs: 300 }), status.DEADLINE_EXCEEDED);
});
