import { Client } from "pg";
import { bootstrapDatabase, serviceUrl } from "../../svc/lib/postgres/bootstrap.ts";
import type { Secrets } from "./secrets.ts";
import type { ServiceName } from "../../svc/lib/service/service-names.ts";

const database = "herald";
const oldest = 18; // uuidv7() is ours to use from here on

/** Makes the database with every service's schema and roles. Gives the URL with which each service logs in. */
export async function prepareDatabase(adminUrl: string, secrets: Secrets): Promise<(service: ServiceName) => string> {
  const options = { adminUrl, database, passwords: secrets.databasePasswords };
  await bootstrapDatabase(options);
  return (service) => serviceUrl(options, service);
}

/** Refuses a given server that Herald cannot use, and says what would be right. */
export async function checkDatabase(adminUrl: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number; superuser: boolean }>(
      `select current_setting('server_version_num')::int as version, usesuper as superuser
         from pg_user where usename = current_user`,
    );
    const { version = 0, superuser = false } = rows[0] ?? {};
    const major = Math.floor(version / 10_000);
    if (major < oldest) throw new Error(`it is PostgreSQL ${major}; Herald needs ${oldest} or later.`);
    if (!superuser) throw new Error("its user is no superuser; Herald makes roles, schemas and extensions with it.");
  } catch (cause) {
    throw new Error(`The PostgreSQL of DATABASE_URL cannot be used: ${(cause as Error).message}`, { cause });
  } finally {
    await client.end().catch(() => {});
  }
}
