import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { status } from "@grpc/grpc-js";
import { pino } from "pino";
import type { Database } from "../../../svc/lib/postgres/db.ts";
import { Metrics } from "../../../svc/lib/observe/metrics.ts";
import { type Deliver, Outbox, PartlyRefused } from "../../../svc/lib/outbox/outbox.ts";
import { cleanup } from "../cleanup.ts";
import { newId, until } from "../harness.ts";
import { databaseOf, testDatabaseFrom } from "../servers.ts";

const SQL = new URL("../sql/", import.meta.url);
const log = pino({ level: "silent" });
const [ours, theirs] = [newId(), newId()];

interface Message {
  n: number;
}

async function openDb(t: TestContext): Promise<Database> {
  const { lists: url } = await testDatabaseFrom(t, { lists: SQL });
  return databaseOf(t, "lists", url, 6);
}

function openOutbox(t: TestContext, db: Database, deliver: Deliver<Message>, batchRows = 500): Outbox {
  const outbox = new Outbox({ db, service: "lists", log, metrics: new Metrics("lists") });
  outbox.relay("news", { deliver, batchRows });
  outbox.open();
  cleanup(t, () => outbox.stop());
  return outbox;
}

const messages = (from: number, to: number): Message[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ n: from + i }));
const waiting = async (db: Database) =>
  (await db.everyTenant().query<{ count: number }>("select count(*)::int from lists.outbox")).rows[0]?.count;
const refusal = (details = "refused") =>
  Object.assign(new Error("refused"), { code: status.INVALID_ARGUMENT, details });

test("messages are delivered if their transaction commits, and never if it does not", async (t) => {
  const db = await openDb(t);
  const got: Message[] = [];
  const outbox = openOutbox(t, db, async (_tenant, batch) => void got.push(...batch));
  const undone = db.transaction(ours, async (tx) => {
    await outbox.put(tx, ours, "news", [{ n: 666 }]);
    throw new Error("undo");
  });
  await assert.rejects(undone, /undo/);
  await db.transaction(ours, (tx) => outbox.put(tx, ours, "news", messages(1, 3)));
  outbox.nudge("news");
  await until(async () => (await waiting(db)) === 0);
  assert.deepEqual(got, messages(1, 3), "in the order they were put");
});

test("a call carries messages of one tenant, and no more than a batch", async (t) => {
  const db = await openDb(t);
  const calls: [string, number][] = [];
  const outbox = openOutbox(t, db, async (tenant, batch) => void calls.push([tenant, batch.length]), 10);
  await db.transaction(ours, (tx) => outbox.put(tx, ours, "news", messages(1, 25)));
  await db.transaction(theirs, (tx) => outbox.put(tx, theirs, "news", messages(1, 7)));
  await until(async () => (await waiting(db)) === 0);
  assert.ok(calls.every(([, size]) => size <= 10));
  const sum = (tenant: string) => calls.filter(([of]) => of === tenant).reduce((all, [, size]) => all + size, 0);
  assert.deepEqual([sum(ours), sum(theirs)], [25, 7]);
});

test("what could not be delivered is tried again, later each time, and nothing is lost", async (t) => {
  const db = await openDb(t);
  const tries: number[] = [];
  const got: Message[] = [];
  const outbox = openOutbox(t, db, async (_tenant, batch) => {
    tries.push(performance.now());
    if (tries.length < 5) throw Object.assign(new Error("away"), { code: status.UNAVAILABLE, details: "away" });
    got.push(...batch);
  });
  await db.transaction(ours, (tx) => outbox.put(tx, ours, "news", messages(1, 2)));
  outbox.nudge("news");
  await until(async () => (await waiting(db)) === 0, { timeoutMs: 15_000 });
  assert.deepEqual(got, messages(1, 2));
  const waits = tries.slice(1).map((at, i) => at - (tries[i] as number));
  assert.ok((waits[3] as number) > (waits[0] as number), `waits grow: ${waits.map(Math.round).join(", ")} ms`);
});

