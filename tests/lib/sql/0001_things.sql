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
);
call lists.protect('lists.outbox');

create table lists.outbox_messages (
  tenant_id uuid not null,
  id uuid not null,
  topic text not null,
  -- The order in which messages were put: one that was put after another had been committed comes after it.
  seq bigint generated always as identity,
  body bytea,
  -- In place of a body, of versions before: the items as JSON.
  payload jsonb,
  items integer not null,
  attempts integer not null default 0,
  -- With infinity it is set aside, and is delivered again only when somebody says so.
  due_at timestamptz not null default now(),
  -- Why its receiver refused it, and the attempts that it tells about, up to ten.
  reason text not null default '',
  attempt_ids text[] not null default '{}',
  primary key (tenant_id, id),
  constraint outbox_messages_say_something check (body is not null or payload is not null)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
-- Nothing is gained by compressing what is read once.
alter table lists.outbox_messages alter column body set storage external;
call lists.protect('lists.outbox_messages');
create index outbox_messages_waiting on lists.outbox_messages (tenant_id, topic, seq) where due_at < 'infinity';
create index outbox_messages_set_aside on lists.outbox_messages (tenant_id, id) where due_at = 'infinity';

-- The messages of one tenant about one topic are delivered in their order, by one process at a time.
create table lists.outbox_lines (
  tenant_id uuid not null,
  topic text not null,
  -- The process that works at the line, and until when it is its own.
  holder text not null default '',
  leased_until timestamptz not null default '-infinity',
  -- Deliveries that failed in a row, and when the next may begin.
  failures integer not null default 0,
  due_at timestamptz not null default '-infinity',
  primary key (tenant_id, topic)
);
call lists.protect('lists.outbox_lines');
