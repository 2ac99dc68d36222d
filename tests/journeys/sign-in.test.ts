/** Signing in through the edge: the effect of wrong passwords, and what callers cannot claim about themselves. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { projectRoot } from "../../deploy/local/paths.ts";
import type { Platform } from "../../deploy/local/platform.ts";
import { until } from "../lib/harness.ts";
import { bootPlatform, ok, restClient, signIn } from "../lib/platform.ts";

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

test("the audit trail tells by REST and by the command line who was refused, with the address that the edge saw and a count", async (t) => {
  const { platform, rest } = await bootPlatform(t);
  const login = platform.demo ?? assert.fail();
  for (let i = 0; i < 4; i++) {
    const body = JSON.stringify({ password: { tenant: login.tenant, email: login.email, password: `guess ${i}` } });
    const answer = await fetch(`${platform.edgeUrl}/v1/tokens`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-herald-client": "203.0.113.1" },
      body,
    });
    assert.equal(answer.status, 401);
  }
  const roles = ok(await rest.GET("/v1/roles")).roles;
  const viewer = roles.find(({ name }) => name === "Viewer")?.id ?? "";
  const password = "a password of the viewer";
  const user = { email: "viewer@example.com", roleIds: [viewer] };
  ok(await rest.POST("/v1/users", { body: { user, password } }));
  const token = await signIn(platform.edgeUrl, { tenant: login.tenant, email: user.email, password });
  for (let i = 0; i < 4; i++)
    assert.ok(
      (
        await restClient(platform.edgeUrl, token).POST("/v1/contact-lists", {
          body: { contactList: { name: `L${i}` } },
        })
      ).error,
    );

  const query = { refused: true, clientAddress: "127.0.0.1" };
  const entries = await until(async () => {
    const { auditEntries } = ok(await rest.GET("/v1/audit-entries", { params: { query } }));
    return auditEntries.filter(({ count }) => count === 4).length === 2 && auditEntries;
  });
  assert.deepEqual(
    entries.map(({ action, callerName, status }) => [action, callerName, status]),
    [
      ["AUDIT_ACTION_CREATE", user.email, "PERMISSION_DENIED"],
      ["AUDIT_ACTION_SIGN_IN", login.email, "UNAUTHENTICATED"],
    ],
  );
  const told = await herald(platform, ["audit", "--refused", "--address", "127.0.0.1"]);
  assert.match(told, /viewer@example\.com +create contact list +not allowed +127\.0\.0\.1 +4 /);
  assert.match(told, /wrong password or key +127\.0\.0\.1 +4 /);
  assert.match(await herald(platform, ["audit", "--kind", "refresh", "--refused"]), /^No entry fits\.$/m);
});

/** Signs in on the command line and gives the output of a command. */
async function herald({ edgeUrl, demo }: Platform, args: string[]): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), "herald-home-"));
  const env = { PATH: process.env["PATH"], XDG_CONFIG_HOME: home, HERALD_PASSWORD: demo?.password };
  const run = (some: string[]) =>
    promisify(execFile)(
      process.execPath,
      [join(projectRoot, "cli", "herald.mjs"), "--server", new URL(edgeUrl).host, ...some],
      { env },
    );
  try {
    await run(["login", "--tenant", demo?.tenant ?? "", "--email", demo?.email ?? ""]);
    return (await run(args)).stdout;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
