import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gatewayConfig } from "../../gateway/config.ts";
import { connectionsWithin } from "../../gateway/limits.ts";
import { answersOk, envoySpec } from "./envoy.ts";
import { projectRoot } from "./paths.ts";
import { openFilesAllowed } from "./process-info.ts";
import { serviceAddresses } from "./services.ts";
import type { PlatformSettings } from "./settings.ts";
import type { Unit } from "./supervisor.ts";
import { uiDir } from "./ui-build.ts";

/** Envoy with the platform's configuration, which this writes into the data folder. */
export async function edgeUnit(settings: PlatformSettings, logFile: (name: string) => string): Promise<Unit> {
  const { ports, host, dataDir, tenantRate, addressRate, trustedProxies } = settings;
  const configFile = join(dataDir, "envoy.json");
  const config = gatewayConfig({
    host,
    port: ports.HERALD_PORT,
    adminPort: ports.HERALD_ENVOY_ADMIN_PORT,
    services: serviceAddresses(settings),
    bodyCheck: `127.0.0.1:${ports.HERALD_BODY_CHECK_PORT}`,
    uiDir,
    descriptorFile: join(projectRoot, "gen", "herald.binpb"),
    openApiFile: join(projectRoot, "gen", "openapi.json"),
    accessLog: logFile("access"),
    corsOrigins: [],
    rate: { perSecond: tenantRate, burst: 2 * tenantRate },
    addressRate: { perSecond: addressRate, burst: 5 * addressRate },
    trustedProxies,
    connections: connectionsWithin(openFilesAllowed()),
  });
  writeFileSync(configFile, JSON.stringify(config, null, 2));
  const spec = await envoySpec({ configFile, logFile: logFile("envoy") });
  const readyUrl = `http://127.0.0.1:${ports.HERALD_ENVOY_ADMIN_PORT}/ready`;
  return { name: "envoy", spec: () => spec, isReady: () => answersOk(readyUrl) };
}
