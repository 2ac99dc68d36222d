import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Redis } from "ioredis";
import { createConnection } from "node:net";
import { keptPassword } from "./kept-password.ts";
import { logTail } from "./log-tail.ts";
import { freePort } from "./ports.ts";
import { launch, until, type ProcessSpec } from "./process.ts";
import { redisProgram } from "./tools.ts";

export interface RedisOptions {
  /** Contains the server's folder and its password, made on first use. The folder is named by server and version, since one server refuses another's files. */
  dir: string;
  /** A free port unless given. */
  port?: number;
  /** False keeps nothing on disk: for tests. */
  durable?: boolean;
  report?: (words: string) => void;
  /** Its log; beside its data unless given. */
  logFile?: string;
}

export interface RedisServer {
  /** With the password. */
  url: string;
  port: number;
  pid: number;
  stop(): Promise<void>;
}

/** A server that can be started any number of times. */
export interface PreparedRedis {
  url: string;
  port: number;
  spec(): ProcessSpec;
  isReady(): Promise<boolean>;
}

/** Starts a Redis-compatible server and waits until it answers. */
export async function startRedis(options: RedisOptions): Promise<RedisServer> {
  const prepared = await prepareRedis(options);
  const spec = prepared.spec();
  const server = await launch(spec);
  let ended = false;
  void server.exited.then(() => (ended = true));
  try {
    await until("Redis did not answer", async () => ended || (await prepared.isReady()), 30_000, 10);
    if (ended) throw new Error("Redis ended while starting.");
  } catch (cause) {
    await server.stop();
    throw new Error(`Redis did not start. Its log ${spec.logFile} ends with:\n${logTail(spec.logFile)}`, { cause });
  }
  return { url: prepared.url, port: prepared.port, pid: server.pid, stop: () => server.stop() };
}

/** Finds the program and makes its folder. */
export async function prepareRedis(options: RedisOptions): Promise<PreparedRedis> {
  const program = await redisProgram(options.report);
  const port = options.port ?? (await freePort());
  const dir = join(options.dir, program.label);
  mkdirSync(dir, { recursive: true });
  const password = keptPassword(join(options.dir, "redis.password"));
  // The password goes in a file, since everybody on the machine can read the arguments of a process.
  const secrets = join(options.dir, "redis.conf");
  writeFileSync(secrets, `requirepass ${password}\n`, { mode: 0o600 });
  const keeping =
    options.durable === false ? ["--appendonly", "no"] : ["--appendonly", "yes", "--appendfsync", "everysec"];
  return {
    url: `redis://:${password}@127.0.0.1:${port}/0`,
    port,
    spec: () => ({
      name: "redis",
      command: program.path,
      args: [
        secrets,
        "--port",
        String(port),
        "--bind",
        "127.0.0.1",
        "--dir",
        dir,
        "--save",
        "",
        ...keeping,
        "--daemonize",
        "no",
        "--databases",
        "16",
      ],
      env: program.env,
      logFile: options.logFile ?? `${dir}.log`,
    }),
    isReady: () => answersPing(port, password),
  };
}

/** Whether the server answers PING. While it still loads its files it answers -LOADING, or nothing. */
function answersPing(port: number, password: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: "127.0.0.1", timeout: 1_000 });
    const answer = (isReady: boolean): void => {
      socket.destroy();
      resolve(isReady);
    };
    let told = "";
    socket.once("connect", () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.on("data", (data) => {
      told += data.toString();
      if (told.split("\r\n").length > 2) answer(told.endsWith("+PONG\r\n"));
    });
    socket.once("error", () => answer(false));
    socket.once("timeout", () => answer(false));
    socket.once("close", () => answer(false));
  });
}

const oldest = 7; // Lua with the effects we rely on, and LMPOP

/** Refuses a given server that Herald cannot use, and says what would be right. */
export async function checkRedis(url: string): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 5_000 });
  let fault: Error | undefined; // the connection's error; calls only say that it is closed
  redis.on("error", (error) => (fault = error));
  try {
    await redis.connect();
    const info = await redis.info("server");
    const major = Number(/^(?:valkey|redis)_version:(\d+)/m.exec(info)?.[1] ?? 0);
    if (major < oldest) throw new Error(`it is version ${major}; Herald needs ${oldest} or later.`);
  } catch (cause) {
    throw new Error(`The Redis of REDIS_URL cannot be used: ${(fault ?? (cause as Error)).message}`, { cause });
  } finally {
    redis.disconnect();
  }
}
