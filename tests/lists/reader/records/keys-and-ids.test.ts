import assert from "node:assert/strict";
import { test } from "node:test";
import { KeySet } from "../../../../svc/lists/reader/records/key-set.ts";
import { RowIds } from "../../../../svc/lists/reader/records/row-ids.ts";

test("no key is taken for another, among hundreds of thousands that look alike", () => {
  const keys = new KeySet(4_711);
  for (let i = 0; i < 300_000; i += 1) assert.equal(keys.lineOf(`c${i}`, i + 1), 0);
  for (let i = 0; i < 300_000; i += 1) assert.equal(keys.lineOf(`d+1212${2_000_000 + i}`, i + 1), 0);
  for (let i = 0; i < 300_000; i += 997) assert.equal(keys.lineOf(`c${i}`, 9), i + 1);
});

test("row ids are UUIDv7 of the import's instant, and grow with the rows", () => {
  const now = new Date("2026-03-02T15:00:00.123Z");
  const ids = new RowIds(now, "0123456789abcdef");
  const made = Array.from({ length: 600_000 }, () => ids.next());
  assert.match(made[0] ?? "", /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(Number.parseInt((made[7] ?? "").replaceAll("-", "").slice(0, 12), 16), now.getTime());
  for (let i = 1; i < made.length; i += 1) assert.ok((made[i - 1] ?? "") < (made[i] ?? ""));
});
