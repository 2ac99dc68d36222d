-- A run can go on with those that the one before was not done with.

alter table campaigns.groups
  -- While loading: the queue of the run before is kept, and chains that its end cut off are opened again.
  add column continuing boolean not null default false,
  -- How far that is, in the order of the records; null when it is done.
  add column reopened_to uuid,
  add column stop_reason text not null default '';
