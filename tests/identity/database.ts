/** Looks past the API of `identity` into its database, for what no RPC shows or does yet. */
import pg from "pg";

interface EnvHolder {
  env: Record<string, string>;
}

/** Runs one statement as the service's login role, across tenants. */
export async function asEveryTenant<Row extends object>(
  { env }: EnvHolder,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: env["DATABASE_URL"] });
  await client.connect();
  try {
    await client.query("select set_config('herald.tenant_id', '*', false)");
    const { rows } = await client.query<Row & pg.QueryResultRow>(text, [...values]);
    return rows;
  } finally {
    await client.end();
  }
}
