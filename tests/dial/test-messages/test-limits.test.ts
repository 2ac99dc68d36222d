import assert from "node:assert/strict";
import { test } from "node:test";
import { limitReached, type TestCounts } from "../../../svc/dial/test-messages/limits.ts";

test("of the limits that are reached, the one that holds longest is told", () => {
  const at = new Date("2026-03-03T12:00:00Z");
  const ago = (seconds: number) => new Date(at.getTime() - seconds * 1_000);
  const counts: TestCounts = {
    caller_minute: { count: 5, first: ago(50) },
    caller_day: { count: 50, first: ago(86_000) },
    tenant_minute: { count: 6, first: ago(50) },
    tenant_day: { count: 60, first: ago(86_000) },
  };
  const limits = { caller_minute: 5, caller_day: 50, tenant_minute: 20, tenant_day: 200 };
  assert.deepEqual(limitReached(limits, counts, at), { limit: "caller_day", most: 50, retryAfterMs: 400_000 });
  assert.equal(limitReached({ ...limits, caller_minute: 6, caller_day: 51 }, counts, at), undefined);
});
