/** How a service starts, reports its health, and stops. */
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Channel, Client, credentials } from "@grpc/grpc-js";
import { service as healthService } from "grpc-health-check";
import { freePort } from "../../../deploy/local/ports.ts";
import { startRedis } from "../../../deploy/local/redis.ts";
import { connect } from "../../../svc/lib/client/client.ts";
import { audienceOf, meshTokens } from "../../../svc/lib/auth/mesh-token.ts";
import { cleanup } from "../cleanup.ts";
import { type GetJobRequest, JobServiceDefinition } from "../../../gen/herald/jobs/v1/job_service.ts";
import { errorDetails } from "../../../svc/lib/errors/error-details.ts";
import { EchoDefinition, echoMethods, rule } from "../echo.ts";
import { bootEcho, echoEnv } from "../echo-service.ts";
import { collect, MESH_KEY, newId, rejectsWith, status, until, userClient } from "../harness.ts";

const run = promisify(execFile);
const tenantId = newId();
const speaker = { tenantId, permissions: ["echo.say"] };

function tempDir(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), "herald-lifecycle-"));
  cleanup(t, () => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

async function healthOf(address: string, name: string): Promise<string> {
  const channel = new Channel(address, credentials.createInsecure(), {});
  const client = new Client(address, credentials.createInsecure(), { channelOverride: channel });
  const { path, requestSerialize, responseDeserialize } = healthService["Check"]!;
  try {
    return await new Promise((resolve) => {
      client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        { service: name },
        { deadline: Date.now() + 2_000 },
        (error, answer) => resolve(error ? status[error.code] : (answer as { status: string }).status),
      );
    });
  } finally {
    client.close();
  }
}

test("health is told truthfully while Redis is away and when it is back, over gRPC and HTTP", async (t) => {
  const dir = tempDir(t);
  const redis = await startRedis({ dir, durable: false });
  const metricsPort = await freePort();
  const { address } = await bootEcho(t, {
    env: await echoEnv(t, { REDIS_URL: redis.url, METRICS_PORT: String(metricsPort) }),
  });
  const overHttp = async () => (await fetch(`http://127.0.0.1:${metricsPort}/healthz`)).status;
  await until(async () => (await healthOf(address, "")) === "SERVING");
  assert.equal(await overHttp(), 200);
  await redis.stop();
  await until(async () => (await healthOf(address, "")) === "NOT_SERVING", { timeoutMs: 15_000 });
  const body = (await (await fetch(`http://127.0.0.1:${metricsPort}/healthz`)).json()) as {
    away: Record<string, string>;
  };
  assert.deepEqual(Object.keys(body.away), ["redis"]);
  assert.equal(await healthOf(address, "live"), "SERVING");
  const again = await startRedis({ dir, port: redis.port, durable: false });
  cleanup(t, () => again.stop());
  await until(async () => (await healthOf(address, "")) === "SERVING", { timeoutMs: 15_000 });
  assert.equal(await overHttp(), 200);
});

test("two services that need each other come up, in any order; each tells when the other is away, and serves all the same", async (t) => {
  const [a, b, shown] = [await freePort(), await freePort(), await freePort()];
  const away = async () => {
    const answer = await fetch(`http://127.0.0.1:${shown}/healthz`);
    assert.equal(answer.status, 200);
    return Object.keys(((await answer.json()) as { away: Record<string, string> }).away);
  };
  const boot = async (port: number, other: "compliance" | "jobs", otherPort: number, metricsPort: number) =>
    bootEcho(t, {
      env: await echoEnv(t, {
        PORT: String(port),
        METRICS_PORT: String(metricsPort),
        [`HERALD_MESH_${other.toUpperCase()}`]: `127.0.0.1:${otherPort}`,
      }),
      more: (parts) => parts.needs(other),
    });
  const first = await boot(a, "compliance", b, shown);
  assert.deepEqual(await away(), ["compliance"]);
  const second = await boot(b, "jobs", a, 0);
  await until(async () => (await away()).length === 0 && (await healthOf(second.address, "")) === "SERVING");
  await second.stop();
  await until(async () => (await away()).length === 1);
  assert.equal(await healthOf(first.address, ""), "SERVING");
});

