-- One row a tenant: grows with every change of what its checks rest on (rules, campaign states). A batch of decisions is
-- kept only if the version that it was made with is still the one here, so that no check passes on stale rules.
create table compliance.tenant_versions (
  tenant_id uuid primary key,
  version bigint not null
);
call compliance.protect('compliance.tenant_versions');

-- Deleted rules stay, so that a campaign group that still names one can be told from one that names nothing.
create table compliance.rules (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  description text not null,
  required boolean not null,
  channels smallint[] not null,
  body jsonb not null,
  version integer not null default 1,
  request_id uuid not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  delete_time timestamptz,
  primary key (tenant_id, id),
  constraint rules_request_id unique (tenant_id, request_id)
);
create unique index rules_name on compliance.rules (tenant_id, lower(name)) where delete_time is null;
call compliance.protect('compliance.rules');

create table compliance.campaign_states (
  tenant_id uuid not null,
  campaign_group_id uuid not null,
  running boolean not null,
  version bigint not null,
  update_time timestamptz not null,
  primary key (tenant_id, campaign_group_id)
);
create index campaign_states_running on compliance.campaign_states (tenant_id) where running;
call compliance.protect('compliance.campaign_states');

-- The rules and suppression lists that decisions were made with, whole: what an explanation is made from years later.
-- `id` is a hash of the content.
create table compliance.rule_sets (
  tenant_id uuid not null,
  id uuid not null,
  content jsonb not null,
  create_time timestamptz not null,
  primary key (tenant_id, id)
);
call compliance.protect('compliance.rule_sets');

-- The proof: one row an attempt. Partitioned by the attempt's id, whose first 48 bits are milliseconds since 1970 (UUIDv7), so
-- that the id is unique over all partitions and whole months can be dropped; ids of any other kind lie in `decisions_other`.
create table compliance.decisions (
  tenant_id uuid not null,
  attempt_id uuid not null,
  decide_time timestamptz not null,
  -- RefusalReason; 0 = allowed
  reason smallint not null,
  channel smallint not null,
  -- 0 counts nowhere, 1 reserved, 2 confirmed, 3 refunded
  count_state smallint not null,
  contact_info text not null,
  client_id text not null,
  campaign_group_id uuid,
  rule_set_id uuid not null,
  facts json not null,
  rule_id text,
  rule_name text,
  explanation text,
  earliest_time timestamptz,
  call_result smallint,
  delivery_state smallint,
  end_time timestamptz,
  -- earlier decisions on the same attempt: it was allowed, was not made, and was refused when asked again
  superseded jsonb,
  primary key (tenant_id, attempt_id)
) partition by range (attempt_id);
create index decisions_time on compliance.decisions (tenant_id, decide_time, attempt_id);
create index decisions_contact_info on compliance.decisions (tenant_id, contact_info, decide_time);
create index decisions_client on compliance.decisions (tenant_id, client_id, decide_time) where client_id <> '';
create index decisions_group on compliance.decisions (tenant_id, campaign_group_id, decide_time) where campaign_group_id is not null;
create table compliance.decisions_other partition of compliance.decisions default;
call compliance.protect('compliance.decisions');

-- The least UUIDv7 of an instant.
create function compliance.uuid_from(at timestamptz) returns uuid language sql stable parallel safe as $$
  select (lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid
$$;

-- Makes the partition of the month of `at`, unless it is there. Rows of that month that wait in `decisions_other`
-- (clocks that ran ahead, random ids that look like it) move over.
create procedure compliance.make_decisions_partition(at timestamptz) language plpgsql as $$
declare
  month timestamptz := date_trunc('month', at, 'UTC');
  name text := to_char(month at time zone 'UTC', '"decisions_"YYYY_MM');
  first_id uuid := compliance.uuid_from(month);
  end_id uuid := compliance.uuid_from(month + interval '1 month');
begin
  if to_regclass('compliance.' || name) is not null then
    return;
  end if;
  lock table compliance.decisions in share row exclusive mode;
  execute format('create table compliance.%I (like compliance.decisions including defaults)', name);
  execute format('with moved as (delete from compliance.decisions_other where attempt_id >= %L and attempt_id < %L returning *) insert into compliance.%I select * from moved', first_id, end_id, name);
  execute format('alter table compliance.decisions attach partition compliance.%I for values from (%L) to (%L)', name, first_id, end_id);
  execute format('call compliance.protect(%L)', 'compliance.' || name);
end $$;

create table compliance.outbox (
  tenant_id uuid not null,
  id uuid not null,
  topic text not null,
  payload jsonb not null,
  attempts integer not null default 0,
  due_at timestamptz not null default now(),
  primary key (tenant_id, id)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
call compliance.protect('compliance.outbox');
