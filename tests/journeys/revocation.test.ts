/** Rights that an administrator takes away are gone everywhere within seconds, even though the edge caches valid tokens. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { until } from "../lib/harness.ts";
import { bootPlatform, ok, restClient, signIn } from "../lib/platform.ts";

test("a deleted administrator's token opens nothing behind the edge, which has seen it before", async (t) => {
  const { platform, rest } = await bootPlatform(t);
  const { roles } = ok(await rest.GET("/v1/roles"));
  const roleIds = [roles.find(({ name }) => name === "Administrator")?.id ?? ""];
  const login = { email: "second@example.com", password: `password ${randomUUID()}` };
  const fresh = { user: { email: login.email, roleIds }, password: login.password, requestId: randomUUID() };
  const { user } = ok(await rest.POST("/v1/users", { body: fresh }));
  const theirs = restClient(platform.edgeUrl, await signIn(platform.edgeUrl, { tenant: "demo", ...login }));
  for (let i = 0; i < 3; i++) ok(await theirs.GET("/v1/contact-lists"));

  ok(await rest.DELETE("/v1/users/{userId}", { params: { path: { userId: user?.id ?? "" } } }));
  const again = await theirs.POST("/v1/users", { body: { ...fresh, requestId: randomUUID() } });
  assert.equal(again.response.status, 401, "what changes users asks the database");
  for (const path of [
    "/v1/contact-lists",
    "/v1/jobs",
    "/v1/compliance-rules",
    "/v1/campaign-groups",
    "/v1/sessions",
  ] as const)
    await until(async () => (await theirs.GET(path)).response.status === 401, { timeoutMs: 10_000, what: path });
});
