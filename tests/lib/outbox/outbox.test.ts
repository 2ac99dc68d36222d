/** The outbox on a real PostgreSQL, with a receiver behind a real gRPC server. */
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { type handleUnaryCall, status } from "@grpc/grpc-js";
import { pino } from "pino";
import {
  RecordOptOutsRequest,
  SuppressionListServiceDefinition,
} from "../../../gen/herald/lists/v1/suppression_list_service.ts";
import { Metrics } from "../../../svc/lib/observe/metrics.ts";
import { type MessageKind, messagesOf } from "../../../svc/lib/outbox/message-kind.ts";
import { Outbox } from "../../../svc/lib/outbox/outbox.ts";
import type { Database } from "../../../svc/lib/postgres/db.ts";
import { grpcMethod } from "../../../svc/lib/rpc/definitions.ts";
import { openBareServer } from "../bare-server.ts";
import { cleanup } from "../cleanup.ts";
import { newId, until } from "../harness.ts";
import { databaseOf, testDatabaseFrom } from "../servers.ts";

const SQL = new URL("../sql/", import.meta.url);
const log = pino({ level: "silent" });
const [ours, theirs] = [newId(), newId()];

const kindOf = (topic: string): MessageKind<RecordOptOutsRequest, string> => ({
  topic,
  request: RecordOptOutsRequest,
  wrap: (contactInfos) => RecordOptOutsRequest.fromPartial({ contactInfos }),
  unwrap: ({ contactInfos }) => contactInfos,
  fromJson: (contactInfos) => RecordOptOutsRequest.fromJSON({ contactInfos }),
  attemptIdOf: (item) => `attempt ${item}`,
});
const NEWS = kindOf("news");
const WEATHER = kindOf("weather");

/** Takes the items of one call. What it throws becomes the answer. */
type CallHandler = (items: string[], tenantId: string) => Promise<void> | void;
const refusal = (details = "refused") =>
  Object.assign(new Error("refused"), { code: status.INVALID_ARGUMENT, details });
const away = () => Object.assign(new Error("away"), { code: status.UNAVAILABLE, details: "away" });
const never = () => new Promise<void>(() => {});

/** Starts a receiver. Gives the client with which an outbox calls it. */
async function openReceiver(t: TestContext, take: CallHandler) {
  const { recordOptOuts } = SuppressionListServiceDefinition.methods;
  const { server, connection } = await openBareServer(t);
  const answer: handleUnaryCall<RecordOptOutsRequest, object> = ({ request, metadata }, done) => {
    const taken = Promise.try(take, request.contactInfos, String(metadata.get("authorization")[0]));
    void taken.then(() => done(null, {}), done);
  };
  server.addService(
    { recordOptOuts: grpcMethod(SuppressionListServiceDefinition, recordOptOuts) },
    { recordOptOuts: answer },
  );
  return connection.client(SuppressionListServiceDefinition);
}

async function openDb(t: TestContext, connections = 4): Promise<Database> {
  const { lists: url } = await testDatabaseFrom(t, { lists: SQL });
  return databaseOf(t, "lists", url, connections);
}

interface OpenOutbox extends Outbox {
  say(tenantId: string, items: readonly string[], kind?: typeof NEWS): Promise<void>;
  /** Stops the outbox before the end of the test. */
  end(): Promise<void>;
}

/** An outbox with its relay: stands for one process of a service. */
async function openOutbox(t: TestContext, db: Database, take: CallHandler, kinds = [NEWS]): Promise<OpenOutbox> {
  const receiver = await openReceiver(t, take);
  const outbox = new Outbox({ db, service: "lists", log, metrics: new Metrics("lists") });
  for (const kind of kinds) outbox.relay(kind, (request, scope) => receiver.recordOptOuts(request, scope));
  await outbox.prepare();
  outbox.open();
  let ended: Promise<void> | undefined;
  const end = () => (ended ??= outbox.stop());
  cleanup(t, end);
  return Object.assign(outbox, {
    say: (tenantId: string, items: readonly string[], kind = NEWS) =>
      db.transaction(tenantId, (tx) => outbox.put(tx, tenantId, messagesOf(kind, items))),
    end,
  });
}

const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => String(from + i));
const query = async <Row extends object>(db: Database, text: string) => (await db.everyTenant().query<Row>(text)).rows;
const waiting = async (db: Database) =>
  (await query<{ count: number }>(db, "select count(*)::int from lists.outbox_messages"))[0]?.count;
const empty = async (db: Database) => (await waiting(db)) === 0;
const byNumber = (items: readonly string[]) => items.map(Number).sort((a, b) => a - b);
/** Makes messages that wait for their next try, and lines that rest, due now. */
const hurry = (db: Database) =>
  query(
    db,
    `with lines as (update lists.outbox_lines set due_at = now() where due_at > now())
     update lists.outbox_messages set due_at = now() where due_at < 'infinity' and due_at > now()`,
  );

