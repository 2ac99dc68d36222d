-- How the counts of a run moved, for charts.

-- A run of a group: from the moment it begins to dial until it stops.
create table campaigns.runs (
  tenant_id uuid not null,
  campaign_group_id uuid not null,
  number integer not null,
  start_time timestamptz not null,
  end_time timestamptz,
  -- What one point stands for; doubled when there are too many.
  interval_seconds integer not null default 5,
  -- The group is being loaded again: its counts are no longer those of this run.
  closed boolean not null default false,
  primary key (tenant_id, campaign_group_id, number)
);
call campaigns.protect('campaigns.runs');

-- The counts of a run at some moments. The newest point of an interval is written over until the interval has passed.
create table campaigns.run_points (
  tenant_id uuid not null,
  campaign_group_id uuid not null,
  run integer not null,
  time timestamptz not null,
  due bigint not null,
  attempted bigint not null,
  refused bigint not null,
  waiting bigint not null,
  in_flight bigint not null,
  finished bigint not null,
  attempts bigint not null,
  primary key (tenant_id, campaign_group_id, run, time)
);
call campaigns.protect('campaigns.run_points');

-- Of what runs now, the time before is not known.
insert into campaigns.runs (tenant_id, campaign_group_id, number, start_time)
select tenant_id, id, 1, now() from campaigns.groups where state in (4, 5);
