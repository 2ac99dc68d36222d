-- Which test message a request was made for, and every try of it: one that came to nothing may be made again, and counts again.

-- Tells other requests from the same one again; empty for those of before, which are taken as they come.
alter table dial.test_requests add column digest text not null default '';

create table dial.test_tries (
  tenant_id uuid not null,
  id uuid not null,
  requested_by text not null,
  create_time timestamptz not null,
  primary key (tenant_id, id)
);
create index test_tries_recent on dial.test_tries (tenant_id, create_time);
call dial.protect('dial.test_tries');

insert into dial.test_tries (tenant_id, id, requested_by, create_time)
  select tenant_id, request_id, requested_by, create_time from dial.test_requests where create_time > now() - interval '1 day';
