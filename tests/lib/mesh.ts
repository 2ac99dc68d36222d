/** Runs all services in this process, on one database and one Redis of the test's own: for promises that every service makes. */
import assert from "node:assert/strict";
import { simulatorOptions, startSimulators } from "../../deploy/simulators/simulators.ts";
import { freePorts } from "../../deploy/local/ports.ts";
import { cleanup, type Owner } from "./cleanup.ts";
import { watched } from "./read-settings.ts";
import { MESH_KEY, started, testKeys, VOICE_AUDIENCE } from "./harness.ts";
import { testDatabase, testRedis } from "./servers.ts";
import type { StartOptions } from "../../svc/lib/service/service.ts";
import type { RunningService } from "../../svc/lib/service/run.ts";
import { byService, SERVICE_NAMES, type ServiceName } from "../../svc/lib/service/service-names.ts";

type ServiceStart = (given: StartOptions) => Promise<RunningService>;

/** The start function of a service: `startLists` of svc/lists/service.ts for `lists`. */
async function startOf(name: ServiceName): Promise<ServiceStart> {
  const wiring = (await import(`../../svc/${name}/service.ts`)) as Record<string, ServiceStart>;
  const start = wiring[`start${name.slice(0, 1).toUpperCase()}${name.slice(1)}`];
  assert.ok(start, `svc/${name}/service.ts starts the service`);
  return start;
}

const CARRIERS = {
  SIM_SMTP_PORT: "0",
  SIM_SMPP_PORT: "0",
  SIM_VOICE_PORT: "0",
  SIM_HTTP_PORT: "0",
  HERALD_VOICE_KEY: VOICE_AUDIENCE.key,
};

/** The address of each service. They accept tokens of `tokenFor`. */
export type Mesh = Record<ServiceName, string>;

/** Starts all services, with simulated carriers. */
export async function bootMesh(t: Owner): Promise<Mesh> {
  const [urls, redisUrl, ports] = await Promise.all([
    testDatabase(t, ...SERVICE_NAMES),
    testRedis(t),
    freePorts(SERVICE_NAMES.length),
  ]);
  const addresses = byService((_, i) => `127.0.0.1:${ports[i]}`);
  const mesh = Object.fromEntries(SERVICE_NAMES.map((name) => [`HERALD_MESH_${name.toUpperCase()}`, addresses[name]]));
  const carriers = await startSimulators(simulatorOptions(CARRIERS));
  cleanup(t, () => carriers.stop());
  const { smtp, smpp, voice } = carriers.addresses;
  const envOf = (name: ServiceName, i: number) => ({
    ...mesh,
    DATABASE_URL: urls[name],
    REDIS_URL: redisUrl,
    PORT: String(ports[i]),
    HERALD_MESH_KEY: MESH_KEY,
    IDENTITY_KEY_SECRET: MESH_KEY,
    DIAL_SMTP_URL: smtp,
    DIAL_SMPP_URL: smpp,
    DIAL_VOICE_ADAPTER: voice,
    LOG_LEVEL: process.env["LOG_LEVEL"] ?? "silent",
    DRAIN: "500ms",
  });
  const ended = new AbortController();
  const start = async (name: ServiceName, i: number) => {
    const startService = await startOf(name);
    const { env, unread } = watched(envOf(name, i));
    const starting = startService({ env, keys: testKeys, signal: ended.signal });
    assert.deepEqual(unread(`${name.toUpperCase()}_`), [], `settings that ${name} does not read`);
    return starting;
  };
  cleanup(t, () => ended.abort());
  await Promise.all(SERVICE_NAMES.map(async (name, i) => started(t, start(name, i))));
  return addresses;
}
