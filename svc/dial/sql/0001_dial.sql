-- Sessions, attempts, and what other services have to be told.

-- The dialing of one campaign group: open until closed, over restarts. One dialer owns it at a time.
create table dial.sessions (
  tenant_id uuid not null,
  campaign_group_id uuid not null,
  channel smallint not null,
  -- SessionState: 1 open, 2 closing, 3 closed.
  state smallint not null,
  -- The campaign group as `campaigns` sent it; version grows with each time.
  campaign_group jsonb not null,
  version integer not null default 1,
  -- The dialer that runs it, as `name/incarnation`, until then unless it renews.
  owner text not null default '',
  owner_until timestamptz not null default '-infinity',
  -- True once the owner of a closing session begins nothing any more.
  quiet boolean not null default false,
  -- As the owner saw it last.
  attempts_last_minute integer not null default 0,
  agents integer not null default 0,
  agents_ready integer not null default 0,
  stall text not null default '',
  stall_explanation text not null default '',
  live_answers bigint not null default 0,
  abandoned bigint not null default 0,
  create_time timestamptz not null default now(),
  primary key (tenant_id, campaign_group_id)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
-- Dialers look for these across tenants; there are few.
create index sessions_not_closed on dial.sessions (tenant_id, campaign_group_id) where state <> 3;
call dial.protect('dial.sessions');

-- Every attempt, made or refused, for good. What changes while it goes on stands in no index, so that updates stay on their page.
create table dial.attempts (
  tenant_id uuid not null,
  id uuid not null,
  campaign_group_id uuid not null,
  contact_list_id uuid not null,
  record_id uuid not null,
  create_time timestamptz not null,
  send_time timestamptz,
  end_time timestamptz,
  -- Of a refusal: when it may be tried again; null means never by itself.
  earliest_time timestamptz,
  attempt_number integer not null,
  device_index smallint not null,
  channel smallint not null,
  -- AttemptState: 1 intended, 2 in flight, 3 ended, 4 refused, 5 stale.
  state smallint not null,
  call_result smallint,
  delivery_state smallint,
  -- False when it never reached the network.
  counts boolean not null default true,
  client_id text not null,
  contact_info text not null,
  own_address text not null,
  refusal_reason text not null default '',
  rule_id text not null default '',
  provider_status text not null default '',
  provider_message_id text not null default '',
  primary key (tenant_id, id)
) with (
  fillfactor = 70,
  autovacuum_vacuum_scale_factor = 0.02,
  autovacuum_vacuum_threshold = 20000,
  autovacuum_vacuum_insert_scale_factor = 0.5,
  autovacuum_analyze_scale_factor = 0.1
);
create index attempts_of_group on dial.attempts (tenant_id, campaign_group_id, id);
create index attempts_of_record on dial.attempts (tenant_id, record_id, id);
-- Also finds who wrote to a number that answers.
create index attempts_of_device on dial.attempts (tenant_id, contact_info, id);
call dial.protect('dial.attempts');

-- The attempts that are intended or in flight, and who looks after them. Small, while `attempts` grows.
create table dial.open_attempts (
  tenant_id uuid not null,
  attempt_id uuid not null,
  campaign_group_id uuid not null,
  channel smallint not null,
  owner text not null,
  -- When the intent was written.
  begin_time timestamptz not null,
  -- The provider's id, once it took the message; empty before.
  provider_message_id text not null default '',
  -- A receipt that has not come by then never comes; null before the provider took it.
  receipt_until timestamptz,
  primary key (tenant_id, attempt_id)
) with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 2000);
create index open_attempts_of_group on dial.open_attempts (tenant_id, campaign_group_id);
-- Receipts name the message alone; they are looked for in every tenant.
create index open_attempts_of_message on dial.open_attempts (tenant_id, provider_message_id) where provider_message_id <> '';
create index open_attempts_late on dial.open_attempts (tenant_id, receipt_until) where receipt_until is not null;
call dial.protect('dial.open_attempts');

-- One row holds a batch of reports.
create table dial.outbox (
  tenant_id uuid not null,
  id uuid not null,
  topic text not null,
  payload jsonb not null,
  attempts integer not null default 0,
  due_at timestamptz not null default now(),
  primary key (tenant_id, id)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
-- Rows live for a moment: compressing them costs more than it saves.
alter table dial.outbox alter column payload set storage external;
call dial.protect('dial.outbox');
