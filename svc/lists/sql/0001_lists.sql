-- Contact lists with their records and imports; suppression lists with their entries and the ordered log of their changes.

create table lists.contact_lists (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  description text not null,
  default_region text not null,
  record_count bigint not null default 0,
  -- Number of the last import that began, and of the first whose records still count: a REPLACE moves it to its own.
  last_import_number integer not null default 0,
  first_import_number integer not null default 0,
  request_id uuid,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version integer not null default 1,
  primary key (tenant_id, id)
);
create unique index contact_lists_name on lists.contact_lists (tenant_id, lower(name));
create unique index contact_lists_request on lists.contact_lists (tenant_id, request_id) where request_id is not null;
call lists.protect('lists.contact_lists');

-- One row a contact. The ids of an import grow with the lines of its file, so that the order of the key is the order of the source.
-- The four arrays tell the devices, one place for each. A record counts while its import_number is at least its list's first_import_number.
create table lists.records (
  tenant_id uuid not null,
  contact_list_id uuid not null,
  id uuid not null,
  import_number integer not null,
  source_line integer not null,
  client_id text collate "C" not null,
  first_name text not null,
  last_name text not null,
  company text not null,
  postal_code text not null,
  state text not null,
  country text not null,
  zone text not null,
  fields jsonb,
  device_indexes smallint[] not null,
  device_types smallint[] not null,
  device_infos text[] not null,
  -- The zones of each device, parted by spaces.
  device_zones text[] not null,
  primary key (tenant_id, contact_list_id, id)
) partition by hash (contact_list_id);
-- The one index beside the key: integrations and people find customers by their own number.
create index records_client on lists.records (tenant_id, contact_list_id, client_id) where client_id <> '';
do $$ begin
  for part in 0..15 loop
    execute format('create table lists.records_%s partition of lists.records for values with (modulus 16, remainder %s)
      with (autovacuum_vacuum_insert_scale_factor = 0.5, autovacuum_vacuum_scale_factor = 0.05)', part, part);
  end loop;
end $$;
call lists.protect('lists.records');

create table lists.imports (
  tenant_id uuid not null,
  id uuid not null,
  contact_list_id uuid not null,
  number integer not null,
  job_id uuid not null,
  file_name text not null,
  -- ImportState and ImportMode of the contract.
  state smallint not null,
  mode smallint not null,
  mapping jsonb not null default '{}',
  encoding text not null default '',
  delimiter text not null default '',
  row_count bigint not null default 0,
  accepted_count bigint not null default 0,
  rejected_count bigint not null default 0,
  rejected_by_reason jsonb not null default '{}',
  dropped_devices_by_reason jsonb not null default '{}',
  error_message text not null default '',
  cancel_requested boolean not null default false,
  create_time timestamptz not null,
  end_time timestamptz,
  primary key (tenant_id, id)
);
create unique index imports_number on lists.imports (tenant_id, contact_list_id, number);
-- One at a time for each list; also how running ones are found after a crash.
create unique index imports_running on lists.imports (tenant_id, contact_list_id) where state = 1;
call lists.protect('lists.imports');

create table lists.rejected_rows (
  tenant_id uuid not null,
  import_id uuid not null,
  line bigint not null,
  reason text not null,
  column_name text not null,
  detail text not null,
  original text not null,
  primary key (tenant_id, import_id, line)
);
call lists.protect('lists.rejected_rows');

-- What campaigns fills its dial queue from: see README. A new shape is a new view, beside this one until nobody reads it.
create view lists.preload_v1 as
select r.tenant_id, r.contact_list_id, r.id as record_id, r.client_id, r.device_indexes, r.device_types
  from lists.records r
  join lists.contact_lists l on l.tenant_id = r.tenant_id and l.id = r.contact_list_id
 where r.import_number >= l.first_import_number
   and r.tenant_id = (select lists.current_tenant())
   and l.tenant_id = (select lists.current_tenant());

do $$ begin
  if exists (select from pg_roles where rolname = 'herald_campaigns') then
    grant usage on schema lists to herald_campaigns;
    grant select on lists.preload_v1 to herald_campaigns;
  end if;
end $$;

create table lists.suppression_lists (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  description text not null,
  -- SuppressionKind and Channel of the contract.
  kind smallint not null,
  channels smallint[] not null,
  required boolean not null,
  entry_count bigint not null default 0,
  request_id uuid,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version integer not null default 1,
  primary key (tenant_id, id)
);
create unique index suppression_lists_name on lists.suppression_lists (tenant_id, lower(name));
create unique index suppression_lists_request on lists.suppression_lists (tenant_id, request_id) where request_id is not null;
call lists.protect('lists.suppression_lists');

create table lists.suppression_entries (
  tenant_id uuid not null,
  suppression_list_id uuid not null,
  value text collate "C" not null,
  from_time timestamptz,
  until_time timestamptz,
  reason text not null,
  create_time timestamptz not null,
  primary key (tenant_id, suppression_list_id, value)
) partition by hash (suppression_list_id);
do $$ begin
  for part in 0..7 loop
    execute format('create table lists.suppression_entries_%s partition of lists.suppression_entries for values with (modulus 8, remainder %s)', part, part);
  end loop;
end $$;
call lists.protect('lists.suppression_entries');

-- The log of changes that StreamEntries sends. Sequence numbers are dense and in the order of the commits: the last thing a
-- writing transaction does is to move the one counter, whose row lock the next writer waits for.
-- The log belongs to all tenants together, hence its keys begin with the sequence.
create table lists.suppression_sequence (
  -- One row.
  id boolean primary key default true check (id),
  last_sequence bigint not null,
  -- Changes up to here have been forgotten.
  forgotten_sequence bigint not null
) with (fillfactor = 10);
-- The log begins at 1: a receiver that says 0 has nothing.
insert into lists.suppression_sequence (last_sequence, forgotten_sequence) values (1, 0);

create table lists.suppression_changes (
  tenant_id uuid not null,
  change_id uuid not null,
  -- The list, whose settings are sent as they are then.
  suppression_list_id uuid not null,
  -- As many numbers as the change has parts.
  first_sequence bigint not null,
  last_sequence bigint not null,
  accept_time timestamptz not null,
  primary key (last_sequence)
);
call lists.protect('lists.suppression_changes');

-- Encoded StreamEntriesResponse messages without list and sequence; written before the counter moves, so that a long import holds up nobody.
create table lists.suppression_change_parts (
  tenant_id uuid not null,
  change_id uuid not null,
  part integer not null,
  message bytea not null,
  primary key (tenant_id, change_id, part)
);
call lists.protect('lists.suppression_change_parts');

-- What was deleted and whose rows are still to be removed, in batches: records and rejected rows of contact lists, entries of suppression lists.
create table lists.removals (
  tenant_id uuid not null,
  kind text not null,
  id uuid not null,
  -- For records: only those of imports before this one; null means all.
  before_number integer,
  primary key (tenant_id, kind, id)
);
call lists.protect('lists.removals');

create table lists.outbox (
  tenant_id uuid not null,
  id uuid not null,
  topic text not null,
  payload jsonb not null,
  attempts integer not null default 0,
  due_at timestamptz not null default now(),
  primary key (tenant_id, id)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
call lists.protect('lists.outbox');
