/** A search for one number or client among many decisions reads few of them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createDecisionStore, type DecisionStore } from "../../../svc/compliance/decisions/decision-store.ts";
import type { Database } from "../../../svc/lib/postgres/db.ts";
import { newId } from "../../lib/harness.ts";
import { databaseOf, testDatabase } from "../../lib/servers.ts";

const MANY = 60_000;
const tenantId = newId();

test("a number or client is found among many decisions, old and new, without reading all of them", async (t) => {
  const { compliance: url } = await testDatabase(t, "compliance");
  const db = databaseOf(t, "compliance", url, 1);
  await insertDecisions(db, 0, MANY);
  await db.transaction(tenantId, async (tx) => {
    await tx.asOwner();
    await tx.query("analyze compliance.decisions");
    await tx.query(
      `select brin_summarize_new_values(indexrelid) from pg_index join pg_class on oid = indexrelid
        where indrelid = any(select inhrelid from pg_inherits where inhparent = 'compliance.decisions'::regclass) and relam = (select oid from pg_am where amname = 'brin')`,
    );
  });
  await insertDecisions(db, MANY, 100);
  const store = createDecisionStore(db);
  const before = await readOneByOne(db);
  for (const i of [17, MANY / 2, MANY + 50]) {
    assert.deepEqual(await found(store, { contactInfo: `+1212555${i}` }), [`C${i}`]);
    assert.deepEqual(await found(store, { clientId: `C${i}` }), [`C${i}`]);
  }
  assert.deepEqual(await found(store, { contactInfo: "+12125550000000" }), []);
  const read = (await readOneByOne(db)) - before;
  assert.ok(read < MANY / 2, `${read} decisions were read in seven searches`);
});

async function insertDecisions(db: Database, from: number, count: number): Promise<void> {
  await db.tenant(tenantId).query(
    `insert into compliance.decisions (tenant_id, attempt_id, decide_time, reason, channel, count_state, contact_info, client_id, rule_set_id, facts)
     select $1, uuidv7(), now() + i * interval '1 ms', 0, 2, 0, '+1212555' || i, 'C' || i, $1, json_build_object('facts', repeat('.', 300)) from generate_series($2::int, $2 + $3 - 1) as i`,
    [tenantId, from, count],
  );
}

/** The decisions that were read by going through a table or an index from end to end. */
async function readOneByOne(db: Database): Promise<number> {
  await db.everyTenant().query("select pg_stat_force_next_flush()");
  const { rows } = await db
    .everyTenant()
    .query<{ read: number }>(
      "select sum(seq_tup_read + idx_tup_fetch)::int as read from pg_stat_user_tables where relname ~ '^decisions_'",
    );
  return rows[0]?.read ?? 0;
}

async function found(store: DecisionStore, sought: { contactInfo?: string; clientId?: string }): Promise<string[]> {
  const filter = {
    campaignGroupId: undefined,
    contactInfo: "",
    clientId: "",
    refused: undefined,
    reason: 0,
    ...sought,
  };
  const { items } = await store.list(tenantId, filter, { size: 10, limit: 11, after: undefined, filters: "" });
  return items.map((row) => row.client_id);
}
