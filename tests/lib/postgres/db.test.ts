import assert from "node:assert/strict";
import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import { test, type TestContext } from "node:test";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { pino } from "pino";
import { actingFor, type Database, openDatabase } from "../../../svc/lib/postgres/db.ts";
import { isConnectionFault, isUniqueViolation } from "../../../svc/lib/errors/faults.ts";
import { cleanup } from "../cleanup.ts";
import { newId, until } from "../harness.ts";
import { adminUrl, testDatabaseFrom } from "../servers.ts";

const SQL = new URL("../sql/", import.meta.url);
const log = pino({ level: "silent" });
const [ours, theirs] = [newId(), newId()];

async function open(t: TestContext, connections = 4): Promise<{ db: Database; url: string }> {
  const { lists: url } = await testDatabaseFrom(t, { lists: SQL });
  const db = openDatabase({ url, service: "lists", connections, statementTimeoutMs: 2_000, log });
  cleanup(t, () => db.close());
  return { db, url };
}

const add = (db: Database, tenantId: string, name: string) =>
  db
    .tenant(tenantId)
    .query("insert into lists.things (tenant_id, id, name) values ($1, $2, $3)", [tenantId, newId(), name]);
const names = async (scope: { query: Database["pool"]["query"] } | ReturnType<Database["everyTenant"]>) =>
  (
    await (scope as ReturnType<Database["everyTenant"]>).query<{ name: string }>(
      "select name from lists.things order by name",
    )
  ).rows.map(({ name }) => name);

test("a tenant sees and writes its own rows alone, whatever the query forgot", async (t) => {
  const { db } = await open(t);
  await add(db, ours, "ours");
  await add(db, theirs, "theirs");
  assert.deepEqual(await names(db.tenant(ours)), ["ours"]);
  assert.deepEqual(await names(db.everyTenant()), ["ours", "theirs"]);
  assert.equal((await db.tenant(ours).query("update lists.things set name = 'taken'")).rowCount, 1);
  assert.equal((await db.tenant(ours).query("delete from lists.things where tenant_id = $1", [theirs])).rowCount, 0);
  await assert.rejects(
    db.tenant(ours).query("insert into lists.things (tenant_id, id, name) values ($1, $2, 'x')", [theirs, newId()]),
    /row-level security policy/,
  );
  assert.deepEqual(await names(db.everyTenant()), ["taken", "theirs"]);
});

test("without a tenant nothing is seen and nothing can be written", async (t) => {
  const { db, url } = await open(t);
  await add(db, ours, "ours");
  const bare = new pg.Client({ connectionString: url });
  await bare.connect();
  cleanup(t, () => bare.end());
  assert.equal((await bare.query("select from lists.things")).rowCount, 0);
  await assert.rejects(
    bare.query("insert into lists.things (tenant_id, id, name) values ($1, $2, 'x')", [ours, newId()]),
    /row-level security/,
  );
  await assert.rejects(bare.query("alter table lists.things disable row level security"), /must be owner/);
  assert.throws(() => db.tenant(""), /needs a tenant id/);
  assert.equal(db.tenant(ours).tenantId, ours);
  assert.equal(await db.transaction(theirs, (tx) => Promise.resolve(tx.tenantId)), theirs);
  assert.equal(actingFor(db.everyTenant(), ours).tenantId, ours);
  assert.throws(() => db.tenant("*"), /everyTenant/);
});

test("connections that many tenants share never show one the rows of another", async (t) => {
  const { db } = await open(t, 3);
  const tenants = Array.from({ length: 20 }, newId);
  await Promise.all(tenants.map((tenant) => add(db, tenant, tenant)));
  const calls = Array.from({ length: 400 }, (_, i) => tenants[(i * 7) % tenants.length] as string);
  await Promise.all(calls.map(async (tenant) => assert.deepEqual(await names(db.tenant(tenant)), [tenant])));
});

test("the tenant is told to a connection only when it changes", async (t) => {
  const { db } = await open(t, 1);
  let told = 0;
  const client = await db.pool.connect();
  const { query } = client;
  client.query = ((...args: Parameters<typeof query>) => {
    if ((args[0] as { name?: string }).name === "herald_tenant") told += 1;
    return query.apply(client, args);
  }) as typeof query;
  client.release();
  for (let i = 0; i < 5; i++) await names(db.tenant(ours));
  assert.equal(told, 1);
  await names(db.tenant(theirs));
  await names(db.tenant(ours));
  assert.equal(told, 3);
});

test("a transaction happens whole or not at all, in its tenant", async (t) => {
  const { db } = await open(t);
  const failing = db.transaction(ours, async (tx) => {
    await tx.query("insert into lists.things (tenant_id, id, name) values ($1, $2, 'half')", [ours, newId()]);
    throw new Error("stop here");
  });
  await assert.rejects(failing, /stop here/);
  assert.deepEqual(await names(db.everyTenant()), []);
  const given = await db.transaction(ours, async (tx) => {
    await tx.query("insert into lists.things (tenant_id, id, name) values ($1, $2, 'whole')", [ours, newId()]);
    return "given back";
  });
  assert.equal(given, "given back");
  assert.deepEqual(await names(db.tenant(ours)), ["whole"]);
});

