alter table campaigns.groups
  -- When compliance was asked for the last plan of the whole queue: a refusal from before may name a time of earlier windows.
  add column planned_time timestamptz,
  -- Open chains that a plan by changed windows or suppression lists has not come to yet.
  add column chains_to_plan bigint not null default 0;
