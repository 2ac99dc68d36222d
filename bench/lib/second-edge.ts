/** Starts a second Envoy in front of a running platform. It is like the first, except for one filter. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { answersOk, envoySpec } from "../../deploy/local/envoy.ts";
import { freePorts } from "../../deploy/local/ports.ts";
import { launch } from "../../deploy/local/process.ts";
import type { PlatformSettings } from "../../deploy/local/settings.ts";
import { until } from "../../tests/lib/harness.ts";

export interface SecondEdge {
  url: URL;
  stop(): Promise<void>;
}

/** Starts it with the routes' settings of this filter left out. */
export async function startEdgeWithout(filter: string, { dataDir, ports }: PlatformSettings): Promise<SecondEdge> {
  const [port = 0, adminPort = 0] = await freePorts(2);
  const others = new Map([
    [ports.HERALD_PORT, port],
    [ports.HERALD_ENVOY_ADMIN_PORT, adminPort],
  ]);
  const config: unknown = JSON.parse(readFileSync(join(dataDir, "envoy.json"), "utf8"), (key, value: unknown) => {
    if (key === "port_value") return others.get(value as number) ?? value;
    return key === filter ? undefined : value;
  });
  const configFile = join(dataDir, "second-envoy.json");
  writeFileSync(configFile, JSON.stringify(config));
  const envoy = await launch(await envoySpec({ configFile, logFile: join(dataDir, "second-envoy.log") }));
  await until(() => answersOk(`http://127.0.0.1:${adminPort}/ready`), { timeoutMs: 30_000 });
  return { url: new URL(`http://localhost:${port}`), stop: () => envoy.stop() };
}
