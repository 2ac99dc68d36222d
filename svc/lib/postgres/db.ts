/** Postgres with tenant scope: every query runs for one tenant, or states that it runs for every tenant. */
import pg from "pg";
import { isConnectionFault, isTransactionConflict } from "../errors/faults.ts";
import { isId } from "../request/ids.ts";
import { listenForever } from "./listen.ts";
import type { Logger } from "../observe/log.ts";
import { backoffMs, pause } from "../async/time.ts";

/** A query; with a `name`, Postgres plans it once per connection (for hot queries). */
export type Query = string | { name?: string; text: string };

/** Answers queries: a tenant's scope or a transaction. Store functions take this. */
export interface Queryable {
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller says what its rows look like
  query<Row extends object = Record<string, unknown>>(
    query: Query,
    values?: readonly unknown[],
  ): Promise<{ rows: Row[]; rowCount: number }>;
}

/** Answers queries of one tenant. A store that uses `db.tenantId` cannot name another tenant than the one whose rows it sees. */
export interface TenantQueryable extends Queryable {
  readonly tenantId: string;
}

/** Lets work across tenants act for one of them. Row level security does not restrict it to that tenant; only the `tenantId` does. */
export const actingFor = <Acting extends Queryable>(db: Acting, tenantId: string): Acting & TenantQueryable => ({
  ...db,
  tenantId,
});

/** A transaction. `client` is for what `query` cannot do: COPY streams, cursors. */
export interface Transaction extends Queryable {
  readonly client: pg.PoolClient;
  /**
   * Acts as the owner of the schema until the transaction ends: for COPY, which row level security does not allow. Name the tenant in every
   * row yourself.
   */
  asOwner(): Promise<void>;
  /** Runs `work` after the transaction has committed, and never if it does not commit. */
  afterCommit(work: () => void): void;
}

/** A transaction of one tenant. */
export interface TenantTransaction extends Transaction, TenantQueryable {}

export interface TransactionOptions {
  isolation?: "read committed" | "repeatable read" | "serializable";
  /** Replaces the pool's statement timeout. */
  statementTimeoutMs?: number;
  /** Most runs of the work after conflicts with other transactions, including the first; 4 unless set. */
  attempts?: number;
}

/** Queries and transactions within one tenant, or across all of them. */
export interface Scope extends Queryable {
  transaction<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
}