test("transactions that meet are run again, and each counts once", async (t) => {
  const { db } = await open(t);
  await add(db, ours, "counter");
  let runs = 0;
  const bump = () =>
    db.transaction(
      ours,
      async (tx) => {
        runs += 1;
        const { rows } = await tx.query<{ version: number }>("select version from lists.things");
        await new Promise((resolve) => setTimeout(resolve, 20));
        await tx.query("update lists.things set version = $1", [(rows[0]?.version ?? 0) + 1]);
      },
      { isolation: "serializable", attempts: 20 },
    );
  await Promise.all([bump(), bump(), bump()]);
  const { rows } = await db.tenant(ours).query<{ version: number }>("select version from lists.things");
  assert.equal(rows[0]?.version, 4);
  assert.ok(runs > 3, "they met");
});

test("two that wait for each other end: one is run again", async (t) => {
  const { db } = await open(t);
  await Promise.all([add(db, ours, "a"), add(db, ours, "b")]);
  const cross = (first: string, second: string) =>
    db.transaction(
      ours,
      async (tx) => {
        await tx.query("update lists.things set version = version + 1 where name = $1", [first]);
        await new Promise((resolve) => setTimeout(resolve, 50));
        await tx.query("update lists.things set version = version + 1 where name = $1", [second]);
      },
      { statementTimeoutMs: 10_000 },
    );
  await Promise.all([cross("a", "b"), cross("b", "a")]);
  const { rows } = await db.tenant(ours).query<{ version: number }>("select version from lists.things");
  assert.deepEqual(
    rows.map(({ version }) => version),
    [3, 3],
  );
});

test("COPY works as the owner, for that transaction only", async (t) => {
  const { db } = await open(t, 1);
  const rows = Array.from({ length: 1_000 }, (_, i) => `${ours}\t${newId()}\trow ${i}\n`);
  await db.transaction(ours, async (tx) => {
    await tx.asOwner();
    await pipeline(
      Readable.from(rows),
      tx.client.query(copyFrom("copy lists.things (tenant_id, id, name) from stdin")),
    );
  });
  const count = async (tenant: string) =>
    (await db.tenant(tenant).query<{ count: number }>("select count(*)::int from lists.things")).rows[0]?.count;
  assert.equal(await count(ours), 1_000);
  assert.equal(await count(theirs), 0, "the connection is held by row level security again");
});

test("a statement that takes too long is ended", async (t) => {
  const { db } = await open(t);
  await assert.rejects(db.tenant(ours).query("select pg_sleep(10)"), /statement timeout[\s\S]*\[in: select pg_sleep/);
  await assert.rejects(
    db.transaction(ours, (tx) => tx.query("select pg_sleep(10)"), { statementTimeoutMs: 50 }),
    /statement timeout/,
  );
});

test("a unique key that is met is told apart by its name", async (t) => {
  const { db } = await open(t);
  await add(db, ours, "twice");
  await add(db, theirs, "twice");
  await assert.rejects(
    add(db, ours, "twice"),
    (error: unknown) =>
      isUniqueViolation(error, "things_tenant_id_name_key") && !isUniqueViolation(error, "things_pkey"),
  );
});

test("a connection cut while it is lent fails that query as a connection fault, and the next one works", async (t) => {
  const { db } = await open(t, 2);
  const cut = db.transaction(ours, async (tx) => {
    const { rows } = await tx.query<{ pid: number }>("select pg_backend_pid() as pid");
    const admin = new pg.Client({ connectionString: await adminUrl() });
    await admin.connect();
    await admin.query("select pg_terminate_backend($1)", [rows[0]?.pid]);
    await admin.end();
    await tx.query("select 1");
  });
  await assert.rejects(cut, isConnectionFault);
  assert.deepEqual(await names(db.tenant(ours)), []);
});

test("listening hears what others notify, and hears again after its connection was cut", async (t) => {
  const { db } = await open(t);
  const heard: (string | undefined)[] = [];
  const listening = db.listen("wake", (payload) => heard.push(payload));
  cleanup(t, () => listening.stop());
  await until(() => heard.length === 1);
  await db.tenant(ours).query("select pg_notify('wake', 'one')");
  await until(() => heard.includes("one"));
  const admin = new pg.Client({ connectionString: await adminUrl() });
  await admin.connect();
  await admin.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'herald-listen-wake'",
  );
  await admin.end();
  await until(() => heard.length === 3, { what: "told that something may have been missed" });
  await db.tenant(ours).query("select pg_notify('wake', 'two')");
  await until(() => heard.includes("two"));
  assert.deepEqual(heard, [undefined, "one", undefined, "two"]);
});
