/** Brings a service's schema up to date: runs the files of its `sql/` folder in order, each once, as the owner of the schema. */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { backoffMs, pause } from "../async/time.ts";
import { isLockTimeout } from "../errors/faults.ts";
import type { Logger } from "../observe/log.ts";
import { tenancySql } from "./tenancy.ts";

export interface MigrateOptions {
  /** The URL of the login role. */
  url: string;
  service: string;
  /** The folder with `0001_name.sql`, `0002_…`. */
  folder: URL;
  log: Logger;
  /** How long a migration waits for a lock on a table, while whatever comes after it waits too. Then all are undone and tried again. */
  lockMs?: number | undefined;
}

const LOCK_MS = 5_000;
/** Longest wait before a next try, and how many there are: about ten minutes. */
const REST_MS = 20_000;
const MOST_TRIES = 30;

/** Runs the migrations that have not run yet. If several processes start at once, one migrates and the others wait. */
export async function migrate({ url, service, folder, log, lockMs = LOCK_MS }: MigrateOptions): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: `herald-${service}-migrate` });
  await client.connect();
  try {
    await client.query(`set role ${pg.escapeIdentifier(`herald_${service}_owner`)}`);
    await client.query(`select pg_advisory_lock(hashtextextended($1, 0))`, [`herald migrate ${service}`]);
    await client.query(tenancySql(service));
    if (await isUpToDate(client, service, folder)) return;
    await client.query(`set lock_timeout = ${lockMs}`);
    await untilNotLockedOut(log, () => runMigrations(client, service, folder, log));
  } finally {
    await client.end();
  }
}

/** Tries again while a long transaction of somebody else holds a table. Between the tries all others use it. */
async function untilNotLockedOut(log: Logger, run: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await run();
    } catch (error) {
      if (!isLockTimeout(error) || tries === MOST_TRIES) throw error;
      log.warn({ tries }, "migrations wait for a table that a long transaction holds");
      await pause(backoffMs(tries, { baseMs: 250, mostMs: REST_MS }));
    }
  }
}

/** Whether every file has run. Then the start need not load the migration tool. */
async function isUpToDate(client: pg.Client, service: string, folder: URL): Promise<boolean> {
  const { rows: found } = await client.query("select to_regclass($1) as there", [`${service}.migrations`]);
  if ((found as { there: string | null }[])[0]?.there === null) return false;
  const { rows: run } = await client.query<{ name: string }>(
    `select name from ${pg.escapeIdentifier(service)}.migrations`,
  );
  const files = readdirSync(folder).filter((file) => file.endsWith(".sql"));
  const names = files.map((file) => file.slice(0, -".sql".length));
  return names.length === run.length && names.every((name) => run.some((row) => row.name === name));
}

async function runMigrations(client: pg.Client, service: string, folder: URL, log: Logger): Promise<void> {
  const { runner } = await import("node-pg-migrate");
  const done = await runner({
    dbClient: client,
    dir: fileURLToPath(folder),
    direction: "up",
    migrationsTable: "migrations",
    migrationsSchema: service,
    schema: service,
    checkOrder: true,
    noLock: true,
    singleTransaction: true,
    logger: {
      debug: () => {},
      info: () => {},
      warn: (text: string) => log.warn({ text }, "migration warns"),
      error: (text: string) => log.error({ text }, "migration failed"),
    },
  });
  if (done.length > 0) log.info({ migrations: done.map(({ name }) => name) }, "schema is up to date");
}
