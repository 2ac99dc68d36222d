alter table campaigns.groups
  -- The windows and rules that the queue was last planned by; empty when it was not.
  add column planned_windows text not null default '',
  -- Whom it was last asked for among those left out: the suppression lists as they were.
  add column planned_suppression text not null default '',
  -- Why loading waits; empty when it does not.
  add column load_problem text not null default '';