/** Queries and transactions of one tenant. */
export interface TenantScope extends TenantQueryable {
  transaction<T>(work: (tx: TenantTransaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
}

export interface Database {
  /** Queries see and write only this tenant's rows. */
  tenant(tenantId: string): TenantScope;
  /** Queries see the rows of every tenant: for background work, never for a person's request. */
  everyTenant(): Scope;
  transaction<T>(
    tenantId: string,
    work: (tx: TenantTransaction) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T>;
  /** Calls `heard` for every notification on a channel, and once after each (re)connection, since some may have been missed. */
  listen(channel: string, heard: (payload: string | undefined) => void): { stop(): Promise<void> };
  /** Rejects while the database is away. It is asked unless it has just answered something else. */
  probe(): Promise<void>;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  url: string;
  /** The name of the service, which is in the names of the schema and the roles. */
  service: string;
  connections: number;
  statementTimeoutMs: number;
  log: Logger;
}

const EVERY_TENANT = "*";
const CONNECT_TIMEOUT_MS = 5_000;
/** A database that has answered within this time is not asked whether it does. */
const ANSWERED_MS = 900;

/** Opens a pool. It connects when first used, and reconnects by itself. */
export function openDatabase({ url, service, connections, statementTimeoutMs, log }: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: 60_000,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: 120_000,
    application_name: `herald-${service}`,
    keepAlive: true,
  });
  // A broken idle connection is replaced at its next use. The health probe reports that the database is away.
  pool.on("error", (error) => log.debug({ error }, "idle database connection lost"));

  // A connection that breaks during a query emits an error as well; the query rejects, so this one needs no handling.
  pool.on("connect", (client) => void client.on("error", () => {}));

  const scope = (tenant: string): TenantScope => ({
    tenantId: tenant,
    query: (query, values) => onConnection(pool, tenant, (client) => run(client, query, values)),
    transaction: (work, options) => transaction(pool, service, tenant, work, options),
  });
  const tenant = (tenantId: string) => scope(tenantOf(tenantId));
  return {
    tenant,
    everyTenant: () => scope(EVERY_TENANT),
    transaction: (tenantId, work, options) => tenant(tenantId).transaction(work, options),
    listen: (channel, heard) => listenForever(url, channel, heard, log),
    async probe() {
      if (performance.now() - (answeredAt.get(pool) ?? -Infinity) >= ANSWERED_MS) await pool.query("select 1");
    },
    pool,
    close: () => pool.end(),
  };
}

function tenantOf(tenantId: string): string {
  if (isId(tenantId)) return tenantId;
  throw new Error("A tenant's scope needs a tenant id; background work across tenants uses db.everyTenant().");
}

/** The tenant to which each connection is set, so that it is set again only when it changes. */
const tenantOfConnection = new WeakMap<pg.PoolClient, string>();

/** When each database last did what it was asked. */
const answeredAt = new WeakMap<pg.Pool, number>();

async function onConnection<T>(pool: pg.Pool, tenant: string, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    if (tenantOfConnection.get(client) !== tenant) {
      await client.query({
        name: "herald_tenant",
        text: "select set_config('herald.tenant_id', $1, false)",
        values: [tenant],
      });
      tenantOfConnection.set(client, tenant);
    }
    const result = await work(client);
    answeredAt.set(pool, performance.now());
    return result;
  } catch (error) {
    if (isConnectionFault(error)) broken = error as Error;
    throw error;
  } finally {
    client.release(broken);
  }
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- see Queryable
async function run<Row extends object>(
  client: pg.PoolClient,
  query: Query,
  values: readonly unknown[] = [],
): Promise<{ rows: Row[]; rowCount: number }> {
  const config = typeof query === "string" ? { text: query } : query;
  try {
    const { rows, rowCount } = await client.query<Row & pg.QueryResultRow>({ ...config, values: values as unknown[] });
    return { rows, rowCount: rowCount ?? 0 };
  } catch (error) {
    throw withStatement(error, config.text);
  }
}

/** Adds the text of the failed statement to the error, never its values. */
function withStatement(error: unknown, text: string): unknown {
  if (error instanceof Error) error.message += ` [in: ${text.replaceAll(/\s+/g, " ").trim().slice(0, 160)}]`;
  return error;
}

async function transaction<T>(
  pool: pg.Pool,
  service: string,
  tenant: string,
  work: (tx: TenantTransaction) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  const { attempts = 4 } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      return await onConnection(pool, tenant, (client) => runTransaction(client, service, tenant, work, options));
    } catch (error) {
      if (!isTransactionConflict(error) || attempt >= attempts) throw error;
      await pause(backoffMs(attempt, { baseMs: 10, mostMs: 200 }));
    }
  }
}

async function runTransaction<T>(
  client: pg.PoolClient,
  service: string,
  tenant: string,
  work: (tx: TenantTransaction) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  const { isolation = "read committed", statementTimeoutMs } = options;
  const committed: (() => void)[] = [];
  await client.query(`begin isolation level ${isolation}`);
  try {
    if (statementTimeoutMs !== undefined)
      await client.query(`set local statement_timeout = ${Math.round(statementTimeoutMs)}`);
    const result = await work({
      tenantId: tenant,
      client,
      query: (query, values) => run(client, query, values),
      asOwner: async () =>
        void (await client.query(`set local role ${pg.escapeIdentifier(`herald_${service}_owner`)}`)),
      afterCommit: (then) => void committed.push(then),
    });
    await client.query("commit");
    return result;
  } catch (error) {
    committed.length = 0;
    await client.query("rollback").catch(() => {});
    throw error;
  } finally {
    for (const then of committed) then();
  }
}
