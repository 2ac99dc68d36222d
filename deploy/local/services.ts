import { join } from "node:path";
import { answersOk } from "./envoy.ts";
import { compileCacheDir, projectRoot } from "./paths.ts";
import { isServing } from "./ready.ts";
import type { Secrets } from "./secrets.ts";
import { byService, SERVICE_NAMES, type ServiceName } from "../../svc/lib/service/service-names.ts";
import { edgeUrlOf, metricsPort, servicePort, type PlatformSettings } from "./settings.ts";
import type { Unit } from "./supervisor.ts";

/** What every service needs to know about the rest of the platform. */
export interface Surroundings {
  settings: PlatformSettings;
  secrets: Secrets;
  redisUrl: string;
  /** The database as the service's own login role. */
  databaseUrl(service: ServiceName): string;
  logFile(name: string): string;
}

/** Simulated calls run faster: nobody wants to wait as long as real phones ring and real agents talk. */
const VOICE_SPEED = "10";

/** The units of all services. */
export const serviceUnits = (around: Surroundings): Unit[] => SERVICE_NAMES.map((name) => serviceUnit(name, around));

/** The process beside Envoy that reads JSON bodies. */
export function bodyCheckUnit({ settings, logFile }: Pick<Surroundings, "settings" | "logFile">): Unit {
  const port = settings.ports.HERALD_BODY_CHECK_PORT;
  return {
    name: "body-check",
    spec: () => ({
      name: "body-check",
      command: process.execPath,
      args: ["--max-semi-space-size=1", join(projectRoot, "gateway", "body-check-main.ts")],
      cwd: projectRoot,
      env: { PORT: String(port), ...runtimeEnvironment },
      logFile: logFile("body-check"),
    }),
    isReady: () => answersOk(`http://127.0.0.1:${port}/healthz`),
  };
}

/** Where each service answers gRPC. */
export const serviceAddresses = ({ ports }: PlatformSettings): Record<ServiceName, string> =>
  byService((name) => `127.0.0.1:${ports[servicePort(name)]}`);

/** The arguments of `node` that run a service. */
export const programOf = (name: ServiceName): string[] => [
  ...(heaps[name] ?? []),
  join(projectRoot, "svc", name, "main.ts"),
];

/** `lists` reads files of any size. With V8's usual limits, objects would stay in memory long after their use. */
const heaps: Partial<Record<ServiceName, string[]>> = {
  lists: ["--max-semi-space-size=1", "--max-old-space-size=256"],
};

/** Node's settings in all our processes: compiled code is kept between starts, and threads share freed memory. */
export const runtimeEnvironment = { NODE_COMPILE_CACHE: compileCacheDir, MALLOC_ARENA_MAX: "2" };

function serviceUnit(name: ServiceName, around: Surroundings): Unit {
  const { settings } = around;
  return {
    name,
    spec: () => ({
      name,
      command: process.execPath,
      args: programOf(name),
      cwd: projectRoot,
      env: environment(name, around),
      logFile: around.logFile(name),
    }),
    isReady: () => isServing(serviceAddresses(settings)[name]),
    waitsFor: () => waitsFor(settings.ports[metricsPort(name)]),
  };
}

/** What a service reports as away: `lists (connection refused)`. */
async function waitsFor(port: number): Promise<string> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(2_000) });
    const { away = {} } = (await answer.json()) as { away?: Record<string, string> };
    return Object.entries(away)
      .map(([dependency, why]) => `${dependency} (${why})`)
      .join(", ");
  } catch {
    return ""; // it does not answer at all
  }
}

function environment(
  name: ServiceName,
  { settings, secrets, redisUrl, databaseUrl }: Surroundings,
): Record<string, string> {
  const addresses = Object.entries(serviceAddresses(settings));
  return {
    HOST: "127.0.0.1",
    PORT: String(settings.ports[servicePort(name)]),
    METRICS_PORT: String(settings.ports[metricsPort(name)]),
    DATABASE_URL: databaseUrl(name),
    REDIS_URL: redisUrl,
    HERALD_MESH_KEY: secrets.meshKey,
    LOG_LEVEL: settings.logLevel,
    ...runtimeEnvironment,
    ...Object.fromEntries(addresses.map(([service, address]) => [`HERALD_MESH_${service.toUpperCase()}`, address])),
    ...ownSettings(name, settings, secrets),
  };
}

/** Settings of one service only. */
function ownSettings(name: ServiceName, settings: PlatformSettings, secrets: Secrets): Record<string, string> {
  const { ports, carriers } = settings;
  if (name === "identity") {
    return {
      IDENTITY_KEY_SECRET: secrets.identityKeySecret,
      IDENTITY_BOOTSTRAP_ADMIN_EMAIL: secrets.platformAdmin.email,
      IDENTITY_BOOTSTRAP_ADMIN_PASSWORD: secrets.platformAdmin.password,
    };
  }
  if (name === "dial") {
    return {
      HERALD_VOICE_KEY: secrets.voiceKey,
      DIAL_SECRETS_KEY: secrets.dialSecretsKey,
      // So that a tenant's own provider may be one of the simulators, where all tenants are people of this machine.
      ...(isLoopback(settings.host) && { DIAL_PROVIDER_NETWORKS: "loopback" }),
      HERALD_PUBLIC_URL: settings.publicUrl ?? edgeUrlOf(settings),
      DIAL_LINK_KEYS: settings.linkKeys ?? secrets.linkKey,
      DIAL_SMTP_URL: carriers.smtpUrl ?? `smtp://127.0.0.1:${ports.HERALD_SMTP_PORT}`,
      DIAL_SMTP_FROM: carriers.smtpFrom ?? "Herald <herald@example.com>",
      DIAL_SMPP_URL: carriers.smppUrl ?? `smpp://herald:password@127.0.0.1:${ports.HERALD_SMPP_PORT}?attempt_tlv=true`,
      DIAL_VOICE_ADAPTER: carriers.voiceAdapter ?? `127.0.0.1:${ports.HERALD_VOICE_PORT}`,
      // An operator's own adapter runs in real time.
      ...(!carriers.voiceAdapter && { DIAL_VOICE_SPEED: VOICE_SPEED }),
    };
  }
  return {};
}

const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/.test(host);

/** Simulated carriers for a platform without real ones: an SMTP inbox, an SMS centre and a voice adapter that speak the real protocols. */
export function simulatorsUnit({ settings, secrets, logFile }: Surroundings): Unit {
  const { ports } = settings;
  return {
    name: "simulators",
    spec: () => ({
      name: "simulators",
      command: process.execPath,
      args: [join(projectRoot, "deploy", "simulators", "main.ts")],
      cwd: projectRoot,
      env: {
        SIM_SMTP_PORT: String(ports.HERALD_SMTP_PORT),
        SIM_SMPP_PORT: String(ports.HERALD_SMPP_PORT),
        SIM_VOICE_PORT: String(ports.HERALD_VOICE_PORT),
        SIM_HTTP_PORT: String(ports.HERALD_ARRIVALS_PORT),
        SIM_VOICE_SPEED: VOICE_SPEED,
        HERALD_VOICE_KEY: secrets.voiceKey,
        LOG_LEVEL: settings.logLevel,
        ...runtimeEnvironment,
      },
      logFile: logFile("simulators"),
    }),
    isReady: () => answersOk(`http://127.0.0.1:${ports.HERALD_ARRIVALS_PORT}/healthz`),
  };
}
