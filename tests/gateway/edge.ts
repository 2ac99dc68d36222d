/** A real Envoy with the configuration of `npm start`, in front of whatever a test puts behind it. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import type { IncomingHttpHeaders } from "node:http";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answersOk, envoySpec } from "../../deploy/local/envoy.ts";
import { projectRoot } from "../../deploy/local/paths.ts";
import { freePorts } from "../../deploy/local/ports.ts";
import { launch } from "../../deploy/local/process.ts";
import { byService } from "../../svc/lib/service/service-names.ts";
import { startBodyCheck } from "../../gateway/body-check/server.ts";
import { readCallRules } from "../../gateway/body-check/shapes.ts";
import { gatewayConfig } from "../../gateway/config.ts";
import type { GatewayOptions } from "../../gateway/options.ts";
import { cleanup, type Owner } from "../lib/cleanup.ts";
import { until } from "../lib/harness.ts";

/** Boots one whose services all answer at `address`, with its body check unless that is elsewhere; gives its URL. `edit` changes what Envoy reads: shorter times. */
export async function bootEdge(
  t: Owner,
  address: string,
  {
    bodyCheck,
    edit = (json: string) => json,
    ...change
  }: Partial<GatewayOptions> & { edit?: (json: string) => string } = {},
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "herald-edge-"));
  cleanup(t, () => rm(folder, { recursive: true, force: true }));
  const [port, adminPort] = (await freePorts(2)) as [number, number];
  const config = gatewayConfig({
    host: "127.0.0.1",
    port,
    adminPort,
    services: byService(() => address),
    bodyCheck: bodyCheck ?? (await ownBodyCheck(t)),
    uiDir: join(folder, "no-ui"),
    descriptorFile: join(projectRoot, "gen", "herald.binpb"),
    openApiFile: join(projectRoot, "gen", "openapi.json"),
    accessLog: join(folder, "access.log"),
    corsOrigins: ["https://crm.example.com"],
    rate: { perSecond: 100_000, burst: 100_000 },
    addressRate: { perSecond: 100_000, burst: 100_000 },
    trustedProxies: 0,
    ...change,
  });
  const configFile = join(folder, "envoy.json");
  await writeFile(configFile, edit(JSON.stringify(config)));
  const envoy = await launch(await envoySpec({ configFile, logFile: join(folder, "envoy.log") }));
  cleanup(t, () => envoy.stop());
  const url = `${change.tls ? "https" : "http"}://127.0.0.1:${port}`;
  await until(async () =>
    change.tls ? (await askUnverified(`${url}/healthz`)).status === 200 : answersOk(`${url}/healthz`),
  );
  return url;
}

/** Asks an edge whose certificate nobody signed. */
export function askUnverified(
  url: string,
  {
    method = "GET",
    body = "",
    headers = {},
  }: { method?: string; body?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; headers: IncomingHttpHeaders }> {
  return new Promise((resolve) => {
    const call = request(url, { method, headers, rejectUnauthorized: false });
    call.on("error", () => resolve({ status: 0, headers: {} }));
    call.on(
      "response",
      (answer) => (answer.resume(), resolve({ status: answer.statusCode ?? 0, headers: answer.headers })),
    );
    call.end(body);
  });
}

async function ownBodyCheck(t: Owner): Promise<string> {
  const contract = await readFile(new URL("../../gen/herald.binpb", import.meta.url));
  const check = await startBodyCheck("127.0.0.1", 0, readCallRules(contract));
  cleanup(t, () => check.stop());
  return `127.0.0.1:${check.port}`;
}
