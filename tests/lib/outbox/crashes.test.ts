/** An outbox whose process dies, or whose receiver hangs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newId, until } from "../harness.ts";
import {
  type CallHandler,
  empty,
  never,
  NEWS,
  openDb,
  openOutbox,
  ours,
  query,
  theirs,
  WEATHER,
} from "./open-outbox.ts";

test("a process that dies after a delivery and before it is noted: it is delivered again, by another, and what follows comes after it", async (t) => {
  const db = await openDb(t);
  const got: string[] = [];
  let isFirst = true;
  let isLost = false;
  const take: CallHandler = async (items) => {
    got.push(...items);
    if (!isFirst) return;
    isFirst = false;
    // The receiver has the message, but that can no longer be written to PostgreSQL.
    await db.everyTenant().transaction(async (tx) => {
      await tx.asOwner();
      await tx.query("alter table lists.outbox_messages rename to outbox_messages_away");
    });
    isLost = true;
  };
  const outbox = await openOutbox(t, db, take);
  await outbox.say(ours, ["1"]);
  await until(() => isLost);
  await outbox.end();
  await db.everyTenant().transaction(async (tx) => {
    await tx.asOwner();
    await tx.query("alter table lists.outbox_messages_away rename to outbox_messages");
  });
  await (await openOutbox(t, db, take)).say(ours, ["2"]);
  await until(() => empty(db));
  assert.deepEqual(got, ["1", "1", "2"]);
});

test("what a dead process had taken is another's once its lease has ended, and not before", async (t) => {
  const db = await openDb(t);
  const got: string[] = [];
  const dead = await openOutbox(t, db, never);
  await dead.say(ours, ["1"]);
  await until(async () => (await query(db, "select from lists.outbox_lines where leased_until > now()")).length === 1);
  const living = await openOutbox(t, db, (items) => void got.push(...items));
  await living.say(theirs, ["other"]);
  await until(() => got.length === 1);
  assert.deepEqual(got, ["other"]);
  await query(db, "update lists.outbox_lines set leased_until = now()");
  await until(() => empty(db));
  assert.deepEqual(got, ["other", "1"]);
});

test("while a receiver hangs, other topics and tenants are delivered, and nothing is held in PostgreSQL: no transaction, no connection", async (t) => {
  const db = await openDb(t, 3);
  const got: string[] = [];
  let hanging = 0;
  const hung = Array.from({ length: 40 }, newId);
  const take: CallHandler = (items, tenant) => {
    if (!hung.includes(tenant) || items[0] === "sun") return void got.push(...items);
    hanging += 1;
    return never();
  };
  const outbox = await openOutbox(t, db, take, [NEWS, WEATHER]);
  for (const tenant of hung) await outbox.say(tenant, ["1"]);
  await until(() => hanging === 4);
  for (const tenant of hung) await outbox.say(tenant, ["sun"], WEATHER);
  await until(() => got.length === hung.length);
  assert.equal(hanging, 4, "calls at once to one receiver");
  await until(() => db.pool.idleCount === db.pool.totalCount && db.pool.waitingCount === 0);
  const open = await query(
    db,
    "select state, query from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and (state <> 'idle' or xact_start is not null)",
  );
  assert.deepEqual(open, []);
});
