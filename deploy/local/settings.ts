import { resolve } from "node:path";
import { defaultDataDir } from "./paths.ts";
import { freePorts } from "./ports.ts";
import { SERVICE_NAMES, type ServiceName } from "../../svc/lib/service/service-names.ts";

/** The ports of everything that listens, by the names of their settings. */
export type PortName =
  | "HERALD_PORT"
  | "HERALD_POSTGRES_PORT"
  | "HERALD_REDIS_PORT"
  | "HERALD_ENVOY_ADMIN_PORT"
  | "HERALD_BODY_CHECK_PORT"
  | "HERALD_SMTP_PORT"
  | "HERALD_SMPP_PORT"
  | "HERALD_VOICE_PORT"
  | "HERALD_ARRIVALS_PORT"
  | `HERALD_${Uppercase<ServiceName>}_PORT`
  | `HERALD_${Uppercase<ServiceName>}_METRICS_PORT`;

export type Ports = Record<PortName, number>;

/** The settings with which one machine runs the platform. */
export interface PlatformSettings {
  dataDir: string;
  /** Address on which the edge listens: loopback, unless other machines are to use the platform too. */
  host: string;
  ports: Ports;
  /** Where people outside reach the edge, for the links in emails. Without it, only this machine can follow them. */
  publicUrl: string | undefined;
  /** Keys of those links. Without them there is one of ours. */
  linkKeys: string | undefined;
  /** A superuser's URL of a running PostgreSQL. Without it we start one. */
  databaseUrl: string | undefined;
  /** URL of a running Redis. Without it we start one. */
  redisUrl: string | undefined;
  /** The operator's own carriers. Without them there are simulated ones. */
  carriers: {
    smtpUrl: string | undefined;
    /** Sender of email if a campaign group names none. */
    smtpFrom: string | undefined;
    smppUrl: string | undefined;
    voiceAdapter: string | undefined;
  };
  logLevel: string;
  /** Calls that one tenant may make each second; twice as many in one burst. */
  tenantRate: number;
  /** Calls without a token (signing in, pages) from one address each second; five times as many in one burst. */
  addressRate: number;
  /** Number of proxies in front of the edge whose `x-forwarded-for` is trusted. */
  trustedProxies: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

// Internal ports are below the range that systems use for outgoing connections.
const usualBase = 17_000;
const offsets: Partial<Record<PortName, number>> = {
  HERALD_POSTGRES_PORT: 432,
  HERALD_REDIS_PORT: 379,
  HERALD_ENVOY_ADMIN_PORT: 901,
  HERALD_BODY_CHECK_PORT: 902,
  HERALD_SMTP_PORT: 25,
  HERALD_SMPP_PORT: 775,
  HERALD_VOICE_PORT: 300,
  HERALD_ARRIVALS_PORT: 80,
};

/** The name of the setting that holds a service's gRPC port. */
export const servicePort = (name: ServiceName): PortName =>
  `HERALD_${name.toUpperCase() as Uppercase<ServiceName>}_PORT`;

/** The name of the setting that holds a service's metrics port. */
export const metricsPort = (name: ServiceName): PortName =>
  `HERALD_${name.toUpperCase() as Uppercase<ServiceName>}_METRICS_PORT`;

/** Reads the settings. All problems are reported together. */
export function readPlatformSettings(env: Environment): PlatformSettings {
  const problems: string[] = [];
  const base = readPort(env, "HERALD_PORT_BASE", usualBase, problems);
  const ports = { HERALD_PORT: readPort(env, "HERALD_PORT", 8080, problems) } as Ports;
  for (const [name, port] of Object.entries(usualPorts(base)))
    ports[name as PortName] = readPort(env, name, port, problems);
  for (const [name, other] of samePorts(ports))
    problems.push(`${name} and ${other} are both ${ports[name]}; give them different ports.`);
  const databaseUrl = readUrl(env, "DATABASE_URL", ["postgres:", "postgresql:"], problems);
  const redisUrl = readUrl(env, "REDIS_URL", ["redis:", "rediss:"], problems);
  const publicUrl = readUrl(env, "HERALD_PUBLIC_URL", ["http:", "https:"], problems);
  const tenantRate = readRate(env, "HERALD_TENANT_RATE", 1_000, problems);
  const addressRate = readRate(env, "HERALD_ADDRESS_RATE", 100, problems);
  const trustedProxies = readCount(env, "HERALD_TRUSTED_PROXIES", 0, problems);
  if (problems.length > 0)
    throw new Error(`The settings cannot be used:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
  return {
    dataDir: resolve(env.HERALD_DATA_DIR || defaultDataDir),
    host: env.HERALD_HOST || "127.0.0.1",
    ports,
    publicUrl,
    linkKeys: env.DIAL_LINK_KEYS || undefined,
    databaseUrl,
    redisUrl,
    carriers: {
      smtpUrl: env.DIAL_SMTP_URL || undefined,
      smtpFrom: env.DIAL_SMTP_FROM || undefined,
      smppUrl: env.DIAL_SMPP_URL || undefined,
      voiceAdapter: env.DIAL_VOICE_ADAPTER || undefined,
    },
    logLevel: env.LOG_LEVEL || "info",
    tenantRate,
    addressRate,
    trustedProxies,
  };
}

/** Where people on this machine reach the edge. */
export function edgeUrlOf({ host, ports }: Pick<PlatformSettings, "host" | "ports">): string {
  const name = host === "0.0.0.0" || host === "127.0.0.1" || host === "::" ? "localhost" : host;
  return `http://${name}:${ports.HERALD_PORT}`;
}

/** Settings for a platform beside others, with its own data folder and free ports. */
export async function privateSettings(dataDir: string, env: Environment = {}): Promise<PlatformSettings> {
  const settings = readPlatformSettings({ ...env, HERALD_DATA_DIR: dataDir });
  const names = Object.keys(settings.ports) as PortName[];
  const free = await freePorts(names.length);
  return { ...settings, ports: Object.fromEntries(names.map((name, i) => [name, free[i]])) as Ports };
}

function usualPorts(base: number): Partial<Ports> {
  const ports: Partial<Ports> = {};
  for (const [name, offset] of Object.entries(offsets)) ports[name as PortName] = base + offset;
  for (const [i, name] of SERVICE_NAMES.entries()) {
    ports[servicePort(name)] = base + 101 + i;
    ports[metricsPort(name)] = base + 201 + i;
  }
  return ports;
}

function readPort(env: Environment, name: string, usual: number, problems: string[]): number {
  const given = env[name];
  if (!given) return usual;
  const port = Number(given);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  problems.push(`${name} is "${given}"; it must be a port from 1 to 65535.`);
  return usual;
}

function readRate(env: Environment, name: string, usual: number, problems: string[]): number {
  const rate = env[name] ? Number(env[name]) : usual;
  if (Number.isInteger(rate) && rate >= 1) return rate;
  problems.push(`${name} is "${env[name]}"; it must be a whole number of calls a second, at least 1.`);
  return usual;
}

function readCount(env: Environment, name: string, usual: number, problems: string[]): number {
  const count = env[name] ? Number(env[name]) : usual;
  if (Number.isInteger(count) && count >= 0 && count <= 10) return count;
  problems.push(`${name} is "${env[name]}"; it must be a whole number from 0 to 10.`);
  return usual;
}

function readUrl(env: Environment, name: string, protocols: string[], problems: string[]): string | undefined {
  const given = env[name];
  if (!given) return undefined;
  if (URL.canParse(given) && protocols.includes(new URL(given).protocol)) return given;
  problems.push(`${name} must be a URL that begins with ${protocols.map((each) => `${each}//`).join(" or ")}.`);
  return undefined;
}

function samePorts(ports: Ports): [PortName, PortName][] {
  const names = Object.keys(ports) as PortName[];
  return names.flatMap((name, i) => {
    const other = names.slice(i + 1).find((each) => ports[each] === ports[name]);
    return other ? [[name, other] as [PortName, PortName]] : [];
  });
}
