/** Runs the services that send messages, and the simulators, as processes of their own, for benches of the whole path. */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { freePorts } from "../../deploy/local/ports.ts";
import type { TestServers } from "../../deploy/local/test-servers.ts";
import { bootstrapDatabase, serviceUrl } from "../../svc/lib/postgres/bootstrap.ts";
import { MESH_KEY, VOICE_AUDIENCE } from "../../tests/lib/harness.ts";
import { ended, maxRssMb, startProgram, startService } from "./processes.ts";
import { SERVICE_NAMES, type ServiceName } from "../../svc/lib/service/service-names.ts";

/** No bench of the whole path needs jobs. */
type Name = Exclude<ServiceName, "jobs">;
const SERVICES = SERVICE_NAMES.filter((name): name is Name => name !== "jobs");

export interface Mesh {
  addresses: Record<Name, string>;
  databaseUrls: Record<Name, string>;
  carriers: { smtp: string; smpp: string; voice: string; http: string };
  /** The process ids of the services and the simulators. */
  pids: Record<Name | "simulators", number>;
  /** The most memory that a service has used. */
  maxRssMb(service: Name): number;
  stop(): Promise<void>;
}

export async function startMesh(servers: TestServers): Promise<Mesh> {
  const passwords = Object.fromEntries(SERVICES.map((name) => [name, "for the bench alone"]));
  const options = { adminUrl: servers.databaseUrl, database: `bench_${randomUUID().replaceAll("-", "")}`, passwords };
  await bootstrapDatabase(options);
  const ports = await freePorts(SERVICES.length);
  const byService = <T>(of: (name: Name, i: number) => T) =>
    Object.fromEntries(SERVICES.map((name, i) => [name, of(name, i)])) as Record<Name, T>;
  const addresses = byService((_, i) => `127.0.0.1:${ports[i]}`);
  const databaseUrls = byService((name) => serviceUrl(options, name));
  const common = { HERALD_MESH_KEY: MESH_KEY };
  const simulators = startProgram("deploy/simulators/main.ts", {
    HERALD_VOICE_KEY: VOICE_AUDIENCE.key,
    ...{ SIM_SMTP_PORT: "0", SIM_SMPP_PORT: "0", SIM_VOICE_PORT: "0", SIM_HTTP_PORT: "0" },
  });
  const [line] = (await once(createInterface(simulators.stdout as NodeJS.ReadableStream), "line")) as [string];
  const carriers = JSON.parse(line) as Mesh["carriers"];
  const mesh = Object.fromEntries(SERVICES.map((name) => [`HERALD_MESH_${name.toUpperCase()}`, addresses[name]]));
  const children = byService((name, i) =>
    startService(name, {
      ...common,
      ...mesh,
      DATABASE_URL: databaseUrls[name],
      REDIS_URL: servers.redisUrl,
      PORT: String(ports[i]),
      IDENTITY_KEY_SECRET: MESH_KEY,
      DIAL_SMTP_URL: carriers.smtp,
      DIAL_SMTP_FROM: "news@example.com",
      DIAL_SMPP_URL: carriers.smpp,
      DIAL_SMPP_FROM: "12345",
    }),
  );
  return {
    addresses,
    databaseUrls,
    carriers,
    pids: { ...byService((name) => children[name].pid as number), simulators: simulators.pid as number },
    maxRssMb: (service) => maxRssMb(children[service]),
    async stop() {
      await Promise.all(Object.values(children).map(ended));
      await ended(simulators);
    },
  };
}
