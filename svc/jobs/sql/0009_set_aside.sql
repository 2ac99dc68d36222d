-- What is set aside is looked for among whatever else waits.
create index outbox_set_aside on jobs.outbox (tenant_id, id) where due_at = 'infinity';
