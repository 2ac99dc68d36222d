-- Wrong passwords slow down who guesses, and let in who is known.

-- `account` is the hash of what is slowed: an account, known or not; an address; an account from one address; a device. The next try may come at
-- `next_time`; `window_end_time` is when the tries are forgotten.
alter table identity.sign_in_failures add column next_time timestamptz not null default '-infinity';

-- Browsers and tools from which a user signed in before. Their secret proves only that: it opens nothing without the password.
create table identity.devices (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  secret_hash bytea not null,
  last_use_time timestamptz not null,
  primary key (tenant_id, id),
  constraint devices_user foreign key (tenant_id, user_id) references identity.users on delete cascade
);
create index devices_user on identity.devices (tenant_id, user_id, last_use_time);
call identity.protect('identity.devices');

-- Wrong passwords since the last right one: told at the next sign-in.
alter table identity.users add column refused_sign_ins integer not null default 0;
alter table identity.users add column last_refused_sign_in_time timestamptz;
