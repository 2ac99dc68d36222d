-- Test messages of campaign groups: attempts of no chain.

alter table dial.attempts add column is_test boolean not null default false;

-- Who asked for a test message: once each. The attempt is null while there is none yet, or nothing of it left. Kept for a few days.
create table dial.test_requests (
  tenant_id uuid not null,
  request_id uuid not null,
  requested_by text not null,
  create_time timestamptz not null,
  attempt_id uuid,
  primary key (tenant_id, request_id)
);
call dial.protect('dial.test_requests');

-- Tenants that have sent test messages, also those without a session: receipts and replies are looked for in them too. A tenant's row is locked while its limits are counted.
create table dial.test_tenants (
  tenant_id uuid not null,
  last_request_time timestamptz not null,
  primary key (tenant_id)
);
call dial.protect('dial.test_tenants');
