/**
 * Measures the checks a second of one compliance process over the stream, each with suppression, windows, a cap and a decision stored in
 * PostgreSQL. The limit is the Redis look-ups alone, in the same run. Also measures how fast a national suppression list is loaded, how
 * much memory a number takes, and the 99th percentile of a single check's time against an RPC that does almost nothing.
 */
import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Redis } from "ioredis";
import { freePort } from "../deploy/local/ports.ts";
import { runtimeEnvironment } from "../deploy/local/services.ts";
import { startTestServers, testServers } from "../deploy/local/test-servers.ts";
import { Channel } from "../gen/herald/common/v1/channel.ts";
import { AttemptCheckServiceDefinition } from "../gen/herald/compliance/v1/attempt_check_service.ts";
import { RuleServiceDefinition } from "../gen/herald/compliance/v1/rule_service.ts";
import { bootstrapDatabase, serviceUrl } from "../svc/lib/postgres/bootstrap.ts";
import { bindScope, connect } from "../svc/lib/client/client.ts";
import { newId } from "../svc/lib/request/ids.ts";
import { audienceOf, meshTokens } from "../svc/lib/auth/mesh-token.ts";
import { MESH_KEY, until } from "../tests/lib/harness.ts";
import { printFigure } from "./lib/figures.ts";
import { ended, maxRssMb } from "./lib/processes.ts";

const SUPPRESSED = Number(process.env["BENCH_CHECK_SUPPRESSED"] ?? 8_000_000);
/** As dense as the national list of the United States: about 700,000 numbers for each area code. */
const AREA_CODES = "212 213 214 215 216 217 224 231 239 301 305 307";
const BATCH = 500;
const BATCHES = Number(process.env["BENCH_CHECK_BATCHES"] ?? 600);
const AHEAD = 8;
const SINGLE = 1_000;

/** Counts the numbers that were checked, so that none comes twice: each call blocks its number until its outcome is known. */
let called = 0;

/** A zone where it is about three in the afternoon, so that windows are open whenever the bench runs: most real attempts are allowed too. */
const hoursEast = ((15 - new Date().getUTCHours() + 36) % 24) - 12;
const zone = `Etc/GMT${hoursEast > 0 ? "-" : "+"}${Math.abs(hoursEast)}`;

// Durable servers, since users pay for fsync as well. `npm run bench` has started them already.
const servers = await (process.env["HERALD_TEST_REDIS_URL"] ? testServers() : startTestServers({ durable: true }));
const tenantId = newId();
const groupId = newId();
const entries = fork(file("./lib/entries.ts"), [tenantId, String(SUPPRESSED), AREA_CODES], {
  stdio: ["ignore", "inherit", "inherit", "ipc"],
});
const [{ port: listsPort }] = (await once(entries, "message")) as [{ port: number }];
const redis = new Redis(servers.redisUrl);
const redisBytes = await usedMemory();
const { service, address } = await startService();
const connection = connect({
  address,
  token: meshTokens("bench", audienceOf(MESH_KEY, "compliance")),
  deadlineMs: 60_000,
});
const attempts = bindScope(connection.client(AttemptCheckServiceDefinition), { tenantId });
const rules = bindScope(connection.client(RuleServiceDefinition), { tenantId });

try {
  await measureLoad();
  await rules.createRule({
    rule: {
      name: "Three a day",
      required: true,
      body: { $case: "attemptCap", attemptCap: { limit: 3, periodSeconds: 86_400, subject: 1, scope: 1, places: [] } },
    },
  });
  await attempts.setCampaignStates({ campaignStates: [{ campaignGroupId: groupId, running: true, version: 1 }] });
  await checkBatches(20);
  // Counters are filled a second time after six seconds, for decisions that were still being stored. That is not part of a check.
  await setTimeout(8_000);
  const lookUps = await lookUpsPerSecond();
  const before = cpuSeconds();
  const rate = await checkBatches(BATCHES);
  const cpu = (cpuSeconds() - before) / (BATCHES * BATCH);
  printFigure("check", rate, "checks/s", lookUps, maxRssMb(service));
  printFigure("check.one_core", 1 / cpu, "checks/s", 50_000, maxRssMb(service));
  await measureSingle();
} finally {
  connection.close();
  redis.disconnect();
  for (const child of [service, entries]) await ended(child);
  await servers.stop();
}

