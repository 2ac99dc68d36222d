/** What an outbox delivers: in which order, together with what, and by which process. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { RecordOptOutsRequest } from "../../../gen/herald/lists/v1/suppression_list_service.ts";
import { messagesOf } from "../../../svc/lib/outbox/message-kind.ts";
import { actingFor } from "../../../svc/lib/postgres/db.ts";
import { newId, until } from "../harness.ts";
import {
  away,
  byNumber,
  type CallHandler,
  empty,
  NEWS,
  numbers,
  openDb,
  openOutbox,
  ours,
  query,
  refusal,
  theirs,
  waiting,
} from "./open-outbox.ts";

test("messages are delivered if their transaction commits, and never if it does not", async (t) => {
  const db = await openDb(t);
  const got: string[] = [];
  const outbox = await openOutbox(t, db, (items) => void got.push(...items));
  const undone = db.transaction(ours, async (tx) => {
    await outbox.put(tx, messagesOf(NEWS, ["666"]));
    throw new Error("undo");
  });
  await assert.rejects(undone, /undo/);
  await outbox.say(ours, numbers(1, 3));
  await until(() => empty(db));
  assert.deepEqual(got, numbers(1, 3), "in the order they were put");
});

test("a call carries messages of one tenant, and no more than 500 items; what waits together goes together", async (t) => {
  const db = await openDb(t);
  const calls: [string, number][] = [];
  const outbox = await openOutbox(t, db, (items, tenant) => void calls.push([tenant, items.length]));
  await db.everyTenant().transaction(async (tx) => {
    for (const tenant of [ours, theirs])
      for (const items of [numbers(1, 700), numbers(1, 20), numbers(1, 20)])
        await outbox.put(actingFor(tx, tenant), messagesOf(NEWS, items));
  });
  await until(() => empty(db));
  const of = (tenant: string) => calls.flatMap(([name, size]) => (name === tenant ? [size] : []));
  assert.deepEqual([of(ours), of(theirs)], [[500, 240], [500, 240]]); // prettier-ignore
});

test("what one tenant is told about one topic arrives in the order of the transactions, whichever process wrote and delivers it", async (t) => {
  const db = await openDb(t, 8);
  const got: number[] = [];
  let isAway = true;
  const take: CallHandler = (items) => {
    if (isAway) throw away();
    got.push(...items.map(Number));
  };
  const processes = [await openOutbox(t, db, take), await openOutbox(t, db, take)];
  for (let n = 1; n <= 40; n++) await processes[n % 2]?.say(ours, [String(n)]);
  // More messages than one look finds.
  await db.transaction(ours, async (tx) => {
    for (let n = 41; n <= 700; n++) await processes[0]?.put(tx, messagesOf(NEWS, [String(n)]));
  });
  isAway = false;
  for (let n = 701; n <= 760; n++) await processes[n % 2]?.say(ours, [String(n)]);
  await until(() => empty(db));
  assert.deepEqual(got, byNumber(numbers(1, 760)));
});

test("several processes share the work: every message arrives, none is delivered by two at once", async (t) => {
  const db = await openDb(t, 8);
  const [tenants, got] = [Array.from({ length: 12 }, newId), new Map<string, number[]>()];
  const take: CallHandler = async (items, tenant) => {
    got.set(tenant, [...(got.get(tenant) ?? []), ...items.map(Number)]);
  };
  const [first, second] = [await openOutbox(t, db, take), await openOutbox(t, db, take)];
  for (let from = 1; from <= 100; from += 10)
    for (const tenant of tenants) await (from % 20 === 1 ? first : second).say(tenant, numbers(from, from + 9));
  await until(() => empty(db));
  for (const tenant of tenants) assert.deepEqual(got.get(tenant), byNumber(numbers(1, 100)));
});

test("what could not be delivered is tried again, later each time, in its order; other tenants' messages do not wait for it", async (t) => {
  const db = await openDb(t);
  const [tries, got, others]: [number[], string[], string[]] = [[], [], []];
  const outbox = await openOutbox(t, db, (items, tenant) => {
    if (tenant === theirs) return void others.push(...items);
    tries.push(performance.now());
    if (tries.length < 5) throw away();
    got.push(...items);
  });
  await outbox.say(ours, numbers(1, 2));
  await until(() => tries.length === 1);
  await outbox.say(ours, numbers(3, 4));
  await outbox.say(theirs, ["1"]);
  await until(() => others.length === 1);
  assert.ok(tries.length < 5);
  await until(() => empty(db), { timeoutMs: 20_000 });
  assert.deepEqual(got, numbers(1, 4));
  const waits = tries.slice(1).map((at, i) => at - (tries[i] as number));
  assert.ok((waits[3] as number) > (waits[0] as number), `waits grow: ${waits.map(Math.round).join(", ")} ms`);
});

test("a tenant with a flood of messages takes turns with others", async (t) => {
  const db = await openDb(t);
  const order: string[] = [];
  const floods = Array.from({ length: 4 }, newId);
  const outbox = await openOutbox(t, db, (_, tenant) => void order.push(tenant));
  await db.everyTenant().transaction(async (tx) => {
    for (const tenant of floods)
      for (let i = 0; i < 20; i++) await outbox.put(actingFor(tx, tenant), messagesOf(NEWS, numbers(1, 500)));
    await outbox.put(actingFor(tx, ours), messagesOf(NEWS, ["1"]));
  });
  await until(() => empty(db));
  assert.equal(order.length, 81);
  assert.ok(order.indexOf(ours) < 20, `it had turn ${order.indexOf(ours) + 1}`);
});

test("what versions before kept as JSON is delivered in its order, and refused as anything else", async (t) => {
  const db = await openDb(t);
  const got: string[] = [];
  const insert = `insert into lists.outbox (tenant_id, id, topic, payload) values ($1, $2, 'news', $3)`;
  for (const payload of [["1", "2"], ["3", "bad"], null, ["4"]])
    await db.tenant(ours).query(insert, [ours, newId(), JSON.stringify(payload)]);
  const outbox = await openOutbox(t, db, (items) => {
    if (items.includes("bad")) throw refusal();
    got.push(...items);
  });
  await outbox.say(ours, ["5"]);
  await until(async () => got.length === 5 && (await waiting(db)) === 1);
  assert.deepEqual(got, numbers(1, 5));
  const [left] = await query<{ body: Buffer; payload: null }>(db, "select body, payload from lists.outbox_messages");
  assert.deepEqual(RecordOptOutsRequest.decode(left?.body ?? Buffer.of()).contactInfos, ["bad"]);
  assert.equal(left?.payload, null);
});

test("a message keeps what can be kept: no NUL, no half characters; a large one is several", async (t) => {
  const db = await openDb(t);
  const calls: string[][] = [];
  const outbox = await openOutbox(t, db, (items) => void calls.push(items));
  await outbox.say(ours, ["a\0b\ud800c"]);
  await until(() => calls.length === 1);
  assert.deepEqual(calls, [["ab\ufffdc"]]);
  const large = Array.from({ length: 5 }, (_, i) => String(i).repeat(400_000));
  await outbox.say(ours, large);
  await until(() => empty(db));
  assert.deepEqual(calls.slice(1).flat(), large);
  assert.ok(calls.slice(1).every((items) => items.length <= 2));
});
