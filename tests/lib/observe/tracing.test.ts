import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { test, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { freePort } from "../../../deploy/local/ports.ts";
import { cleanup } from "../cleanup.ts";
import { EchoDefinition } from "../echo.ts";
import { echoEnv } from "../echo-service.ts";
import { meshClient, newId, until } from "../harness.ts";

interface Span {
  trace: string;
  id: string;
  parent: string;
  name: string;
}

test("with one setting a call's trace goes through every hop: gRPC, Postgres, Redis, the next service; values stay out of it", async (t) => {
  const collector = await startCollector(t);
  const port = await freePort();
  const address = await startEchoProcess(t, port, {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector.port}`,
    OTEL_BSP_SCHEDULE_DELAY: "100",
  });
  await meshClient(t, address, EchoDefinition, newId()).sayAgain({ text: "a private word" });

  const named = (name: RegExp) => collector.spans.find((span) => name.test(span.name));
  await until(() => [/EchoService\/SayAgain$/, /pg\.query/, /^get$/i, /EchoService\/Say$/].every(named), {
    timeoutMs: 20_000,
    what: "all spans have arrived",
  });
  const root = named(/EchoService\/SayAgain$/) as Span;
  const traced = collector.spans.filter(({ trace }) => trace === root.trace);
  const says = traced.filter(({ name }) => name.endsWith("EchoService/Say"));
  assert.equal(says.length, 2, "the call out and the call in");
  assert.ok(
    says.some(({ parent, id }) => says.some((other) => other.parent === id && parent === root.id)),
    "the call in hangs below the call out, which hangs below the handler",
  );
  assert.ok(traced.some(({ name, parent }) => /pg\.query/.test(name) && parent === root.id));
  assert.ok(traced.some(({ name, parent }) => /^get$/i.test(name) && parent === root.id));
  assert.ok(
    !collector.bytes.some((bytes) => bytes.includes("a private")),
    "no value of a query, key or message is in a trace",
  );
});

test("without it nothing of OpenTelemetry's SDK is even loaded", async () => {
  assert.equal(await loadedSdkFiles(""), 0);
  assert.ok((await loadedSdkFiles("http://127.0.0.1:1")) > 10, "the count would see it");
});

/** The number of SDK files that a process loads together with a service's modules. */
async function loadedSdkFiles(endpoint: string): Promise<number> {
  const url = (file: string) => JSON.stringify(new URL(`../../../svc/lib/${file}`, import.meta.url));
  const script = `
    await (await import(${url("observe/tracing.ts")})).startTracing("lists");
    await import(${url("service/service.ts")});
    const { cache } = (await import("node:module")).createRequire(import.meta.url);
    console.log(Object.keys(cache).filter((file) => /@opentelemetry.(sdk|instrumentation|exporter)/.test(file)).length);
    process.exit(0);`;
  const env = { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint };
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], { env });
  return Number(stdout.trim());
}

/** Imitates an operator's OpenTelemetry collector: takes spans that are exported over gRPC. */
async function startCollector(t: TestContext): Promise<{ port: number; spans: Span[]; bytes: Buffer[] }> {
  const spans: Span[] = [];
  const kept: Buffer[] = [];
  const server = new Server();
  const same = (bytes: Buffer) => bytes;
  const path = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
  const method = {
    path,
    requestStream: false,
    responseStream: false,
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  } as const;
  server.addService(
    { Export: method },
    {
      Export: ({ request }: { request: Buffer }, done: (error: null, answer: Buffer) => void) => {
        kept.push(request);
        for (const resource of fields(request, 1))
          for (const scope of fields(resource, 2)) for (const span of fields(scope, 2)) spans.push(readSpan(span));
        done(null, Buffer.alloc(0));
      },
    },
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  cleanup(t, () => server.forceShutdown());
  return { port, spans, bytes: kept };
}

/** The length-delimited fields with this number in a protobuf message. */
function fields(message: Uint8Array, number: number): Uint8Array[] {
  const reader = new BinaryReader(message);
  const found: Uint8Array[] = [];
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field === number && type === WireType.LengthDelimited) found.push(reader.bytes());
    else reader.skip(type);
  }
  return found;
}

/** opentelemetry.proto.trace.v1.Span: trace_id = 1, span_id = 2, parent_span_id = 4, name = 5. */
function readSpan(span: Uint8Array): Span {
  const hex = (number: number) => Buffer.from(fields(span, number)[0] ?? []).toString("hex");
  return { trace: hex(1), id: hex(2), parent: hex(4), name: Buffer.from(fields(span, 5)[0] ?? []).toString() };
}

async function startEchoProcess(t: TestContext, port: number, more: Record<string, string>): Promise<string> {
  const address = `127.0.0.1:${port}`;
  const env = await echoEnv(t, { PORT: String(port), LOG_LEVEL: "info", HERALD_MESH_LISTS: address, ...more });
  const main = fileURLToPath(new URL("../echo-main.ts", import.meta.url));
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = new Promise((resolve) => child.on("exit", resolve));
  cleanup(t, () => {
    child.kill("SIGKILL");
    return exited;
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  await until(() => output.includes('"msg":"ready"'), { timeoutMs: 20_000 });
  return address;
}
