-- Long work of all services. States are those of herald.jobs.v1.JobState: 1 running, 2 succeeded, 3 failed, 4 cancelled.
create table jobs.jobs (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  service text not null,
  title text not null,
  object_id text not null,
  unit text not null,
  state smallint not null,
  done_units bigint not null,
  total_units bigint not null,
  units_per_second double precision not null,
  -- Where and when the rate was last measured.
  sample_units bigint not null,
  sample_time timestamptz not null,
  counts jsonb not null,
  error_message text not null,
  cancel_requested boolean not null,
  -- Failed only because its service fell silent: a late report brings it back.
  silent boolean not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  end_time timestamptz,
  primary key (tenant_id, id)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
create index jobs_newest on jobs.jobs (tenant_id, create_time desc, id desc);
create index jobs_object on jobs.jobs (tenant_id, object_id, create_time desc, id desc);
create index jobs_running on jobs.jobs (tenant_id, create_time desc, id desc) where state = 1;
create index jobs_ended on jobs.jobs (tenant_id, end_time) where end_time is not null;
call jobs.protect('jobs.jobs');

create table jobs.outbox (
  tenant_id uuid not null,
  id uuid not null,
  topic text not null,
  payload jsonb not null,
  attempts integer not null default 0,
  due_at timestamptz not null default now(),
  primary key (tenant_id, id)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
call jobs.protect('jobs.outbox');
