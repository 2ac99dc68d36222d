/** Envoy itself takes every configuration that we build. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { validateEnvoyConfig } from "../../deploy/local/envoy.ts";
import { projectRoot } from "../../deploy/local/paths.ts";
import { gatewayConfig } from "../../gateway/config.ts";
import type { GatewayOptions } from "../../gateway/options.ts";

const options: Omit<GatewayOptions, "accessLog"> = {
  host: "127.0.0.1",
  port: 8080,
  adminPort: 9901,
  services: { identity: "127.0.0.1:50051", lists: "lists.herald.svc.cluster.local:50051" },
  bodyCheck: "127.0.0.1:50060",
  uiDir: join(projectRoot, "ui", "dist"),
  descriptorFile: join(projectRoot, "gen", "herald.binpb"),
  openApiFile: join(projectRoot, "gen", "openapi.json"),
  corsOrigins: ["https://crm.example.com"],
  rate: { perSecond: 1_000, burst: 2_000 },
  addressRate: { perSecond: 100, burst: 500 },
  trustedProxies: 0,
};

const cases: Record<string, Partial<GatewayOptions>> = {
  "on one machine": {},
  "open to others, without a web application": { host: "0.0.0.0", uiDir: join(tmpdir(), "no-such-folder") },
  "without other origins": { corsOrigins: [] },
};

for (const [what, change] of Object.entries(cases)) {
  test(`Envoy validates the configuration ${what}`, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), "herald-gateway-"));
    t.after(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, "envoy.json");
    const config = gatewayConfig({ ...options, accessLog: join(folder, "access.log"), ...change });
    await writeFile(file, JSON.stringify(config));
    await validateEnvoyConfig(file);
  });
}
