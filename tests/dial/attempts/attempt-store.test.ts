/** The cost of a batch depends on its size alone, even if the tenant's data has grown and the database's statistics are out of date. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type KeptChange, removeIntents, writeChanges } from "../../../svc/dial/attempts/attempt-store.ts";
import type { Database, Queryable } from "../../../svc/lib/postgres/db.ts";
import { newId } from "../../lib/harness.ts";
import { databaseOf, testDatabase } from "../../lib/servers.ts";

const MANY = 20_000;
const FEW = 20;
const [tenantId, groupId] = [newId(), newId()];

test("changes and removals of few attempts read few, also where they were planned when there were hardly any", async (t) => {
  const { dial: url } = await testDatabase(t, "dial");
  // One connection, as in a service, because query plans are kept for a connection.
  const db = databaseOf(t, "dial", url, 1);
  for (let i = 0; i < 10; i++) await changeAndRemove(db, await insertIntents(db, 2));
  await insertIntents(db, MANY);
  const ids = await insertIntents(db, 2 * FEW);
  const read = await changeAndRemove(db, ids);
  assert.ok(read > 0 && read < MANY / 10, `${read} rows were read for ${ids.length}`);
});

/** Changes half of the attempts and removes the others. Gives how many rows were read. */
const changeAndRemove = (db: Database, ids: readonly string[]): Promise<number> =>
  db.transaction(tenantId, async (tx) => {
    const [changed, removed] = [ids.slice(0, ids.length / 2), ids.slice(ids.length / 2)];
    assert.equal((await writeChanges(tx, changed.map(asSent))).length, changed.length);
    assert.equal((await removeIntents(tx, "dialer", removed)).size, removed.length);
    return rowsRead(tx);
  });

function asSent(id: string): KeptChange {
  const key = { tenantId, id, origin: { kind: "chain", groupId, recordId: newId() }, channel: 2 } as const;
  return { kind: "sent", key, attempt: undefined, at: new Date(), providerMessageId: id, receiptUntil: undefined };
}

async function rowsRead(tx: Queryable): Promise<number> {
  const { rows } = await tx.query<{ read: number }>(
    `select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as read from pg_stat_xact_user_tables
      where schemaname = 'dial' and relname in ('attempts', 'open_attempts')`,
  );
  return rows[0]?.read ?? 0;
}

async function insertIntents(db: Database, count: number): Promise<string[]> {
  const { rows } = await db.tenant(tenantId).query<{ id: string }>(
    `with made as (
       insert into dial.attempts (tenant_id, id, campaign_group_id, contact_list_id, record_id, create_time, attempt_number, device_index, channel,
         state, client_id, contact_info, own_address)
       select $1, uuidv7(), $2, $2, uuidv7(), now(), 1, 1, 2, 1, 'C' || i, '+1212' || (5550000 + i), '12345' from generate_series(1, $3) as i
       returning id)
     insert into dial.open_attempts (tenant_id, attempt_id, campaign_group_id, channel, owner, begin_time)
     select $1, id, $2, 2, 'dialer', now() from made returning attempt_id as id`,
    [tenantId, groupId, count],
  );
  return rows.map(({ id }) => id);
}
