-- Who may do what. Every table of a tenant's things begins with tenant_id and is held by row level security.

create table identity.tenants (
  tenant_id uuid primary key,
  slug text not null constraint tenants_slug unique,
  display_name text not null,
  default_region text not null,
  default_zone text not null,
  locale text not null,
  suspended boolean not null default false,
  request_id uuid constraint tenants_request unique,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version integer not null default 1
);
call identity.protect('identity.tenants');

-- `built_in` names the definition in permissions.ts; what such a role allows is read there, so that it grows with the contract.
create table identity.roles (
  tenant_id uuid not null references identity.tenants,
  id uuid not null,
  name text not null,
  description text not null,
  permissions text[] not null,
  built_in text,
  request_id uuid,
  create_time timestamptz not null,
  version integer not null default 1,
  primary key (tenant_id, id)
);
create unique index roles_name on identity.roles (tenant_id, lower(name));
create unique index roles_built_in on identity.roles (tenant_id, built_in) where built_in is not null;
create unique index roles_request on identity.roles (tenant_id, request_id) where request_id is not null;
call identity.protect('identity.roles');

create table identity.users (
  tenant_id uuid not null references identity.tenants,
  id uuid not null,
  email text not null,
  -- The email as it is compared: without case, as emails.ts says.
  email_key text not null,
  display_name text not null,
  password_hash text not null,
  disabled boolean not null,
  request_id uuid,
  create_time timestamptz not null,
  update_time timestamptz not null,
  last_sign_in_time timestamptz,
  version integer not null default 1,
  primary key (tenant_id, id)
);
create unique index users_email on identity.users (tenant_id, email_key);
create unique index users_request on identity.users (tenant_id, request_id) where request_id is not null;
call identity.protect('identity.users');

create table identity.user_roles (
  tenant_id uuid not null,
  user_id uuid not null,
  role_id uuid not null,
  primary key (tenant_id, user_id, role_id),
  constraint user_roles_user foreign key (tenant_id, user_id) references identity.users on delete cascade,
  constraint user_roles_role foreign key (tenant_id, role_id) references identity.roles
);
create index user_roles_role on identity.user_roles (tenant_id, role_id);
call identity.protect('identity.user_roles');

create table identity.api_keys (
  tenant_id uuid not null references identity.tenants,
  id uuid not null,
  name text not null,
  secret_hash bytea not null,
  expire_time timestamptz,
  create_time timestamptz not null,
  last_use_time timestamptz,
  primary key (tenant_id, id)
);
call identity.protect('identity.api_keys');

create table identity.api_key_roles (
  tenant_id uuid not null,
  api_key_id uuid not null,
  role_id uuid not null,
  primary key (tenant_id, api_key_id, role_id),
  constraint api_key_roles_key foreign key (tenant_id, api_key_id) references identity.api_keys on delete cascade,
  constraint api_key_roles_role foreign key (tenant_id, role_id) references identity.roles
);
create index api_key_roles_role on identity.api_key_roles (tenant_id, role_id);
call identity.protect('identity.api_key_roles');

-- One row a sign-in. It holds the hash of the only refresh token that works now; an older one of the same session gives itself away.
create table identity.sessions (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  token_hash bytea not null,
  create_time timestamptz not null,
  expire_time timestamptz not null,
  primary key (tenant_id, id),
  constraint sessions_user foreign key (tenant_id, user_id) references identity.users on delete cascade
);
create index sessions_user on identity.sessions (tenant_id, user_id, create_time);
call identity.protect('identity.sessions');

-- Wrong passwords by account, known or not: the hash of tenant slug and email. No tenant's, since an unknown account has none.
create table identity.sign_in_failures (
  account bytea primary key,
  failures integer not null,
  window_end_time timestamptz not null
);
create index sign_in_failures_window on identity.sign_in_failures (window_end_time);

-- Keys that sign access tokens, the platform's. The private half is sealed with IDENTITY_KEY_SECRET.
create table identity.signing_keys (
  id text primary key,
  public_key jsonb not null,
  sealed_private_key bytea not null,
  create_time timestamptz not null,
  use_time timestamptz not null
);

create table identity.audit_entries (
  tenant_id uuid not null,
  id uuid not null,
  start_time timestamptz not null,
  duration_ms integer not null,
  rpc text not null,
  action smallint not null,
  caller_kind text not null,
  caller_id text not null,
  request_id text not null,
  object_ids jsonb not null,
  status text not null,
  primary key (tenant_id, id)
);
create index audit_entries_time on identity.audit_entries (tenant_id, start_time desc, id desc);
create index audit_entries_caller on identity.audit_entries (tenant_id, caller_id, start_time desc, id desc);
create index audit_entries_request on identity.audit_entries (tenant_id, request_id);
call identity.protect('identity.audit_entries');

-- The objects that each entry names: a table and not an array, since under row level security only plain comparisons use an index.
create table identity.audit_entry_objects (
  tenant_id uuid not null,
  object_id text not null,
  entry_id uuid not null,
  primary key (tenant_id, object_id, entry_id)
);
call identity.protect('identity.audit_entry_objects');

-- The trail is append only: not even this service can change what it wrote.
revoke update, delete, truncate on identity.audit_entries, identity.audit_entry_objects from herald_identity;
