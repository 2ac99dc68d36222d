/**
 * Measures what the edge costs. One small read as REST through Envoy against the same RPC called directly, with the client on the same
 * cores; the time that Envoy adds to one call, and the time that it adds by checking a body for misspelt fields. Also 500 MB each way
 * through Envoy, with the most memory that Envoy and the service used meanwhile.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { TenantServiceDefinition } from "../gen/herald/identity/v1/tenant_service.ts";
import { RecordServiceDefinition } from "../gen/herald/lists/v1/record_service.ts";
import type { IssueTokenResponse } from "../gen/rest.ts";
import { BODY_CHECK } from "../gateway/filters.ts";
import { startPlatform } from "../deploy/local/platform.ts";
import { serviceAddresses } from "../deploy/local/services.ts";
import { privateSettings } from "../deploy/local/settings.ts";
import type { ServiceName } from "../svc/lib/service/service-names.ts";
import { bindScope, type Connection, connect } from "../svc/lib/client/client.ts";
import { median, printFigure } from "./lib/figures.ts";
import { maxRssMb } from "./lib/processes.ts";
import { startEdgeWithout } from "./lib/second-edge.ts";

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
const direct = openDirect("identity");
const tenants = bindScope(direct.client(TenantServiceDefinition), { tenantId: "" });

try {
  await measureCalls();
  await measureBodyCheck();
  await measureFiles();
} finally {
  direct.close();
  agent.destroy();
  await platform.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

/** Connects to the service itself, with the same token. */
function openDirect(service: ServiceName): Connection {
  const address = serviceAddresses(settings)[service];
  return connect({ address, token: () => authorization, deadlineMs: 600_000 });
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
  printFigure("edge", median(edgeRates), "calls/s", median(directRates), peakMb("envoy"));
  printFigure("edge.added_p50", await addedMs(viaEdge, directly), "ms", 0.5, peakMb("envoy"));
}

/** Compares the same call with a body through two edges: only one checks the body for fields that the contract does not know. */
async function measureBodyCheck(): Promise<void> {
  const plain = await startEdgeWithout(BODY_CHECK, settings);
  const check = { channel: "CHANNEL_EMAIL", contactInfo: "ada@example.com", clientId: "C-1", zones: ["Europe/Berlin"] };
  const body = JSON.stringify({ check });
  const read = () => json("POST", "/v1/attempt-checks", body);
  const unread = () => json("POST", "/v1/attempt-checks", body, plain.url);
  try {
    for (const call of [read, unread]) await ratePerSecond(call, 2_000);
    printFigure("edge.body_check_p50", await addedMs(read, unread), "ms", 0.3, peakMb("envoy"));
  } finally {
    await plain.stop();
  }
}

/** Transfers a list with long rows, so that the figure depends on bytes and not on rows. */
async function measureFiles(): Promise<void> {
  const records = `/v1/contact-lists/${await newList("Edge bench")}/records`;
  const uploaded = await seconds(() => upload(`${records}:import?fileName=long.csv`));
  const uploadPeaks = [peakMb("envoy"), peakMb("lists")] as const;
  let bytes = 0;
  const downloaded = await seconds(async () => {
    bytes = await download(`${records}:export`);
  });
  if (bytes < FILE_BYTES) throw new Error(`Only ${bytes} of at least ${FILE_BYTES} bytes came back.`);
  const downloadPeaks = [peakMb("envoy"), peakMb("lists")] as const;
  const straight = await transferDirectly();
  const megabytes = bytes / 1e6;
  printTransfer("edge.upload", megabytes / uploaded, megabytes / straight.upload, uploadPeaks);
  printTransfer("edge.download", megabytes / downloaded, megabytes / straight.download, downloadPeaks);
}

async function newList(name: string): Promise<string> {
  type Created = { contactList: { id: string } };
  return (await json<Created>("POST", "/v1/contact-lists", JSON.stringify({ contactList: { name } }))).contactList.id;
}

function printTransfer(name: string, rate: number, limit: number, [envoyMb, listsMb]: readonly [number, number]): void {
  printFigure(name, rate, "MB/s", limit, envoyMb);
  printFigure(`${name}_envoy`, envoyMb, "MB", 150, envoyMb);
  printFigure(`${name}_service`, listsMb, "MB", 250, listsMb);
}

/** Seconds that the same file takes to `lists` and back without Envoy. */
async function transferDirectly(): Promise<{ upload: number; download: number }> {
  const lists = openDirect("lists");
  const records = bindScope(lists.client(RecordServiceDefinition), { tenantId: "" });
  const contactListId = await newList("Edge bench, directly");
  async function* requests() {
    for (const data of rows()) yield { contactListId, file: { contentType: "text/csv", data } };
  }
  try {
    const upload = await seconds(() => records.importRecords(requests()));
    const download = await seconds(async () => {
      for await (const { data } of records.exportRecords({ contactListId })) if (!data) return;
    });
    return { upload, download };
  } finally {
    lists.close();
  }
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

/** The difference of the median times of two calls. They alternate, so that other load on the machine affects both. */
async function addedMs(one: () => Promise<unknown>, other: () => Promise<unknown>): Promise<number> {
  const times: [number[], number[]] = [[], []];
  for (let i = 0; i < CALLS_ALONE; i++) {
    times[0].push(1_000 * (await seconds(one)));
    times[1].push(1_000 * (await seconds(other)));
  }
  return median(times[0]) - median(times[1]);
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1_000;
}

function json<Answer>(method: string, path: string, body?: string, at = edge): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { ...(path !== "/v1/tokens" && { authorization }), "content-type": "application/json" };
    const call = request({ host: at.hostname, port: at.port, method, path, headers, agent }, (response) => {
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

/** Makes 500 MB of rows of about a kilobyte. */
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