test("a service that starts before its database listens, says NOT_SERVING, answers UNAVAILABLE, and serves once it is there", async (t) => {
  const port = await freePort();
  const goAhead = Promise.withResolvers<void>();
  const booting = bootEcho(t, {
    env: await echoEnv(t, { PORT: String(port) }),
    more: (parts) => parts.beforeServing("wait for the test", () => goAhead.promise),
  });
  const address = `127.0.0.1:${port}`;
  await until(async () => (await healthOf(address, "live")) === "SERVING");
  assert.equal(await healthOf(address, ""), "NOT_SERVING");
  const echo = await userClient(t, address, EchoDefinition, speaker);
  const told = await rejectsWith(echo.say({}), status.UNAVAILABLE, "ERROR_REASON_DEPENDENCY_UNAVAILABLE");
  assert.ok((told.retryAfterMs ?? 0) > 0);
  goAhead.resolve();
  await booting;
  assert.equal((await echo.say({ text: "now" })).text, "now");
});

test("what it needs to begin is waited for while it is away; a fault of ours ends the start", async (t) => {
  let tries = 0;
  const more = (parts: Parameters<NonNullable<NonNullable<Parameters<typeof bootEcho>[1]>["more"]>>[0]) =>
    parts.beforeServing("needs a while", async () => {
      if (++tries < 3) throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    });
  await bootEcho(t, { more });
  assert.equal(tries, 3);
  const broken = bootEcho(t, {
    more: (parts) => parts.beforeServing("is wrong", () => Promise.reject(new TypeError("a mistake"))),
  });
  await assert.rejects(broken, /a mistake/);
});

test("a stop lets calls in flight finish, turns streams away, and refuses new calls", async (t) => {
  const inCall = Promise.withResolvers<void>();
  const service = await bootEcho(t, {
    handlers: {
      async say() {
        inCall.resolve();
        await new Promise((resolve) => setTimeout(resolve, 400));
        return { text: "finished" };
      },
      async *count(_req, ctx) {
        for (let count = 1; ; count++) {
          yield { count };
          await new Promise((resolve) => ctx.signal.addEventListener("abort", resolve));
        }
      },
    },
  });
  const echo = await userClient(t, service.address, EchoDefinition, speaker);
  const call = echo.say({});
  const stream = collect(echo.count({}));
  const ended = rejectsWith(stream, status.UNAVAILABLE, "ERROR_REASON_DEPENDENCY_UNAVAILABLE");
  await inCall.promise;
  const begun = performance.now();
  const stopping = service.stop();
  assert.equal((await call).text, "finished");
  await ended;
  await stopping;
  assert.ok(performance.now() - begun < 2_000);
  await rejectsWith(echo.say({}, { timeoutMs: 500 }), status.UNAVAILABLE);
});

test("a call that does not end is cut off when the time to drain is over", async (t) => {
  const inCall = Promise.withResolvers<void>();
  const service = await bootEcho(t, {
    env: await echoEnv(t, { DRAIN: "300ms" }),
    handlers: {
      say: () => {
        inCall.resolve();
        return new Promise(() => {});
      },
    },
  });
  const echo = await userClient(t, service.address, EchoDefinition, speaker);
  const call = echo.say({}).catch((error: unknown) => errorDetails(error)?.code);
  await inCall.promise;
  const begun = performance.now();
  await service.stop();
  assert.ok(performance.now() - begun < 3_000);
  assert.ok([status.UNAVAILABLE, status.CANCELLED].includes((await call) as status));
});

