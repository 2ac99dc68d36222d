/** Signing in through the edge: what wrong passwords do there, and what callers cannot say of themselves. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { bootPlatform, ok } from "../lib/platform.ts";

test("the audit trail tells the address that the edge saw, not the one that a caller claims", async (t) => {
  const { platform, rest, token } = await bootPlatform(t);
  const named = await fetch(`${platform.edgeUrl}/v1/roles`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "x-herald-client": "203.0.113.1",
      "x-request-id": "from-here",
    },
    body: JSON.stringify({ role: { name: "Looks", permissions: ["lists.read"] } }),
  });
  assert.equal(named.status, 200);
  const { auditEntries } = ok(await rest.GET("/v1/audit-entries", { params: { query: { requestId: "from-here" } } }));
  assert.deepEqual(
    auditEntries.map(({ clientAddress }) => clientAddress),
    ["127.0.0.1"],
  );
});

test("wrong passwords are slowed down with 429 and retry-after, whatever address a caller claims, and the known device is let in", async (t) => {
  const { platform } = await bootPlatform(t);
  const login = platform.demo ?? assert.fail();
  const attempt = (password: object, claimed = "203.0.113.1") =>
    fetch(`${platform.edgeUrl}/v1/tokens`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-herald-client": claimed },
      body: JSON.stringify({ password: { tenant: login.tenant, email: login.email, ...password } }),
    });
  const first = (await (await attempt({ password: login.password })).json()) as { deviceToken: string };
  let refused: Response | undefined;
  for (let i = 0; i < 20 && !refused; i++) {
    const answer = await attempt({ password: "not the password" }, `203.0.113.${i}`);
    if (answer.status === 429) refused = answer;
    else assert.equal(answer.status, 401);
  }
  assert.ok(refused, "each came from this machine, whatever it claimed");
  assert.match(refused.headers.get("retry-after") ?? "", /^\d+$/);
  const told = (await refused.json()) as { message: string; details: { "@type": string; retryDelay?: string }[] };
  assert.match(told.message, /Wait .*try again/);
  assert.ok(told.details.some(({ retryDelay }) => retryDelay?.endsWith("s")));
  const known = await attempt({ password: login.password, deviceToken: first.deviceToken });
  assert.equal(known.status, 200);
  assert.ok(((await known.json()) as { refusedSignIns: number }).refusedSignIns >= 5);
});