test("messages are delivered if their transaction commits, and never if it does not", async (t) => {
  const db = await openDb(t);
  const got: string[] = [];
  const outbox = await openOutbox(t, db, (items) => void got.push(...items));
  const undone = db.transaction(ours, async (tx) => {
    await outbox.put(tx, ours, messagesOf(NEWS, ["666"]));
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
        await outbox.put(tx, tenant, messagesOf(NEWS, items));
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
    for (let n = 41; n <= 700; n++) await processes[0]?.put(tx, ours, messagesOf(NEWS, [String(n)]));
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

test("one item that the receiver refuses does not hold up the others, keeps their order, and is kept", async (t) => {
  const db = await openDb(t);
  const got: string[] = [];
  const outbox = await openOutbox(t, db, (items) => {
    if (items.includes("13")) throw refusal();
    got.push(...items);
  });
  await db.transaction(ours, async (tx) => {
    await outbox.put(tx, ours, messagesOf(NEWS, numbers(1, 25)));
    await outbox.put(tx, ours, messagesOf(NEWS, numbers(26, 40)));
  });
  await until(async () => (await waiting(db)) === 1);
  assert.deepEqual(
    got,
    numbers(1, 40).filter((n) => n !== "13"),
  );
  const [row] = await query<{ body: Buffer; items: number; attempts: number }>(
    db,
    "select * from lists.outbox_messages",
  );
  assert.deepEqual([RecordOptOutsRequest.decode(row?.body ?? Buffer.of()).contactInfos, row?.items, row?.attempts], [["13"], 1, 1]); // prettier-ignore
});

test("an item that is refused again and again is set aside after eight tries with its reason, and tells of its attempt; the rest flows", async (t) => {
  const db = await openDb(t);
  const [got, tries]: [string[], string[][]] = [[], []];
  const outbox = await openOutbox(t, db, (items) => {
    tries.push(items);
    // Only 500 characters of the reason are stored; the value is at their end.
    if (items.includes("2")) throw refusal(`${"It is wrong. ".repeat(38)} “Ann Smith” is no client`);
    if (items.includes("3")) throw refusal();
    got.push(...items);
  });
  await outbox.say(ours, numbers(1, 4));
  const rows = await until(
    async () => {
      await hurry(db);
      const text = "select reason, attempts, items, attempt_ids from lists.outbox_messages where due_at = 'infinity'";
      return (await query<object>(db, text))[0];
    },
    { timeoutMs: 60_000 },
  );
  const reason = "refused";
  assert.deepEqual(rows, { reason, attempts: 8, items: 2, attempt_ids: ["attempt 2", "attempt 3"] });
  await outbox.say(ours, ["5"]);
  await until(async () => (await waiting(db)) === 1);
  assert.deepEqual(got, ["1", "4", "5"]);
  const before = tries.length;
  await outbox.say(ours, ["6"]);
  await until(async () => (await waiting(db)) === 1);
  assert.deepEqual(tries.slice(before), [["6"]], "what is set aside is not tried any more");
});

test("a message that alone gets no answer in time steps aside once the one after it gets one; while none does, all wait in their order", async (t) => {
  const db = await openDb(t);
  const [got, tries]: [string[], string[][]] = [[], []];
  let hangs = (items: string[]) => items.length > 0;
  const outbox = await openOutbox(t, db, (items) => {
    tries.push(items);
    if (hangs(items)) throw Object.assign(new Error("slow"), { code: status.DEADLINE_EXCEEDED, details: "slow" });
    got.push(...items);
  });
  await db.transaction(ours, async (tx) => {
    for (const item of numbers(1, 4)) await outbox.put(tx, ours, messagesOf(NEWS, [item]));
  });
  const tried = (items: string[]) => tries.some((one) => one.join() === items.join());
  await until(async () => (await hurry(db), tried(["2"])), { timeoutMs: 20_000 });
  assert.deepEqual([tries[0], got], [numbers(1, 4), []]);
  const [{ attempts } = { attempts: -1 }] = await query<{ attempts: number }>(
    db,
    "select max(attempts) as attempts from lists.outbox_messages",
  );
  assert.equal(attempts, 0, "the receiver may be away: nobody stepped aside");
  hangs = (items) => items.includes("1");
  await until(async () => (await hurry(db), got.length === 3), { timeoutMs: 20_000 });
  assert.deepEqual(got, ["2", "3", "4"]);
  hangs = () => false;
  await until(async () => (await hurry(db), empty(db)), { timeoutMs: 20_000 });
  assert.deepEqual(got, ["2", "3", "4", "1"]);
});

test("a process that dies after a delivery and before it is noted: it is delivered again, by another, and what follows comes after it", async (t) => {
  const db = await openDb(t);
  const got: string[] = [];
  let isFirst = true;
  const take: CallHandler = async (items) => {
    got.push(...items);
    if (!isFirst) return;
    isFirst = false;
    // The receiver has the message, but that can no longer be written to PostgreSQL.
    await db.everyTenant().transaction(async (tx) => {
      await tx.asOwner();
      await tx.query("alter table lists.outbox_messages rename to outbox_messages_away");
    });
  };
  const outbox = await openOutbox(t, db, take);
  await outbox.say(ours, ["1"]);
  await until(() => got.length === 1);
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

test("a tenant with a flood of messages takes turns with others", async (t) => {
  const db = await openDb(t);
  const order: string[] = [];
  const floods = Array.from({ length: 4 }, newId);
  const outbox = await openOutbox(t, db, (_, tenant) => void order.push(tenant));
  await db.everyTenant().transaction(async (tx) => {
    for (const tenant of floods)
      for (let i = 0; i < 20; i++) await outbox.put(tx, tenant, messagesOf(NEWS, numbers(1, 500)));
    await outbox.put(tx, ours, messagesOf(NEWS, ["1"]));
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
