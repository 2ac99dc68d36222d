/** Prepares Postgres for the services: the database, and a schema, an owner role and a login role for each service. May run again. */
import pg from "pg";

export interface BootstrapOptions {
  /** The URL of a superuser, with any database. */
  adminUrl: string;
  /** The database of the platform; created if it does not exist. */
  database: string;
  /** The password of each service's login role, by service name. */
  passwords: Readonly<Record<string, string>>;
}

/** All services share these extensions. Only a superuser or the owner of the database may add them. */
const EXTENSIONS = ["pg_trgm", "btree_gin", "btree_gist"];
/** Roles belong to the whole server, so two bootstraps must not create them at once. */
const LOCK = 7_233_114_201;

export async function bootstrapDatabase(options: BootstrapOptions): Promise<void> {
  await withAdmin(options.adminUrl, undefined, async (admin) => {
    await admin.query("select pg_advisory_lock($1)", [LOCK]);
    for (const [service, password] of Object.entries(options.passwords)) await createRoles(admin, service, password);
    await createDatabase(admin, options.database);
  });
  await withAdmin(options.adminUrl, options.database, async (admin) => {
    await admin.query("select pg_advisory_lock($1)", [LOCK]);
    for (const extension of EXTENSIONS) await admin.query(`create extension if not exists ${extension}`);
    await admin.query("revoke create on schema public from public");
    for (const service of Object.keys(options.passwords)) await createSchema(admin, service);
  });
}

/** The URL with which a service logs in to this database. */
export function serviceUrl({ adminUrl, database, passwords }: BootstrapOptions, service: string): string {
  const url = new URL(adminUrl);
  url.username = loginRole(service);
  url.password = encodeURIComponent(passwords[service] ?? "");
  url.pathname = `/${database}`;
  return url.href;
}

const loginRole = (service: string) => `herald_${service}`;
const ownerRole = (service: string) => `herald_${service}_owner`;

/**
 * Creates a service's two roles. The owner role has the tables, and nobody logs in with it. Row level security restricts the login role,
 * which may become the owner for migrations and COPY.
 */
async function createRoles(admin: pg.Client, service: string, password: string): Promise<void> {
  const owner = pg.escapeIdentifier(ownerRole(service));
  const login = pg.escapeIdentifier(loginRole(service));
  if (!(await exists(admin, "select from pg_roles where rolname = $1", ownerRole(service))))
    await admin.query(`create role ${owner} nologin`);
  if (!(await exists(admin, "select from pg_roles where rolname = $1", loginRole(service))))
    await admin.query(`create role ${login} login`);
  await admin.query(`alter role ${login} with login nosuperuser nobypassrls password ${pg.escapeLiteral(password)}`);
  await admin.query(`grant ${owner} to ${login} with inherit false, set true`);
}

async function createDatabase(admin: pg.Client, database: string): Promise<void> {
  if (!(await exists(admin, "select from pg_database where datname = $1", database))) {
    await admin.query(`create database ${pg.escapeIdentifier(database)}`);
  }
  await admin.query(`revoke all on database ${pg.escapeIdentifier(database)} from public`);
}

async function createSchema(admin: pg.Client, service: string): Promise<void> {
  const schema = pg.escapeIdentifier(service);
  const owner = pg.escapeIdentifier(ownerRole(service));
  const login = pg.escapeIdentifier(loginRole(service));
  await admin.query(
    `grant connect, temporary on database ${pg.escapeIdentifier(admin.database ?? "")} to ${login}, ${owner}`,
  );
  await admin.query(`create schema if not exists ${schema} authorization ${owner}`);
  await admin.query(`grant usage on schema ${schema} to ${login}`);
  for (const [rights, kind] of [
    ["select, insert, update, delete", "tables"],
    ["usage, select", "sequences"],
    ["execute", "functions"],
  ]) {
    await admin.query(
      `alter default privileges for role ${owner} in schema ${schema} grant ${rights} on ${kind} to ${login}`,
    );
  }
}

async function exists(admin: pg.Client, query: string, name: string): Promise<boolean> {
  const { rowCount } = await admin.query(query, [name]);
  return rowCount === 1;
}

async function withAdmin(
  adminUrl: string,
  database: string | undefined,
  work: (admin: pg.Client) => Promise<void>,
): Promise<void> {
  const url = new URL(adminUrl);
  if (database !== undefined) url.pathname = `/${database}`;
  const admin = new pg.Client({ connectionString: url.href, application_name: "herald-bootstrap" });
  await admin.connect();
  try {
    // Passwords of roles cannot be parameters, and the server logs slow statements: they must not get into its log.
    await admin.query("set log_min_duration_statement = -1");
    await work(admin);
  } finally {
    await admin.end();
  }
}
