import { join } from "node:path";
import { checkDatabase, prepareDatabase } from "./database.ts";
import { preparePostgres } from "./postgres.ts";
import type { Progress } from "./progress.ts";
import { checkRedis, prepareRedis } from "./redis.ts";
import type { Secrets } from "./secrets.ts";
import type { Surroundings } from "./services.ts";
import type { PlatformSettings } from "./settings.ts";
import type { Unit } from "./supervisor.ts";

/** How to reach the databases. */
export type Stores = Pick<Surroundings, "redisUrl" | "databaseUrl"> & { adminUrl: string };

interface StoreDeps {
  settings: PlatformSettings;
  durable: boolean;
  progress: Progress;
  logFile: (name: string) => string;
  /** Starts a unit, and keeps it running. */
  keep: (unit: Unit) => Promise<void>;
}

/** Starts the databases, or checks the given ones, and prepares them for the services. */
export async function startStores(deps: StoreDeps, secrets: Secrets): Promise<Stores> {
  const [adminUrl, redisUrl] = await Promise.all([startPostgres(deps), startRedis(deps)]);
  const databaseUrl = await deps.progress.step(
    "database",
    () => prepareDatabase(adminUrl, secrets),
    () => "schemas and roles are there",
  );
  return { adminUrl, redisUrl, databaseUrl };
}

const startPostgres = ({ settings, durable, progress, logFile, keep }: StoreDeps): Promise<string> =>
  progress.step("postgres", async () => {
    const given = settings.databaseUrl;
    if (given) {
      await checkDatabase(given);
      return given;
    }
    const prepared = await preparePostgres({
      dataDir: join(settings.dataDir, "postgres-18"),
      port: settings.ports.HERALD_POSTGRES_PORT,
      durable,
      logFile: logFile("postgres"),
    });
    await keep({ name: "postgres", spec: () => prepared.spec(), isReady: () => prepared.isReady() });
    return prepared.url;
  });

const startRedis = ({ settings, durable, progress, logFile, keep }: StoreDeps): Promise<string> =>
  progress.step("redis", async (report) => {
    const given = settings.redisUrl;
    if (given) {
      await checkRedis(given);
      return given;
    }
    const prepared = await prepareRedis({
      dir: settings.dataDir,
      port: settings.ports.HERALD_REDIS_PORT,
      durable,
      logFile: logFile("redis"),
      report,
    });
    await keep({ name: "redis", spec: () => prepared.spec(), isReady: () => prepared.isReady() });
    return prepared.url;
  });
