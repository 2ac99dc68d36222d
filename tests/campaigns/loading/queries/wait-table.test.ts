import assert from "node:assert/strict";
import { test } from "node:test";
import { waitTable } from "../../../../svc/campaigns/loading/queries/wait-table.ts";

const MORNING = new Date("2026-03-11T12:05:00Z");

/** Works like PostgreSQL's `width_bucket`: gives the number of bounds that are not above the key. */
const waitOf = ({ bounds, numbers }: ReturnType<typeof waitTable>, key: bigint): number =>
  numbers[bounds.filter((bound) => BigInt(bound) <= key).length - 1] ?? 0;

test("each closed place finds its wait, and every other key finds none", () => {
  const keys = ["7", "-9223372036854775808", "9223372036854775807", "8", "-3"];
  const table = waitTable({
    keys,
    dues: [MORNING, null, MORNING, new Date(MORNING), MORNING],
    reasons: ["outside_window", "location_forbidden", "outside_window", "outside_window", "consent_missing"],
  });
  assert.deepEqual(table.dues, [MORNING, null, MORNING]);
  assert.deepEqual(table.reasons, ["outside_window", "location_forbidden", "consent_missing"]);
  assert.deepEqual(
    keys.map((key) => waitOf(table, BigInt(key))),
    [1, 2, 1, 1, 3],
  );
  for (const key of [6n, 9n, -2n, -4n, -9223372036854775807n, 9223372036854775806n])
    assert.equal(waitOf(table, key), 0);
});

test("without a closed place there is nothing to wait for", () => {
  assert.deepEqual(waitTable({ keys: [], dues: [], reasons: [] }), { bounds: [], numbers: [], dues: [], reasons: [] });
});
