-- Campaign groups, their dial queue, and counts of it.

create table campaigns.groups (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  description text not null,
  state smallint not null,
  contact_list_ids uuid[] not null,
  channel smallint not null,
  content jsonb,
  voice jsonb,
  suppression_list_ids uuid[] not null,
  -- Not always uuids: those that are part of Herald are `builtin:<name>`.
  rule_ids text[] not null,
  treatments jsonb not null,
  messages_per_minute integer not null,
  request_id uuid,
  create_time timestamptz not null,
  update_time timestamptz not null,
  -- Grows with every write; the etag, and what compliance orders states by.
  version integer not null default 1,
  start_when_loaded boolean not null default false,
  -- What compliance and dial know. `may_dial` is true from the moment the group may run until both were told that it does not:
  -- a group with `told_version < version and may_dial` has to be told about.
  told_version integer not null default 0,
  may_dial boolean not null default false,
  tell_after timestamptz not null default '-infinity',
  tell_tries integer not null default 0,
  -- Why dial refused to open the session; empty when it did not.
  tell_problem text not null default '',
  -- While loading: whether the queue of the run before is gone, and which lists are in.
  queue_cleared boolean not null default true,
  loaded_list_ids uuid[] not null default '{}',
  -- Stopped, with chains still to be cancelled.
  cancelling boolean not null default false,
  primary key (tenant_id, id)
);
create unique index groups_name on campaigns.groups (tenant_id, lower(name));
create unique index groups_request on campaigns.groups (tenant_id, request_id) where request_id is not null;
-- Background work looks for these across tenants, and there are few at any time. States: 2 loading to 5 paused.
create index groups_to_tell on campaigns.groups (tenant_id, id) where told_version < version and may_dial;
create index groups_working on campaigns.groups (tenant_id, id) where state between 2 and 5 or cancelling;
call campaigns.protect('campaigns.groups');

-- One row for each contact and group. Rows are inserted in the order of the lists, and lane 3 is taken in that order.
-- The codes of lane and phase are in chain.ts.
create table campaigns.chains (
  tenant_id uuid not null,
  campaign_group_id uuid not null,
  record_id uuid not null,
  contact_list_id uuid not null,
  lane smallint not null,
  phase smallint not null default 0,
  record_type smallint not null default 2,
  record_status smallint not null default 1,
  place smallint not null default 0,
  uncounted smallint not null default 0,
  attempts integer not null default 0,
  last_call_result smallint,
  last_delivery_state smallint,
  due timestamptz,
  update_time timestamptz not null,
  attempt_id uuid,
  device_indexes smallint[] not null,
  treatment_counts smallint[] not null default '{}',
  client_id text not null,
  holder text not null default '',
  waits_for text not null default '',
  refusal_reason text not null default '',
  primary key (tenant_id, campaign_group_id, record_id)
) with (
  fillfactor = 85,
  autovacuum_vacuum_scale_factor = 0.02,
  autovacuum_vacuum_threshold = 20000,
  autovacuum_vacuum_insert_scale_factor = 0.5,
  autovacuum_analyze_scale_factor = 0.1,
  autovacuum_vacuum_cost_delay = 0
);
-- Everything that happens by itself: leases to hand out (lanes 2, 3), leases that end (1), results that never come (4).
create index chains_due on campaigns.chains (tenant_id, campaign_group_id, lane, due) where lane > 0;
call campaigns.protect('campaigns.chains');

-- Counts of a group, kept by what each batch changes; the kinds are in counts.ts.
create table campaigns.counts (
  tenant_id uuid not null,
  campaign_group_id uuid not null,
  kind text not null,
  name text not null,
  count bigint not null,
  primary key (tenant_id, campaign_group_id, kind, name)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
call campaigns.protect('campaigns.counts');

-- Chains that wait for a time, by the minute since 1970 in which it comes, rounded up.
create table campaigns.waits (
  tenant_id uuid not null,
  campaign_group_id uuid not null,
  minute integer not null,
  attempted boolean not null,
  reason text not null,
  count integer not null,
  primary key (tenant_id, campaign_group_id, minute, attempted, reason)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
call campaigns.protect('campaigns.waits');

-- Groups that were deleted and whose queue is still to be removed, in batches.
create table campaigns.removals (
  tenant_id uuid not null,
  campaign_group_id uuid not null,
  primary key (tenant_id, campaign_group_id)
);
call campaigns.protect('campaigns.removals');

create table campaigns.outbox (
  tenant_id uuid not null,
  id uuid not null,
  topic text not null,
  payload jsonb not null,
  attempts integer not null default 0,
  due_at timestamptz not null default now(),
  primary key (tenant_id, id)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
call campaigns.protect('campaigns.outbox');