test("one message that the receiver refuses does not hold up the others, and is kept", async (t) => {
  const db = await openDb(t);
  const got: number[] = [];
  const outbox = openOutbox(t, db, async (_tenant, batch) => {
    if (batch.some(({ n }) => n === 13)) throw refusal();
    got.push(...batch.map(({ n }) => n));
  });
  await db.transaction(ours, (tx) => outbox.put(tx, ours, "news", messages(1, 40)));
  outbox.nudge("news");
  await until(async () => (await waiting(db)) === 1);
  assert.deepEqual(
    got.toSorted((a, b) => a - b),
    messages(1, 40)
      .map(({ n }) => n)
      .filter((n) => n !== 13),
  );
  const { rows } = await db
    .everyTenant()
    .query<{ payload: Message; attempts: number }>("select payload, attempts from lists.outbox");
  assert.deepEqual([rows[0]?.payload, rows[0]?.attempts], [{ n: 13 }, 1]);
});

test("several relays share the work: every message arrives, none is delivered by two at once", async (t) => {
  const db = await openDb(t);
  const got: number[] = [];
  const deliver: Deliver<Message> = async (_tenant, batch) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    got.push(...batch.map(({ n }) => n));
  };
  const first = openOutbox(t, db, deliver, 20);
  const second = openOutbox(t, db, deliver, 20);
  await db.transaction(ours, (tx) => first.put(tx, ours, "news", messages(1, 500)));
  first.nudge("news");
  second.nudge("news");
  await until(async () => (await waiting(db)) === 0);
  assert.equal(got.length, 500);
  assert.equal(new Set(got).size, 500);
});

test("a message whose delivery was cut off is delivered again: at least once, never not", async (t) => {
  const db = await openDb(t);
  const got: number[] = [];
  const outbox = openOutbox(t, db, async (_tenant, batch) => {
    got.push(...batch.map(({ n }) => n));
    // The receiver has it, and we die before we know: the transaction that would have deleted it ends with its connection.
    if (got.length === 1)
      await db
        .everyTenant()
        .query(
          "select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction' and pid <> pg_backend_pid() and datname = current_database()",
        );
  });
  await db.transaction(ours, (tx) => outbox.put(tx, ours, "news", [{ n: 1 }]));
  outbox.nudge("news");
  await until(async () => (await waiting(db)) === 0);
  assert.deepEqual(got, [1, 1]);
});

test("a message that is refused again and again is set aside with its reason, and what is left of one is kept", async (t) => {
  const db = await openDb(t);
  const got: number[] = [];
  const outbox = openOutbox(t, db, async (_tenant, batch) => {
    if (batch.length > 1) throw refusal();
    const [only] = batch;
    // The reason is kept up to 500 characters, of which the value takes the last.
    if (only?.n === 2) throw refusal(`${"It is wrong. ".repeat(38)} “Ann Smith” is no client`);
    if (only?.n === 3 || only?.n === 33) throw new PartlyRefused({ n: 33 }, refusal());
    got.push(only?.n ?? 0);
  });
  await db.transaction(ours, (tx) => outbox.put(tx, ours, "news", messages(1, 4)));
  const setAside = async () => {
    await db
      .everyTenant()
      .query(
        "update lists.outbox set due_at = now() where id in (select id from lists.outbox where due_at < 'infinity' and due_at > now() for update skip locked)",
      );
    outbox.nudge("news");
    const { rows } = await db
      .everyTenant()
      .query<{ n: number; reason: string }>(
        "select (payload->>'n')::int as n, reason from lists.outbox where due_at = 'infinity' order by 1",
      );
    return rows.length === 2 && rows;
  };
  const rows = await until(setAside, { timeoutMs: 60_000 });
  assert.deepEqual(rows, [
    { n: 2, reason: `${"It is wrong. ".repeat(38)} … is ` },
    { n: 33, reason: "refused" },
  ]);
  assert.deepEqual(got, [1, 4]);
});

test("a message keeps what can be kept: no NUL, no half characters", async (t) => {
  const db = await openDb(t);
  const got: unknown[] = [];
  const outbox = openOutbox(t, db, async (_tenant, batch) => void got.push(...batch));
  await db.transaction(ours, (tx) => outbox.put(tx, ours, "news", [{ n: 1, text: "a\0b\ud800c" }]));
  await until(() => got.length === 1);
  assert.deepEqual(got, [{ n: 1, text: "ab\ufffdc" }]);
});
