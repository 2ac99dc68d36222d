/** Several instances of one service behind a real edge, one of them sick: others are served, and the only one is never given up. */
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { makeSecret, newSessionId, REFRESH_TOKEN } from "../../svc/identity/sign-in/credentials.ts";
import { newId } from "../../svc/lib/request/ids.ts";
import { bootIdentity, type Identity } from "../identity/identity.ts";
import { until } from "../lib/harness.ts";
import { databaseOf } from "../lib/servers.ts";
import { bootEdge } from "./edge.ts";

/** Envoy's configuration with these addresses behind the name of `identity`, as a headless name would give them. */
const behindIdentity = (addresses: readonly string[]) => (json: string) => {
  const config = JSON.parse(json) as {
    static_resources: {
      clusters: { name: string; load_assignment: { endpoints: { lb_endpoints: unknown[] }[] } }[];
    };
  };
  for (const { name, load_assignment: assignment } of config.static_resources.clusters) {
    if (name !== "identity") continue;
    assignment.endpoints = [{ lb_endpoints: addresses.map(endpoint) }];
  }
  return JSON.stringify(config);
};

function endpoint(address: string) {
  const { hostname, port } = new URL(`http://${address}`);
  return { endpoint: { address: { socket_address: { address: hostname, port_value: Number(port) } } } };
}

/** Makes one whose health is good while it can tell nothing of sessions: its database answers, and a table is away. */
async function makeSick(t: TestContext, sick: Identity): Promise<void> {
  const db = databaseOf(t, "identity", sick.env["DATABASE_URL"] ?? "");
  await db.everyTenant().transaction(async (tx) => {
    await tx.asOwner();
    await tx.query("alter table identity.sessions rename to sessions_away");
  });
}

/** A session that nobody has: whoever is well says so at once, whatever else the machine does. */
const UNKNOWN = 401;
const refreshToken = makeSecret(REFRESH_TOKEN, { tenantId: newId(), id: newSessionId() });

async function refreshAt(edge: string): Promise<number> {
  const answer = await fetch(`${edge}/v1/tokens`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ refresh: { refreshToken } }),
  });
  await answer.arrayBuffer();
  return answer.status;
}

async function boot(t: TestContext) {
  const [well, sick] = await Promise.all([bootIdentity(t), bootIdentity(t)]);
  return { well, sick };
}

test("of two instances the one that fails every call gets none soon, though its health is good", async (t) => {
  const { well, sick } = await boot(t);
  const edge = await bootEdge(t, well.address, { edit: behindIdentity([well.address, sick.address]) });
  await makeSick(t, sick);
  const seen: number[] = [];
  await until(async () => {
    seen.push(await refreshAt(edge));
    return seen.length >= 20 && seen.slice(-20).every((status) => status === UNKNOWN);
  });
  assert.ok(seen.includes(500), "the sick one was asked before");
  assert.ok(seen.filter((status) => status !== UNKNOWN).length < 200, "and not for long");
});

test("of two instances the one that stops gets no calls, and nobody notices", async (t) => {
  const { well, sick: leaving } = await boot(t);
  const edge = await bootEdge(t, well.address, { edit: behindIdentity([well.address, leaving.address]) });
  await makeSick(t, leaving);
  await leaving.stop();
  await until(async () => {
    for (let i = 0; i < 10; i++) if ((await refreshAt(edge)) !== UNKNOWN) return false;
    return true;
  });
});

test("the only instance is never ejected: its callers hear what it says, and the call that it can answer is answered", async (t) => {
  const { well, sick } = await boot(t);
  const edge = await bootEdge(t, well.address, { edit: behindIdentity([sick.address]) });
  await makeSick(t, sick);
  const begunAt = performance.now();
  const seen = new Set<number>();
  // Longer than outlier detection takes to look twice, with more calls than it asks for.
  for (let i = 0; i < 100 || performance.now() - begunAt < 11_000; i++) seen.add(await refreshAt(edge));
  assert.deepEqual([...seen], [500]);
  assert.equal((await fetch(`${edge}/.well-known/jwks.json`)).status, 200);
});