async function measureLoad(): Promise<void> {
  const begun = performance.now();
  await until(() => attempts.checkAttempt({ check: check(0, "") }).catch(() => false), {
    timeoutMs: 600_000,
    everyMs: 50,
  });
  printFigure(
    "check.load",
    SUPPRESSED / ((performance.now() - begun) / 1_000),
    "entries/s",
    300_000,
    maxRssMb(service),
  );
  printFigure(
    "check.load_memory",
    ((await usedMemory()) - redisBytes) / SUPPRESSED,
    "bytes/number",
    3,
    maxRssMb(service),
  );
}

/** Looks up the same data in Redis alone: one GETBIT for each attempt, 500 in a pipeline. */
async function lookUpsPerSecond(): Promise<number> {
  const [key = ""] = await redis.keys(`{${tenantId}}:compliance:*:b:*:212`);
  const areaCodes = AREA_CODES.split(" ");
  const rounds = 400;
  const begun = performance.now();
  for (let round = 0; round < rounds; round++) {
    const pipeline = redis.pipeline();
    for (let i = 0; i < BATCH; i++)
      pipeline.getbit(key.replace(/212$/, areaCodes[i % areaCodes.length] as string), 2_000_000 + i);
    await pipeline.exec();
  }
  return (rounds * BATCH) / ((performance.now() - begun) / 1_000);
}

async function checkBatches(batches: number): Promise<number> {
  const flow = { answered: 0, wake: () => {} };
  async function* requests() {
    for (let sent = 0; sent < batches; sent++) {
      while (sent >= flow.answered + AHEAD) await new Promise<void>((resolve) => (flow.wake = resolve));
      yield { checks: Array.from({ length: BATCH }, () => check(called++, newId())) };
    }
  }
  const begun = performance.now();
  for await (const { decisions } of attempts.checkAttempts(requests())) {
    if (decisions.length !== BATCH) throw new Error(`${decisions.length} decisions for ${BATCH} checks`);
    flow.answered += 1;
    flow.wake();
  }
  return (batches * BATCH) / ((performance.now() - begun) / 1_000);
}

function check(number: number, attemptId: string) {
  const areaCodes = AREA_CODES.split(" ");
  const line = 2_000_000 + ((number * 7_919) % 8_000_000);
  return {
    attemptId,
    channel: Channel.CHANNEL_VOICE,
    contactInfo: `+1${areaCodes[number % areaCodes.length]}${line}`,
    clientId: `C${number}`,
    zones: [zone],
    zoneIsCertain: true,
    campaignGroupId: attemptId && groupId,
  };
}

async function measureSingle(): Promise<void> {
  const empty = await p99(() => rules.getRule({ ruleId: "builtin:us-federal" }));
  const single = await p99(() => attempts.checkAttempt({ check: check(called++, newId()) }));
  printFigure("check.unary_p99", single, "ms", 2 * empty, maxRssMb(service));
}

async function p99(call: () => Promise<unknown>): Promise<number> {
  for (let i = 0; i < 200; i++) await call();
  const times: number[] = [];
  for (let i = 0; i < SINGLE; i++) {
    const begun = performance.now();
    await call();
    times.push(performance.now() - begun);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(SINGLE * 0.99)] ?? 0;
}

async function startService(): Promise<{ service: ChildProcess; address: string }> {
  const database = `bench_${randomUUID().replaceAll("-", "")}`;
  const options = { adminUrl: servers.databaseUrl, database, passwords: { compliance: "for the bench alone" } };
  await bootstrapDatabase(options);
  const port = await freePort();
  const service = fork(file("../svc/compliance/main.ts"), [], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: {
      PATH: process.env["PATH"] ?? "",
      DATABASE_URL: serviceUrl(options, "compliance"),
      REDIS_URL: servers.redisUrl,
      HERALD_MESH_KEY: MESH_KEY,
      HERALD_MESH_LISTS: `127.0.0.1:${listsPort}`,
      PORT: String(port),
      LOG_LEVEL: "error",
      ...runtimeEnvironment,
    },
  });
  return { service, address: `127.0.0.1:${port}` };
}

async function usedMemory(): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(await redis.info("memory"))?.[1]);
}

/** CPU time of the service so far; Linux only. */
function cpuSeconds(): number {
  const [user = 0, system = 0] =
    readFileSync(`/proc/${service.pid}/stat`, "utf8").split(") ")[1]?.split(" ").slice(11, 13).map(Number) ?? [];
  return (user + system) / 100;
}

function file(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
