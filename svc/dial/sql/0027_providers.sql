-- Providers of the tenants, and their passwords and keys.

create table dial.providers (
  tenant_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  name text not null,
  description text not null,
  -- ProviderKind of the contract: 1 SMTP, 2 SMPP, 3 voice adapter. Channel: 1 voice, 2 SMS, 3 email.
  kind smallint not null,
  channel smallint not null,
  -- The account as the contract writes it in JSON, without passwords and keys.
  account jsonb not null,
  is_default boolean not null,
  disabled boolean not null,
  default_sender text not null,
  -- Grows with every change; account_version only with those after which connections are opened anew.
  version integer not null default 1,
  account_version integer not null default 1,
  -- ProviderState as a dialer saw it last: 1 unused, 2 up, 3 down. Changing it is no change of the provider.
  state smallint not null default 1,
  trouble text not null default '',
  state_time timestamptz,
  create_time timestamptz not null,
  update_time timestamptz not null,
  primary key (tenant_id, id)
);
create unique index providers_name on dial.providers (tenant_id, name);
create unique index providers_request on dial.providers (tenant_id, request_id);
create unique index providers_default on dial.providers (tenant_id, channel) where is_default;
call dial.protect('dial.providers');

-- Each is sealed with the key that key_id names, and opens only for its tenant, provider and field.
create table dial.provider_secrets (
  tenant_id uuid not null,
  provider_id uuid not null,
  -- The field of the contract that sets it: `smtp.password`.
  field text not null,
  key_id text not null,
  sealed bytea not null,
  set_time timestamptz not null,
  primary key (tenant_id, provider_id, field),
  foreign key (tenant_id, provider_id) references dial.providers (tenant_id, id) on delete cascade
);
call dial.protect('dial.provider_secrets');

-- Tests of providers that a tenant made since then.
create table dial.provider_tests (
  tenant_id uuid not null,
  since timestamptz not null,
  count integer not null,
  primary key (tenant_id)
);
call dial.protect('dial.provider_tests');
