-- What is set aside is looked for among whatever else waits.
create index outbox_set_aside on dial.outbox (tenant_id, id) where due_at = 'infinity';
-- How often a result was tried, now that people can ask for it.
alter table dial.unwritten_results add column tries integer not null default 1;
