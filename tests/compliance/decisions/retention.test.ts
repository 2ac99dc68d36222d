import assert from "node:assert/strict";
import { test } from "node:test";
import pg from "pg";
import { type NewDecision } from "../../../svc/compliance/decisions/decision-rows.ts";
import { createDecisionStore } from "../../../svc/compliance/decisions/decision-store.ts";
import { createPartitionStore } from "../../../svc/compliance/decisions/partition-store.ts";
import { keepPartitions, startOfMonth } from "../../../svc/compliance/decisions/retention.ts";
import { cleanup } from "../../lib/cleanup.ts";
import { newId } from "../../lib/harness.ts";
import { databaseOf, testDatabase } from "../../lib/servers.ts";

const tenantId = newId();
/** A UUIDv7 with this time. */
const idAt = (time: string) =>
  `${Date.parse(time)
    .toString(16)
    .padStart(12, "0")
    .replace(/^(.{8})/, "$1-")}-7000-8000-${newId().slice(24)}`;
const decision = (attemptId: string): NewDecision => ({
  attempt_id: attemptId,
  reason: 0,
  channel: 1,
  count_state: 0,
  contact_info: "+12125550123",
  client_id: 'a "quoted" {client}, with \\ and \'',
  campaign_group_id: null,
  record_id: null,
  lease_number: 0,
  facts: '{"at":{"countries":[],"states":[],"areaCode":"","zones":[]}}',
  rule_id: null,
  rule_name: null,
  explanation: null,
  earliest_time: null,
});

test("decisions lie in the month of their id; what came early moves into its month; old months go", async (t) => {
  const { compliance: url } = await testDatabase(t, "compliance");
  const db = databaseOf(t, "compliance", url);
  const store = createDecisionStore(db);
  const partitions = createPartitionStore(db);
  const dropped: string[] = [];
  const events = { partitionsKept: (names: readonly string[]) => void dropped.push(...names) };
  const keep = (id: string, time: string) =>
    store.keep(tenantId, { version: 0, decideTime: new Date(time), ruleSetId: newId() }, [decision(id)]);
  const partitionOf = async (id: string) => {
    const { rows } = await db
      .tenant(tenantId)
      .query<{ name: string }>(
        "select tableoid::regclass::text as name from compliance.decisions where attempt_id = $1",
        [id],
      );
    return rows[0]?.name;
  };

  await keepPartitions(partitions, events, 2, new Date("2026-03-15T00:00:00Z"));
  const [march, june, random] = [
    idAt("2026-03-15T00:00:00Z"),
    idAt("2026-06-30T23:59:59Z"),
    "5d3e6a2e-1f6f-4c62-9d3b-2f1f0c1f7a11",
  ];
  for (const id of [march, june, random]) assert.equal(await keep(id, "2026-03-15T00:00:00Z"), "all");
  assert.deepEqual(await Promise.all([march, june, random].map(partitionOf)), [
    "compliance.decisions_2026_03",
    "compliance.decisions_other",
    "compliance.decisions_other",
  ]);
  assert.equal((await store.find(tenantId, [march]))[0]?.client_id, decision(march).client_id);

  await keepPartitions(partitions, events, 2, new Date("2026-04-01T00:00:00Z"));
  assert.equal(await partitionOf(june), "compliance.decisions_2026_06", "moved when its month was made");
  assert.deepEqual(await keep(june, "2026-04-01T00:00:00Z"), new Set(), "and still the only decision of its attempt");
  assert.deepEqual(dropped, []);

  await keepPartitions(partitions, events, 2, new Date("2026-06-01T00:00:00Z"));
  assert.deepEqual(dropped, ["decisions_2026_03"]);
  assert.deepEqual(
    (await store.find(tenantId, [march, june, random])).map(({ attempt_id }) => attempt_id),
    [june],
    "the one without a month went by its time",
  );
  const strange = new pg.Client({ connectionString: url });
  await strange.connect();
  cleanup(t, () => strange.end());
  assert.equal(
    (await strange.query("select from compliance.decisions")).rowCount,
    0,
    "row level security holds in every month",
  );
});

test("months begin at midnight UTC", () => {
  assert.deepEqual(startOfMonth(new Date("2026-12-31T23:59:59Z"), 1), new Date("2027-01-01T00:00:00Z"));
  assert.deepEqual(startOfMonth(new Date("2026-01-01T00:00:00Z"), -1), new Date("2025-12-01T00:00:00Z"));
});
