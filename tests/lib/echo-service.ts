/** Starts the echo service in the same way as every service starts. */
import type { TestContext } from "node:test";
import { commonConfig } from "../../svc/lib/service/common-config.ts";
import { readSettings } from "../../svc/lib/service/config.ts";
import type { Database } from "../../svc/lib/postgres/db.ts";
import type { Outbox } from "../../svc/lib/outbox/outbox.ts";
import { type Parts, type RunningService, startService, type StartOptions } from "../../svc/lib/service/service.ts";
import { EchoDefinition, echoHandlers, type EchoHandlers, echoMethods, outboxMethods } from "./echo.ts";
import { MESH_KEY, started, testKeys } from "./harness.ts";
import { testDatabaseFrom, testRedis } from "./servers.ts";

const SQL = new URL("./sql/", import.meta.url);

export interface EchoService extends RunningService {
  db: Database;
  outbox: Outbox;
  env: Record<string, string>;
}

export interface EchoOptions extends StartOptions {
  handlers?: Partial<EchoHandlers>;
  more?: (parts: Parts) => void;
}

/** Settings of an echo service with its own database and Redis. */
export async function echoEnv(t: TestContext, more: Record<string, string> = {}): Promise<Record<string, string>> {
  const [{ lists }, redisUrl] = await Promise.all([testDatabaseFrom(t, { lists: SQL }), testRedis(t)]);
  return {
    DATABASE_URL: lists,
    REDIS_URL: redisUrl,
    HERALD_MESH_KEY: MESH_KEY,
    PORT: "0",
    LOG_LEVEL: "silent",
    DRAIN: "2s",
    ...more,
  };
}

/** Starts the echo service, and stops it after the test. */
export async function bootEcho(t: TestContext, { handlers, more, ...given }: EchoOptions = {}): Promise<EchoService> {
  const env = (given.env as Record<string, string> | undefined) ?? (await echoEnv(t));
  let db: Database | undefined;
  let outbox: Outbox | undefined;
  const config = readSettings((reader) => commonConfig(reader, "lists"), env);
  const starting = startService(
    "lists",
    config,
    (parts) => {
      db = parts.database(SQL);
      outbox = parts.outbox(db);
      parts.redis();
      parts.serve(EchoDefinition, echoHandlers(handlers));
      more?.(parts);
    },
    { keys: testKeys, ...given, env, methods: { ...outboxMethods, ...(given.methods ?? echoMethods) } },
  );
  const service = await started(t, starting);
  return { ...service, db: db as Database, outbox: outbox as Outbox, env };
}
