/** Redis, for data that must be fast and can be rebuilt; it is never the only copy. Keys are `{<tenant>}:<domain>:<what>:<id>`, and only built here. */
import { readFileSync } from "node:fs";
import { Redis } from "ioredis";
import type { Logger } from "../observe/log.ts";

/** A key or an argument of a script. */
export type RedisValue = string | number | Buffer;

/** One Lua script: keys first, then arguments. */
export type Script<Result = unknown> = (keys: readonly string[], args?: readonly RedisValue[]) => Promise<Result>;

export interface RedisStore {
  /** The ioredis client, for plain commands and pipelines. */
  readonly client: Redis;
  /**
   * Makes a function from a `.lua` file: `const reserve = redis.script<number>("reserve", new URL("./lua/reserve.lua", import.meta.url))`.
   * Calls send only its hash; a server that has lost the script gets it again automatically.
   */
  script<Result>(name: string, file: URL): Script<Result>;
  /** Adds a call of a script to a pipeline; results come with `exec()`. */
  inPipeline(pipeline: Pipeline, name: string, keys: readonly string[], args?: readonly RedisValue[]): void;
  /** Rejects while Redis is away. */
  probe(): Promise<void>;
  close(): Promise<void>;
}

export type Pipeline = ReturnType<Redis["pipeline"]>;

export interface RedisOptions {
  url: string;
  log: Logger;
  /** Longest wait for one answer: a call on a hot path should fail rather than hang. */
  commandTimeoutMs?: number;
}

/** Opens a connection. Commands fail within `commandTimeoutMs` while Redis is away; it reconnects by itself. */
export function openRedis({ url, log, commandTimeoutMs = 3_000 }: RedisOptions): RedisStore {
  const client = new Redis(url, {
    commandTimeout: commandTimeoutMs,
    connectTimeout: 3_000,
    maxRetriesPerRequest: 1,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
    enableAutoPipelining: false,
    autoResubscribe: true,
  });
  let away = false;
  client.on("error", (error: Error) => {
    if (!away) log.warn({ error }, "Redis connection lost");
    away = true;
  });
  client.on("ready", () => (away = false));
  return {
    client,
    script: (name, file) => defineScript(client, name, file),
    inPipeline: (pipeline, name, keys, args = []) => void custom(pipeline, name)(keys.length, ...keys, ...args),
    probe: async () => void (await client.ping()),
    close: async () => {
      await client.quit().catch(() => client.disconnect());
    },
  };
}

/** A key of one tenant. The braces keep all keys of a tenant on one slot of a cluster. */
export const redisKey = (tenantId: string, domain: string, what: string, ...id: readonly (string | number)[]): string =>
  [`{${tenantId}}`, domain, what, ...id].join(":");

function defineScript<Result>(client: Redis, name: string, file: URL): Script<Result> {
  client.defineCommand(name, { lua: readFileSync(file, "utf8") });
  return (keys, args = []) => custom(client, name)(keys.length, ...keys, ...args) as Promise<Result>;
}

type ScriptCommand = (...args: RedisValue[]) => unknown;
const custom = (target: object, name: string): ScriptCommand =>
  ((target as Record<string, ScriptCommand>)[name] as ScriptCommand).bind(target);
