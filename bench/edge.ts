/**
 * What the edge costs: one small read as REST through Envoy against the same RPC called directly, with the client on the same cores; what Envoy adds to
 * one call's time; and 500 MB each way through it, with the most memory that Envoy and the service took meanwhile.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { TenantServiceDefinition } from "../gen/herald/identity/v1/tenant_service.ts";
import type { IssueTokenResponse } from "../gen/rest.ts";
import { startPlatform } from "../deploy/local/platform.ts";
import { privateSettings } from "../deploy/local/settings.ts";
import { bindScope, connect } from "../svc/lib/client.ts";
import { maxRssMb } from "./lib/processes.ts";

const IN_FLIGHT = 64;
const ROUND_MS = 4_000;
const ROUNDS = 3;
const CALLS_ALONE = 2_000;
const FILE_BYTES = 500 * 1024 * 1024;

const dataDir = mkdtempSync(join(tmpdir(), "herald-bench-edge-"));
const settings = await privateSettings(dataDir, { HERALD_TENANT_RATE: "1000000", LOG_LEVEL: "warn" });
const platform = await startPlatform({ settings, ui: "any" });
const edge = new URL(platform.edgeUrl);
const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT });
const signedIn = await json<IssueTokenResponse>("POST", "/v1/tokens", JSON.stringify({ password: platform.demo }));
const authorization = `Bearer ${signedIn.accessToken}`;
const direct = connect({
  address: `127.0.0.1:${settings.ports.HERALD_IDENTITY_PORT}`,
  token: () => authorization,
  deadlineMs: 5_000,
});
const tenants = bindScope(direct.client(TenantServiceDefinition), { tenantId: "" });

try {
  await measureCalls();
  await measureFiles();
} finally {
  direct.close();
  agent.destroy();
  await platform.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function measureCalls(): Promise<void> {
  const viaEdge = () => json("GET", "/v1/tenant");
  const directly = () => tenants.getTenant({});
  await ratePerSecond(viaEdge, 1_000);
  await ratePerSecond(directly, 1_000);
  const [edgeRates, directRates]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    edgeRates.push(await ratePerSecond(viaEdge, ROUND_MS));
    directRates.push(await ratePerSecond(directly, ROUND_MS));
  }
  print("edge.calls", median(edgeRates), "calls/s", median(directRates), peakMb("envoy"));
  const [edgeP50, directP50] = [await medianMs(viaEdge), await medianMs(directly)];
  print("edge.added_p50", edgeP50 - directP50, "ms", 0.5, peakMb("envoy"));
}

/** A list whose rows are long, so that the bytes and not the rows are what is measured. */
async function measureFiles(): Promise<void> {
  const { contactList } = await json<{ contactList: { id: string } }>(
    "POST",
    "/v1/contact-lists",
    '{"contactList":{"name":"Edge bench"}}',
  );
  const records = `/v1/contact-lists/${contactList.id}/records`;
  const uploaded = await seconds(() => upload(`${records}:import?fileName=long.csv`));
  print("edge.upload", FILE_BYTES / 1e6 / uploaded, "MB/s", 150, peakMb("envoy"));
  print("edge.upload.service", peakMb("lists"), "MB", 250, peakMb("lists"));
  let bytes = 0;
  const downloaded = await seconds(async () => {
    bytes = await download(`${records}:export`);
  });
  if (bytes < FILE_BYTES) throw new Error(`Only ${bytes} of at least ${FILE_BYTES} bytes came back.`);
  print("edge.download", bytes / 1e6 / downloaded, "MB/s", 150, peakMb("envoy"));
  print("edge.download.service", peakMb("lists"), "MB", 250, peakMb("lists"));
}

async function ratePerSecond(call: () => Promise<unknown>, forMs: number): Promise<number> {
  const begun = performance.now();
  let calls = 0;
  const worker = async () => {
    for (; performance.now() - begun < forMs; calls++) await call();
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  return calls / ((performance.now() - begun) / 1_000);
}

async function medianMs(call: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < CALLS_ALONE; i++) times.push(1_000 * (await seconds(call)));
  return median(times);
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1_000;
}

function json<Answer>(method: string, path: string, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { ...(path !== "/v1/tokens" && { authorization }), "content-type": "application/json" };
    const call = request({ host: edge.hostname, port: edge.port, method, path, headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        if (response.statusCode === 200) resolve(JSON.parse(text) as Answer);
        else reject(new Error(`${method} ${path}: ${response.statusCode} ${text}`));
      });
    });
    call.on("error", reject).end(body);
  });
}

async function upload(path: string): Promise<void> {
  const answer = await fetch(`${edge.origin}${path}`, {
    method: "POST",
    headers: { authorization, "content-type": "text/csv" },
    body: Readable.toWeb(Readable.from(rows())) as ReadableStream,
    duplex: "half",
  });
  if (!answer.ok) throw new Error(`The upload failed: ${await answer.text()}`);
}

/** Half a gigabyte of rows of about a kilobyte. */
function* rows(): Generator<Buffer> {
  yield Buffer.from("Client ID,Mobile,note\n");
  const note = "x".repeat(950);
  let text = "";
  for (let bytes = 0, row = 0; bytes < FILE_BYTES; row++) {
    text += `C-${row},+1212555${String(100 + (row % 100)).padStart(4, "0")},${note}\n`;
    if (text.length < 256 * 1024) continue;
    bytes += text.length;
    yield Buffer.from(text);
    text = "";
  }
}

async function download(path: string): Promise<number> {
  const answer = await fetch(`${edge.origin}${path}`, { headers: { authorization } });
  if (!answer.ok || !answer.body) throw new Error(`The download failed: ${await answer.text()}`);
  let bytes = 0;
  const count = new Writable({ write: (chunk: Buffer, _encoding, taken) => ((bytes += chunk.length), taken()) });
  await pipeline(Readable.fromWeb(answer.body as never), count);
  return bytes;
}

function peakMb(unit: string): number {
  return maxRssMb(platform.state(unit));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

function print(name: string, value: number, unit: string, limit: number, maxRssMb: number): void {
  const round = (number: number) => Math.round(number * 1000) / 1000;
  console.log(
    JSON.stringify({ name, value: round(value), unit, limit: round(limit), ratio: round(value / limit), maxRssMb }),
  );
}
