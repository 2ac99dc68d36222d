/** PostgreSQL and Redis for one test file, and databases on them for its tests. */
import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { pino } from "pino";
import { startRedis } from "../../deploy/local/redis.ts";
import { type TestServers, testServers } from "../../deploy/local/test-servers.ts";
import { bootstrapDatabase, serviceUrl } from "../../svc/lib/postgres/bootstrap.ts";
import { type Database, openDatabase } from "../../svc/lib/postgres/db.ts";
import { migrate } from "../../svc/lib/postgres/migrate.ts";
import { tenancySql } from "../../svc/lib/postgres/tenancy.ts";
import { cleanup, type Owner, wholeFile } from "./cleanup.ts";

const SVC = new URL("../../svc/", import.meta.url);
const PASSWORD = "for tests alone";
const quiet = pino({ level: "silent" });

let servers: Promise<TestServers> | undefined;
let redis: Promise<{ url: string; stop(): Promise<void> }> | undefined;
let redisDatabases = 0;

cleanup(wholeFile, async () => {
  await (await servers)?.stop();
  await (await redis)?.stop();
});

/** The superuser's URL of the test server. */
export const adminUrl = async (): Promise<string> => (await (servers ??= testServers())).databaseUrl;

/** The folder of a service's migrations; undefined if it has none. */
export function sqlFolder(service: string): URL | undefined {
  const folder = new URL(`${service}/sql/`, SVC);
  return existsSync(folder) ? folder : undefined;
}

/** Creates a database for this test with the migrated schemas of the services, and drops it after the test. Gives each service's URL. */
export async function testDatabase<Service extends string>(
  t: Owner,
  ...services: Service[]
): Promise<Record<Service, string>> {
  return testDatabaseFrom(
    t,
    Object.fromEntries(services.map((service) => [service, sqlFolder(service)])) as Record<Service, URL | undefined>,
  );
}

/** The same with migrations of any folder: for tests of the library itself. */
export async function testDatabaseFrom<Service extends string>(
  t: Owner,
  folders: Record<Service, URL | undefined>,
): Promise<Record<Service, string>> {
  const admin = await adminUrl();
  const template = await migratedTemplate(admin, folders);
  const database = `test_${randomUUID().replaceAll("-", "")}`;
  await asAdmin(admin, (client) => client.query(`create database ${database} template ${template} strategy file_copy`));
  cleanup(t, () => asAdmin(admin, (client) => client.query(`drop database if exists ${database} with (force)`)));
  return urls(admin, database, Object.keys(folders) as Service[]);
}

/** Opens a service's database as the service does, for what no RPC shows or does. */
export function databaseOf(t: Owner, service: string, url: string | undefined, connections = 3): Database {
  const db = openDatabase({ url: url ?? "", service, connections, statementTimeoutMs: 30_000, log: quiet });
  cleanup(t, () => db.close());
  return db;
}

/** An empty Redis database for this test. */
export async function testRedis(_t: Owner): Promise<string> {
  const { url } = await (redis ??= ownRedis());
  return url.replace(/\/\d+$/, `/${redisDatabases++ % 16}`);
}

async function ownRedis(): Promise<{ url: string; stop(): Promise<void> }> {
  const dir = mkdtempSync(join(tmpdir(), "herald-test-redis-"));
  const server = await startRedis({ dir, durable: false });
  return {
    url: server.url,
    async stop() {
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Makes a template database. Migrating takes longer than copying, so each set of migrations runs once on a server and is then copied. */
async function migratedTemplate(admin: string, folders: Record<string, URL | undefined>): Promise<string> {
  const template = `template_${fingerprint(folders)}`;
  await asAdmin(admin, async (client) => {
    await client.query("select pg_advisory_lock(hashtextextended($1, 0))", [template]);
    const { rowCount } = await client.query("select from pg_database where datname = $1 and datistemplate", [template]);
    if (rowCount === 1) return;
    await client.query(`drop database if exists ${template} with (force)`);
    const services = Object.keys(folders);
    await bootstrapDatabase({ adminUrl: admin, database: template, passwords: passwords(services) });
    const url = urls(admin, template, services);
    for (const [service, folder] of Object.entries(folders)) {
      if (folder) await migrate({ url: url[service] as string, service, folder, log: quiet });
    }
    await client.query(`alter database ${template} is_template true`);
  });
  return template;
}

function fingerprint(folders: Record<string, URL | undefined>): string {
  const hash = createHash("sha256").update(tenancySql("any"));
  for (const [service, folder] of Object.entries(folders).sort(([a], [b]) => a.localeCompare(b))) {
    hash.update(service);
    const files = folder ? readdirSync(folder).sort() : [];
    for (const file of files) hash.update(file).update(readFileSync(join(fileURLToPath(folder as URL), file)));
  }
  return hash.digest("hex").slice(0, 24);
}

const passwords = (services: readonly string[]) => Object.fromEntries(services.map((service) => [service, PASSWORD]));

function urls<Service extends string>(
  admin: string,
  database: string,
  services: readonly Service[],
): Record<Service, string> {
  const options = { adminUrl: admin, database, passwords: passwords(services) };
  return Object.fromEntries(services.map((service) => [service, serviceUrl(options, service)])) as Record<
    Service,
    string
  >;
}

async function asAdmin(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
