import assert from "node:assert/strict";
import { test } from "node:test";
import { EchoDefinition } from "../echo.ts";
import { bootEcho } from "../echo-service.ts";
import { newId, rejectsWith, status, until, userClient } from "../harness.ts";

const SPEAK = ["echo.say"];

test("one caller's streams leave room for others of the tenant, and one tenant's for other tenants", async (t) => {
  let open = 0;
  const count = async function* (_: unknown, { signal }: { signal: AbortSignal }) {
    open += 1;
    yield { text: "here", count: open };
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    open -= 1;
  };
  const { address } = await bootEcho(t, { handlers: { count } });
  const tenantId = newId();
  const ending = new AbortController();
  const callAs = async (userId: string, ofTenant = tenantId) => {
    const echo = await userClient(t, address, EchoDefinition, { tenantId: ofTenant, userId, permissions: SPEAK });
    return { echo, listen: () => echo.count({}, { signal: ending.signal })[Symbol.asyncIterator]().next() };
  };
  const greedy = await callAs(newId());
  await Promise.all(Array.from({ length: 64 }, greedy.listen));
  const told = await rejectsWith(greedy.echo.count({}), status.RESOURCE_EXHAUSTED, "ERROR_REASON_RATE_LIMITED");
  assert.ok(told.retryAfterMs);
  assert.equal((await greedy.echo.say({ text: "still" })).text, "still", "plain calls are counted on their own");

  for (let i = 0; i < 3; i++) await Promise.all(Array.from({ length: 64 }, (await callAs(newId())).listen));
  await rejectsWith((await callAs(newId())).echo.count({}), status.RESOURCE_EXHAUSTED);
  const stranger = await callAs(newId(), newId());
  assert.equal((await stranger.listen()).done, false);

  ending.abort();
  await until(() => open === 0);
  const again = (await callAs(newId())).echo.count({})[Symbol.asyncIterator]();
  assert.equal((await again.next()).done, false);
  await again.return?.();
});
