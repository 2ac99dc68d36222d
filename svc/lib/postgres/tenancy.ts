/** Row level security: functions that every schema has and migrations call. */
import pg from "pg";

/**
 * Creates in a schema:
 *   `current_tenant()`   the tenant a query runs for; null if none is set or it runs for every tenant
 *   `every_tenant()`     whether it runs for every tenant
 *   `protect(regclass)`  turns on row level security for a table with `tenant_id`, partitions included; call it for each table,
 *                        and for each partition made later
 * They are created again at every start, since they are part of this library and not of a migration.
 */
export function tenancySql(service: string): string {
  const schema = pg.escapeIdentifier(service);
  return `
create or replace function ${schema}.current_tenant() returns uuid language sql stable parallel safe as
  $$ select nullif(nullif(current_setting('herald.tenant_id', true), ''), '*')::uuid $$;
create or replace function ${schema}.every_tenant() returns boolean language sql stable parallel safe as
  $$ select coalesce(current_setting('herald.tenant_id', true), '') = '*' $$;
create or replace procedure ${schema}.protect(protected regclass) language plpgsql as $$
declare
  part regclass;
begin
  execute format('alter table %s enable row level security', protected);
  execute format('drop policy if exists tenant on %s', protected);
  -- The functions are in sub-selects, so that they run once per query and not once per row.
  execute format('create policy tenant on %s using (tenant_id = (select ${schema}.current_tenant()) or (select ${schema}.every_tenant()))', protected);
  for part in select inhrelid::regclass from pg_inherits where inhparent = protected loop
    call ${schema}.protect(part);
  end loop;
end $$;`;
}
