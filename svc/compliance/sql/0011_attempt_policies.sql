-- How attempts of a tenant keep out of each other's way, where it is not by the defaults.
create table compliance.attempt_policies (
  tenant_id uuid primary key,
  calls_exclusive boolean not null,
  call_hold_seconds integer not null,
  messages_exclusive boolean not null,
  message_hold_seconds integer not null,
  version integer not null,
  update_time timestamptz not null
);
call compliance.protect('compliance.attempt_policies');
