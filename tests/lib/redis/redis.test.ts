import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { pathToFileURL } from "node:url";
import { pino } from "pino";
import { startRedis } from "../../../deploy/local/redis.ts";
import { isConnectionFault } from "../../../svc/lib/errors/faults.ts";
import { openRedis, redisKey, type RedisStore } from "../../../svc/lib/redis/redis.ts";
import { cleanup } from "../cleanup.ts";
import { newId, until } from "../harness.ts";
import { testRedis } from "../servers.ts";

const log = pino({ level: "silent" });
const tenantId = newId();

function tempDir(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), "herald-redis-test-"));
  cleanup(t, () => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

async function open(
  t: TestContext,
  url?: string,
): Promise<{ redis: RedisStore; take: (key: string, cap: number) => Promise<number> }> {
  const file = join(tempDir(t), "take.lua");
  writeFileSync(
    file,
    "local n = redis.call('incr', KEYS[1]) if n > tonumber(ARGV[1]) then redis.call('decr', KEYS[1]) return -1 end return tonumber(ARGV[1]) - n",
  );
  const redis = openRedis({ url: url ?? (await testRedis(t)), log });
  cleanup(t, () => redis.close());
  const script = redis.script<number>("take", pathToFileURL(file));
  return { redis, take: (key, cap) => script([key], [cap]) };
}

test("keys keep a tenant on one slot of a cluster", () => {
  assert.equal(redisKey("t1", "compliance", "cap", "d1", 60), "{t1}:compliance:cap:d1:60");
});

test("a script decides atomically, whoever asks at once", async (t) => {
  const { take } = await open(t);
  const key = redisKey(tenantId, "tests", "cap", newId());
  const left = await Promise.all(Array.from({ length: 10 }, () => take(key, 4)));
  assert.deepEqual(
    left.filter((n) => n >= 0).toSorted((a, b) => a - b),
    [0, 1, 2, 3],
  );
});

test("a server that forgot its scripts gets them again, alone and in pipelines", async (t) => {
  const { redis, take } = await open(t);
  const key = redisKey(tenantId, "tests", "cap", newId());
  assert.equal(await take(key, 9), 8);
  await redis.client.script("FLUSH");
  assert.equal(await take(key, 9), 7);
  await redis.client.script("FLUSH");
  const pipeline = redis.client.pipeline();
  for (let i = 0; i < 3; i++) redis.inPipeline(pipeline, "take", [key], [9]);
  assert.deepEqual(
    (await pipeline.exec())?.map(([error, left]) => error ?? left),
    [6, 5, 4],
  );
});

test("while Redis is away a call fails soon as a connection fault, and works again once it is back", async (t) => {
  const dir = tempDir(t);
  const first = await startRedis({ dir, durable: false });
  const { redis, take } = await open(t, first.url);
  const key = redisKey(tenantId, "tests", "cap", newId());
  assert.equal(await take(key, 9), 8);
  await first.stop();
  const begun = performance.now();
  await assert.rejects(take(key, 9), isConnectionFault);
  await assert.rejects(redis.probe(), isConnectionFault);
  assert.ok(performance.now() - begun < 7_000);
  const second = await startRedis({ dir, port: first.port, durable: false });
  cleanup(t, () => second.stop());
  await until(() =>
    redis.probe().then(
      () => true,
      () => false,
    ),
  );
  assert.equal(await take(key, 9), 8, "its data is gone, which the service has to notice");
});
