import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "./postgres.ts";
import { startRedis } from "./redis.ts";

export interface TestServers {
  /** The superuser's URL. */
  databaseUrl: string;
  redisUrl: string;
  /** Stops what was started here. Servers that `npm test` shares stay. */
  stop(): Promise<void>;
}

/** Those that were started here. */
export interface StartedServers extends TestServers {
  pids: { postgres: number; redis: number };
}

/** PostgreSQL and Redis for tests: those of `npm test`, or own ones when a test file runs alone. */
export async function testServers(): Promise<TestServers> {
  const { HERALD_TEST_DATABASE_URL: databaseUrl, HERALD_TEST_REDIS_URL: redisUrl } = process.env;
  if (databaseUrl && redisUrl) return { databaseUrl, redisUrl, stop: async () => {} };
  return startTestServers();
}

/** Starts both in a temporary folder. They are fast but may lose data in a crash, unless `durable` is set. */
export async function startTestServers({ durable = false } = {}): Promise<StartedServers> {
  const dir = mkdtempSync(join(tmpdir(), "herald-test-"));
  const settings = { max_connections: "500", max_wal_size: "1GB" };
  const [postgres, redis] = await Promise.all([
    startPostgres({ dataDir: join(dir, "postgres"), durable, settings }),
    startRedis({ dir, durable }),
  ]);
  return {
    databaseUrl: postgres.url,
    redisUrl: redis.url,
    pids: { postgres: postgres.pid, redis: redis.pid },
    async stop() {
      await Promise.all([postgres.stop(), redis.stop()]);
      for (const folder of [postgres.dataDir, dir]) rmSync(folder, { recursive: true, force: true });
    },
  };
}
