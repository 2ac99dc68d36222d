/** The cost of a batch of outcomes depends on its size alone, not on how many decisions the tenant has. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createDecisionStore } from "../../../svc/compliance/decisions/decision-store.ts";
import { createPartitionStore } from "../../../svc/compliance/decisions/partition-store.ts";
import { keepPartitions } from "../../../svc/compliance/decisions/retention.ts";
import { newId } from "../../lib/harness.ts";
import { databaseOf, testDatabase } from "../../lib/servers.ts";

const MANY = 20_000;
const FEW = 200;

test("outcomes read the decisions that they are about, for a tenant of whom there are no statistics", async (t) => {
  const tenantId = newId();
  const { compliance: url } = await testDatabase(t, "compliance");
  const db = databaseOf(t, "compliance", url);
  await keepPartitions(createPartitionStore(db), { partitionsKept: () => {} }, 2, new Date());
  const { rows } = await db.tenant(tenantId).query<{ id: string }>(
    `insert into compliance.decisions (tenant_id, attempt_id, decide_time, reason, channel, count_state, contact_info, client_id, rule_set_id, facts)
     select $1, uuidv7(), now(), 0, 2, 1, '+1212' || (5550000 + i), 'C' || i, $1, '{}' from generate_series(1, $2) as i returning attempt_id as id`,
    [tenantId, MANY],
  );
  const outcomes = rows.slice(-FEW).map(({ id }) => ({
    attemptId: id,
    counts: true,
    callResult: null,
    deliveryState: 3,
    endTime: new Date(),
    leaseNumber: 0,
  }));
  const read = await db.transaction(tenantId, async (tx) => {
    const store = createDecisionStore({ ...db, tenant: () => ({ ...db.tenant(tenantId), query: tx.query }) });
    assert.equal((await store.applyOutcomes(tenantId, outcomes)).length, FEW);
    const { rows: counted } = await tx.query<{ read: number }>(
      `select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as read from pg_stat_xact_user_tables
        where schemaname = 'compliance' and relname like 'decisions%'`,
    );
    return counted[0]?.read ?? 0;
  });
  assert.ok(read >= FEW && read < MANY / 10, `${read} rows were read for ${FEW}`);
});
