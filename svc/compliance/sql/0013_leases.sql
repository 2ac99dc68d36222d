-- `lease_number`: the last lease under which the attempt was allowed; a report of an earlier one refunds nothing. `record_id`: with the group, the chain of the attempt, which
-- does not wait for itself.
alter table compliance.decisions
  add column lease_number integer not null default 0,
  add column record_id uuid;
