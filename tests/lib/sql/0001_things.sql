-- What tests of the library keep: one table of things, and the outbox.
create table lists.things (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  version integer not null default 1,
  primary key (tenant_id, id),
  unique (tenant_id, name)
);
call lists.protect('lists.things');

create table lists.outbox (
  tenant_id uuid not null,
  id uuid not null,
  topic text not null,
  payload jsonb not null,
  attempts integer not null default 0,
  due_at timestamptz not null default now(),
  reason text not null default '',
  primary key (tenant_id, id)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
call lists.protect('lists.outbox');
