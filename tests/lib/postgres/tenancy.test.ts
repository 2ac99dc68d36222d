/** Checks the catalogue of every service's schema after its migrations, and proves that the database itself keeps tenants apart. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test, type TestContext } from "node:test";
import pg from "pg";
import { cleanup } from "../cleanup.ts";
import { adminUrl, sqlFolder, testDatabase } from "../servers.ts";

const services = readdirSync(new URL("../../../svc/", import.meta.url)).filter(
  (name) => name !== "lib" && hasMigrations(name),
);

/** Tables and keys that belong to the platform and not to a tenant, each with its reason. */
const OF_THE_PLATFORM: Record<string, string> = {
  "identity.tenants_slug": "people sign in by slug, before their tenant is known: it is unique over the platform",
  "identity.tenants_request": "tenants are made by the platform, so its request ids are the platform's",
  "identity.signing_keys": "one set of keys signs the tokens of every tenant",
  "lists.suppression_sequence": "one counter orders the changes of all tenants in the stream to compliance",
  "lists.suppression_changes_pkey": "the stream of all tenants' changes is read in their common order",
  "identity.sign_in_failures":
    "wrong passwords are counted by account, address and device, also for tenants that do not exist",
};
const isOfThePlatform = (name: string) => name.endsWith(".migrations") || name in OF_THE_PLATFORM;

interface Table {
  oid: number;
  name: string;
  owner: string;
  secured: boolean;
  partition: boolean;
  columns: string[];
  policies: string[];
}

function hasMigrations(service: string): boolean {
  const folder = sqlFolder(service);
  return folder !== undefined && readdirSync(folder).some((file) => file.endsWith(".sql"));
}

async function migrated(t: TestContext): Promise<{ admin: pg.Client; urls: Record<string, string> }> {
  const urls = await testDatabase(t, ...services);
  const admin = new URL(await adminUrl());
  admin.pathname = new URL(Object.values(urls)[0] as string).pathname;
  const client = new pg.Client({ connectionString: admin.href });
  await client.connect();
  cleanup(t, () => client.end());
  return { admin: client, urls };
}

async function tables(admin: pg.Client): Promise<Table[]> {
  const { rows } = await admin.query<Table>(
    `select c.oid, n.nspname || '.' || c.relname as name, r.rolname as owner, c.relrowsecurity as secured, c.relispartition as partition,
            (select array_agg(a.attname::text order by a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
            coalesce((select array_agg(pg_get_expr(p.polqual, p.polrelid) || ' ' || p.polcmd::text || ' ' || p.polpermissive::text) from pg_policy p where p.polrelid = c.oid), '{}') as policies
       from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_roles r on r.oid = c.relowner
      where n.nspname = any($1) and c.relkind in ('r', 'p') order by 2`,
    [services],
  );
  return rows;
}

test("every table begins with tenant_id, belongs to its service's owner role, and is held by the one policy", async (t) => {
  const { admin } = await migrated(t);
  const all = await tables(admin);
  assert.ok(services.every((service) => all.some(({ name }) => name.startsWith(`${service}.`))));
  for (const table of all) {
    const service = table.name.split(".")[0];
    assert.equal(table.owner, `herald_${service}_owner`, table.name);
    if (isOfThePlatform(table.name)) continue;
    assert.equal(table.columns[0], "tenant_id", `${table.name} must begin with tenant_id`);
    assert.ok(
      table.secured,
      `${table.name} is not protected: call ${service}.protect('${table.name}') in its migration`,
    );
    const policy = `((tenant_id = ( SELECT ${service}.current_tenant() AS current_tenant)) OR ( SELECT ${service}.every_tenant() AS every_tenant)) * true`;
    assert.deepEqual(table.policies, [policy], `${table.name} must have the policy of protect() and no other`);
  }
});

test("every primary key, unique key and index begins with tenant_id", async (t) => {
  const { admin } = await migrated(t);
  const { rows } = await admin.query<{ table: string; index: string; first: string }>(
    `select n.nspname || '.' || c.relname as table, n.nspname || '.' || i.relname as index, a.attname as first
       from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
       join pg_namespace n on n.oid = c.relnamespace
       left join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0]
      where n.nspname = any($1)`,
    [services],
  );
  assert.ok(rows.length > services.length);
  const wrong = rows.filter(
    ({ table, index, first }) => first !== "tenant_id" && !isOfThePlatform(table) && !isOfThePlatform(index),
  );
  assert.deepEqual(
    wrong.map(({ index, first }) => `${index} begins with ${first}`),
    [],
  );
});

