import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
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