test("a process drains at SIGTERM and ends with 0; with bad settings it says all of them and ends with 1", async (t) => {
  const main = fileURLToPath(new URL("../echo-main.ts", import.meta.url));
  const env = { ...process.env, ...(await echoEnv(t, { LOG_LEVEL: "info" })) };
  const child = spawn(process.execPath, [main], { env, stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  await until(() => output.includes('"msg":"ready"'));
  const exited = new Promise<number | null>((resolve) => child.on("exit", resolve));
  child.kill("SIGTERM");
  assert.equal(await exited, 0);
  assert.match(output, /"msg":"stopped"/);

  const bad = await run(process.execPath, [main], { env: { ...env, PORT: "x", HERALD_MESH_KEY: "short" } }).catch(
    (error: { code: number; stderr: string }) => error,
  );
  assert.equal((bad as { code: number }).code, 1);
  assert.match(bad.stderr, /PORT must be a whole number[\s\S]*HERALD_MESH_KEY must be at least 32 bytes/);
  assert.ok(!/\n\s+at /.test(bad.stderr), "a setting is a line, not a stack");
});

test("a port that is taken is named", async (t) => {
  const first = await bootEcho(t);
  const { port } = new URL(`http://${first.address}`);
  await assert.rejects(
    bootEcho(t, { env: await echoEnv(t, { PORT: port }) }),
    new RegExp(`PORT ${port} on 127.0.0.1 cannot be used`),
  );
});

test("reflection is enough to call a service without files, in both of its versions", async (t) => {
  const jobs = { ...JobServiceDefinition, methods: { getJob: JobServiceDefinition.methods.getJob } };
  const methods = { ...echoMethods, "/herald.jobs.v1.JobService/GetJob": { ...rule("public") } };
  const getJob = async ({ jobId }: GetJobRequest) => ({ job: { id: jobId } });
  const { address } = await bootEcho(t, { methods, more: (parts) => parts.serve(jobs, { getJob }) });
  for (const version of ["v1", "v1alpha"]) {
    const flags = [
      "--http2-prior-knowledge",
      "--protocol",
      "grpc",
      "--reflect",
      "--reflect-protocol",
      `grpc-${version}`,
    ];
    const list = await run("buf", ["curl", ...flags, "--list-services", `http://${address}`]);
    assert.deepEqual(list.stdout.trim().split("\n").toSorted(), [
      "herald.common.v1.OutboxService",
      "herald.jobs.v1.JobService",
      "herald.lists.v1.EchoService",
    ]);
    const url = `http://${address}/herald.jobs.v1.JobService/GetJob`;
    const { stdout } = await run("buf", ["curl", ...flags, "-d", '{"jobId":"j1"}', url]);
    assert.deepEqual(JSON.parse(stdout), { job: { id: "j1" } });
  }
});

test("between services TLS is mutual: a stranger's certificate, or none, opens nothing", async (t) => {
  const dir = tempDir(t);
  await certificates(dir);
  const files = (who: string) => ({
    HERALD_TLS_CERT_FILE: join(dir, `${who}.pem`),
    HERALD_TLS_KEY_FILE: join(dir, `${who}.key`),
    HERALD_TLS_CA_FILE: join(dir, "ca.pem"),
  });
  const { address } = await bootEcho(t, { env: await echoEnv(t, files("lists")) });
  const open = (tls?: { certificate: Buffer; key: Buffer; authority: Buffer }) => {
    const connection = connect({
      address: `localhost:${new URL(`http://${address}`).port}`,
      token: meshTokens("tests", audienceOf(MESH_KEY, "lists")),
      deadlineMs: 3_000,
      tls,
      methods: echoMethods,
    });
    cleanup(t, () => connection.close());
    return connection.client(EchoDefinition);
  };
  const read = (who: string) => ({
    certificate: readFileSync(join(dir, `${who}.pem`)),
    key: readFileSync(join(dir, `${who}.key`)),
    authority: readFileSync(join(dir, "ca.pem")),
  });
  assert.equal((await open(read("lists")).say({ text: "hello" }, { tenantId })).text, "hello");
  await rejectsWith(open(read("stranger")).say({}, { tenantId }), status.UNAVAILABLE);
  await rejectsWith(open().say({}, { tenantId }), status.UNAVAILABLE);
});

/** A certificate authority, a certificate that it issued for `lists`, and one that another authority issued for a stranger. */
async function certificates(dir: string): Promise<void> {
  const openssl = (...args: string[]) => run("openssl", args, { cwd: dir });
  for (const ca of ["ca", "other-ca"])
    await openssl(
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-keyout",
      `${ca}.key`,
      "-out",
      `${ca}.pem`,
      "-days",
      "2",
      "-subj",
      `/CN=${ca}`,
    );
  for (const [who, ca] of [
    ["lists", "ca"],
    ["stranger", "other-ca"],
  ] as const) {
    await openssl(
      "req",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-keyout",
      `${who}.key`,
      "-out",
      `${who}.csr`,
      "-subj",
      `/CN=${who}`,
      "-addext",
      "subjectAltName=DNS:localhost,IP:127.0.0.1",
    );
    await openssl(
      "x509",
      "-req",
      "-in",
      `${who}.csr`,
      "-CA",
      `${ca}.pem`,
      "-CAkey",
      `${ca}.key`,
      "-CAcreateserial",
      "-out",
      `${who}.pem`,
      "-days",
      "2",
      "-copy_extensions",
      "copyall",
    );
  }
}