test("every foreign key begins with tenant_id too", async (t) => {
  const { admin } = await migrated(t);
  const { rows } = await admin.query<{ name: string; first: string }>(
    `select n.nspname || '.' || o.conname as name, a.attname as first
       from pg_constraint o join pg_namespace n on n.oid = o.connamespace join pg_attribute a on a.attrelid = o.conrelid and a.attnum = o.conkey[1]
      where o.contype = 'f' and n.nspname = any($1)`,
    [services],
  );
  assert.deepEqual(
    rows.filter(({ first }) => first !== "tenant_id"),
    [],
  );
});

test("a service that forgets the tenant sees no row and can write none, in any of its tables", async (t) => {
  const { admin, urls } = await migrated(t);
  const held = (await tables(admin)).filter(({ name, partition }) => !partition && !isOfThePlatform(name));
  for (const [service, url] of Object.entries(urls)) {
    const login = new pg.Client({ connectionString: url });
    await login.connect();
    cleanup(t, () => login.end());
    for (const { name } of held.filter((table) => table.name.startsWith(`${service}.`))) {
      await putRowAsOwner(admin, name);
      assert.equal(await touched(login, `select tenant_id from ${name}`), 0, `${name} shows a row to nobody's query`);
      assert.equal(await touched(login, `update ${name} set tenant_id = tenant_id`), 0, name);
      assert.equal(await touched(login, `delete from ${name}`), 0, name);
      await admin.query(`truncate ${name} cascade`);
    }
  }
});

test("no service can look into another's schema, but for what is granted: a view that names its tenant", async (t) => {
  const { admin } = await migrated(t);
  const { rows } = await admin.query<{
    name: string;
    kind: string;
    role: string;
    definition: string;
    invoker: boolean;
  }>(
    `select n.nspname || '.' || c.relname as name, c.relkind as kind, r.rolname as role,
            case when c.relkind = 'v' then pg_get_viewdef(c.oid) else '' end as definition,
            coalesce(c.reloptions::text like '%security_invoker=true%', false) as invoker
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      cross join lateral aclexplode(c.relacl) acl join pg_roles r on r.oid = acl.grantee
      where n.nspname = any($1) and r.rolname not in ('herald_' || n.nspname, 'herald_' || n.nspname || '_owner')`,
    [services],
  );
  for (const { name, kind, role, definition, invoker } of rows) {
    assert.equal(kind, "v", `${name} is granted to ${role}, and is not a view`);
    assert.ok(invoker || definition.includes("current_tenant()"), `${name} shows every tenant's rows to ${role}`);
  }
});

/** The number of rows that a statement reached; 0 if the role may not run it on this table at all. */
async function touched(login: pg.Client, statement: string): Promise<number> {
  try {
    return (await login.query(statement)).rowCount ?? 0;
  } catch (error) {
    if ((error as { code?: string }).code === "42501") return 0;
    throw error;
  }
}

/** Inserts one row of another tenant, without the table's other checks: the test is only about who sees it. */
async function putRowAsOwner(admin: pg.Client, table: string): Promise<void> {
  const { rows } = await admin.query<{ column: string; type: string; element: string }>(
    `select a.attname as column, format_type(a.atttypid, a.atttypmod) as type, t.typcategory as element
       from pg_attribute a join pg_type t on t.oid = a.atttypid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attnotnull and d.oid is null and a.attidentity = ''`,
    [table],
  );
  const { rows: checks } = await admin.query<{ name: string }>(
    "select conname as name from pg_constraint where conrelid = $1::regclass and contype in ('c', 'f') and conislocal",
    [table],
  );
  await admin.query("begin");
  try {
    for (const { name } of checks)
      await admin.query(`alter table ${table} drop constraint ${pg.escapeIdentifier(name)}`);
    await admin.query(
      `insert into ${table} (${rows.map(({ column }) => pg.escapeIdentifier(column)).join(", ")}) values (${rows.map(({ type, element }) => sample(type, element)).join(", ")})`,
    );
    await admin.query("commit");
  } catch (error) {
    await admin.query("rollback");
    throw new Error(`cannot put a row into ${table}: ${(error as Error).message}`, { cause: error });
  }
}

function sample(type: string, category: string): string {
  if (category === "A") return `'{}'::${type}`;
  if (type === "uuid") return "uuidv7()";
  if (type.startsWith("timestamp") || type === "date") return "now()";
  if (type === "jsonb" || type === "json") return `'{}'::${type}`;
  if (type === "bytea") return "'\\x00'";
  if (category === "B") return "false";
  if (category === "N") return "0";
  return `''::${type}`;
}
