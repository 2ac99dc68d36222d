/** Proves that row level security protects every table of a service, whatever its queries are. */
import assert from "node:assert/strict";
import pg from "pg";
import { newId } from "./harness.ts";

/**
 * Checks all tables of the schema that have a tenant, with the service's login role. A connection that is set to another tenant, or to
 * none, sees no row, and no row of `tenantId` can be given to another tenant. Tables named in `filled` must have rows of `tenantId`.
 */
export async function provesRowSecurity(
  url: string,
  schema: string,
  tenantId: string,
  filled: readonly string[],
): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const actAs = (tenant: string) => client.query("select set_config('herald.tenant_id', $1, false)", [tenant]);
  try {
    const tables = await tenantTables(client, schema);
    for (const table of tables) {
      const count = () => countRows(client, table);
      await actAs(tenantId);
      const own = await count();
      for (const stranger of [newId(), ""]) {
        await actAs(stranger);
        assert.equal(
          await count(),
          0,
          `${table} shows rows to ${stranger === "" ? "nobody's" : "another tenant's"} query`,
        );
      }
      if (own > 0) await refusesGift(client, table, () => actAs(tenantId));
      if (filled.includes(table.split(".")[1] ?? "")) assert.ok(own > 0, `${table} was expected to hold rows`);
    }
    const names = tables.map((table) => table.split(".")[1]);
    assert.deepEqual(
      filled.filter((name) => !names.includes(name)),
      [],
      "tables without a tenant",
    );
  } finally {
    await client.end();
  }
}

/** All tables of the schema with a column `tenant_id`. Asserts that row level security is on for each. */
async function tenantTables(client: pg.Client, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string; relrowsecurity: boolean }>(
    `select c.oid::regclass::text as name, relrowsecurity from pg_class c
      where relnamespace = $1::regnamespace and relkind in ('r', 'p')
        and exists (select from pg_attribute a where a.attrelid = c.oid and attname = 'tenant_id')`,
    [schema],
  );
  for (const { name, relrowsecurity } of rows) assert.ok(relrowsecurity, `${name} has no row level security`);
  return rows.map(({ name }) => name);
}

async function refusesGift(client: pg.Client, table: string, actAsOwn: () => Promise<unknown>): Promise<void> {
  await actAsOwn();
  await assert.rejects(
    client.query(`update ${table} set tenant_id = $1`, [newId()]),
    { code: "42501" },
    `a row of ${table} could be given to another tenant`,
  );
}

async function countRows(client: pg.Client, table: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from ${table}`);
  return rows[0]?.count ?? 0;
}
