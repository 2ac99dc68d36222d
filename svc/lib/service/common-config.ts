/** The settings that every service reads, beside its own. */
import { readFileSync } from "node:fs";
import type { Env } from "./config.ts";
import { byService, type ServiceName } from "./service-names.ts";

/** The port on which the first service listens unless told otherwise; the others follow. */
const FIRST_PORT = 50_051;

const STANDARD_PORTS = byService((_, i) => FIRST_PORT + i);

/** Certificate, key and the authority that both ends trust: mutual TLS between services. */
export interface TlsFiles {
  certificate: Buffer;
  key: Buffer;
  authority: Buffer;
}

export interface CommonConfig {
  host: string;
  port: number;
  metricsPort: number;
  logLevel: string;
  databaseUrl: string;
  databaseConnections: number;
  statementTimeoutMs: number;
  redisUrl: string;
  meshKey: string;
  meshAddresses: Record<ServiceName, string>;
  tls: TlsFiles | undefined;
  deadlineMs: number;
  drainMs: number;
  revocationGraceMs: number;
}

/** Reads the settings all services share. */
export function commonConfig(env: Env, service: ServiceName): CommonConfig {
  return {
    host: env.string("HOST", "127.0.0.1", "address to listen on; 0.0.0.0 in a container"),
    port: env.int("PORT", STANDARD_PORTS[service], "gRPC port; 0 takes a free one", { most: 65_535 }),
    metricsPort: env.int("METRICS_PORT", 0, "HTTP port of /metrics and /healthz; 0 takes a free one", { most: 65_535 }),
    logLevel: env.oneOf(
      "LOG_LEVEL",
      ["trace", "debug", "info", "warn", "error", "silent"],
      "info",
      "least level that is logged",
    ),
    databaseUrl: env.url("DATABASE_URL", undefined, `PostgreSQL, as the login role herald_${service}`, [
      "postgres",
      "postgresql",
    ]),
    databaseConnections: env.int(
      "DATABASE_CONNECTIONS",
      8,
      "most connections of one process; each costs the server about 5 MB",
      { least: 2 },
    ),
    statementTimeoutMs: env.durationMs(
      "DATABASE_STATEMENT_TIMEOUT",
      30_000,
      "longest run of one SQL statement, so that a bad plan cannot hold a connection",
    ),
    redisUrl: env.url("REDIS_URL", "redis://127.0.0.1:6379", "Redis or Valkey, 7 or newer", ["redis", "rediss"]),
    meshKey: env.secret(
      "HERALD_MESH_KEY",
      "signs the tokens that services show each other; the same for all, at least 32 bytes",
      { leastBytes: 32 },
    ),
    meshAddresses: meshAddresses(env),
    tls: tlsFiles(env),
    deadlineMs: env.durationMs(
      "MESH_DEADLINE",
      10_000,
      "deadline of a call to another service when the caller brought none",
    ),
    revocationGraceMs: env.durationMs(
      "REVOCATION_GRACE",
      60_000,
      "how long changes by people go on while identity does not tell whose tokens were revoked",
    ),
    drainMs: env.durationMs(
      "DRAIN",
      8_000,
      "time for calls in flight to finish after SIGTERM; the whole stop takes at most 10 s",
    ),
  };
}

/** Where each service is reached: `host:port`, or `dns:///name:port` to spread calls over every address behind the name. */
function meshAddresses(env: Env): Record<ServiceName, string> {
  return byService((name) =>
    env.string(`HERALD_MESH_${name.toUpperCase()}`, `127.0.0.1:${STANDARD_PORTS[name]}`, `address of ${name}`),
  );
}

function tlsFiles(env: Env): TlsFiles | undefined {
  const names = ["HERALD_TLS_CERT_FILE", "HERALD_TLS_KEY_FILE", "HERALD_TLS_CA_FILE"] as const;
  const paths = names.map((name) =>
    env.optional(name, "PEM file; all three together turn on mutual TLS between services"),
  );
  if (paths.every((path) => path === undefined)) return undefined;
  const [certificate, key, authority] = names.map((name, i) => {
    const path = paths[i];
    if (path === undefined)
      return env.problem(`${name} is missing: mutual TLS needs the three of ${names.join(", ")}.`);
    try {
      return readFileSync(path);
    } catch (error) {
      return env.problem(`${name}: cannot read ${path} (${(error as Error).message}).`);
    }
  });
  return { certificate, key, authority } as TlsFiles;
}
