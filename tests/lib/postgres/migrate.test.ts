import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { pathToFileURL } from "node:url";
import pg from "pg";
import { pino } from "pino";
import { bootstrapDatabase, serviceUrl } from "../../../svc/lib/postgres/bootstrap.ts";
import { migrate } from "../../../svc/lib/postgres/migrate.ts";
import { cleanup } from "../cleanup.ts";
import { until } from "../harness.ts";
import { adminUrl } from "../servers.ts";

const log = pino({ level: "silent" });

/** An empty database with the schema of `lists`, and a folder to put migrations into. */
async function setUp(t: TestContext) {
  const options = {
    adminUrl: await adminUrl(),
    database: `migrate_${process.pid}_${Math.trunc(performance.now())}`,
    passwords: { lists: "for tests alone" },
  };
  await bootstrapDatabase(options);
  const dir = mkdtempSync(join(tmpdir(), "herald-migrate-"));
  cleanup(t, async () => {
    rmSync(dir, { recursive: true });
    await query(options.adminUrl, `drop database ${options.database} with (force)`);
  });
  const url = serviceUrl(options, "lists");
  const folder = pathToFileURL(`${dir}/`);
  return {
    options,
    url,
    put: (name: string, sql: string) => writeFileSync(join(dir, name), sql),
    run: (lockMs?: number) => migrate({ url, service: "lists", folder, log, lockMs }),
  };
}

async function query<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

const tableSql = (name: string) =>
  `create table lists.${name} (tenant_id uuid not null, id uuid not null, primary key (tenant_id, id));\ncall lists.protect('lists.${name}');\n`;
const tables = async (url: string) =>
  (
    await query<{ name: string }>(
      url,
      "select tablename as name from pg_tables where schemaname = 'lists' and tablename <> 'migrations' order by 1",
    )
  ).map(({ name }) => name);

test("migrations run once each, in order, and new ones later", async (t) => {
  const { url, put, run } = await setUp(t);
  put("0001_a.sql", tableSql("a"));
  put("0002_b.sql", `${tableSql("b")}\ninsert into lists.a (tenant_id, id) values (uuidv7(), uuidv7());`);
  await run();
  await run();
  put("0010_c.sql", tableSql("c"));
  await run();
  assert.deepEqual(await tables(url), ["a", "b", "c"]);
});

test("several processes that start at once migrate once", async (t) => {
  const { url, put, run } = await setUp(t);
  put("0001_a.sql", tableSql("a"));
  await Promise.all([run(), run(), run(), run()]);
  assert.deepEqual(await tables(url), ["a"]);
});

test("a migration that fails leaves nothing behind, and says what was wrong", async (t) => {
  const { url, put, run } = await setUp(t);
  put("0001_a.sql", tableSql("a"));
  put("0002_b.sql", `${tableSql("b")}\nselect no_such_function();`);
  await assert.rejects(run(), /no_such_function/);
  assert.deepEqual(await tables(url), []);
});

test("a migration does not hold up everybody behind a long query: it gives up its place and tries again", async (t) => {
  const { url, put, run } = await setUp(t);
  put("0001_a.sql", tableSql("a"));
  await run();
  put("0002_b.sql", `${tableSql("b")}\nalter table lists.a add column more text;`);
  const reader = new pg.Client({ connectionString: url });
  await reader.connect();
  cleanup(t, () => reader.end());
  await reader.query("begin; select * from lists.a;");
  const migrating = run(50);
  const waiting =
    "select 1 from pg_stat_activity where application_name = 'herald-lists-migrate' and wait_event_type = 'Lock'";
  await until(async () => (await query(url, waiting)).length > 0);
  await query(url, "select * from lists.a");
  await until(async () => (await query(url, waiting)).length === 0);
  assert.deepEqual(await tables(url), ["a"]);
  await reader.query("commit");
  await migrating;
  assert.deepEqual(await tables(url), ["a", "b"]);
});

test("a migration put in before those that have run is refused, not skipped", async (t) => {
  const { put, run } = await setUp(t);
  put("0002_b.sql", tableSql("b"));
  await run();
  put("0001_a.sql", tableSql("a"));
  await assert.rejects(run(), /0001_a/);
});

test("bootstrapping again keeps what is there, and changes the password to the one given", async (t) => {
  const { options, url, put, run } = await setUp(t);
  put("0001_a.sql", tableSql("a"));
  await run();
  await bootstrapDatabase({ ...options, passwords: { lists: "for tests alone", jobs: "for tests alone" } });
  assert.deepEqual(await tables(url), ["a"]);
  await assert.rejects(query(url, "create table lists.sneaky (x int)"), /permission denied/);
  await assert.rejects(query(url, "create table public.sneaky (x int)"), /permission denied/);
  await assert.rejects(query(url, "select * from jobs.anything"), /permission denied|does not exist/);
});

test("a protected table's partitions are protected with it", async (t) => {
  const { url, put, run } = await setUp(t);
  put(
    "0001_a.sql",
    `create table lists.a (tenant_id uuid not null, id uuid not null, primary key (tenant_id, id)) partition by hash (tenant_id);
     create table lists.a_0 partition of lists.a for values with (modulus 1, remainder 0);
     call lists.protect('lists.a');
     insert into lists.a (tenant_id, id) values (uuidv7(), uuidv7());`,
  );
  await run();
  assert.deepEqual(await query(url, "select tenant_id from lists.a"), []);
  assert.deepEqual(await query(url, "select tenant_id from lists.a_0"), []);
});
