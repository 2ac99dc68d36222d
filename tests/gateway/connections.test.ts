/** Thousands of connections of one stranger, against a real edge before a real service: they end soon, and others sign in. */
import assert from "node:assert/strict";
import { request } from "node:http";
import { connect, type Socket } from "node:net";
import { test, type TestContext } from "node:test";
import { connectionsWithin } from "../../gateway/limits.ts";
import { bootIdentity, PASSWORD } from "../identity/identity.ts";
import { until } from "../lib/harness.ts";
import { bootEdge } from "./edge.ts";

/** Opens connections that say `words` and then nothing more; tells how many are open. */
async function hold(t: TestContext, edge: string, count: number, words: string): Promise<() => number> {
  const { hostname, port } = new URL(edge);
  const open = new Set<Socket>();
  t.after(() => open.forEach((socket) => socket.destroy()));
  await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<void>((resolve) => {
          const socket = connect(Number(port), hostname);
          const gone = () => (open.delete(socket), resolve());
          socket.on("connect", () => (open.add(socket), words && socket.write(words), resolve()));
          socket.on("error", gone).on("end", gone).on("close", gone).resume();
        }),
    ),
  );
  return () => open.size;
}

/** Asks over a connection of its own, as somebody does who just comes; gives the status, 0 where the connection is closed. */
const askAnew = (url: string, body: string): Promise<number> =>
  new Promise((resolve) => {
    const headers = { "content-type": "application/json" };
    const call = request(url, { method: "POST", agent: false, timeout: 10_000, headers });
    call.on("response", (answer) => (answer.resume(), resolve(answer.statusCode ?? 0)));
    call.on("error", () => resolve(0)).on("timeout", () => call.destroy());
    call.end(body);
  });

async function boot(t: TestContext, options: Parameters<typeof bootEdge>[2] = {}) {
  const identity = await bootIdentity(t);
  const { slug, adminEmail } = await identity.newTenant();
  const edge = await bootEdge(t, identity.address, options);
  const body = JSON.stringify({ password: { tenant: slug, email: adminEmail, password: PASSWORD } });
  return { edge, signIn: () => askAnew(`${edge}/v1/tokens`, body) };
}

test("5,000 connections that say nothing, or never end their headers, keep nobody from signing in, and end within seconds", async (t) => {
  const { edge, signIn } = await boot(t);
  const held = [
    await hold(t, edge, 2_000, ""),
    await hold(t, edge, 1_500, "GET"),
    await hold(t, edge, 1_500, "GET /v1/tenant HTTP/1.1\r\nhost: edge\r\nx-slow: "),
  ];
  assert.equal(await signIn(), 200);
  assert.ok(held.reduce((sum, open) => sum + open(), 0) > 1_000, "while many of them are open");
  await until(() => held.every((open) => open() === 0), { timeoutMs: 40_000 });
  assert.equal(await signIn(), 200);
});

test("where every place is taken, somebody gets one within seconds", async (t) => {
  const { edge, signIn } = await boot(t, { connections: 300, edit: (json) => json.replaceAll('"30s"', '"5s"') });
  const said = "GET /healthz HTTP/1.1\r\nhost: edge\r\n\r\n";
  const held = [await hold(t, edge, 100, said), await hold(t, edge, 400, ""), await hold(t, edge, 100, "")];
  await until(() => held.reduce((sum, open) => sum + open(), 0) <= 300);
  assert.equal(await signIn(), 0, "there is no place");
  await until(async () => (await signIn()) === 200, { timeoutMs: 40_000 });
  await until(() => held.every((open) => open() === 0), { timeoutMs: 40_000 });
});

test("the edge takes no more connections than it may have files", () => {
  assert.equal(connectionsWithin(Infinity), 10_000);
  assert.equal(connectionsWithin(4_096), 2_096);
  assert.equal(connectionsWithin(1_024), 100);
});
