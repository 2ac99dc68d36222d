import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Redis } from "ioredis";
import { Client } from "pg";
import { startPostgres } from "../../deploy/local/postgres.ts";
import { checkRedis, startRedis } from "../../deploy/local/redis.ts";
import { checkDatabase } from "../../deploy/local/database.ts";
import { scratchFolder } from "./folder.ts";

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

test("PostgreSQL keeps its data and its password from start to start, also after a kill", async (t) => {
  const dataDir = join(scratchFolder(t), "postgres");
  const first = await startPostgres({ dataDir });
  await ask(first.url, "create table kept as select 'still here' as words");
  process.kill(first.pid, "SIGKILL");

  const second = await startPostgres({ dataDir });
  t.after(() => second.stop());
  assert.deepEqual(await ask(second.url, "select words from kept"), [{ words: "still here" }]);
  assert.equal(new URL(second.url).password, new URL(first.url).password);
  await checkDatabase(second.url);
});

test(
  "a pid file that names another program does not keep PostgreSQL from starting",
  { skip: process.platform !== "linux" },
  async (t) => {
    const dataDir = join(scratchFolder(t), "postgres");
    await (await startPostgres({ dataDir, durable: false })).stop();
    writeFileSync(join(dataDir, "postmaster.pid"), `${process.pid}\n${dataDir}\n1\n5432\n\n127.0.0.1\n`);
    const again = await startPostgres({ dataDir, durable: false });
    await again.stop();
  },
);

test("a given PostgreSQL that cannot serve is refused with the reason", async () => {
  await assert.rejects(checkDatabase("postgres://nobody@127.0.0.1:1/x"), /DATABASE_URL cannot be used: .*ECONNREFUSED/);
  await assert.rejects(checkRedis("redis://127.0.0.1:1"), /REDIS_URL cannot be used: .*ECONNREFUSED/);
});

test("PostgreSQL's log holds no value of a statement that it refused", async (t) => {
  const logFile = join(scratchFolder(t), "postgres.log");
  const server = await startPostgres({
    dataDir: join(scratchFolder(t), "postgres"),
    durable: false,
    logFile,
    settings: { log_min_duration_statement: "0" }, // every statement counts as slow
  });
  const client = new Client({ connectionString: server.url });
  t.after(async () => {
    await client.end();
    await server.stop();
  });
  await client.connect();
  await client.query("create table people (phone text unique check (phone <> ''), sender jsonb, born timestamptz)");
  const insert = "insert into people (phone, sender, born) values ($1, $2::jsonb, $3)";
  await client.query(insert, ["+15005550006", "{}", null]);
  for (const values of [
    ["+15005550006", "{}", null], // the key is taken: its DETAIL names it
    ["+15005550007", '{"from": "spring@example.com\\u0000"}', null], // a CONTEXT line quotes it
    ["+15005550007", "{}", "+199999-01-01 with words"], // the message itself does
  ])
    await assert.rejects(client.query(insert, values));
  await assert.rejects(client.query("select '+15005550008'::uuid")); // what somebody typed at a prompt
  const log = readFileSync(logFile, "utf8");
  assert.match(log, /duration: .*insert into people/, "it is the right log");
  assert.doesNotMatch(log, /1500555|spring@example|199999/);
});

test("Redis keeps its data from start to start", async (t) => {
  const dir = scratchFolder(t);
  const first = await startRedis({ dir });
  const writer = new Redis(first.url);
  await writer.set("kept", "still here");
  writer.disconnect();
  await first.stop();

  const second = await startRedis({ dir });
  const reader = new Redis(second.url);
  t.after(async () => {
    reader.disconnect();
    await second.stop();
  });
  assert.equal(await reader.get("kept"), "still here");
});

test("Redis answers nobody who does not know its password, which its owner alone can read", async (t) => {
  const dir = scratchFolder(t);
  const { url, port, stop } = await startRedis({ dir, durable: false });
  t.after(stop);
  const { password } = new URL(url);
  for (const file of ["redis.password", "redis.conf"]) assert.equal(statSync(join(dir, file)).mode & 0o777, 0o600);
  const ping = async (given: string): Promise<string> => {
    const client = new Redis(given, { lazyConnect: true, retryStrategy: () => null });
    client.on("error", () => {});
    return client
      .connect()
      .then(() => client.ping())
      .finally(() => client.disconnect());
  };
  assert.equal(await ping(url), "PONG");
  for (const stranger of [`redis://127.0.0.1:${port}`, `redis://:${password}x@127.0.0.1:${port}`])
    await assert.rejects(ping(stranger), /NOAUTH|WRONGPASS|closed/);
});

test(
  "the password of Redis is not among the arguments of its process",
  { skip: process.platform !== "linux" },
  async (t) => {
    const { url, pid, stop } = await startRedis({ dir: scratchFolder(t), durable: false });
    t.after(stop);
    assert.ok(!readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(new URL(url).password));
  },
);
